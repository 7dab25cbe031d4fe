"""How often a server is asked, and how long it wants to be left alone.

Source: RFC 9110, 10.2.3 (``Retry-After``); RFC 6585, 4 (429); https://developers.zenodo.org/#rate-limiting.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from solander.depositing.terms import TargetTerms


class RequestRate:
    """So many requests within any minute, and no more: some repositories shut out who asks more often.

    A third of them may come at once; the others come one by one as time goes by, so that no minute has both a full
    bucket and more than its share.
    """

    def __init__(self, a_minute: int, terms: TargetTerms) -> None:
        """``a_minute`` requests, three at least."""
        self._most, self._terms = float(a_minute // 3), terms
        self._a_second = (a_minute - a_minute // 3) / 60
        self._left, self._at = self._most, terms.seconds_running()

    def take(self) -> None:
        """Wait until one more may be sent."""
        self._fill()
        if self._left < 1:
            self._terms.sleep((1 - self._left) / self._a_second)
            self._fill()
            # What is waited for is reckoned in fractions that need not come out even.
            self._left = max(self._left, 1.0)
        self._left -= 1

    def _fill(self) -> None:
        now = self._terms.seconds_running()
        self._left = min(self._most, self._left + (now - self._at) * self._a_second)
        self._at = now


def seconds_asked_for(headers: Mapping[str, str], now: datetime | None) -> float | None:
    """After how many seconds a server wants to be asked again; ``None`` where it does not say.

    ``Retry-After`` is in seconds, or a moment. Zenodo says it by ``X-RateLimit-Reset``, the second of the epoch at
    which requests are counted anew; it is in every answer, and counts where none is left (``X-RateLimit-Remaining``).

    Args:
        headers: of the answer.
        now: the server's own clock (``Date``), which moments go by.
    """
    said = headers.get("Retry-After", "").strip()
    if _is_number(said):
        return float(said)
    moment = moment_of(said)
    reset = headers.get("X-RateLimit-Reset", "").strip()
    if moment is None and headers.get("X-RateLimit-Remaining", "").strip() == "0" and _is_number(reset):
        moment = datetime.fromtimestamp(int(reset), UTC)
    if moment is None or now is None:
        return None
    return max(0.0, (moment - now).total_seconds())


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 12


def moment_of(said: str) -> datetime | None:
    """A moment as headers have it; ``None`` if it is none."""
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

"""How often a server is asked, and how long it wants to be left alone.

Source: RFC 9110, 10.2.3 (``Retry-After``); RFC 6585, 4 (429).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from solander.depositing.terms import TargetTerms


class RequestRate:
    """So many requests a minute, and no more: some repositories shut out who asks more often."""

    def __init__(self, a_minute: int, terms: TargetTerms) -> None:
        """``a_minute`` requests, as many at first as one likes."""
        self._a_minute, self._terms = a_minute, terms
        self._left, self._at = float(a_minute), terms.seconds_running()

    def take(self) -> None:
        """Wait until one more may be sent."""
        now = self._terms.seconds_running()
        self._left = min(float(self._a_minute), self._left + (now - self._at) * self._a_minute / 60)
        self._at = now
        if self._left < 1:
            self._terms.sleep((1 - self._left) * 60 / self._a_minute)
            self._left, self._at = 1.0, self._terms.seconds_running()
        self._left -= 1


def seconds_asked_for(headers: Mapping[str, str], now: datetime | None) -> float | None:
    """After how many seconds a server wants to be asked again (``Retry-After``); ``None`` where it does not say."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit() and len(said) < 9:
        return float(said)
    moment = moment_of(said)
    if moment is None or now is None:
        return None
    return max(0.0, (moment - now).total_seconds())


def moment_of(said: str) -> datetime | None:
    """A moment as headers have it; ``None`` if it is none."""
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

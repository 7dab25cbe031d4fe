"""How a guest behaves: asks what is allowed, comes back when told to, and not at once.

What ``robots.txt`` says is obeyed unless it was said to ignore it; either way it is asked for, kept, and the decision
told. What is not to be had for other reasons than that there is none forbids everything.

Source: RFC 9309; RFC 9110, 10.2.3 (``Retry-After``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from solander.capturing.exchange import Exchange, WebTerms, ask
from solander.capturing.robots import Robots, parse_robots
from solander.capturing.web_addresses import led_to, shown
from solander.errors import AddressRefused, NotFetched, SourceTooLarge

_ROBOTS_HOPS = 5
_ROBOTS_SIZE_BYTES = 1024 * 1024
_BUSY = (429, 503)
_TRIES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRobots:
    """What one site answered when it was asked for its ``robots.txt``."""

    site: str
    exchanges: tuple[Exchange, ...] = ()
    robots: Robots | None = None
    """``None`` where there is none, and everything is allowed."""
    failure: str | None = None
    """Why it could not be had, and nothing is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether an address may be asked for."""

    is_refused: bool
    said: str
    """In words."""
    of: SiteRobots


class Manners:
    """What was learned of sites in one run."""

    def __init__(self, terms: WebTerms) -> None:
        self._terms = terms
        self._sites: dict[str, SiteRobots] = {}
        self._asked: dict[str, float] = {}

    def knows(self, address: str) -> bool:
        """Whether the site of an address was asked already for its ``robots.txt``."""
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.netloc}" in self._sites

    def decide(self, address: str, deadline: float) -> Decision:
        """Whether an address may be asked for; its site is asked first, once in a run.

        Raises:
            AddressRefused: the site's own address may not be asked.
        """
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        of = self._sites.get(site)
        if of is None:
            of = self._asked_for(site, deadline)
            # What failed for the time of one page alone says nothing of the site: the next page asks again.
            if of.failure is None or self._terms.seconds_running() < deadline:
                self._sites[site] = of
        if of.failure is not None:
            return self._decision(
                of, True, f"robots.txt of {site} could not be had ({of.failure}), which forbids everything"
            )
        if of.robots is None:
            return Decision(is_refused=False, said=f"There is no robots.txt at {site}; nothing is forbidden.", of=of)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        rule = of.robots.refusing(target)
        if rule is None:
            return Decision(is_refused=False, said=f"robots.txt of {site} allows it.", of=of)
        return self._decision(of, True, f"robots.txt of {site} forbids it (Disallow: {rule.path[:80]})")

    def _decision(self, of: SiteRobots, is_refused: bool, said: str) -> Decision:
        if self._terms.ignores_robots:
            return Decision(is_refused=False, said=f"{said}; that was ignored, as asked.", of=of)
        return Decision(is_refused=is_refused, said=said, of=of)

    def _asked_for(self, site: str, deadline: float) -> SiteRobots:
        address, exchanges = f"{site}/robots.txt", []
        try:
            for _ in range(_ROBOTS_HOPS + 1):
                # RFC 9309, 2.5: what is beyond the bound need not be read, and forbids nothing.
                exchanges += self.ask_patiently(
                    address, _ROBOTS_SIZE_BYTES, deadline, "text/plain, */*;q=0.5", begin_is_enough=True
                )
                one = exchanges[-1]
                if one.location is None:
                    break
                address = led_to(address, one.location)
        except (NotFetched, SourceTooLarge) as error:
            if error.place == urlsplit(site).hostname:
                raise  # the name leads nowhere, and what it says of robots is no question
            return SiteRobots(site=site, exchanges=tuple(exchanges), failure=error.what)
        except AddressRefused as error:
            if not exchanges:
                raise
            # It leads where nobody may go: that is no answer of the site's.
            return SiteRobots(site=site, exchanges=tuple(exchanges), failure=str(error))
        last = exchanges[-1]
        if 200 <= last.status < 300:
            return SiteRobots(site=site, exchanges=tuple(exchanges), robots=parse_robots(last.content))
        if last.status >= 500 or last.status == 429:
            return SiteRobots(site=site, exchanges=tuple(exchanges), failure=f"the server said {last.status}")
        # RFC 9309, 2.3.1.2 and 2.3.1.3: too many redirects and other statuses mean that there is none.
        return SiteRobots(site=site, exchanges=tuple(exchanges))

    def pause(self, address: str) -> None:
        """Before a page: let the host rest since the last one, as long as it asks for within reason."""
        parts = urlsplit(address)
        of = self._sites.get(f"{parts.scheme}://{parts.netloc}")
        wanted = of.robots.delay_seconds if of is not None and of.robots is not None else None
        rest = max(self._terms.pause_seconds, min(wanted or 0.0, self._terms.patience_seconds))
        last = self._asked.get(parts.netloc)
        now = self._terms.seconds_running()
        if last is not None and now - last < rest:
            self._wait(address, rest - (now - last))
        self._asked[parts.netloc] = self._terms.seconds_running()

    def ask_patiently(
        self,
        address: str,
        limit_bytes: int,
        deadline: float,
        accept: str = "*/*",
        referer: str | None = None,
        *,
        begin_is_enough: bool = False,
    ) -> list[Exchange]:
        """Ask; where the server is busy and says until when, wait and ask again. The last answer is what counts."""
        exchanges: list[Exchange] = []
        while True:
            one = ask(address, self._terms, limit_bytes, deadline, accept, referer, begin_is_enough=begin_is_enough)
            exchanges.append(one)
            if one.status not in _BUSY or len(exchanges) > _TRIES:
                return exchanges
            seconds = seconds_asked(one.head.first("Retry-After"), one.moment)
            left = deadline - self._terms.seconds_running()
            if seconds is None:
                return exchanges
            if seconds > min(self._terms.patience_seconds, left):
                what = f"the server said {one.status}, and to come back after {seconds:,.0f} seconds"
                raise NotFetched(shown(address), what)
            self._wait(address, seconds)

    def _wait(self, address: str, seconds: float) -> None:
        with self._terms.waits(urlsplit(address).hostname or "", seconds):
            self._terms.wait(seconds)


def seconds_asked(written: str | None, moment: datetime) -> float | None:
    """How long a server asks to be left alone; ``None`` where it does not say."""
    text = (written or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if until.tzinfo is None:
        return None
    return max(0.0, (until - moment).total_seconds())

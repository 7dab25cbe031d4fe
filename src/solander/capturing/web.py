"""A live page -> a WARC file of all that was fetched for it, which is then read as any other.

In it stand the redirects, the page, what it shows and needs, each question and each answer as it was sent (but for
cookies), the site's ``robots.txt``, and a record of what was decided and what could not be had.

Source: ISO 28500:2017 (WARC 1.1); RFC 9110 (HTTP); RFC 9309 (robots.txt).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from solander import __version__
from solander.capturing.exchange import Exchange, WebTerms
from solander.capturing.http_message import dechunk
from solander.capturing.manners import Decision, Manners, SiteRobots
from solander.capturing.references import references, style_references
from solander.capturing.replay_references import replay_references
from solander.capturing.warc_writing import (
    WarcWriter,
    new_record_id,
    warc_fields,
    without_secret_fields,
    without_secrets,
)
from solander.capturing.web_addresses import judged_address, led_to, shown
from solander.capturing.web_notes import noted
from solander.errors import AddressRefused, NotFetched, SourceError
from solander.model.media_type import tell
from solander.model.normal_addresses import normal_address

SUCCESS = (200, 203)
STYLE_DEPTH = 3
_MEDIUM_HOPS = 5
_SMALL_BYTES = 1024 * 1024
WANTED_LIMIT = 5_000
"""As much is looked for of what a page shows, with what its sheets and frames refer to."""

_ACCEPT_PAGE = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"


class WebPage(NamedTuple):
    """A page that was fetched."""

    warc: bytes
    """The file of records; it is of this page alone."""
    record_id: str
    """Of the record that is the page."""


class Wanted(NamedTuple):
    """Something that a page shows or needs."""

    uri: str
    role: str
    depth: int = 0


class Visit:
    """One page on its way into a WARC file."""

    def __init__(self, address: str, terms: WebTerms, manners: Manners, how: str = "without a browser") -> None:
        """Begin.

        Args:
            address: as it was asked for.
            terms: the terms.
            manners: what this run knows of sites.
            how: by what means, for the record.
        """
        self.address, self.terms, self.manners = address, terms, manners
        self.deadline = terms.seconds_running() + terms.page_seconds
        self.writer = WarcWriter(terms.now(), _info(terms, how))
        self.keeps = False
        """Whether large answers are kept at hand as well, for who asks for them twice."""
        self._answers: dict[str, Exchange] = {}
        self.missed: dict[str, str] = {}
        """What could not be had, and why."""
        self.unasked = 0
        """How many further addresses are beyond the bound, and were not asked for."""
        self.refused: list[tuple[str, str]] = []
        self.unsent: list[tuple[str, str]] = []
        self.requests, self.bytes, self.cookies = 0, 0, 0
        self._sites: set[str] = set()

    # ---------------------------------------------------------------------------------------------------- the page

    def page(self, statuses: tuple[int, ...]) -> tuple[Exchange, str, Decision]:
        """Fetch the page itself, with what leads to it.

        Args:
            statuses: which are wanted beside success.

        Returns:
            Its answer, its record's name, and what was decided.

        Raises:
            SourceError: it may not be asked, or gave nothing, or another status.
        """
        address = str(judged_address(self.address))
        passed: list[str] = []
        while True:
            try:
                if address in passed:
                    why = "; it sets cookies, and none are sent" if self.cookies else ""
                    raise NotFetched(shown(address), f"it is redirected in a circle{why}")
                if len(passed) > self.terms.hops_limit:
                    what = f"it was redirected more than {self.terms.hops_limit} times"
                    raise NotFetched(shown(self.address), what)
                decision = self.allowed(address)
                self.manners.pause(address)
                one, record_id = self._asked(address, self.terms.page_limit_bytes, accept=_ACCEPT_PAGE)
                passed.append(address)
                if one.location is not None:
                    address = str(judged_address(led_to(address, one.location)))
                    continue
            except SourceError as error:
                if error.place == shown(self.address):
                    raise
                if not passed:
                    # What is told of a host is told of the address that was asked for.
                    error.retold(shown(self.address), error.what)
                    raise
                # Whoever asked for one address should read that one first.
                error.retold(shown(self.address), f"it is redirected to {error}")
                raise
            self._refuse_status(one, statuses)
            self._answers[normal_address(one.uri)] = one
            return one, record_id, decision

    def _refuse_status(self, one: Exchange, statuses: tuple[int, ...]) -> None:
        said, is_empty = f"{one.status} {one.head.reason}".strip(), not one.content.strip()
        if one.status not in statuses:
            remedy = "" if is_empty else f"; --status {one.status} packs its notice"
            raise NotFetched(shown(one.uri), f"the server said {said}{remedy}")
        if is_empty:
            raise NotFetched(shown(one.uri), f"the server said {said} and sent an empty page")

    def allowed(self, address: str) -> Decision:
        """What the site's ``robots.txt`` says of an address, which is kept.

        Raises:
            AddressRefused: it forbids it, or may not be asked.
            NotFetched: the bounds of a page are reached, and its site was not asked before.
        """
        if not self.manners.knows(address):
            self._refuse_more(address)
        decision = self.manners.decide(address, self.deadline)
        self._keep_robots(decision.of)
        if decision.is_refused:
            raise AddressRefused(shown(address), f"{decision.said}; it is obeyed (see --ignore-robots)")
        return decision

    def _keep_robots(self, of: SiteRobots) -> None:
        if of.site not in self._sites:
            self._sites.add(of.site)
            for one in of.exchanges:
                self.keep(one)

    # --------------------------------------------------------------------------------------- what it shows and needs

    def beside(self, found: Iterable[Wanted], referer: str) -> None:
        """Fetch what a page shows and needs, and what that refers to; what cannot be had is noted, and why."""
        waiting = deque(found)
        seen: set[str] = set()
        while waiting:
            wanted = waiting.popleft()
            if (place := normal_address(wanted.uri)) in seen:
                continue
            if len(seen) >= WANTED_LIMIT:
                self.unasked += 1
                continue
            seen.add(place)
            try:
                one = self.medium(wanted.uri, referer)
            except SourceError as error:
                self.missed.setdefault(wanted.uri, error.what)
                continue
            if one.status in SUCCESS:
                more, room = further(one.content, one.uri, wanted), max(0, WANTED_LIMIT - len(waiting))
                waiting.extend(more[:room])
                self.unasked += len(more[room:])

    def medium(self, address: str, referer: str, accept: str = "*/*") -> Exchange:
        """Fetch something that a page shows or needs, once; redirects are followed.

        Raises:
            SourceError: it may not be asked, or gave nothing.
        """
        known = self._answers.get(normal_address(address))
        if known is not None:
            return known
        if address in self.missed:
            raise NotFetched(shown(address), "it could not be had before")
        passed = [address]
        while True:
            one = self._answers.get(normal_address(passed[-1])) or self._allowed_answer(passed[-1], referer, accept)
            if one.location is None:
                break
            passed.append(led_to(passed[-1], one.location))
            if len(passed) > _MEDIUM_HOPS:
                raise NotFetched(shown(address), f"it was redirected more than {_MEDIUM_HOPS} times")
        # The bytes as sent stand in the file; here it is only wanted what they are.
        is_small = len(one.content) <= _SMALL_BYTES
        kept = replace(one, response=b"", request=b"", content=one.content if self.keeps or is_small else b"")
        self._answers |= dict.fromkeys(map(normal_address, passed), kept)
        if one.status not in SUCCESS:
            self.refused.append((address, f"status {one.status}"))
        return one

    def _allowed_answer(self, address: str, referer: str, accept: str) -> Exchange:
        self.allowed(str(judged_address(address)))
        return self._asked(address, self.terms.medium_limit_bytes, accept, referer)[0]

    # ------------------------------------------------------------------------------------------------------- records

    def _asked(
        self, address: str, limit_bytes: int, accept: str = "*/*", referer: str | None = None
    ) -> tuple[Exchange, str]:
        self._refuse_more(address)
        record_id = ""
        for one in self.manners.ask_patiently(address, limit_bytes, self.deadline, accept, referer):
            record_id = self.keep(one)
        return one, record_id

    def _refuse_more(self, address: str) -> None:
        """Refuse to ask for more than a page may cost.

        Raises:
            NotFetched: it cost as much already.
        """
        terms = self.terms
        if self.requests >= terms.requests_limit:
            raise NotFetched(shown(address), f"a page may cost {terms.requests_limit} requests, and they are spent")
        if self.bytes >= terms.whole_limit_bytes:
            raise NotFetched(shown(address), f"a page may bring {terms.whole_limit_bytes:,} bytes, and they are spent")
        if self.deadline <= terms.seconds_running():
            raise NotFetched(shown(address), f"a page may take {terms.page_seconds:g} seconds, and they are over")

    def keep(self, one: Exchange) -> str:
        """Write a question and its answer; the name of the answer's record."""
        self.requests += 1
        self.bytes += max(len(one.response), len(one.content))
        head, cookies = without_secrets(one.response[: one.head.size_bytes])
        body = one.response[one.head.size_bytes :]
        if "chunked" in one.head.values("Transfer-Encoding") and (at := dechunk(body).trailers_at) is not None:
            # RFC 9112, 7.1.2: behind the chunks may stand fields as well.
            trailers, more = without_secret_fields(body[at:])
            body, cookies = body[:at] + trailers, cookies + more
        self.cookies += cookies
        request_id, response_id = new_record_id(), new_record_id()
        address = [("WARC-IP-Address", one.address)] if one.address else []
        cut = [("WARC-Truncated", "length")] if one.is_cut else []
        self.writer.add(
            "request",
            one.uri,
            one.moment,
            "application/http;msgtype=request",
            one.request,
            fields=(*address, ("WARC-Concurrent-To", f"<{response_id}>")),
            record_id=request_id,
        )
        return self.writer.add(
            "response",
            one.uri,
            one.moment,
            "application/http;msgtype=response",
            head + body,
            fields=(*address, ("WARC-Concurrent-To", f"<{request_id}>"), *cut),
            payload=body,
            record_id=response_id,
        )

    def close(self, record_id: str, page: Exchange, decision: Decision, more: Iterable[tuple[str, str]] = ()) -> bytes:
        """Write what was decided and what could not be had, beside the page; the file."""
        said = [
            ("robots", decision.said),
            *more,
            *noted("not-fetched", self.missed.items(), len(self.missed), self.unasked),
            *noted("not-there", self.refused, len(self.refused)),
            *([("cookies-left-out", str(self.cookies))] if self.cookies else []),
        ]
        self.writer.add(
            "metadata",
            page.uri,
            self.terms.now(),
            "application/warc-fields",
            warc_fields(said),
            fields=(("WARC-Refers-To", f"<{record_id}>"),),
        )
        return self.writer.content()


def fetch_page(address: str, terms: WebTerms, manners: Manners, statuses: tuple[int, ...] = ()) -> WebPage:
    """Fetch a page and what it shows and needs.

    Args:
        address: of the page.
        terms: the terms.
        manners: what this run knows of sites.
        statuses: which are wanted instead of success.

    Raises:
        SourceError: it may not be asked, or gave nothing, or another status.
    """
    visit = Visit(address, terms, manners)
    page, record_id, decision = visit.page(statuses or SUCCESS)
    visit.beside(shown_by(page.content, page.uri), page.uri)
    return WebPage(visit.close(record_id, page, decision), record_id)


def shown_by(content: bytes, uri: str) -> list[Wanted]:
    """What a page shows and needs; nothing where it is none of HTML."""
    if tell(content).media_type not in ("text/html", "application/xhtml+xml"):
        return []
    beyond: list[str] = []
    shows = [Wanted(one.uri, one.role) for one in references(content, uri, beyond)]
    shows += [Wanted(one, "other") for one in beyond]
    return [*shows, *(Wanted(one, "other") for one in replay_references(content, uri))]


def further(content: bytes, uri: str, wanted: Wanted) -> list[Wanted]:
    """What a style sheet or a frame refers to in its turn."""
    if wanted.role == "style" and wanted.depth < STYLE_DEPTH:
        return [Wanted(one.uri, one.role, wanted.depth + 1) for one in style_references(content, uri)]
    if wanted.role == "frame" and wanted.depth == 0:
        return [Wanted(one.uri, one.role, 1) for one in shown_by(content, uri)]
    return []


def _info(terms: WebTerms, how: str) -> list[tuple[str, str]]:
    return [
        ("software", f"solander {__version__}"),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
        ("robots", "ignore" if terms.ignores_robots else "obey"),
        ("operator", terms.contact),
        ("http-header-user-agent", terms.user_agent),
        ("http-header-from", terms.contact if "@" in terms.contact else ""),
        (
            "description",
            f"One page and what it shows, {how}; at most {terms.requests_limit} requests, "
            f"{terms.whole_limit_bytes:,} bytes and {terms.page_seconds:g} seconds; cookies are neither sent nor kept",
        ),
    ]

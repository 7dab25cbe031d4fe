"""Pages that still stand at their addresses: fetched, kept as a WARC file, and then read as any other.

Source: docs/design.md, section 1 (law 6: no network unless asked).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from solander.errors import (
    AddressRefused,
    NotAPage,
    NotFetched,
    SolanderError,
    SourceError,
    SourceUnreadable,
    UsageError,
)
from solander.model.capture import Capture, Container
from solander.model.ports import BytesAtHand
from solander.pipeline.clock import moment, seconds_running, wait
from solander.pipeline.requests import CLOCKS_DIFFER, Request
from solander.pipeline.sources.given_streams import standard_input
from solander.pipeline.sources.waits import Waits

if TYPE_CHECKING:
    from solander.capturing.exchange import WebTerms
    from solander.capturing.manners import Manners

Kind: TypeAlias = Literal["list", "sitemap", "feed"]

NOBODY_ASKS = (
    'no page is fetched without saying who asks: write contact_email = "…" into the archive\'s solander.toml '
    "(see: solander init)"
)

SITEMAPS, _DEPTH = 200, 3
"""So many sitemaps are read that one leads to, and so deep."""

_BEYOND = "this sitemap and {:,} that were named with it are beyond the bounds of one run; pack them by themselves"


@dataclass(frozen=True, slots=True)
class AddressList:
    """Where many addresses are named."""

    kind: Kind
    place: str
    """A file, or an address."""


def is_live(source: object) -> bool:
    """Whether a source is a page's address, or a list of some."""
    if isinstance(source, AddressList):
        return True
    if not isinstance(source, str):
        return False
    from solander.capturing.web_addresses import is_web_address

    return is_web_address(source)


class Guest:
    """Who asks for live pages in one run, and what was learned of their sites."""

    def __init__(self, request: Request, contact: str | None) -> None:
        """Begin; nothing is asked yet.

        Args:
            request: what is asked of this run.
            contact: the archive's, for who is asked must know by whom.
        """
        self._request, self._contact = request, contact
        self._manners: Manners | None = None
        self._waits = Waits(request.waiting)

    def captures(self, source: str | AddressList) -> Iterator[tuple[str, Capture | SolanderError]]:
        """The captures of a source, each with how to call it to a person.

        Raises:
            UsageError: nobody says who asks, or what is asked for cannot be.
        """
        from solander.capturing.web_addresses import judged_address, shown

        if isinstance(source, str):
            # Before it is asked who asks: of what is never fetched nobody needs to say so.
            try:
                judged_address(source)
            except AddressRefused as error:
                yield shown(source), error
                return
        self._refuse_what_cannot_be(str(source))
        if isinstance(source, str):
            yield shown(source), self._captured(source)
            return
        if self._request.of_one_page:
            names = ", ".join(self._request.of_one_page)
            raise UsageError(f"{source.place}: {names}: for one page at a time, and a list names several")
        try:
            addresses, lost = self._listed(source)
        except SourceError as error:
            yield shown(source.place), error
            return
        for place, why in lost:
            yield shown(place), why
        for address in addresses:
            yield shown(address), self._captured(address)

    def _refuse_what_cannot_be(self, source: str) -> None:
        request = self._request
        if (request.uri, request.captured_at, request.declared_charset) != (None, None, None):
            raise UsageError(f"{source}: a live page says its own uri, moment and charset: leave them out")
        if request.choice.urls or request.choice.record_ids or request.choice.since:
            raise UsageError(f"{source}: --url, --record and --since choose from a file of many captures")
        if not self._contact:
            raise UsageError(NOBODY_ASKS)
        if moment(None) > request.at + CLOCKS_DIFFER:
            raise UsageError(f"{source}: a live page is captured now; leave --at out")

    def terms(self) -> WebTerms:
        """The terms on which sites are asked in this run."""
        from solander.capturing.exchange import WebTerms

        request = self._request
        terms = WebTerms(
            contact=self._contact or "",
            seconds_running=seconds_running,
            now=lambda: moment(None),
            wait=wait,
            waits=self._waits.waits,
            ignores_robots=request.ignores_robots,
            allows_loopback=request.allows_loopback,
            pause_seconds=0.0 if request.allows_loopback else 1.0,
        )
        return terms if request.limit_bytes is None else replace(terms, page_limit_bytes=request.limit_bytes)

    def _met(self) -> Manners:
        from solander.capturing.manners import Manners

        if self._manners is None:
            self._manners = Manners(self.terms())
        return self._manners

    def _captured(self, address: str) -> Capture | SolanderError:
        try:
            return self._capture(address)
        except SourceError as error:
            return error

    def _capture(self, address: str) -> Capture:
        from solander.capturing.record_pages import opened_records
        from solander.capturing.web_addresses import shown

        statuses = self._request.choice.statuses
        if self._request.browser is not None:
            from solander.capturing.browser import render_page

            page = render_page(address, self.terms(), self._met(), self._request.browser, statuses)
        else:
            from solander.capturing.web import fetch_page

            page = fetch_page(address, self.terms(), self._met(), statuses)
        with opened_records(BytesAtHand(page.warc), "warc", "capture.warc.gz") as records:
            held = records.index.by_id(page.record_id)
            if held is None:
                raise SourceUnreadable(shown(address), "the record that was written of it cannot be found again")
            try:
                capture = records.capture(held, self.terms().page_limit_bytes)
            except NotAPage as error:
                raise NotAPage(shown(address), error.found, error.remedy) from error
        # The file is of this page alone, so that all of it is kept: what was decided, and answers of no use, as well.
        whole = Container(name="capture.warc.gz", media_type="application/warc", content=page.warc)
        return replace(capture, container=whole, origin=replace(capture.origin, path=None))

    def _listed(self, source: AddressList) -> tuple[tuple[str, ...], list[tuple[str, SourceError]]]:
        """The addresses that a list names; and further lists of which nothing could be had, each with the reason.

        Raises:
            SourceError: it cannot be had or read, or names none.
        """
        from solander.capturing.address_lists import ADDRESSES_LIMIT, read_feed, read_list, read_sitemap
        from solander.capturing.web_addresses import shown

        read = {"list": lambda content, _: read_list(content), "sitemap": read_sitemap, "feed": read_feed}[source.kind]
        found: dict[str, None] = {}
        lost: list[tuple[str, SourceError]] = []
        waiting, seen = deque([(source.place, 0)]), set[str]()
        while waiting:
            place, depth = waiting.popleft()
            if place in seen:
                continue
            if len(seen) >= SITEMAPS or len(found) > ADDRESSES_LIMIT:
                lost.append((place, SourceError(shown(place), _BEYOND.format(len(waiting)))))
                break
            seen.add(place)
            try:
                listed = read(*self._content(place))
                if listed.fault is not None:
                    raise SourceError(shown(place), listed.fault)
                if listed.lists and depth >= _DEPTH:
                    raise SourceError(shown(place), f"it is a sitemap of sitemaps {_DEPTH} deep, and goes on to others")
            except SourceError as error:
                if place == source.place:
                    raise
                lost.append((place, error))
                continue
            # Of a page all places are one page.
            found |= dict.fromkeys(one.partition("#")[0] for one in listed.pages)
            waiting.extend((one, depth + 1) for one in listed.lists)
        if len(found) > ADDRESSES_LIMIT:
            what = f"it names {len(found):,} pages; those after the first {ADDRESSES_LIMIT:,} are not packed: divide it"
            lost.append((source.place, SourceError(source.place, what)))
        if not found and not lost:
            raise SourceError(source.place, f"this {source.kind} names no page")
        return tuple(found)[:ADDRESSES_LIMIT], lost

    def _content(self, place: str) -> tuple[bytes, str | None]:
        from solander.capturing.address_lists import LIST_LIMIT_BYTES
        from solander.capturing.file import received

        if not is_live(place):
            content, uri = received(place, LIST_LIMIT_BYTES, standard_input(place, self._request.stdin)), None
        else:
            from solander.capturing.web import SUCCESS, Visit

            terms = replace(self.terms(), page_limit_bytes=LIST_LIMIT_BYTES)
            answer, _, _ = Visit(place, terms, self._met()).page(SUCCESS)
            content, uri = answer.content, answer.uri
        return (_unpacked(content, place) if content[:2] == b"\x1f\x8b" else content), uri


def _unpacked(content: bytes, place: str) -> bytes:
    from solander.capturing.address_lists import LIST_LIMIT_BYTES
    from solander.capturing.content_coding import TooMuch, decode_body

    try:
        return decode_body(content, ["gzip"], LIST_LIMIT_BYTES).body
    except TooMuch:
        raise NotFetched(place, f"more than {LIST_LIMIT_BYTES:,} bytes come out of it") from None

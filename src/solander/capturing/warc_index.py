"""Which records a file holds and where, so that a page, its pictures and what led to it are found without searching.

Source: ISO 28500:2017, sections 5.6 (``WARC-Concurrent-To``), 5.7 (``WARC-Refers-To``) and 6.7 (revisit).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from types import TracebackType
from urllib.parse import urljoin

from solander.capturing.captures_by_moment import CapturesByMoment, SortedLately
from solander.capturing.http_message import HEAD_LIMIT_BYTES, head_is_there, location_of, parse_head
from solander.capturing.record_table import Held as Held
from solander.capturing.record_table import RecordTable
from solander.capturing.records import Record, Records
from solander.model.normal_addresses import normal_address
from solander.model.warc import RecordHead, bare

_DAMAGED, _BETWEEN = frozenset(("compression-damaged", "compression-cut")), "bytes-between-records"


class Index:
    """The whole records of a file, by number, address, name and payload; however many there are, memory stays flat."""

    def __init__(self, records: Records, told: Callable[[int], None] | None = None) -> None:
        """Read the file once; only the heads of messages are kept, and of records that are not whole nothing."""
        self.held = RecordTable()
        self._broken = RecordTable()
        self._sorted_lately = SortedLately()
        self._told, self._told_at = array("q"), array("q")
        self.is_separate = True
        """Whether every record can be read by itself."""
        try:
            for record in records:
                one, is_whole = _held(record)
                if told is not None:
                    told(one.end_bytes)
                if is_whole:
                    self._add(one)
                else:
                    self._broken.add(one)
            self.held.seal()
            self._broken.seal()
        except BaseException:
            self.close()
            raise
        self.unread: list[tuple[int, str]] = [
            (at, met.message) for at, met in records.met if met.kind in _DAMAGED or (met.kind == _BETWEEN and met.found)
        ]
        """Where stretches begin that are no record or could not be read, and what is wrong with each."""
        self.form = records.members.form
        self.is_separate = self.form == "plain" or self.is_separate

    def close(self) -> None:
        """Let go of what lies on the disk."""
        self.held.close()
        self._broken.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _add(self, one: Held) -> None:
        held = self.held
        at = held.add(one)
        self.is_separate = self.is_separate and one.is_alone
        if one.record_id is not None:
            held.name("id", one.record_id, at)
        if one.kind in ("response", "resource", "revisit", "conversion") and one.uri is not None:
            held.name("uri", normal_address(one.uri), at)
            if one.location is not None and one.status is not None and 300 <= one.status < 400:
                held.name("location", normal_address(one.location), at)
            if one.payload_digest is not None and one.kind != "revisit":
                held.name("payload", one.payload_digest, at)
        if one.kind == "warcinfo":
            self._told.append(one.number)
            self._told_at.append(at)
        for name in one.concurrent_to:
            held.name("beside", name, at)
        if one.kind == "metadata" and one.refers_to is not None:
            held.name("beside", one.refers_to, at)

    # --------------------------------------------------------------------------------------------------- by a name

    @property
    def broken(self) -> Iterator[tuple[str, int]]:
        """Addresses of records that are not whole, and where they begin."""
        return ((one.uri or "a record without an address", one.offset_bytes) for one in self._broken)

    @property
    def is_broken(self) -> bool:
        """Whether any record is not whole."""
        return len(self._broken) > 0

    def by_id(self, name: str | None) -> Held | None:
        """The first record of a name."""
        found = self.all_by_id(name) if name else ()
        return found[0] if found else None

    def all_by_id(self, name: str) -> tuple[Held, ...]:
        """Every record of a name; a file without fault has one."""
        return self.held.called("id", name, lambda one: one.record_id == name)

    def by_uri(self, uri: str) -> tuple[Held, ...]:
        """The captures of an address, in whatever way it is written."""
        wanted = normal_address(uri)
        return self.held.called("uri", wanted, lambda one: normal_address(one.uri or "") == wanted)

    def _by_payload(self, digest: str) -> Held | None:
        found = self.held.each("payload", digest, lambda one: one.payload_digest == digest)
        return next((one for _, one in found if one.kind != "revisit"), None)

    def _beside(self, name: str | None) -> tuple[Held, ...]:
        if not name:
            return ()
        return self.held.called("beside", name, lambda one: name in one.concurrent_to or one.refers_to == name)

    def _into(self, uri: str) -> tuple[Held, ...]:
        wanted = normal_address(uri)
        return self.held.called("location", wanted, lambda one: normal_address(one.location or "") == wanted)

    # ---------------------------------------------------------------------------------------------- what hangs together

    def original_of(self, revisit: Held) -> Held | None:
        """The record whose content a revisit spares; ``None`` where it is not in this file."""
        named = self.by_id(revisit.refers_to)
        if named is None and revisit.refers_to_uri is not None:
            named = self._captured_then(revisit, revisit.refers_to_uri)
        # A revisit may name another one, and spares the same content as that.
        if (named is None or named.kind == "revisit") and revisit.payload_digest is not None:
            named = self._by_payload(revisit.payload_digest)
        if named is not None and named.kind == "revisit":
            between = self.revisits_between(revisit)
            named = self.by_id(between[-1].refers_to) if between else None
        return named if named is not None and named.kind != "revisit" else None

    def _captured_then(self, revisit: Held, uri: str) -> Held | None:
        """The capture of an address, at the moment if one is told, that a revisit may mean."""
        captures = self._sorted("originals", uri, lambda one: one.kind != "revisit")
        there: Iterable[int] = captures
        if revisit.refers_to_date:
            second = _second(revisit.refers_to_date[:19])
            there = captures.within_second(second) if second is not None else ()
        # An address may have answered more than once in a second, first with a redirect to itself.
        status = 200 if revisit.status in (None, 304) else revisit.status
        best: tuple[bool, bool] | None = None
        found: Held | None = None
        for one in map(self.held.__getitem__, there):
            apart = (one.payload_digest != revisit.payload_digest, one.status != status)
            if best is None or apart < best:
                best, found = apart, one
            if not any(best):
                break
        return found

    def revisits_between(self, revisit: Held) -> list[Held]:
        """The revisits by whose names one without a digest leads to its original; none, where it has a digest."""
        found: list[Held] = []
        one = self.by_id(revisit.refers_to) if revisit.payload_digest is None else None
        while one is not None and one.kind == "revisit" and len(found) < _REVISITS_LIMIT:
            found.append(one)
            one = self.by_id(one.refers_to)
        return found

    def status_of(self, one: Held) -> int | None:
        """The status of HTTP of a capture; of one that only says that nothing has changed, that of its content."""
        if one.status is not None and one.status != 304:
            return one.status
        original = self.original_of(one) if one.kind == "revisit" else None
        return original.status if original is not None else None

    def nearest(self, uri: str, moment: datetime | None) -> Held | None:
        """The capture of an address that succeeded, nearest to a moment."""
        found = self._sorted("successes", uri, self._is_success)
        return next(map(self.held.__getitem__, found.nearest(moment)), None)

    def _is_success(self, one: Held) -> bool:
        return (one.kind == "revisit" or one.status != 304) and self.status_of(one) in (None, 200, 203)

    def _sorted(self, what: str, uri: str, is_wanted: Callable[[Held], bool]) -> CapturesByMoment:
        """The captures of an address of which something is so, as ``by_uri`` has them."""
        wanted = normal_address(uri)

        def captures() -> Iterator[tuple[int, datetime | None]]:
            found = self.held.each("uri", wanted, lambda one: normal_address(one.uri or "") == wanted)
            return ((at, one.moment) for at, one in found if is_wanted(one))

        return self._sorted_lately.get((what, wanted), captures)

    def way_to(self, uri: str, moment: datetime | None, limit: int = 5) -> list[Held]:
        """The capture of an address that succeeded, nearest to a moment, after the redirects that lead to it."""
        way: list[Held] = []
        address = uri
        while len(way) <= limit:
            if (held := self.nearest(address, moment)) is not None:
                return [*way, held]
            hops = self._sorted("redirects", address, lambda one: one.location is not None).nearest(moment)
            hop = next((one for one in map(self.held.__getitem__, hops) if one not in way), None)
            if hop is None or hop.location is None:
                break
            way.append(hop)
            address = hop.location
        return []

    def served_for(self, one: Held) -> Held | None:
        """What the server sent for a page of which a record has a browser's document (``urn:dom:``)."""
        address = (one.uri or "").removeprefix(RENDERED)
        if one.kind != "resource" or address == one.uri:
            return None
        named = filter(None, map(self.by_id, one.concurrent_to))
        return next((two for two in named if two.kind == "response" and two.uri == address), None)

    def renderings_of(self, one: Held) -> list[Held]:
        """The picture and the printed pages that belong to a browser's document."""
        return [
            two
            for two in self._beside(one.record_id)
            if two.kind == "resource" and (two.uri or "").startswith((SCREENSHOT, PDF))
        ]

    def passed_to(self, one: Held, limit: int = 20) -> list[Held]:
        """The redirects by which an address was reached, the requested one first."""
        found: list[Held] = []
        seen = {one.number}
        target = one
        while len(found) < limit and target.uri is not None:
            into = [hop for hop in self._into(target.uri) if hop.number not in seen]
            before = [hop for hop in into if hop.uri != target.uri and _apart(hop.moment, target.moment) <= _ONE_VISIT]
            if not before:
                break
            # Who captures a page follows its redirects at once: the nearest in time, and in the file, led here.
            target = min(before, key=lambda hop: (_apart(hop.moment, target.moment), abs(hop.number - target.number)))
            seen.add(target.number)
            found.append(target)
        return found[::-1]

    def beside(self, one: Held) -> list[Held]:
        """The request and the metadata of a capture."""
        named = [*filter(None, map(self.by_id, one.concurrent_to)), *self._beside(one.record_id)]
        records = {two.number: two for two in named}.values()
        return [two for two in records if two.kind in ("request", "metadata") and two.number != one.number]

    def warcinfo_of(self, one: Held) -> Held | None:
        """The record that tells who captured it: the one that it names, or the last before it."""
        named = self.by_id(one.warcinfo_id)
        if named is not None:
            return named
        before = bisect_left(self._told, one.number)
        return self.held[self._told_at[before - 1]] if before else None


RENDERED = "urn:dom:"
"""Before the address of a page, where a record has the document that a browser made of it."""

SCREENSHOT, PDF = "urn:screenshot:", "urn:pdf:"
"""The same for its picture, and for its pages as they would be printed."""

_REVISITS_LIMIT = 16
"""So many revisits may name one another in a row; more are a circle, or no one's to follow."""

_ONE_VISIT = 3600.0
"""Seconds between a redirect and what it leads to, at most."""


def _apart(first: datetime | None, second: datetime | None) -> float:
    return abs((first - second).total_seconds()) if first is not None and second is not None else 0.0


def _second(written: str) -> datetime | None:
    """A moment as revisits tell it, to the second; ``None`` where it is none."""
    try:
        moment = datetime.fromisoformat(written).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if f"{moment:%Y-%m-%dT%H:%M:%S}" == written else None


def _held(record: Record) -> tuple[Held, bool]:
    head = record.head
    begin = b""
    if head.holds_http and head.kind in ("response", "revisit"):
        for piece in record.chunks():
            begin += piece
            if head_is_there(begin) or len(begin) > HEAD_LIMIT_BYTES:
                break
    message = parse_head(begin[:HEAD_LIMIT_BYTES]) if begin else None
    end = record.finish()
    declared = (message if message is not None else head).first("Content-Type") or ""
    if message is None and declared.lower().startswith("application/http"):
        declared = ""
    location = location_of(message) if message is not None else None
    held = Held(
        number=head.number,
        offset_bytes=head.offset_bytes,
        end_bytes=end.offset_bytes,
        is_alone=head.opens_member and end.closes_member,
        kind=head.kind,
        uri=head.uri,
        moment=head.moment,
        record_id=head.record_id,
        status=message.status if message is not None else None,
        media_type=declared.partition(";")[0].strip().lower(),
        location=_joined(head.uri, location) if location else None,
        payload_digest=(head.first("WARC-Payload-Digest") or "").lower() or None,
        concurrent_to=tuple(name for value in _all(head, "WARC-Concurrent-To") if (name := bare(value))),
        refers_to=bare(head.first("WARC-Refers-To")),
        refers_to_uri=bare(head.first("WARC-Refers-To-Target-URI")),
        refers_to_date=head.first("WARC-Refers-To-Date"),
        warcinfo_id=bare(head.first("WARC-Warcinfo-ID")),
    )
    spoilt = any(one.kind in ("length-too-long", "length-too-short") for one in end.met)
    return held, end.is_whole and not spoilt


def _all(head: RecordHead, name: str) -> list[str]:
    wanted = name.lower()
    return [value for one, value in head.fields if one.lower() == wanted]


def _joined(uri: str | None, location: str) -> str | None:
    try:
        return urljoin(uri or "", location.strip())
    except ValueError:
        return None

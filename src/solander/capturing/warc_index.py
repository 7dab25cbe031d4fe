"""Which records a file holds and where, so that a page, its pictures and what led to it are found without searching.

Source: ISO 28500:2017, sections 5.6 (``WARC-Concurrent-To``), 5.7 (``WARC-Refers-To``) and 6.7 (revisit).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin

from solander.capturing.arc_records import ArcRecords
from solander.capturing.http_message import HEAD_LIMIT_BYTES, parse_head
from solander.capturing.warc_records import Record, WarcRecords
from solander.model.warc import RecordHead, bare


class Held(NamedTuple):
    """A record that can be read again."""

    number: int
    offset_bytes: int
    end_bytes: int
    """Where the next one begins."""
    is_alone: bool
    """Whether it is a compressed member by itself, so that its bytes can be copied as they are."""
    kind: str
    uri: str | None
    moment: datetime | None
    record_id: str | None
    status: int | None
    media_type: str
    """What its message, or the record, says; small letters, without parameters."""
    location: str | None
    """Whither it redirects, absolute."""
    payload_digest: str | None
    concurrent_to: tuple[str, ...]
    refers_to: str | None
    refers_to_uri: str | None
    refers_to_date: str | None
    warcinfo_id: str | None


class Index:
    """The whole records of a file, by number, address, name and payload."""

    def __init__(self, records: WarcRecords | ArcRecords, told: Callable[[int], None] | None = None) -> None:
        """Read the file once; only the heads of messages are kept, and of records that are not whole nothing."""
        self.held: list[Held] = []
        self.broken: list[tuple[str, int]] = []
        """Addresses of records that are not whole, and where they begin."""
        self.by_id: dict[str, int] = {}
        self.by_uri: dict[str, list[int]] = {}
        self._by_payload: dict[str, int] = {}
        self._beside: dict[str, list[int]] = {}
        self._into: dict[str, list[int]] = {}
        self._told: list[int] = []
        self._told_at: list[int] = []
        for record in records:
            one, is_whole = _held(record)
            if told is not None:
                told(one.end_bytes)
            if not is_whole:
                self.broken.append((one.uri or "a record without an address", one.offset_bytes))
                continue
            self._add(one)
        self.form = records.members.form
        self.met = tuple(records.met)
        self.is_separate = self.form == "plain" or all(one.is_alone for one in self.held)
        """Whether every record can be read by itself."""

    def _add(self, one: Held) -> None:
        at = len(self.held)
        self.held.append(one)
        if one.record_id is not None:
            self.by_id.setdefault(one.record_id, at)
        if one.kind in ("response", "resource", "revisit", "conversion") and one.uri is not None:
            self.by_uri.setdefault(urldefrag(one.uri)[0], []).append(at)
            if one.location is not None and one.status is not None and 300 <= one.status < 400:
                self._into.setdefault(urldefrag(one.location)[0], []).append(at)
            if one.payload_digest is not None and one.kind != "revisit":
                self._by_payload.setdefault(one.payload_digest, at)
        if one.kind == "warcinfo":
            self._told.append(one.number)
            self._told_at.append(at)
        for name in one.concurrent_to:
            self._beside.setdefault(name, []).append(at)
        if one.kind == "metadata" and one.refers_to is not None:
            self._beside.setdefault(one.refers_to, []).append(at)

    def original_of(self, revisit: Held) -> Held | None:
        """The record whose content a revisit spares; ``None`` where it is not in this file."""
        at = self.by_id.get(revisit.refers_to or "")
        if at is None and revisit.refers_to_uri is not None:
            same = (self.held[one] for one in self.by_uri.get(urldefrag(revisit.refers_to_uri)[0], ()))
            wanted = revisit.refers_to_date
            found = [
                one for one in same if one.kind != "revisit" and (not wanted or _written(one.moment) == wanted[:19])
            ]
            if found:
                return found[0]
        if at is None and revisit.payload_digest is not None:
            at = self._by_payload.get(revisit.payload_digest)
        return self.held[at] if at is not None and self.held[at].kind != "revisit" else None

    def nearest(self, uri: str, moment: datetime | None) -> Held | None:
        """The capture of an address that succeeded, nearest to a moment."""
        found = [self.held[at] for at in self.by_uri.get(urldefrag(uri)[0], ())]
        whole = [one for one in found if one.status in (None, 200, 203) or one.kind in ("resource", "revisit")]
        return min(whole, key=lambda one: (_apart(one.moment, moment), one.number), default=None)

    def way_to(self, uri: str, moment: datetime | None, limit: int = 5) -> list[Held]:
        """The capture of an address that succeeded, nearest to a moment, after the redirects that lead to it."""
        way: list[Held] = []
        address = uri
        while len(way) <= limit:
            if (held := self.nearest(address, moment)) is not None:
                return [*way, held]
            found = [self.held[at] for at in self.by_uri.get(urldefrag(address)[0], ())]
            hop = min(
                (one for one in found if one.location is not None and one not in way),
                key=lambda one: (_apart(one.moment, moment), one.number),
                default=None,
            )
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
        named = (self.held[self.by_id[name]] for name in one.concurrent_to if name in self.by_id)
        return next((two for two in named if two.kind == "response" and two.uri == address), None)

    def renderings_of(self, one: Held) -> list[Held]:
        """The picture and the printed pages that belong to a browser's document."""
        named = (self.held[at] for at in self._beside.get(one.record_id or "", ()))
        return [two for two in named if two.kind == "resource" and (two.uri or "").startswith((SCREENSHOT, PDF))]

    def passed_to(self, one: Held, limit: int = 20) -> list[Held]:
        """The redirects by which an address was reached, the requested one first."""
        found: list[Held] = []
        seen = {one.number}
        target = one
        while len(found) < limit and target.uri is not None:
            into = [
                self.held[at] for at in self._into.get(urldefrag(target.uri)[0], ()) if self.held[at].number not in seen
            ]
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
        named = [self.by_id[name] for name in one.concurrent_to if name in self.by_id]
        named += self._beside.get(one.record_id or "", ())
        records = [self.held[at] for at in dict.fromkeys(named)]
        return [two for two in records if two.kind in ("request", "metadata") and two.number != one.number]

    def warcinfo_of(self, one: Held) -> Held | None:
        """The record that tells who captured it: the one that it names, or the last before it."""
        at = self.by_id.get(one.warcinfo_id or "")
        if at is not None:
            return self.held[at]
        before = bisect_left(self._told, one.number)
        return self.held[self._told_at[before - 1]] if before else None


RENDERED = "urn:dom:"
"""Before the address of a page, where a record has the document that a browser made of it."""

SCREENSHOT, PDF = "urn:screenshot:", "urn:pdf:"
"""The same for its picture, and for its pages as they would be printed."""

_ONE_VISIT = 3600.0
"""Seconds between a redirect and what it leads to, at most."""


def _apart(first: datetime | None, second: datetime | None) -> float:
    return abs((first - second).total_seconds()) if first is not None and second is not None else 0.0


def _written(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}" if moment is not None else ""


def _held(record: Record) -> tuple[Held, bool]:
    head = record.head
    begin = b""
    if head.holds_http and head.kind in ("response", "revisit"):
        for piece in record.chunks():
            begin += piece
            if b"\r\n\r\n" in begin or b"\n\n" in begin or len(begin) > HEAD_LIMIT_BYTES:
                break
    message = parse_head(begin[:HEAD_LIMIT_BYTES]) if begin else None
    end = record.finish()
    declared = (
        message.first("Content-Type")
        if message is not None
        else None
        if head.holds_http
        else head.first("Content-Type")
    )
    location = message.first("Location") if message is not None else None
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
        media_type=(declared or "").partition(";")[0].strip().lower(),
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

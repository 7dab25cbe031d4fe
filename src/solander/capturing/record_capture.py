"""A record of a web archive -> a capture: the page as its server meant it, and all that was captured with it.

The original of such a capture is a file of records of its own: those that led to the page, the page's, its request and
metadata, and those of what it shows, each copied byte for byte.

Source: ISO 28500:2017, 6 (record types) and 6.7 (revisit); RFC 9110, 8.4.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from solander.capturing.containers import records_of
from solander.capturing.http_message import parse_head
from solander.capturing.record_content import charset_declared, facts_of, page_type
from solander.capturing.record_payload import Payload, harm_of, payload_of
from solander.capturing.record_transport import said_fields, transport_of
from solander.capturing.references import Reference, references, style_references
from solander.capturing.warc_index import Held, Index
from solander.errors import SourceTooLarge, SourceUnreadable
from solander.model.bag_layout import MEDIA_FOLDER, RENDERINGS_FOLDER
from solander.model.capture import Capture, Container, Medium, Origin, whole_seconds
from solander.model.media_names import medium_name, medium_type
from solander.model.normal_addresses import normal_address
from solander.model.ports import Readable
from solander.model.warc import SAME_PAYLOAD, HttpHead, RecordHead

PAGE_LIMIT_BYTES = 64 * 1024 * 1024
RECORDED_MEDIUM_LIMIT_BYTES = 16 * 1024 * 1024
RECORDED_MEDIA_LIMIT_BYTES = 40 * 1024 * 1024
"""Of one page together: what is beyond stays in its source, and the capture says so."""
MEDIA_LIMIT = 2_000
"""So many files may one page show."""

STYLE_DEPTH = 3


@dataclass(kw_only=True)
class RecordFile:
    """A file of records that was indexed, and is read again at single places."""

    source: Readable
    container: str
    """``warc`` or ``arc``."""
    name: str
    index: Index
    keeps_media: bool = True
    """Whether what a page shows is looked for and kept with it."""
    used: bytearray | None = None
    """By number, which records its pages have or show; where nobody asks, no account is kept."""
    _lately: dict[int, tuple[Held, Payload | None]] = field(default_factory=dict)

    def capture(self, one: Held, limit_bytes: int = PAGE_LIMIT_BYTES) -> Capture:
        """The capture that a record holds.

        Raises:
            SourceError: it holds no page, or cannot be read.
        """
        whose = f"{self.name}: {one.uri or one.record_id or f'record {one.number}'}"
        original, facts = self._original(one, whose)
        spared = self._spared(one) if one is not original else None
        payload = self.payload(original, limit_bytes, whose, spared)
        facts += [met.kind for met in payload.met]
        media_type = page_type(payload, whose)
        message = payload.message
        if one is not original:
            # What the server said at the later visit holds for it, if it was recorded.
            message = self._head_of(one) or message
            facts.append("revisit")
        served = self.index.served_for(one)
        address = payload.head.first("WARC-IP-Address")
        charset = charset_declared(message, payload.head)
        if served is not None:
            # The document of a browser: how it was received tells the record of what the server sent.
            served_head, block = self.read(served, PAGE_LIMIT_BYTES, self.name)
            message, address = parse_head(block), served_head.first("WARC-IP-Address")
        page = served or one
        facts += facts_of(payload, original)
        if not self._is_success(message, one, is_revisit=one is not original):
            facts.append("status-not-success")
        hops = self.index.passed_to(page)
        media, beyond = self._media(payload.content, media_type, page) if self.keeps_media else ([], [])
        if served is not None and self.keeps_media:
            media += self._renderings(one)
        if beyond:
            facts.append("media-left-out")
        info = self.index.warcinfo_of(one)
        members = [info, *hops, *self._beside_all(hops), original, one, page, *self._beside_all((one, page))]
        return Capture(
            content=payload.content,
            uri=page.uri,
            captured_at=whole_seconds(one.moment),
            media_type=media_type,
            declared_charset=charset,
            origin=Origin(
                path=self.name.replace("\\", "/").rpartition("/")[2],
                record_id=one.record_id,
                offset_bytes=one.offset_bytes,
                redirects=tuple(hop.uri for hop in hops if hop.uri),
            ),
            container=self._container([*filter(None, members), *(held for way, _ in media for held in way)]),
            media=tuple(medium for _, medium in media),
            transport=transport_of(
                message, payload, one, original, self._said(info), self._requested(page), self._noted(one), address
            ),
            left_out=tuple(beyond),
            facts=tuple(dict.fromkeys(facts)),
        )

    def _is_success(self, message: HttpHead | None, one: Held, *, is_revisit: bool) -> bool:
        """Whether a page came with success, as far as a status tells."""
        status = message.status if message is not None else None
        if status == 304 and is_revisit:
            status = self.index.status_of(one)  # nothing has changed: what there was holds
        return status in (None, 200, 203)

    def _original(self, one: Held, whose: str) -> tuple[Held, list[str]]:
        if one.kind != "revisit":
            return one, []
        original = self.index.original_of(one)
        if original is None:
            earlier = f", captured {one.refers_to_date}" if one.refers_to_date else ""
            what = f"this is a revisit, and the record that has its content{earlier} is not in this file; pack the"
            raise SourceUnreadable(whose, f"{what} file that has it")
        return original, []

    def is_used(self, one: Held) -> bool:
        """Whether a record is one that a page has or shows, of those that were made captures."""
        return self.used is not None and one.number < len(self.used) and bool(self.used[one.number])

    def _use(self, members: Iterable[Held]) -> None:
        if self.used is not None:
            for one in members:
                self.used.extend(bytes(max(one.number + 1 - len(self.used), 0)))
                self.used[one.number] = 1

    # ------------------------------------------------------------------------------------------------- single records

    def read(self, one: Held, limit_bytes: int, whose: str) -> tuple[RecordHead, bytes]:
        """A record's header and block.

        Raises:
            SourceTooLarge: the block is larger than the bound.
            SourceUnreadable: the file is another one by now.
        """
        for record in records_of(self.source, self.container, offset_bytes=one.offset_bytes):
            if (record.head.length_bytes or 0) > limit_bytes:
                raise SourceTooLarge(whose, limit_bytes)
            block = b"".join(record.chunks())
            if record.finish().is_whole:
                return record.head, block
            break
        raise SourceUnreadable(whose, "the record cannot be read where it was found; did the file change?")

    def _spared(self, revisit: Held) -> str | None:
        """The digest of the content that a revisit says it saw again."""
        head, _ = self.read(revisit, PAGE_LIMIT_BYTES, self.name)
        is_same = (head.first("WARC-Profile") or "").rstrip("/").endswith(SAME_PAYLOAD)
        return head.first("WARC-Payload-Digest") if is_same else None

    def payload(self, one: Held, limit_bytes: int, whose: str, spared: str | None = None) -> Payload:
        """What a record holds, without what was done to it for the way.

        Args:
            one: the record.
            limit_bytes: so much may come out of it.
            whose: its name in messages.
            spared: the digest by which a revisit names its content.

        Raises:
            SourceTooLarge: it is larger than the bound, or more comes out of it.
            SourceUnreadable: it cannot be read, or is coded in a way that is not known.
        """
        return payload_of(*self.read(one, limit_bytes, whose), limit_bytes, whose, spared)

    def _head_of(self, one: Held) -> HttpHead | None:
        _, block = self.read(one, PAGE_LIMIT_BYTES, self.name)
        return parse_head(block)

    def _said(self, info: Held | None) -> dict[str, str]:
        """What a warcinfo record tells of who captured."""
        if info is None or self.container == "arc":
            return {}
        _, block = self.read(info, 1024 * 1024, self.name)
        said: dict[str, str] = {}
        for name, value in said_fields(block):
            said.setdefault(name, value)
        return said

    def _noted(self, one: Held) -> list[tuple[str, str]]:
        """What metadata records beside a page tell of it."""
        noted: list[tuple[str, str]] = []
        for beside in self.index.beside(one):
            if beside.kind == "metadata" and beside.media_type == "application/warc-fields":
                noted += said_fields(self.read(beside, 1024 * 1024, self.name)[1])
        return noted

    def _requested(self, one: Held) -> HttpHead | None:
        for request in self.index.beside(one):
            if request.kind == "request":
                _, block = self.read(request, 1024 * 1024, self.name)
                return parse_head(block, is_request=True)
        return None

    # ---------------------------------------------------------------------------------------------- what is beside it

    def _beside_all(self, hops: Iterable[Held]) -> list[Held]:
        return [one for hop in hops for one in self.index.beside(hop)]

    def _media(self, content: bytes, media_type: str, page: Held) -> tuple[list[tuple[list[Held], Medium]], list[str]]:
        """What the page refers to and this file holds, with the redirects to it; what of it is lacking or harmed."""
        if media_type == "text/plain":
            return [], []
        unsought: list[str] = []
        waiting = deque((one, 0) for one in references(content, page.uri, unsought))
        found: list[tuple[list[Held], Medium]] = []
        seen = {normal_address(page.uri or "")}
        size, beyond = 0, list[str]()
        while waiting:
            reference, depth = waiting.popleft()
            if (place := normal_address(reference.uri)) in seen:
                continue
            seen.add(place)
            way = self.index.way_to(reference.uri, page.moment)
            if not way or (held := way[-1]).number == page.number:
                continue
            self._use(way)
            # Beyond the count nothing is unpacked any more, only named.
            payload = self._medium(held) if len(found) < MEDIA_LIMIT else None
            if payload is None or size + len(payload.content) > RECORDED_MEDIA_LIMIT_BYTES:
                beyond.append(reference.uri)
                continue
            if harm := harm_of(payload):
                beyond.append(f"{reference.uri} ({harm})")
            if not payload.content:
                continue
            size += len(payload.content)
            kind = medium_type(payload.content, held.media_type)
            name = f"{MEDIA_FOLDER}{medium_name(len(found) + 1, reference.uri, kind)}"
            found.append((way, _shown(held, payload, reference.uri, name=name, media_type=kind, role=reference.role)))
            if reference.role == "style" and depth < STYLE_DEPTH:
                waiting += [(one, depth + 1) for one in style_references(payload.content, held.uri or reference.uri)]
            elif reference.role == "frame" and depth == 0 and kind == "text/html":
                waiting += [(one, depth + 1) for one in references(payload.content, held.uri or reference.uri)]
        return found, [*beyond, *([f"{len(unsought):,} addresses that were not looked for"] if unsought else [])]

    def _renderings(self, one: Held) -> list[tuple[list[Held], Medium]]:
        """How a browser showed the page: a picture, and a PDF."""
        found: list[tuple[list[Held], Medium]] = []
        for held in self.index.renderings_of(one):
            name = {"image/png": "screenshot.png", "application/pdf": "page.pdf"}.get(held.media_type)
            payload = self._medium(held) if name else None
            if name and payload is not None and payload.content:
                named = f"{RENDERINGS_FOLDER}{name}"
                medium = _shown(held, payload, held.uri or "", name=named, media_type=held.media_type, role="rendering")
                found.append(([held], medium))
        return found

    def _medium(self, held: Held) -> Payload | None:
        """What a record holds, if it can be had within bounds; pages of one site share their pictures and styles."""
        if held.number in self._lately:
            return self._lately[held.number][1]
        original = held if held.kind != "revisit" else self.index.original_of(held)
        payload: Payload | None = None
        if original is not None:
            try:
                payload = self.payload(original, RECORDED_MEDIUM_LIMIT_BYTES, self.name)
            except (SourceTooLarge, SourceUnreadable):
                payload = None
        if payload is None or len(payload.content) <= _KEPT_BYTES:
            self._lately[held.number] = (held, payload)
            if len(self._lately) > _KEPT:
                del self._lately[next(iter(self._lately))]
        return payload

    def _container(self, members: Iterable[Held]) -> Container:
        """A file of records with these alone, in the order of their source, each copied as it is."""
        chosen = {one.number: one for one in members}
        for one in list(chosen.values()):
            if one.kind == "revisit" and (original := self.index.original_of(one)) is not None:
                chosen[original.number] = original
                chosen.update((between.number, between) for between in self.index.revisits_between(one))
        records = [chosen[number] for number in sorted(chosen)]
        self._use(records)
        if self.container == "arc":
            first = self.index.held[0]
            records = [first, *(one for one in records if one.number != first.number)]
            return Container(
                name="capture.arc",
                media_type="application/x-internet-archive",
                content=b"".join(map(self._copied, records)),
            )
        if self.index.form == "gzip" and all(one.is_alone for one in records):
            content = b"".join(
                self.source.read_at(one.offset_bytes, one.end_bytes - one.offset_bytes) for one in records
            )
            return Container(name="capture.warc.gz", media_type="application/warc", content=content)
        return Container(
            name="capture.warc", media_type="application/warc", content=b"".join(map(self._copied, records))
        )

    def _copied(self, one: Held) -> bytes:
        """A record as it is written, without what it was compressed with."""
        for record in records_of(self.source, self.container, offset_bytes=one.offset_bytes):
            block = b"".join(record.chunks())
            record.finish()
            # An ARC file parts its records by line ends of any number, and by one at least.
            return record.head.written + block + (record.tail or b"\n" if self.container == "arc" else b"\r\n\r\n")
        return b""


def _shown(held: Held, payload: Payload, uri: str, *, name: str, media_type: str, role: str) -> Medium:
    """What a record holds, as something that a page shows or that shows a page."""
    return Medium(
        uri=uri,
        name=name,
        media_type=media_type,
        content=payload.content,
        role=role,
        record_id=held.record_id,
        captured_at=whole_seconds(held.moment),
    )


_KEPT = 64
_KEPT_BYTES = 512 * 1024
"""As many small payloads are kept at hand, for pages of one site share them."""


__all__ = ["RecordFile", "Reference"]

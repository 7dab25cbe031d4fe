"""Every record of a file read once to its end: its digests, its message of HTTP, what its payload begins with.

The promise: memory stays flat. Of a block only so much is kept as is needed to decode a body of ordinary size; a larger
one passes through the digests alone.

Source: ISO 28500:2017, section 6 (record types).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from solander.capturing.content_coding import KNOWN, Damaged, TooMuch, codings_of, decode_body, inflate
from solander.capturing.http_message import HEAD_LIMIT_BYTES, dechunk, head_is_there, parse_head
from solander.capturing.records import Record, Records
from solander.capturing.warc_digests import Claim, claim_of, compared
from solander.model.warc import Crawl, DigestSeen, HttpHead, Met, RecordHead, RecordSeen, bare

BODY_LIMIT_BYTES = 16 * 1024 * 1024
"""Of a body that is taken out of its chunks or decoded; of a larger one only the bytes as they are have a digest."""

DECODED_LIMIT_BYTES = 128 * 1024 * 1024
"""As much may come out of a body."""

BEGIN_BYTES = 8192


LENGTH_CHARACTERS = 40
"""So much of a written length is shown."""

_SPOILING = frozenset(("length-too-long", "length-too-short"))
_SPOILT = frozenset(("http-length-differs", "content-coding-damaged", "chunks-broken"))
"""What follows from a record's being cut."""


class Survey:
    """Iterate over what was seen of each record; ``crawl`` then says what there is to say of the whole."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._ids: set[str] = set()
        self._payloads: set[str] = set()
        self._captures: set[tuple[str | None, str | None]] = set()
        self._revisits: list[RecordHead] = []
        self._number = 0
        self._together = 0
        self._first_together = 0
        self._damage: list[tuple[int, Met]] = []

    def __iter__(self) -> Iterator[RecordSeen]:
        """Each record, read to its end."""
        for record in self._records:
            seen = look_at(record)
            head, end = seen.head, seen.end
            if head.record_id is not None and head.record_id in self._ids:
                what = "another record of this file has the same name"
                seen = replace(seen, met=(*seen.met, Met("record-id-repeated", what, None, head.record_id)))
            self._number += 1
            self._note(head)
            if not (head.opens_member and end.closes_member) and end.is_whole:
                self._first_together = self._first_together if self._together else head.offset_bytes
                self._together += 1
            self._damage += [(head.offset_bytes, one) for one in end.met if one.kind.startswith("compression-")]
            yield seen

    def _note(self, head: RecordHead) -> None:
        if head.record_id is not None:
            self._ids.add(head.record_id)
        if head.kind == "revisit":
            self._revisits.append(head)
        elif head.kind in ("response", "resource"):
            self._captures.add((head.uri, head.first("WARC-Date")))
            if (payload := head.first("WARC-Payload-Digest")) is not None:
                self._payloads.add(payload.lower())

    def _is_lost(self, head: RecordHead) -> bool:
        named = bare(head.first("WARC-Refers-To"))
        target = bare(head.first("WARC-Refers-To-Target-URI")), head.first("WARC-Refers-To-Date")
        payload = (head.first("WARC-Payload-Digest") or "").lower()
        return named not in self._ids and target not in self._captures and payload not in self._payloads

    @property
    def crawl(self) -> Crawl:
        """Of the whole file, once all was read."""
        lost = [one for one in self._revisits if self._is_lost(one)]
        return Crawl(
            form=self._records.members.form,
            records=self._number,
            met=(*self._records.met, *self._damage),
            ids=frozenset(self._ids),
            together=(self._together, self._first_together),
            lost_revisits=tuple((one.number, one.offset_bytes, one.uri or "no address") for one in lost),
        )


def look_at(record: Record) -> RecordSeen:
    """Read a record to its end."""
    head = record.head
    claims = [
        claim_of(name, written)
        for name in ("WARC-Block-Digest", "WARC-Payload-Digest")
        if (written := head.first(name)) is not None
    ]
    block = _Block(head, claims)
    for piece in record.chunks():
        block.take(piece)
    block.end()
    met: list[Met] = []
    if head.holds_http and block.message is None and block.size:
        what = "the request line" if head.kind == "request" else "the status line"
        begun = _line(bytes(block.kept[:60]))
        met.append(Met("http-start-missing", f"the block does not begin with {what} of HTTP", None, begun))
    body = bytes(block.kept[block.body_at :]) if block.is_kept else None
    forms: dict[str, bytes] = {}
    payload = next((one for one in claims if one.name == "WARC-Payload-Digest"), None)
    if payload is not None and payload.algorithm:
        forms["raw"] = block.hashers["WARC-Payload-Digest"].digest()
    begin = bytes(block.kept[block.body_at : block.body_at + BEGIN_BYTES])
    if block.message is not None:
        met.extend(block.message.met)
        begin = _look_into(block.message, body, begin, payload, forms, met, block.size - block.body_at)
    end = record.finish()
    digests = tuple(_judge(one, block.hashers, forms, head.kind, body is None) for one in claims)
    if not end.is_whole or any(one.kind in _SPOILING for one in end.met):
        # What is cut has other bytes than its record claims: to say it once is enough.
        digests = ()
        met = [one for one in met if one.kind not in _SPOILT]
    return RecordSeen(
        head=head,
        end=end,
        http=block.message,
        digests=digests,
        begin=begin[:BEGIN_BYTES],
        met=tuple(met),
    )


class _Block:
    """The block of a record, piece by piece: hashed to its end, and kept as far as it is looked into."""

    def __init__(self, head: RecordHead, claims: list[Claim]) -> None:
        self.hashers = {one.name: _hasher(one) for one in claims}
        self.kept = bytearray()
        self.is_kept = True
        """Whether all of it is."""
        self.size = 0
        self.message: HttpHead | None = None
        self.body_at = -1 if head.holds_http else 0
        """Where the payload begins; -1 until the head of the message was read."""
        self._is_request = head.kind == "request"

    def take(self, piece: bytes) -> None:
        """Take the next piece."""
        self.size += len(piece)
        if "WARC-Block-Digest" in self.hashers:
            self.hashers["WARC-Block-Digest"].update(piece)
        if self.is_kept:
            self.kept += piece
            if self.body_at < 0 and (head_is_there(bytes(self.kept)) or len(self.kept) > HEAD_LIMIT_BYTES):
                self._read_message(bytes(self.kept[:HEAD_LIMIT_BYTES]))
                return
            self.is_kept = len(self.kept) <= BODY_LIMIT_BYTES
        if self.body_at >= 0 and "WARC-Payload-Digest" in self.hashers:
            self.hashers["WARC-Payload-Digest"].update(piece)

    def end(self) -> None:
        """Read the head of a message that has no end."""
        if self.body_at < 0:
            self._read_message(bytes(self.kept))

    def _read_message(self, written: bytes) -> None:
        self.message = parse_head(written, is_request=self._is_request)
        self.body_at = self.message.size_bytes if self.message else 0
        if "WARC-Payload-Digest" in self.hashers:
            self.hashers["WARC-Payload-Digest"].update(self.kept[self.body_at :])


def _hasher(claim: Claim) -> Any:
    return hashlib.new(claim.algorithm or "md5", usedforsecurity=False)


def _judge(claim: Claim, hashers: dict[str, Any], forms: dict[str, bytes], kind: str, is_large: bool) -> DigestSeen:
    if claim.name == "WARC-Block-Digest":
        return compared(claim, {"block": hashers[claim.name].digest()}, meant="block")
    # 6.7.2: a revisit bears the digest of the payload that it spares.
    fault = "cannot-tell" if kind in ("revisit", "request") or is_large else None
    return compared(claim, forms, meant="raw", fault=fault)


def _look_into(
    message: HttpHead,
    body: bytes | None,
    first: bytes,
    claim: Claim | None,
    forms: dict[str, bytes],
    met: list[Met],
    length: int,
) -> bytes:
    """Undo what was done to a body for the way, hold digests against each step, and give its first bytes."""
    codings = codings_of(message)
    is_said_chunked = "chunked" in message.values("Transfer-Encoding")
    if not is_said_chunked:
        _compare_length(message, length, met)
    if body is None:
        return first if not codings and not is_said_chunked else b""
    if is_said_chunked and body:
        plain = dechunk(body)
        if not plain.is_chunked:
            met.append(Met("not-really-chunked", "the body is not in chunks as its header says"))
        elif plain.fault:
            met.append(Met("chunks-broken", plain.fault))
        body = plain.body
        _add(forms, "de-chunked", claim, body)
    if not codings or not body:
        return body[:BEGIN_BYTES]
    return _decoded(body, codings, claim, forms, met)


def _decoded(body: bytes, codings: list[str], claim: Claim | None, forms: dict[str, bytes], met: list[Met]) -> bytes:
    if len(codings) > 1 or codings[0] not in KNOWN:
        try:
            decoded = decode_body(body, codings, BODY_LIMIT_BYTES)
        except TooMuch:
            met.append(_beyond())
            return b""
        met.extend(decoded.met)
        _add(forms, "decoded", claim, decoded.body)
        return decoded.body[:BEGIN_BYTES]
    # One coding, the common case: in pieces, so that a bomb costs time and no memory.
    hasher = _hasher(claim) if claim is not None and claim.algorithm else None
    begin, size = b"", 0
    try:
        for piece in inflate([body], codings[0]):
            size += len(piece)
            if size > DECODED_LIMIT_BYTES:
                met.append(_beyond())
                return begin
            if hasher is not None:
                hasher.update(piece)
            if len(begin) < BEGIN_BYTES:
                begin += piece
    except Damaged:
        decoded = decode_body(body, codings, DECODED_LIMIT_BYTES)
        met.extend(decoded.met)
        return decoded.body[:BEGIN_BYTES]
    if hasher is not None:
        forms["decoded"] = hasher.digest()
    return begin


def _compare_length(message: HttpHead, length: int, met: list[Met]) -> None:
    written = message.first("Content-Length")
    if written is None or message.status in (None, 304) or not written.isdigit() or not written.isascii():
        return
    # Longer numbers than any body's are compared as they are written.
    if written.lstrip("0") != str(length) and length:
        what = "the message says another length than its body has"
        met.append(Met("http-length-differs", what, f"{written[:LENGTH_CHARACTERS]} bytes", f"{length} bytes"))


def _beyond() -> Met:
    return Met(
        "body-beyond-bound", f"more than {DECODED_LIMIT_BYTES:,} bytes come out of the body; the rest was not looked at"
    )


def _add(forms: dict[str, bytes], name: str, claim: Claim | None, content: bytes) -> None:
    if claim is not None and claim.algorithm:
        forms[name] = hashlib.new(claim.algorithm, content, usedforsecurity=False).digest()


def _line(content: bytes) -> str:
    return " ".join(content.partition(b"\n")[0].decode("ascii", "backslashreplace").split())

"""Bodies without their content codings: gzip, deflate, br and zstd, in pieces, and never more than is wanted.

A server may name a coding that it did not apply; then the body is what it is, and that is told.

Source: RFC 9110, 8.4.1 (content codings); RFC 1950, 1951 and 1952; RFC 7932 (br); RFC 8878 and 9659 (zstd).
"""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from itertools import count
from typing import NamedTuple

from solander.model.warc import HttpHead, Met

PIECE_BYTES = 64 * 1024
BROTLI_BYTES = 1024
_TAKEN_BYTES = 16 * 1024
"""So much of a body is unpacked at a time: of what a member leaves no more is copied."""
_PARTS_LIMIT = 1_000
"""As many members, or frames, has one body; no server that means well makes more than one."""
CODINGS_LIMIT = 4
"""As many codings one upon another are undone; no server that means well applies more than two."""

_SKIPPABLE = b"\x2a\x4d\x18"
"""Of a frame of zstd that holds nothing to be read (RFC 8878, 3.1.2): its magic number but for the first byte."""

_NONE = frozenset(("identity", "none", "utf-8", "binary", "8bit"))
_SAME = {"x-gzip": "gzip", "x-deflate": "deflate", "brotli": "br"}
KNOWN = frozenset(("gzip", "deflate", "br", "zstd"))


class TooMuch(Exception):
    """More came out than was wanted."""


class Damaged(Exception):
    """A coding ends too early or breaks its form; what came out before was given."""


class Decoded(NamedTuple):
    """A body as the server meant it."""

    body: bytes
    """As much of it as could be had."""
    undone: tuple[str, ...]
    """The codings that were really undone, the outermost first."""
    met: tuple[Met, ...]
    is_whole: bool
    """Nothing is lacking at its end, as far as can be seen."""


def named_codings(values: Iterable[str]) -> list[str]:
    """The codings that a message names, in the order in which they were applied, under their usual names."""
    return [_SAME.get(value, value) for value in values if value not in _NONE]


def codings_of(message: HttpHead) -> list[str]:
    """All codings of a body but its chunks, the innermost first: those of the content, then those of the transfer.

    Source: RFC 9112, 6.1 and 7.2.
    """
    transfer = named_codings(message.values("Transfer-Encoding"))
    return [*named_codings(message.values("Content-Encoding")), *(one for one in transfer if one in KNOWN)]


def decode_body(body: bytes, codings: list[str], limit_bytes: int) -> Decoded:
    """Undo the content codings that a message names.

    Raises:
        TooMuch: a step holds more than ``limit_bytes``.
    """
    met: list[Met] = []
    undone: list[str] = []
    for coding in reversed(codings[-CODINGS_LIMIT:]):
        if coding not in KNOWN:
            met.append(
                Met(
                    "content-coding-unknown",
                    "no such content coding is known; the body stays as it is",
                    None,
                    coding[:40],
                )
            )
            return Decoded(body, tuple(undone), tuple(met), True)
        if not body:
            continue
        parts: list[bytes] = []
        behind: list[bytes] = []
        size = 0
        try:
            for part in inflate([body], coding, behind):
                parts.append(part)
                size += len(part)
                if size > limit_bytes:
                    raise TooMuch
        except Damaged as damage:
            if not parts and not _begins_like(body, coding):
                met.append(
                    Met("content-coding-not-applied", "the body is not coded as its header says", coding, "plain")
                )
                continue
            met.append(Met("content-coding-damaged", f"the body's {coding} {damage}"))
            undone.append(coding)
            return Decoded(b"".join(parts), tuple(undone), tuple(met), False)
        if b"".join(behind).strip(b"\0"):
            met.append(Met("bytes-behind-body", "after the last gzip member"))
        body = b"".join(parts)
        undone.append(coding)
    return Decoded(body, tuple(undone), tuple(met), True)


def inflate(pieces: Iterable[bytes], coding: str, behind: list[bytes] | None = None) -> Iterator[bytes]:
    """What comes out of one coding, piece by piece.

    Args:
        pieces: what was coded.
        coding: which of those known.
        behind: is given what stands behind the last member of gzip.

    Raises:
        Damaged: it ends too early, or breaks its form.
    """
    steps = {"gzip": _zlib, "deflate": _zlib, "br": _brotli, "zstd": _zstd}
    if coding == "gzip" and behind is not None:
        return _zlib(b"".join(pieces), coding, behind)
    return steps[coding](b"".join(pieces), coding)


def _begins_like(body: bytes, coding: str) -> bool:
    if coding == "gzip":
        return body.startswith(b"\x1f\x8b")
    if coding == "zstd":
        return body.startswith(b"\x28\xb5\x2f\xfd")
    # Neither deflate nor br has a mark; text that begins like a page is none of them.
    return not body[:64].lstrip().startswith((b"<", b"{", b"["))


def _zlib(body: bytes, coding: str, behind: list[bytes] | None = None) -> Iterator[bytes]:
    if coding == "deflate":
        yield from _deflate(body)
        return
    at = 0
    for number in count():
        if number and not body.startswith(b"\x1f\x8b", at):
            break
        if number == _PARTS_LIMIT:
            raise Damaged(f"has more than {_PARTS_LIMIT:,} members")
        at = yield from _pieces(zlib.decompressobj(31), body, at)
    if behind is not None:
        behind.append(body[at:])


def _deflate(body: bytes) -> Iterator[bytes]:
    """RFC 9110 means zlib's format by it; many servers sent raw deflate."""
    wrapped = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    if wrapped:
        try:
            begun = zlib.decompressobj(15).decompress(body, 1)
        except zlib.error:
            begun = None
        if begun is not None:
            yield from _pieces(zlib.decompressobj(15), body)
            return
    yield from _pieces(zlib.decompressobj(-15), body)


def _pieces(unpacker: zlib._Decompress, body: bytes, at: int = 0) -> Generator[bytes, None, int]:
    """What comes out of a body from a place on; returns where what follows begins."""
    while not unpacker.eof:
        before = unpacker.copy()
        data = body[at : at + _TAKEN_BYTES]
        try:
            piece = unpacker.decompress(data, PIECE_BYTES)
        except zlib.error as error:
            if whole := _up_to_damage(before, data):
                yield whole
            raise Damaged(f"is damaged ({error})") from error
        at += len(data) - len(unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail)
        if piece:
            yield piece
        elif not data and not unpacker.eof:
            raise Damaged("ends before it is whole")
    return at


def _up_to_damage(unpacker: zlib._Decompress, data: bytes) -> bytes:
    """What comes out before a harmed byte: zlib gives nothing of a piece in which there is one."""
    found = bytearray()
    with suppress(zlib.error):
        found += unpacker.decompress(b"", PIECE_BYTES)
        for number in data:
            found += unpacker.decompress(bytes((number,)))
    return bytes(found)


def _brotli(body: bytes, coding: str) -> Iterator[bytes]:
    import brotli

    unpacker = brotli.Decompressor()
    try:
        # A little at a time: of what is damaged, all that came before is kept.
        for at in range(0, len(body), BROTLI_BYTES):
            piece = unpacker.process(body[at : at + BROTLI_BYTES], output_buffer_limit=PIECE_BYTES)
            while piece:
                yield piece
                piece = unpacker.process(b"", output_buffer_limit=PIECE_BYTES)
            if unpacker.is_finished():
                return
    except brotli.error as error:
        raise Damaged("is damaged") from error
    raise Damaged("ends before it is whole")


def _zstd(body: bytes, coding: str) -> Iterator[bytes]:
    from solander.capturing.libraries import zstd

    library = zstd()
    at = 0
    for number in count():
        if at >= len(body) or (number and not _is_frame(body[at : at + 4])):
            return
        if number == _PARTS_LIMIT:
            raise Damaged(f"has more than {_PARTS_LIMIT:,} frames")
        unpacker = library.ZstdDecompressor()
        while not unpacker.eof:
            data = body[at : at + _TAKEN_BYTES] if unpacker.needs_input else b""
            at += len(data)
            try:
                piece = unpacker.decompress(data, PIECE_BYTES)
            except library.ZstdError as error:
                raise Damaged("is damaged") from error
            if piece:
                yield piece
            elif unpacker.needs_input and not unpacker.eof and at >= len(body):
                raise Damaged("ends before it is whole")
        at -= len(unpacker.unused_data)


def _is_frame(head: bytes) -> bool:
    return head == b"\x28\xb5\x2f\xfd" or head[1:] == _SKIPPABLE

"""A page within the file in which it was received with more: found again for the word checker and for its digest.

The promise: no line is shared with what captured the page. Records are read by ``warcio``, which is not used there, and
chunks and content codings are undone here by themselves; a fault of the one shows against the other.

Source: ISO 28500:2017, 6; RFC 9112, 7.1; RFC 9110, 8.4; RFC 2557 (MHTML).
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr
from typing import Any, NamedTuple

from solander.checking.pages.contained_arc import records_of_arc
from solander.checking.pages.contained_mail import page_in_mail
from solander.checking.pages.contained_properties import page_in_properties

PAGE_LIMIT_BYTES = 1 << 28
RECORDS_LIMIT = 100_000
MEMBERS = 1_000
"""As many members of gzip, or frames of zstd, are read of one body."""


class Unfound(NamedTuple):
    """Why a page could not be found."""

    why: str


def is_container(name: str) -> bool:
    """Whether an original holds its page within."""
    return name.startswith(("capture.warc", "capture.arc", "capture.wacz")) or name.endswith(
        (".mhtml", ".mht", ".webarchive")
    )


def page_within(content: bytes, name: str, options: Mapping[str, str]) -> bytes | Unfound:
    """The bytes of a page that stands in a file with others.

    Args:
        content: the file.
        name: in ``data/original/``.
        options: how the bag was made: which record (``record-id``, ``uri``, ``captured-at``) is the page's.
    """
    if name.endswith((".mhtml", ".mht", ".webarchive")):
        page = page_in_properties(content) if name.endswith(".webarchive") else page_in_mail(content)
        return page if page is not None else Unfound(f"no page was found in {name}")
    try:
        # It talks to standard error of what it passes over.
        with redirect_stderr(io.StringIO()):
            block = _block(content, options)
    except Exception:  # noqa: BLE001 - what the library raises of damaged files has no common name
        return Unfound(f"{name} could not be read: it is damaged, or of a kind that is not read here")
    if block is None:
        return Unfound(f"{name} has no record of the page")
    return _undone(block) if block[:5] == b"HTTP/" else block


def _records(content: bytes) -> Iterator[tuple[str, Mapping[str, str], Any]]:
    from warcio.archiveiterator import ArchiveIterator

    if content.startswith(b"filedesc://"):
        yield from records_of_arc(content)
        return
    for number, record in enumerate(ArchiveIterator(io.BytesIO(content), no_record_parse=True)):
        if number == RECORDS_LIMIT:
            return
        said = {key.lower(): value for key, value in record.rec_headers.headers}
        yield record.rec_type, said, record.raw_stream


def _block(content: bytes, options: Mapping[str, str]) -> bytes | None:
    wanted, uri = options.get("record-id"), options.get("uri")
    moment = options.get("captured-at", "").rstrip("Z")
    for kind, said, stream in _records(content):
        if kind in ("request", "metadata", "warcinfo", "arc_header"):
            continue
        if wanted is not None:
            found = said.get("warc-record-id", "").strip("<> ") == wanted
        else:
            found = _is_of(said, uri, moment)
        if found:
            if kind == "revisit":
                return _spared(content, said)
            return bytes(stream.read(PAGE_LIMIT_BYTES))
    return None


def _is_of(said: Mapping[str, str], uri: str | None, moment: str) -> bool:
    """Whether a record without a name is that of an address and a moment."""
    address = said.get("warc-target-uri", said.get("uri", "")).strip("<> ")
    written = said.get("warc-date", said.get("archive-date", ""))
    digits = "".join(letter for letter in moment if letter.isdigit())
    of_it = "".join(one for one in written if one.isdigit())[:14]
    # A moment of ARC may be shorter than it should be.
    return address == uri and (not digits or (bool(of_it) and digits.startswith(of_it)))


def _spared(content: bytes, revisit: Mapping[str, str]) -> bytes | None:
    """The block that a revisit spares to repeat."""
    name = _behind_revisits(content, revisit.get("warc-refers-to", "").strip("<> "))
    target = revisit.get("warc-refers-to-target-uri", "").strip("<> ")
    payload = revisit.get("warc-payload-digest", "").lower()
    by_payload: bytes | None = None
    for kind, said, stream in _records(content):
        if kind not in ("response", "resource"):
            continue
        if name and said.get("warc-record-id", "").strip("<> ") == name:
            return bytes(stream.read(PAGE_LIMIT_BYTES))
        is_target = target and said.get("warc-target-uri", "").strip("<> ") == target
        if by_payload is None and (is_target or (payload and said.get("warc-payload-digest", "").lower() == payload)):
            by_payload = bytes(stream.read(PAGE_LIMIT_BYTES))
    return by_payload


def _behind_revisits(content: bytes, name: str) -> str:
    """The name of the record with content, where a revisit names other revisits."""
    named = {
        said.get("warc-record-id", "").strip("<> "): said.get("warc-refers-to", "").strip("<> ")
        for kind, said, _ in _records(content)
        if kind == "revisit"
    }
    for _ in range(len(named)):
        name = named.get(name) or name
    return name


_INTERIM = re.compile(rb"HTTP/1\.[01][ \t]+1[0-9]{2}(?![0-9])[^\n]*\n(?:[^\r\n][^\n]*\n)*\r?\n(?=HTTP/)")


def _undone(block: bytes) -> bytes | Unfound:
    """The body of a message of HTTP as it was meant."""
    # Answers that only tell to wait come before the answer.
    while (interim := _INTERIM.match(block)) is not None:
        block = block[interim.end() :]
    ends = [at + size for mark, size in ((b"\r\n\r\n", 4), (b"\n\n", 2)) if (at := block.find(mark)) >= 0]
    if not ends:
        return b""
    head, body = block[: min(ends)].decode("latin-1"), block[min(ends) :]
    said: dict[str, list[str]] = {}
    for line in head.splitlines()[1:]:
        name, _, value = line.partition(":")
        said.setdefault(name.strip().lower(), []).extend(one.strip().lower() for one in value.split(","))
    if "chunked" in said.get("transfer-encoding", ()):
        body = _joined_chunks(body)
    for coding in reversed([*said.get("content-encoding", []), *said.get("transfer-encoding", [])]):
        undone = _decoded(body, coding)
        if undone is None:
            return Unfound(f"more than {PAGE_LIMIT_BYTES:,} bytes come out of the page")
        body = undone
    return body


CHUNK_DIGITS = 15
"""A longer size is that of no chunk."""

CHUNK_BYTES = (1 << 31) - 1
"""A first chunk of more, that is not there, is none."""

_HEXADECIMAL = b"0123456789abcdefABCDEF"


def _joined_chunks(body: bytes) -> bytes:
    """A body out of its chunks; one that was never in chunks, as it is."""
    stream = io.BytesIO(body)
    parts: list[bytes] = []
    # An extension may be as long as its writer likes (RFC 9112, 7.1.1).
    while line := stream.readline():
        size = line.partition(b";")[0].strip()
        if not 0 < len(size) <= CHUNK_DIGITS or size.strip(_HEXADECIMAL):
            break
        length = int(size, 16)
        if length == 0:
            return b"".join(parts)
        part = stream.read(length)
        if not parts and len(part) < length and (length > CHUNK_BYTES or not line.endswith(b"\r\n")):
            break
        parts.append(part)
        if len(part) == length and stream.readline(8).strip():
            parts = parts[:-1] if len(parts) == 1 else parts
            break
    return b"".join(parts) if parts else body


def _decoded(body: bytes, coding: str) -> bytes | None:
    """A body without one coding; as it is, where it never had it; ``None`` where too much comes out."""
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, 31) if body[:2] == b"\x1f\x8b" else body
    if coding == "deflate":
        for window in (15, -15):
            undone = _inflated(body, window)
            if undone is None or undone:
                return undone
        return body
    if coding == "br":
        return _unbrotlied(body)
    if coding == "zstd" and (body[:4] == b"\x28\xb5\x2f\xfd" or body[1:4] == b"\x2a\x4d\x18"):
        return _unzstd(body)
    return body


def _inflated(body: bytes, window: int) -> bytes | None:
    out = bytearray()
    at, members = 0, 0
    while at < len(body) and members < MEMBERS:
        unpacker, members = zlib.decompressobj(window), members + 1
        # A little at a time: of what is damaged, all that came before is kept.
        while at < len(body) and not unpacker.eof:
            before, piece = unpacker.copy(), body[at : at + 8192]
            try:
                out += unpacker.decompress(piece, PAGE_LIMIT_BYTES - len(out) + 1)
            except zlib.error:
                return bytes(out) + _before_harm(before, piece)
            if len(out) > PAGE_LIMIT_BYTES:
                return None
            at += len(piece) - len(unpacker.unused_data)
        if window != 31 or body[at : at + 2] != b"\x1f\x8b":
            break
    return bytes(out)


def _before_harm(unpacker: Any, piece: bytes) -> bytes:
    """What comes out of a piece, byte by byte, up to that which is harmed."""
    out = bytearray()
    for number in piece:
        try:
            out += unpacker.decompress(bytes((number,)))
        except zlib.error:
            break
    return bytes(out)


def _unbrotlied(body: bytes) -> bytes | None:
    import brotli

    unpacker, out = brotli.Decompressor(), bytearray()
    try:
        for at in range(0, len(body), 1024):
            piece = unpacker.process(body[at : at + 1024], output_buffer_limit=65_536)
            while piece:
                out += piece
                if len(out) > PAGE_LIMIT_BYTES:
                    return None
                piece = unpacker.process(b"", output_buffer_limit=65_536)
    except brotli.error:
        return bytes(out) or body
    return bytes(out) or body


def _unzstd(body: bytes) -> bytes | None:
    import importlib
    import sys

    library = importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    out = bytearray()
    at, frames = 0, 0
    while frames < MEMBERS and (body[at : at + 4] == b"\x28\xb5\x2f\xfd" or body[at + 1 : at + 4] == b"\x2a\x4d\x18"):
        unpacker, frames = library.ZstdDecompressor(), frames + 1
        while not unpacker.eof:
            given = body[at : at + 8192] if unpacker.needs_input else b""
            at += len(given)
            try:
                piece = unpacker.decompress(given, 65_536)
            except library.ZstdError:
                return bytes(out)
            out += piece
            if len(out) > PAGE_LIMIT_BYTES:
                return None
            if not piece and at >= len(body) and unpacker.needs_input and not unpacker.eof:
                return bytes(out)
        at -= len(unpacker.unused_data)
    return bytes(out)

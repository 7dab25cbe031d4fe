"""An original's bytes, opened for the word checker: unpacked, decoded and parsed, within bounds.

The promise: whatever bytes come in, what comes out is an original or a reason why there is none; a hostile page costs
neither minutes nor all memory.

Source: RFC 1952 (gzip); what makes a tree costly is told by ``markup_costs``.
"""

from __future__ import annotations

import zlib

from solander.checking.pages.decoding import decode_bytes
from solander.checking.pages.html_original import HtmlOriginal, Misparsed
from solander.checking.pages.markup_costs import too_costly
from solander.checking.pages.words import Original, PlainOriginal
from solander.checking.pages.xhtml_original import NotXhtml, XhtmlOriginal

UNPACKED_LIMIT_BYTES = 1 << 28
"""How much a compressed original may unpack to."""


def read_original(content: bytes, name: str, media_type: str, charset: str) -> Original | str:
    """Read an original, or say in a few words why it cannot be read.

    Args:
        content: the bytes as received; unpacked here if ``name`` ends in ``.gz``.
        name: its name in ``data/original/``.
        media_type: ``text/plain``, ``application/xhtml+xml``, or anything else for HTML.
        charset: the canonical name of the Encoding Standard.
    """
    if name.endswith(".gz"):
        unpacked = _unpack(content)
        if unpacked is None:
            return f"{name} could not be unpacked"
        content = unpacked
    try:
        text = decode_bytes(content, charset)
    except LookupError:
        return f"no encoding is named {charset!r}"
    if media_type == "text/plain":
        return PlainOriginal(text)
    if media_type == "application/xhtml+xml":
        # By the same law as the reader, and by another parser: what is well-formed is XML, all else is HTML.
        try:
            return XhtmlOriginal(text)
        except NotXhtml:
            pass
    costly = too_costly(text)
    if costly is not None:
        return f"the page was not parsed, {costly}"
    try:
        return HtmlOriginal(text)
    except Misparsed as misparsed:
        return str(misparsed)


MEMBERS = 1_000
"""Of a gzip file: what follows each is copied, so that very many would take very long."""


def _unpack(content: bytes) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while content:
        if len(parts) == MEMBERS:
            return None
        unpacker = zlib.decompressobj(wbits=31)
        try:
            part = unpacker.decompress(content, UNPACKED_LIMIT_BYTES - size)
        except zlib.error:
            # What follows the last whole member is not the page's; a first member that fails is the page itself.
            return b"".join(parts) if parts else None
        parts.append(part)
        size += len(part)
        if not unpacker.eof or size >= UNPACKED_LIMIT_BYTES:
            return None
        content = unpacker.unused_data
    return b"".join(parts)

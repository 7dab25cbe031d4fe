"""An original's bytes, opened for the word checker: unpacked, decoded and parsed, within bounds.

The promise: whatever bytes come in, what comes out is an original or a reason why there is none; a hostile page costs
neither minutes nor all memory.

Source: RFC 1952 (gzip); HTML Standard, 13.2.6 (what makes a tree costly).
"""

from __future__ import annotations

import re
import zlib

from solander.checking.html_original import HtmlOriginal
from solander.checking.page_bytes import decode_bytes
from solander.checking.page_words import Original, PlainOriginal
from solander.checking.xhtml_original import NotXhtml, XhtmlOriginal

UNPACKED_LIMIT_BYTES = 1 << 28
"""How much a compressed original may unpack to."""

MAXIMUM_DEPTH = 20_000
"""Elements nested deeper are not checked: the parser's time grows with the square of the depth (measured: 1 s)."""

MAXIMUM_COPIES = 3_000_000
"""How often unclosed formatting elements may be opened anew, at the worst; a million take 400 MB (measured)."""

_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)", re.IGNORECASE)

_CLOSE_THEMSELVES = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        *("wbr", "p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup"),
        *("html", "head", "body", "a", "nobr", "button"),
    )
)
"""Elements that are empty, or that another of their kind closes."""

_FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)


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
    return HtmlOriginal(text) if costly is None else f"the page was not parsed, {costly}"


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


def too_costly(markup: str) -> str | None:
    """Say why a page must not be parsed, or ``None``: hostile nesting would take minutes, or all memory.

    The bound is reckoned from the tags as written, before any tree is built, and only where there are many.
    """
    if markup.count("<") < 4_000:
        return None
    depth = deepest = formatting = copies = 0
    for match in _TAG.finditer(markup):
        name = match[2].lower()
        step = -1 if match[1] else 1
        if step > 0:
            copies += formatting
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
        if name not in _CLOSE_THEMSELVES:
            depth = max(0, depth + step)
            deepest = max(deepest, depth)
    if deepest > MAXIMUM_DEPTH:
        return f"its elements may nest {deepest} deep, more than {MAXIMUM_DEPTH}"
    if copies > MAXIMUM_COPIES:
        return f"its unclosed formatting elements may be opened {copies} times anew, more than {MAXIMUM_COPIES}"
    return None

"""Bytes -> text, by the HTML Standard's order, with the evidence kept.

A byte order mark outranks the transport, the transport outranks what the page declares; where all are silent, bytes
that are valid UTF-8 are UTF-8, then a detector guesses, and at last it is windows-1252.

A claim that the bytes themselves refute gives way; ``evidence`` then says what was believed instead, and ``declared``
still says what was claimed. It is refuted only where nobody could doubt it:

- any claim, where bytes would be lost and all of them are valid UTF-8;
- UTF-16, where no byte is zero and all are valid UTF-8;
- the page's own claim of an older encoding, where the transport's word is not known and many bytes beyond ASCII are
  all valid UTF-8: such a page was served with a header that outranked its ``meta``, and saving it lost the header;
- UTF-8, where more characters beyond ASCII are lost than are whole.

Source: HTML Standard, 13.2.3.2 ("Determining the character encoding"); Encoding Standard, 4.2 (labels) and 8–14 (the
decoders, by ``turbohtml.detect``, whose codecs follow the Standard's tables where Python's do not).
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from solander.model.page import Charset
from solander.model.unmarked_utf16 import unmarked_utf16
from solander.reading.trees.declared_charset import canonical, find_declaration

GUESS_BYTES = 200_000
"""How much the detector looks at."""

SURE_BYTES = {"gbk": 24, "gb18030": 24, "big5": 24, "euc-kr": 24, "euc-jp": 24, "shift_jis": 24, "ibm866": 24}
"""How many bytes beyond ASCII must all be valid UTF-8 before a page's own claim is refuted; else ``SURE_BYTES_LATIN``.

In these encodings a few characters may be valid UTF-8 by chance: the two of "磨膜", in GBK, are.
"""
SURE_BYTES_LATIN = 6

SPARSE = 1000
"""Fewer bytes beyond ASCII than one in so many are quotation marks and dashes, and say nothing of a language."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_BE, "utf-16be"), (codecs.BOM_UTF16_LE, "utf-16le"))
_UNICODE = frozenset(("utf-8", "utf-16le", "utf-16be"))
_NOT_ASCII = bytes(range(0x80))
_CLAIM = re.compile(rb"charset|encoding", re.IGNORECASE)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LOST = "\udfff"
"""Stands for bytes that fit no character until they are counted: no decoder gives half a surrogate pair."""


class Decoded(NamedTuple):
    """A page's text and how it came about."""

    text: str
    charset: Charset


def decode(content: bytes, declared: str | None, media_type: str) -> Decoded:
    """Turn a capture's bytes into text, and remember why that charset was believed.

    Args:
        content: the whole body.
        declared: the transport's charset label, if it gave one.
        media_type: plain text is not searched for ``meta``.

    Returns:
        The text without a byte order mark, and the charset. Bytes that fit no character become U+FFFD and are counted
        in ``replaced`` (characters, not bytes).
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            body = content[len(mark) :]
            found = find_declaration(body, media_type) if name == "utf-8" and media_type != "text/plain" else None
            return _decoded(body, name, "bom", found.label if found else None)
    within = None if media_type == "text/plain" else find_declaration(content, media_type)
    claimed = within.label if within else None
    claims = [(transport, "transport")] if (transport := canonical(declared)) else []
    if within and within.name:
        claims.append((within.name, within.evidence))
    for name, evidence in claims:
        if not _is_refuted(content, name, known=evidence == "transport"):
            found_text = _decoded(content, name, evidence, claimed)
            if not _gives_way(content, found_text):
                return found_text
    if not claims and (wide := unmarked_utf16(content)):
        return _decoded(content, wide, "guess", claimed)
    if _is_utf8(content):
        return _decoded(content, "utf-8", "utf-8-valid", claimed)
    return _guessed(content, claimed)


def _is_refuted(content: bytes, believed: str, *, known: bool) -> bool:
    """Whether the bytes are plainly UTF-8 although something else is claimed, before any is decoded."""
    if believed == "utf-8" or believed == "iso-2022-jp":
        return False
    if believed in _UNICODE:
        return b"\x00" not in content and _is_utf8(content)
    beyond_ascii = len(content.translate(None, _NOT_ASCII))
    return not known and beyond_ascii >= SURE_BYTES.get(believed, SURE_BYTES_LATIN) and _is_utf8(content)


def _gives_way(content: bytes, found: Decoded) -> bool:
    """Whether so much is lost that the claim cannot be meant."""
    replaced = found.charset.replaced
    if not replaced:
        return False
    if found.charset.name == "utf-8":
        # A page in UTF-8 with a slip here and there has more characters that are whole.
        beyond_ascii = len(found.text) - len(found.text.encode("ascii", "ignore"))
        return replaced > 2 and replaced * 2 > beyond_ascii
    return _is_utf8(content)


def _guessed(content: bytes, claimed: str | None) -> Decoded:
    # Late: most pages never need it.
    from turbohtml.detect import detect

    head = content[:GUESS_BYTES]
    # The detector would believe a declaration; where there is one, it has been refuted by now.
    name = canonical(detect(_CLAIM.sub(b"", head)).encoding)
    sparse = len(head.translate(None, _NOT_ASCII)) * SPARSE < len(head)
    if name is None or name in _UNICODE or name == "windows-1252" or (sparse and name not in SURE_BYTES):
        return _decoded(content, "windows-1252", "default" if name != "windows-1252" else "guess", claimed)
    return _decoded(content, name, "guess", claimed)


def _decoded(content: bytes, name: str, evidence: str, claimed: str | None) -> Decoded:
    if name in _UNICODE:
        text = content.decode(name, "solander.lost")
        replaced = 0
        # Seeking one takes a tenth of counting none.
        if _LOST in text:
            replaced = text.count(_LOST)
            text = text.replace(_LOST, _REPLACEMENT)
    elif content.isascii() and name != "iso-2022-jp":
        text, replaced = content.decode("ascii"), 0
    else:
        # Importing it registers its codecs.
        import turbohtml.detect  # noqa: F401

        text = content.decode(f"whatwg-{name}")
        replaced = text.count(_REPLACEMENT)
        if replaced and name in ("gb18030", "gbk"):
            # Of the older encodings only this one can write U+FFFD itself.
            replaced = max(0, replaced - content.count(b"\x84\x31\xa4\x37"))
    return Decoded(text, Charset(name, evidence, replaced, claimed))


def _lost(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _LOST, error.end


codecs.register_error("solander.lost", _lost)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True

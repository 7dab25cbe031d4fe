"""Bytes -> text, by the HTML Standard's order, with the evidence kept.

A byte order mark outranks the transport, the transport outranks ``meta``; where all are silent, bytes that are valid
UTF-8 are UTF-8, then a detector guesses, and at last it is windows-1252. A declaration that the bytes contradict so
badly that whole characters are lost, while they are valid UTF-8, gives way to UTF-8: ``evidence`` then says
``utf-8-valid`` and ``declared`` still says what was claimed.

Source: HTML Standard, 13.2.3.2 ("Determining the character encoding"); Encoding Standard, 4.2 (labels).
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

import webencodings

from solander.model.page import Charset

PRESCAN_BYTES = 1024
LATE_PRESCAN_BYTES = 65_536
GUESS_BYTES = 200_000

_META = re.compile(rb"<!--.*?(?:-->|\Z)|<meta[\s/]([^>]*)>?", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(rb"""([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([^\s"';]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")

# Python's codecs of these names are narrower than the Encoding Standard's decoders.
_CODECS = {
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "iso-8859-8-i": "iso8859_8",
}
_C1 = {byte: byte for byte in range(0x80, 0xA0)}


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
        The text without a byte order mark, and the charset. Bytes that fit no character become U+FFFD.
    """
    claimed = None if media_type == "text/plain" else _declared_within(content, media_type)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_BE, "utf-16be"),
        (codecs.BOM_UTF16_LE, "utf-16le"),
    ):
        if content.startswith(mark):
            return _decoded(content[len(mark) :], name, "bom", claimed)
    transport = _canonical(declared)
    for believed, evidence in ((transport, "transport"), (_canonical(claimed), "meta")):
        if believed is not None:
            found = _decoded(content, believed, evidence, claimed)
            if found.charset.replaced and believed != "utf-8" and _is_utf8(content):
                return _decoded(content, "utf-8", "utf-8-valid", claimed)
            if found.charset.replaced and believed == "utf-8" and _mostly_wrong(found):
                return _guessed(content, claimed)
            return found
    if wide := _without_mark(content):
        return _decoded(content, wide, "guess", claimed)
    if _is_utf8(content):
        return _decoded(content, "utf-8", "utf-8-valid", claimed)
    return _guessed(content, claimed)


def codec_of(name: str) -> str:
    """Python's codec for a canonical name of the Encoding Standard."""
    return _CODECS.get(name, name)


def _guessed(content: bytes, claimed: str | None) -> Decoded:
    # The detector's tables are large; most pages never need it.
    import cchardet

    name = _canonical(cchardet.detect(content[:GUESS_BYTES]).get("encoding"))
    if name is not None and name not in ("utf-8", "utf-16le", "utf-16be"):
        return _decoded(content, name, "guess", claimed)
    return _decoded(content, "windows-1252", "default", claimed)


def _mostly_wrong(found: Decoded) -> bool:
    """UTF-8 was claimed, and more than one character in fifty is lost: the claim is a lie, not a slip."""
    return found.charset.replaced > 2 and found.charset.replaced * 50 > sum(map(len, found.text.split())) // 2


def _decoded(content: bytes, name: str, evidence: str, claimed: str | None) -> Decoded:
    if name == "windows-1252":
        text = content.decode("cp1252", "solander.c1")
    elif name == "x-user-defined":
        text = webencodings.decode(content, "x-user-defined")[0]
    else:
        text = content.decode(codec_of(name), "replace")
    replaced = text.count("\ufffd")
    if replaced and name in ("utf-8", "utf-16le", "utf-16be"):
        # A page may hold U+FFFD of its own.
        replaced -= content.count("\ufffd".encode(codec_of(name)))
    return Decoded(text, Charset(name, evidence, max(replaced, 0), claimed))


def _c1(error: UnicodeError) -> tuple[str, int]:
    """The five bytes that cp1252 leaves open are controls in the Encoding Standard."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("solander.c1", _c1)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _without_mark(content: bytes) -> str | None:
    """UTF-16 without its mark: in most scripts of the web every other byte of the markup is NUL."""
    head = content[:2048]
    if len(head) < 4 or b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16le"
    if even > half * 0.4 and odd < half * 0.1:
        return "utf-16be"
    return None


def _canonical(label: str | None) -> str | None:
    if not label:
        return None
    try:
        found = webencodings.lookup(label.strip())
    except (LookupError, UnicodeError):
        return None
    if found is None or found.name == "replacement":
        return None
    return str(found.name)


def _declared_within(content: bytes, media_type: str) -> str | None:
    """What ``meta`` (or the XML declaration) claims, as written."""
    if match := _XML.match(content[:PRESCAN_BYTES]):
        label = match[1].decode("ascii")
        if media_type == "application/xhtml+xml" and _canonical(label):
            return label
    return _prescan(content[:PRESCAN_BYTES]) or _prescan(content[:LATE_PRESCAN_BYTES])


def _prescan(head: bytes) -> str | None:
    for match in _META.finditer(head):
        if match[1] is None:
            continue
        attributes: dict[bytes, bytes] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(match[1]):
            attributes.setdefault(name.lower(), double or single or bare)
        label = attributes.get(b"charset")
        if label is None and attributes.get(b"http-equiv", b"").strip().lower() == b"content-type":
            inner = _CHARSET.search(attributes.get(b"content", b""))
            label = inner[1] if inner else None
        if label is None:
            continue
        written = label.decode("ascii", "replace").strip()
        name = _canonical(written)
        if name in ("utf-16le", "utf-16be"):
            return "utf-8"  # what could be read as ASCII so far is no UTF-16
        if name is not None:
            return "windows-1252" if name == "x-user-defined" else written
    return None

"""Tags of a page as they are written, for whoever looks for what it refers to without reading it as a whole.

Time grows with the page alone: what one tag took is not looked through again, whether or not anything closes it.

Source: HTML Standard, 13.1.2 (elements), 13.1.6 (comments) and 13.2.5 (tokenization).
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

ATTRIBUTES = rb"((?:[^>=]++|=[ \t\n\f\r]*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+)*+)"
"""For a pattern: what stands between a tag's name and its end; a quotation mark is one only behind ``=``."""

_ATTRIBUTE = re.compile(
    rb"(?<![\w:.-])([A-Za-z_:][\w:.-]*+)\s*+=\s*+(?:\"([^\"]*+)(?:\"|\Z)|'([^']*+)(?:'|\Z)|([^\s\"'>]++))"
)
_OPENING = re.compile(rb"<(?:!--|script\b|style\b|textarea\b|title\b|xmp\b)")
_COMMENT_END = re.compile(rb"--!?>")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9A-Fa-f]{1,8};?|([A-Za-z][A-Za-z0-9]*+;?)(?!=))")


def without_unseen(content: bytes) -> bytes:
    """A page without its comments, and without elements in which no tag is one; style sheets stay."""
    # Small letters and plain searches: a pattern for both cases of each takes four times as long.
    small = content.lower()
    parts: list[bytes] = []
    at = 0
    while (opening := _OPENING.search(small, at)) is not None:
        begin, name = opening.start(), opening[0][1:]
        end = _comment_end(small, begin + 4) if name == b"!--" else small.find(b"</" + name, opening.end())
        end = len(small) if end < 0 else end
        parts += [content[at:begin], content[begin:end] if name == b"style" else b" "]
        at = end
    return b"".join([*parts, content[at:]])


def _comment_end(small: bytes, at: int) -> int:
    """Where a comment ends; -1 where nothing ends it. ``<!-->`` and ``<!--->`` are comments of nothing."""
    for empty in (b">", b"->"):
        if small.startswith(empty, at):
            return at + len(empty)
    end = _COMMENT_END.search(small, at)
    return end.end() if end is not None else -1


def attributes_of(written: bytes) -> dict[str, str]:
    """The attributes of a tag as it is written, by their names in lower case; of two of one name the first holds."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        value = b"".join(values).decode("utf-8", "replace")
        found.setdefault(name.decode("ascii", "replace").lower(), unescaped(value).strip())
    return found


def unescaped(value: str) -> str:
    """The value of an attribute without its character references.

    One that no semicolon ends, and a letter or ``=`` follows, is none: ``?a=1&copy=2`` is an address.

    Source: HTML Standard, 13.2.5.73 ("named character reference state").
    """
    return _REFERENCE.sub(_letters, value) if "&" in value else value


def _letters(reference: re.Match[str]) -> str:
    return unescape(reference[0]) if reference[1] is None or reference[1] in html5 else reference[0]

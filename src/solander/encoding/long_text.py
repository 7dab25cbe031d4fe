"""Text that no XML tool would take in one piece: it is written as segments side by side, cut between words if it can.

Readers part long texts into blocks. What comes here is a word of millions of characters, or a block whose text comes
from many pieces. ``seg`` parts no words, so that nothing else is said of them.

Source: libxml2, ``XML_MAX_TEXT_LENGTH`` (ten million bytes a text node); TEI P5 4.12.0, 17.3 (``seg``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.model.page import TEXT_CHARACTERS

# No tag holds ">" but at its end: it is escaped in attributes too.
LONG_RUN = re.compile(rf"(<[^>]*+>)([^<]{{{TEXT_CHARACTERS + 1},}}+)")
_NAME = re.compile(r"<([A-Za-z]+)")
_TEXT_ONLY = frozenset(("code", "formula"))
"""Elements that hold no other: they are ended and begun anew."""

_NOT_CUT = frozenset(("desc", "expan"))
"""What came from an attribute, of which there may be one alone."""

_REFERENCE = 8
"""No reference to a character is longer: ``&quot;``, ``&#xD;``."""


def in_segments(text: str) -> str:
    """Written TEI with each run of text that is too long parted; all else is as it was."""
    if len(text) <= TEXT_CHARACTERS:
        return text
    return LONG_RUN.sub(_parted, text)


def _parted(match: re.Match[str]) -> str:
    tag, run = match[1], match[2]
    name = found[1] if (found := _NAME.match(tag)) else ""
    if name in _NOT_CUT:
        return match[0]
    if name in _TEXT_ONLY:
        return tag + f"</{name}>{tag}".join(_pieces(run))
    return f"{tag}<seg>{'</seg><seg>'.join(_pieces(run))}</seg>"


def _pieces(run: str) -> Iterator[str]:
    at = 0
    while len(run) - at > TEXT_CHARACTERS:
        end = at + TEXT_CHARACTERS
        space = max(run.rfind(mark, at, end) for mark in " \n") + 1
        if space:
            end = space
        elif (reference := run.rfind("&", end - _REFERENCE, end)) >= 0 and ";" not in run[reference:end]:
            end = reference
        yield run[at:end]
        at = end
    yield run[at:]

"""Headings of an Org outline: stars at the margin, where the text has the keywords that Org alone has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from solander.reading.plain.lines import Line

_KEYWORD = re.compile(
    r"#\+(?:title|author|date|startup|options|begin_\w+|todo|filetags|property):?(?: |\Z)|:PROPERTIES:\Z", re.I
)
_TITLE = "#+title:"
_STARS = re.compile(r"(?P<stars>\*{1,5}) (?=\S)")


def without_keyword(title: str) -> str:
    """A title without the keyword that says that it is one."""
    return title[len(_TITLE) :].strip() if title[: len(_TITLE)].lower() == _TITLE else title


def outline_of(lines: Sequence[Line]) -> Mapping[int, int]:
    """Where headings of an Org outline begin, and their levels; the text's title is above them all.

    Args:
        lines: those of the text.
    """
    if not any(line.text[0] in "#:" and _KEYWORD.match(line.text) for line in lines):
        return {}
    return {
        line.begin: 1 + len(match["stars"])
        for line in lines
        if line.text[0] == "*" and not line.indent and (match := _STARS.match(line.text)) is not None
    }

"""Subjects out of one value: a list of keywords is taken apart, a heading of a catalogue is not."""

from __future__ import annotations

import re

SUBJECTS = 40
"""No more subjects are taken from one value; what lists more is stuffing."""

_COMMA = re.compile("[,，、]")


def keywords_in(value: str) -> list[str]:
    """The keywords that a value lists: parted by semicolons where it has any, else by commas."""
    words = value.split(";") if ";" in value else _COMMA.split(value)
    return [bare for word in words[:SUBJECTS] if (bare := _bare(word))]


def _bare(word: str) -> str:
    """A keyword without the signs that set it apart in its list: quotation marks around it, a hash before it."""
    word = word.strip().strip('"“”„«»').lstrip("#").strip()
    return word[1:-1].strip() if len(word) > 2 and word[0] == word[-1] == "'" else word


def headings_in(value: str) -> list[str]:
    """The subject headings in a catalogue's field: one comma may be a heading's own, "Transport, Maritime"."""
    return [value.strip()] if ";" not in value and len(_COMMA.findall(value)) == 1 else keywords_in(value)

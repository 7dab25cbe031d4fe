"""The lines of a plain text that may be headings by their form alone, before anything is said of where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from solander.reading.plain.lines import BULLET, LONG_COLUMNS, SENTENCE_END, Line, columns, has_form, is_wide

HEADING_COLUMNS = 76
"""A longer line is no heading."""

FEWEST_CHARACTERS = 3
"""A shorter line is a heading by its number alone."""

PROSE_CHARACTERS = 40
"""A line of prose is as long; a shorter one above it may be a heading."""
_WITHIN = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.? +[^\W\d_]")
_WORDS = re.compile(r"(?=.*[^\W\d_]{3}|[^\x00-\u2fff]{2})[\w '’\"“”„«»‘.,:;&/()–—?!#+・、（）《》「」-]+")
_ENDS = (".", ",", ";", ":", "。", "，", "；", "：")


class Place(NamedTuple):
    """A line that may be a heading by its form."""

    at: int
    line: Line
    alone: bool
    """Whether an empty line stands below it, too."""


def places_of(lines: Sequence[Line], *, is_play: bool) -> list[Place]:
    """The lines that may be headings: short, of words, and below an empty line or a paragraph of one long line.

    Args:
        lines: those of the text.
        is_play: whether who speaks stands on lines of their own; then no empty lines need be about a heading.
    """
    unbroken = is_play or any(columns(line.text) > LONG_COLUMNS and " " in line.text for line in lines)
    return [
        Place(at, line, at + 1 == len(lines) or lines[at + 1].gap)
        for at, line in enumerate(lines)
        if (line.gap or unbroken or _is_numbered_above_prose(lines, at)) and _may_be_heading(line)
    ]


def _is_numbered_above_prose(lines: Sequence[Line], at: int) -> bool:
    """Whether a line bears numbers within numbers ("2.1 The ledgers") between the end of a sentence and a longer line.

    So printed pages come as text, without the room above and below. Above it may stand the heading of the larger part.
    """
    text = lines[at].text
    if not text[0].isdigit() or _WITHIN.match(text) is None or at + 1 == len(lines):
        return False
    below, above = lines[at + 1].text, lines[at - 1].text if at else "."
    if len(below) < max(PROSE_CHARACTERS, len(text) + 5) or not below[0].isupper() or SENTENCE_END.search(text):
        return False
    return SENTENCE_END.search(above) is not None or (
        above[0].isdigit() and len(above) <= len(text) + HEADING_COLUMNS // 2
    )


def _may_be_heading(line: Line) -> bool:
    text = line.text
    if text[0] in "#=" or line.aligned or len(text) > HEADING_COLUMNS or columns(text) > HEADING_COLUMNS:
        return False
    return not has_form(line) and any(map(str.isalpha, text))


def is_heading_like(text: str) -> bool:
    """Whether a line is no sentence, no item and no part of one, and begins with no small letter."""
    begins = next((one for one in text if one.isalpha()), "")
    if len(text) < FEWEST_CHARACTERS or SENTENCE_END.search(text) or text.endswith(_ENDS) or BULLET.match(text):
        return False
    return not begins.islower() and not is_wide(text)


def is_called(text: str) -> bool:
    """Whether a line may be what the part is called whose number stands above it."""
    return columns(text) <= HEADING_COLUMNS and not SENTENCE_END.search(text) and not text.endswith(_ENDS)


def are_words(text: str) -> bool:
    """Whether a line is of words and their punctuation, and no code, table or graph."""
    return _WORDS.fullmatch(text) is not None

"""The marks of items in a plain text, and which of them follow one another: bullets, numbers, letters, Roman figures.

Some marks are an item's wherever they begin a line; others (``A.``, ``ii.``, ``2.1``) are as well an initial, or a
figure that begins a line by chance, and are an item's only beside their like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from solander.reading.plain.lines import BULLET
from solander.reading.plain.roman_figures import ROMAN, roman_number

_WEAK = re.compile(
    r"(?:(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3}){1,5})\.?"
    r"|(?P<bracket>\()?(?P<letters>[a-z]{1,5}|[A-Z]{1,5})(?(bracket)\)|[.)]))[ \t]+(?=\S)"
)
_ROMAN = re.compile(ROMAN)
_LETTERS = 6
"""So many letters of Roman figures, with the stop behind them, are looked at."""
_OPEN = 8
"""So many marks back is looked for the one that a mark follows: lists within lists lie between."""


class Mark(NamedTuple):
    """What an item begins with."""

    symbol: str
    """A bullet; empty where it counts."""
    number: tuple[int, ...] = ()
    """Its numbers, the outermost first."""
    letter: int = 0
    """Which letter of the alphabet it is, from 1; negative for capitals, and 0 for none."""
    roman: int = 0
    """What it is worth in Roman figures; negative for capitals, and 0 for none."""
    weak: bool = False
    """Whether it is an item's mark only beside others."""
    initial: bool = False
    """Whether it may be the initial of a name as well ("A."): two of them prove nothing."""

    @property
    def begins(self) -> bool:
        """Whether a count begins with it."""
        return bool(self.symbol) or self.number in ((1,), (1, 1)) or abs(self.letter) == 1 or abs(self.roman) == 1


def mark_of(text: str) -> Mark | None:
    """The mark that a line of words begins with."""
    if text[:1].isalpha() and not text.startswith("o ") and "." not in text[:_LETTERS] and ")" not in text[:_LETTERS]:
        return None  # as nearly all lines
    if (match := BULLET.match(text)) is not None:
        if figures := match["number"] or match["han"]:
            return Mark("", number=(int(figures),))
        return _lettered(match["letter"], weak=False) if match["letter"] else Mark(match[0].strip())
    if text.startswith("o "):
        return Mark("o", weak=True)  # a circle, as typewriters and RFCs have it
    match = _WEAK.match(text)
    if match is None:
        return None
    if match["number"]:
        return Mark("", number=tuple(map(int, match["number"].split("."))), weak=True)
    mark = _lettered(match["letters"], weak=True)
    is_initial = text[1:2] == "." and text[0].isupper()
    return mark._replace(initial=is_initial) if mark else None


def _lettered(letters: str, *, weak: bool) -> Mark | None:
    sign = -1 if letters.isupper() else 1
    capitals = letters.upper()
    letter = sign * (ord(capitals) - ord("A") + 1) if len(capitals) == 1 else 0
    roman = sign * roman_number(capitals) if _ROMAN.fullmatch(capitals) else 0
    return Mark("", letter=letter, roman=roman, weak=weak) if letter or roman else None


def follows(before: Mark, mark: Mark) -> bool:
    """Whether an item may come after another: with the same bullet, or with the next number or letter."""
    if before.symbol or mark.symbol:
        return before.symbol == mark.symbol
    if before.number and mark.number:
        depth = len(mark.number)
        if depth > len(before.number):
            return mark.number == (*before.number, 1)
        return mark.number[:-1] == before.number[: depth - 1] and mark.number[-1] == before.number[depth - 1] + 1
    return _counts_on(before.letter, mark.letter) or _counts_on(before.roman, mark.roman)


def _counts_on(before: int, after: int) -> bool:
    return before * after > 0 and abs(after) == abs(before) + 1


def have_neighbours(marks: Sequence[Mark | None]) -> list[bool]:
    """Which marks of a block's lines have one above them that they follow, or one below that follows them."""
    found = [False] * len(marks)
    last: list[tuple[int, Mark]] = []
    for at, mark in enumerate(marks):
        if mark is None:
            continue
        above = next((one for one in reversed(last) if follows(one[1], mark)), None)
        if above is not None:
            found[at] = found[above[0]] = True
        last = [*last[-_OPEN:], (at, mark)]
    return found

"""What each leaf of a survey measures: characters by class, words, links, headings, how much of it reads as sentences.

Whole numbers throughout, so that sums come out the same in any order and on any machine. A Chinese or Japanese
character counts as ``IDEOGRAPH`` letters, or pages in these scripts would seem to hold little text.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from solander.reading.survey import Survey

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

Table: TypeAlias = dict[str, "npt.NDArray[Any] | float"]
"""Columns by name; a number stands for a column of it."""

SPACE, STOP, COMMA, DIGIT, UPPER, LETTER, IDEOGRAPHIC, ORNAMENT, CURRENCY = range(1, 10)
_CLASSES: Final = 16

IDEOGRAPH = 3
"""How many letters one ideograph is worth: about three, by the length of translations."""

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@lru_cache(maxsize=1)
def character_classes() -> npt.NDArray[np.uint8]:
    """The class of each character of the basic plane.

    By ranges, not by the Unicode tables of the interpreter, which differ between its versions.
    """
    table = np.zeros(65536, np.uint8)
    table[0xC0:0x2000] = LETTER
    table[0x2C00:0x3000] = LETTER
    table[0xA000:0xE000] = LETTER
    for first, last in ((0x3040, 0x3100), (0x3400, 0xA000), (0xAC00, 0xD7B0), (0xF900, 0xFB00)):
        table[first:last] = IDEOGRAPHIC
    for code in (*range(0x41, 0x180), *range(0x370, 0x590), *range(0x1E00, 0x2000)):
        character = chr(code)
        if character.isalpha():
            table[code] = UPPER if character.isupper() else LETTER
    for first in (0x30, 0x660, 0x6F0, 0x966, 0xFF10):
        table[first : first + 10] = DIGIT
    for characters, meaning in (
        ("\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000", SPACE),
        (".!?。！？…;·؛؟", STOP),
        (",，、:；：", COMMA),
        ("|»›>/•–-—←→«©®™▼▲", ORNAMENT),
        ("$€£¥₹₽₩", CURRENCY),
        ("×÷", 0),
    ):
        for character in characters:
            table[ord(character)] = meaning
    table[0x2000:0x200B] = SPACE
    return table


class Stands(NamedTuple):
    """Where leaves stand, as arrays: a line an element, but for ``elements``."""

    elements: Ints
    """The innermost element of each leaf."""
    parents: Ints
    named: Ints
    """Which of the names of the page each bears (``Ancestry.names``)."""
    bits: Ints
    """What each and those around it are said to be (``Ancestry.bits``)."""


class Leaves:
    """The columns of a survey's leaves and their running totals (one longer, beginning with 0)."""

    __slots__ = (
        "characters",
        "commas",
        "controls",
        "counts",
        "dated",
        "good",
        "good_until",
        "heading",
        "headings_until",
        "index",
        "last_class",
        "length",
        "length_until",
        "link",
        "link_until",
        "sentence",
        "sentences_until",
        "stops",
        "tokens",
        "total",
        "total_good",
        "words",
    )

    def __init__(self, survey: Survey) -> None:
        texts = survey.texts
        count = len(texts)
        self.index: Ints = np.arange(count)
        self.characters: Ints = ints(list(map(len, texts)))
        ends = np.cumsum(self.characters + 1)
        # A lone surrogate is a character like any other here; what lies beyond the basic plane has the last class, 0.
        codes = np.frombuffer(("\n".join(texts) + "\n").encode("utf-32-le", "surrogatepass"), np.uint32)
        classes = character_classes().take(codes, mode="clip")
        owner = np.repeat(self.index * _CLASSES, self.characters + 1)
        counts = np.bincount(owner + classes, minlength=count * _CLASSES).reshape(count, _CLASSES)
        self.counts: Ints = counts
        """Characters by class, a line a leaf."""
        self.last_class: npt.NDArray[np.uint8] = classes[np.maximum(ends - 2, 0)]
        ideographs = counts[:, IDEOGRAPHIC]
        self.tokens: Ints = counts[:, SPACE] + ideographs
        """Words and ideographs; the space that joined the leaf to the next is the one that n words lack."""
        self.words: Ints = counts[:, SPACE] + ideographs // 2
        """Words, with two ideographs to a word."""
        self.stops: Ints = counts[:, STOP]
        self.commas: Ints = counts[:, COMMA]
        self.length: Ints = np.maximum(self.characters, 1) + (IDEOGRAPH - 1) * ideographs
        """Characters, an ideograph counting for several."""
        linked = np.minimum(ints(survey.link_characters), self.characters)
        self.link: Ints = self.length * linked // np.maximum(self.characters, 1)
        """How much of ``length`` is link."""
        self.sentence: Flags = (self.stops + self.commas > 0) & (self.words > 5)
        self.good: Ints = np.where(self.sentence, self.length - self.link, 0)
        """How much of ``length`` reads as sentences and is no link."""
        self.heading: Ints = ints([HEADINGS.get(tag, 0) for tag in survey.tags])
        digits = counts[:, DIGIT]
        self.dated: Flags = (digits > 2) & (20 * digits > 3 * self.characters) & (self.characters < 60)
        """Short and full of figures, as a line is that says when something was written."""
        self.length_until = until(self.length)
        self.link_until = until(self.link)
        self.good_until = until(self.good)
        self.sentences_until = until(self.sentence)
        self.headings_until = until(self.heading > 0)
        self.total = max(int(self.length_until[-1]), 1)
        self.total_good = int(self.good_until[-1]) + 1


def ints(values: Sequence[int]) -> Ints:
    """Whole numbers as an array that is read only: numpy, which looks at each of a list, takes seven times as long."""
    return np.frombuffer(struct.pack(f"{len(values)}q", *values), np.int64)


def bounded(values: Ints, most: int) -> Ints:
    """Whole numbers, none further from 0 than this: so ``np.clip`` has them, in a quarter of its time."""
    return np.minimum(np.maximum(values, -most), most)


def until(values: Ints | Flags) -> Ints:
    """Running totals: how much there is before each leaf, and last of all how much there is."""
    sums = np.empty(len(values) + 1, np.int64)
    sums[0] = 0
    np.add.accumulate(values, dtype=np.int64, out=sums[1:])
    return sums


def grouped(keys: npt.NDArray[Any]) -> Ints:
    """The number of each key among all that differ, in their order: what ``np.unique`` calls the inverse, in half of
    its time.
    """
    order = keys.argsort(kind="stable")
    ordered = keys[order]
    numbers = np.zeros(len(keys), np.int64)
    np.add.accumulate(ordered[1:] != ordered[:-1], dtype=np.int64, out=numbers[1:])
    group = np.empty(len(keys), np.int64)
    group[order] = numbers
    return group

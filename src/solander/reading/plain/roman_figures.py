"""Numbers in Roman figures, up to 89: the sections of a text, and the items of a list."""

from __future__ import annotations

from typing import Final

ROMAN = r"(?=[XLVI])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
"""A pattern of a number as it should be written, in capitals."""

_WORTH: Final = {"I": 1, "V": 5, "X": 10, "L": 50}


def roman_number(figures: str) -> int:
    """What a number in Roman capitals is worth, if ``ROMAN`` matches it."""
    worth = [_WORTH[figure] for figure in figures]
    return sum(-one if one < after else one for one, after in zip(worth, [*worth[1:], 0], strict=True))

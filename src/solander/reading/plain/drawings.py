"""Drawings in a plain text: boxes, arrows and frames of dashes and bars, whose spaces are what they are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solander.reading.plain.lines import Line

_LINES = 3
_STROKES = frozenset("+-|_=/\\<>^*#~'`.:─│┌┐└┘├┤┬┴┼━┃═║╔╗╚╝╠╣╦╩╬▲▼◄►←→↑↓")
_SIDE = re.compile(r"[+*.'][-=_]{2}|[-=_]{2}[+*.']|\|.*\||\|\Z|\A\||[│┌┐└┘├┤║╔╗╚╝]|\A[/\\].*[/\\]\Z")


def is_drawing(block: Sequence[Line]) -> bool:
    """Whether lines that stand together are drawn: most have the side of a box, and a third of them is strokes."""
    if len(block) < _LINES or 5 * sum(_SIDE.search(line.text) is not None for line in block) < 3 * len(block):
        return False
    shown = [one for line in block for one in line.text if one != " "]
    return 3 * sum(one in _STROKES for one in shown) >= len(shown)

"""Drawings in a plain text: boxes, arrows and frames of dashes and bars, whose spaces are what they are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solander.reading.plain.lines import Line

_LINES = 3
_BEGINNING = 32
_STROKES = frozenset("+-|_=/\\<>^*#~'`.:─│┌┐└┘├┤┬┴┼━┃═║╔╗╚╝╠╣╦╩╬▲▼◄►←→↑↓")
_NO_WORD = re.compile(r"[\W_]")
_WRITTEN = re.compile(r"[^\W_]|[\u2800-\u28ff]")
"""Braille is letters, though pictures are made of it as well."""
_STROKE = re.compile(r"[-=_|/\\│┌┐└┘├┤║╔╗╚╝]")
"""No side of a box is without one."""
_SIDE = re.compile(r"[+*.'][-=_]{2}|[-=_]{2}[+*.']|\|.*\||\|\Z|\A\||[│┌┐└┘├┤║╔╗╚╝]|\A[/\\].*[/\\]\Z")


def is_drawing(block: Sequence[Line]) -> bool:
    """Whether lines that stand together are drawn: most have the side of a box, and a third of them is strokes."""
    if len(block) < _LINES:
        return False
    if _is_picture(block):
        return True
    without = 2 * len(block) // 5
    for line in block:
        if _STROKE.search(line.text) is None or _SIDE.search(line.text) is None:
            without -= 1
            if without < 0:
                return False
    shown = [one for line in block for one in line.text if one != " "]
    return 3 * sum(one in _STROKES for one in shown) >= len(shown)


def _is_picture(block: Sequence[Line]) -> bool:
    """Whether lines are painted with signs, as terminals showed pictures and large letters: hardly one is of words."""
    beginnings = block[0].text[:_BEGINNING], block[len(block) // 2].text[:_BEGINNING]
    if all(2 * len(_NO_WORD.findall(text)) < len(text) for text in beginnings):
        return False  # as nearly all blocks
    shown = "".join(line.text for line in block).replace(" ", "")
    if 10 * len(_WRITTEN.findall(shown)) > 3 * len(shown):
        return False
    signs = set(shown)
    if len(signs) == 1:
        # Rules beneath headings and stars between parts are of one sign as well, and have no room in them.
        return sum(line.end - line.begin > len(line.text) for line in block) > 1
    roomy = sum(line.indent > block[0].indent or " " in line.text or "\u3000" in line.text for line in block)
    return 2 * roomy >= len(block) or any("\u2580" <= sign <= "\u259f" for sign in signs)

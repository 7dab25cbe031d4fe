"""Columns of line numbers that stand beside code: they are none of its lines, and go where it goes.

Programs that colour code set its line numbers in a cell of their own before it. They are known by what they say:
figures that count on, one a line, as many as the code has lines.

Source: the output of Pygments, Rouge, highlight.js for Hexo; TEI P5 4.12.0, 12.6 (``fw``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from solander.model.page import Inline
from solander.reading.divisions import Draft, DraftLeaf
from solander.reading.survey import Survey

_FIGURES_AT_MOST = 6
_FIGURES = re.compile(r"[0-9]+(?:\s[0-9]+)*")
_CELL = re.compile(r"td\[1\](?=[/)])")


def set_line_numbers_beside(drafts: Sequence[Draft | DraftLeaf], zones: list[str], survey: Survey) -> None:
    """Mark line numbers as such, and give them the zone of their code, in place.

    Args:
        drafts: the page's.
        zones: a zone a leaf.
        survey: the page's.
    """
    if "pre" not in survey.tags:
        return
    stack = [drafts]
    while stack:
        children = stack.pop()
        stack.extend([child.children for child in children if isinstance(child, Draft)])
        for numbers, code in pairwise(children):
            if (
                isinstance(numbers, DraftLeaf)
                and isinstance(code, DraftLeaf)
                and numbers.leaf.kind == code.leaf.kind == "preformatted"
                and _are_numbers_of(numbers, code, survey.texts)
            ):
                content = (Inline("running", numbers.leaf.content, {"place": "lineNum"}),)  # type: ignore[arg-type]
                numbers.leaf = numbers.leaf._replace(content=content)
                zones[numbers.first] = zones[code.first]


def _are_numbers_of(numbers: DraftLeaf, code: DraftLeaf, texts: Sequence[str]) -> bool:
    if numbers.last - numbers.first != 1 or code.first == code.last:
        return False
    said = texts[numbers.first]
    if not said[:1].isdecimal() or not _FIGURES.fullmatch(said):
        return False
    figures = said.split()
    if len(figures[0]) > _FIGURES_AT_MOST:
        return False
    first, lines = int(figures[0]), texts[code.first].strip("\n").count("\n") + 1
    if figures != [str(number) for number in range(first, first + len(figures))] or abs(lines - len(figures)) > 1:
        return False
    # One figure may as well be said: the cell before the code says what it is.
    return len(figures) > 1 or _CELL.sub("td[2]", numbers.leaf.source) == code.leaf.source

"""Which breaks of a plain text's lines a column made, and which are meant.

A line that was broken to fit a column is told by arithmetic: the next word would not have fitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from solander.reading.plain.lines import SENTENCE_END, WIDE, WRAP_COLUMNS, Line, columns

_PRINTED_COLUMNS = range(60, 131)
"""How wide the lines of a printed page may be, whose letters are not all of one width."""


def common_columns(blocks: list[list[Line]]) -> tuple[int, dict[int, int]]:
    """The column to which most of the text is broken, 0 if it is broken to none; and that of each indentation."""
    widths = {at: column_of(block) for at, block in enumerate(blocks) if len(block) > 2}
    broken = {at: width for at, width in widths.items() if is_wrapped(blocks[at], width)}
    of_indent: dict[int, list[int]] = {}
    for at, width in broken.items():
        of_indent.setdefault(indent_of(blocks[at]), []).append(width)
    return _middle(list(broken.values())), {indent: _middle(widths) for indent, widths in of_indent.items()}


def column_of(block: Sequence[Line]) -> int:
    """To which column lines that stand together reach."""
    return max(map(_width, block))


def indent_of(block: Sequence[Line]) -> int:
    """In which column the outermost of them begins."""
    return min(line.indent for line in block)


def is_wrapped(lines: Sequence[Line], column: int) -> bool:
    """Whether each break is where the next word would not have fitted."""
    if len(lines) < 2 or column not in WRAP_COLUMNS:
        return False
    full = 0
    for line, after in pairwise(lines):
        wide = WIDE.match(after.text)
        # No line begins with a closing bracket or a comma: then two characters more go over.
        room = 6 if wide else 1 + columns(after.text.split(" ", 1)[0])
        full += _width(line) + room > column
    if full * 20 < (len(lines) - 1) * 17:
        return False
    # Verse begins its lines with capitals; prose does so now and then.
    cased = [line.text[0].isupper() for line in lines if line.text[0].lower() != line.text[0].upper()]
    return len(cased) < 4 or sum(cased) * 5 < len(cased) * 4


def runs_on(lines: Sequence[Line]) -> bool:
    """Whether long lines of about one length go on with small letters, as a printed page's do: no column fits those."""
    widths = [columns(line.text) for line in lines]
    widest = max(widths)
    if widest not in _PRINTED_COLUMNS or any(width * 10 < widest * 7 for width in widths[:-1]):
        return False
    begins = [line.text[0] for line in lines[1:] if line.text[0].isalpha()]
    ends = sum(SENTENCE_END.search(line.text) is not None or line.text.endswith((":", ";")) for line in lines[:-1])
    small = sum(map(str.islower, begins))
    if ends * 4 >= len(lines) or small * 5 < (len(lines) - 1) * 3:
        return False
    # Code goes on with small letters, too.
    words = sum(one.isalpha() or one == " " for line in lines for one in line.text)
    return words * 5 >= sum(len(line.text) for line in lines) * 4


def is_verse(block: Sequence[Line]) -> bool:
    """Whether lines are of about one length, and narrow."""
    widths = [columns(line.text) for line in block]
    return len(block) > 2 and max(widths) < WRAP_COLUMNS.start and min(widths) * 2 >= max(widths)


def _middle(widths: list[int]) -> int:
    return sorted(widths)[len(widths) // 2] if widths else 0


def _width(line: Line) -> int:
    return line.indent + columns(line.text.lstrip("\u3000"))

"""A line of a file as it stands, with a mark under the character that is meant.

The line is cut to the width of the terminal around that character. What a terminal would obey is shown as an escape;
characters that take two columns, or none, are counted as such, so that the mark stands where it should.

Source: Unicode Standard Annex 11 (East Asian Width).
"""

from __future__ import annotations

import unicodedata

from solander.reporting.text import visible

_LEAST = 24
"""As many columns a line has at least, however narrow the terminal is."""

_NEAR = 2000
"""So many characters before and behind the one that is meant are looked at; a line may have millions."""

_Cell = tuple[str, int]


def excerpt(line: str, number: int, column: int | None, *, width: int) -> tuple[str, str | None]:
    """A line and the line below it that marks a character.

    Args:
        line: as it stands in the file, without its end.
        number: its number, from 1.
        column: of the character that is meant, from 1; ``None`` where only the line is known.
        width: columns of the terminal.

    Returns:
        ``   41 | <p>…``, and ``      |  ^`` or ``None``.
    """
    gutter = f"{number:>5} | "
    room = max(width - len(gutter) - 1, _LEAST)
    meant = min(column - 1, len(line)) if column else None
    start = max((meant or 0) - _NEAR, 0)
    end = (meant or 0) + _NEAR
    cells = [_cell(one) for one in line[start:end]]
    left, right = _window(cells, None if meant is None else meant - start, room)
    text = "".join(shown for shown, _ in cells[left:right])
    before = "…" if left or start else ""
    behind = "…" if right < len(cells) or end < len(line) else ""
    shown = f"{gutter}{before}{text}{behind}".rstrip()
    if meant is None:
        return shown, None
    offset = len(before) + sum(columns for _, columns in cells[left : meant - start])
    return shown, f"{' ' * (len(gutter) - 2)}| {' ' * offset}^"


def _window(cells: list[_Cell], meant: int | None, room: int) -> tuple[int, int]:
    """From where to where cells are shown, so that they fit and hold the one that is meant, with some before it."""
    if sum(columns for _, columns in cells) <= room:
        return 0, len(cells)
    room -= 2  # for what marks the cuts
    left = meant or 0
    before = room // 3
    while left and (before := before - cells[left - 1][1]) >= 0:
        left -= 1
    right, used = left, 0
    while right < len(cells) and used + cells[right][1] <= room:
        used += cells[right][1]
        right += 1
    while left and used + cells[left - 1][1] <= room:
        left -= 1
        used += cells[left][1]
    return left, right


def _cell(character: str) -> _Cell:
    if character == "\t":
        return " ", 1
    shown = visible(character)
    if len(shown) > 1:
        return shown, len(shown)
    if unicodedata.combining(character):
        return shown, 0
    return shown, 2 if unicodedata.east_asian_width(character) in "WF" else 1

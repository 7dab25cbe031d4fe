"""The word map: a picture of all blocks of a page in the order of the original, each as large as it has characters.

It flows as a page of text does, from left to right and line by line; a block that does not fit goes on in the next
line. A block tells its words and where it came from, and leads to its place in the text. It needs no script. Where
blocks are more than can be seen, neighbours share a piece of the picture, which leads to the first of them.

Source: SVG 2, 5.10 (``title``) and 16.2 (``a``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from solander.viewing.blocks import Cell
from solander.viewing.markup import escaped, in_a_line
from solander.viewing.text import ZONE_NAMES, Mapped

_WIDTH = 640
_ROW, _HEIGHT = 12, 9
_ROWS = 32
"""So many lines, where blocks are not too many to be seen."""
_LEAST, _OF_GAP, _MOST = 3, 12, 6
"""Of a block's width, of one without words, and of a character's at most: short pages do not fill the picture."""
MOST_PIECES = 5_000
"""More pieces are narrower than an eye tells apart, and would make the picture larger than the text."""


class _Sum(NamedTuple):
    words: int
    blocks: int


class _Piece(NamedTuple):
    """What the picture shows as one: a block, or some that follow one another."""

    kind: str
    zone: str
    cell: Cell
    blocks: int


def write_word_map(divisions: Sequence[Mapped]) -> str:
    """The picture, with its counts."""
    cells = [(_kind(zone, cell), zone, cell) for zone, cells in divisions for cell in cells]
    characters = sum(cell.characters for _, _, cell in cells)
    # In thousandths of a unit for each character, so that all is whole numbers.
    scale = min(_MOST * 1000, _WIDTH * _ROWS * 1000 // max(characters, 1))
    out: list[str] = []
    x = y = 0
    for kind, zone, cell, blocks in _pieces(cells):
        width = max(cell.characters * scale // 1000, _OF_GAP if kind == "g" else _LEAST)
        path, x, y = _path(x, y, width)
        words = _number(cell.words, "word") + (f" in {blocks:,} blocks" if blocks > 1 else "")
        label = ZONE_NAMES.get(zone, zone)
        begins = cell.begins
        begins = escaped(begins if begins.isprintable() else in_a_line(begins))
        out.append(
            f'<a href="#{cell.anchor}" class="{kind}"><title>{label}, {words}\n{cell.place}\n{begins}</title>'
            f'<path d="{path}"/></a>\n'
        )
    height = y + (_ROW if x else 0) or _ROW
    return (
        '<section class="map" data-ours id="map" lang="en" dir="ltr">\n<h2>Word map</h2>\n'
        "<p>Every block of the original in its order, as wide as it has characters. "
        f"{_leads(len(cells))}</p>\n"
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="Word map: {_told(cells)}">\n'
        f"{''.join(out)}</svg>\n"
        f"{_legend(cells)}</section>\n"
    )


def _pieces(cells: Sequence[tuple[str, str, Cell]]) -> Iterator[_Piece]:
    """What the picture is made of, at most ``MOST_PIECES``: of blocks that share a piece the longest tells its kind."""
    many = -(-len(cells) // MOST_PIECES)
    if many <= 1:
        yield from (_Piece(kind, zone, cell, 1) for kind, zone, cell in cells)
        return
    for at in range(0, len(cells), many):
        shared = cells[at : at + many]
        kind, zone, _ = max(shared, key=lambda each: each[2].characters)
        together = shared[0][2]._replace(
            words=sum(cell.words for _, _, cell in shared),
            characters=sum(cell.characters for _, _, cell in shared),
            gaps=sum(cell.gaps for _, _, cell in shared),
        )
        yield _Piece(kind, zone, together, len(shared))


def _kind(zone: str, cell: Cell) -> str:
    if not cell.words and cell.gaps:
        return "g"
    return "m" if zone == "main" else "o"


def _path(x: int, y: int, width: int) -> tuple[str, int, int]:
    """The outline of a block that begins here, a rectangle a line, and where the next one begins."""
    parts: list[str] = []
    while width > 0:
        free = _WIDTH - x
        if free <= 1:
            x, y = 0, y + _ROW
            continue
        part = min(width, free)
        # A unit is left between neighbours.
        shown = part - 1 if part > 1 else part
        parts.append(f"M{x} {y}h{shown}v{_HEIGHT}h-{shown}z")
        width -= part
        x += part
        if x >= _WIDTH:
            x, y = 0, y + _ROW
    return "".join(parts), x, y


def _sum(cells: Sequence[tuple[str, str, Cell]], kind: str) -> _Sum:
    chosen = [cell for one, _, cell in cells if one == kind]
    return _Sum(sum(cell.words for cell in chosen), len(chosen))


def _told(cells: Sequence[tuple[str, str, Cell]]) -> str:
    main, other = _sum(cells, "m"), _sum(cells, "o")
    gaps = sum(cell.gaps for _, _, cell in cells)
    return f"{_number(main.words, 'word')} of text, {_number(other.words, 'word')} around it, {_number(gaps, 'gap')}"


def _legend(cells: Sequence[tuple[str, str, Cell]]) -> str:
    main, other = _sum(cells, "m"), _sum(cells, "o")
    gaps = sum(cell.gaps for _, _, cell in cells)
    rows = (
        ("m", "the text proper", f"{_number(main.words, 'word')} in {_number(main.blocks, 'block')}"),
        ("o", "what surrounds it", f"{_number(other.words, 'word')} in {_number(other.blocks, 'block')}"),
        ("g", "not here: pictures, films, forms", _number(gaps, "gap")),
    )
    items = "".join(f'<li class="{kind}"><b>{name}</b> {told}</li>\n' for kind, name, told in rows)
    return f'<ul class="legend">\n{items}</ul>\n'


def _leads(blocks: int) -> str:
    if blocks <= MOST_PIECES:
        return "A block leads to its place above."
    return "Blocks are many: some that follow one another share a piece, which leads to the first of them."


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"

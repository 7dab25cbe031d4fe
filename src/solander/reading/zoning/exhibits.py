"""Tables and figures that a document shows: not doubted, though they hardly read like text.

The trees were grown on texts without captions, and of a table or a figure that stands last in its section they leave
most out. One that is plainly of its text is not left to them: a table with a caption or a head of its own, and a figure
whose caption is counted ("Figure 3") or that stands on a page that is nothing but its text.

Promise: a pure function of whole numbers, in time linear in the pieces; nothing is taken in here, a doubt is lifted.

Source: HTML Standard, 4.4.12 (``figure``), 4.9 (tables).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.model.late_pattern import late
from solander.reading.zoning.pieces import Pieces

BARE_PERCENT = 90
"""Of a page that is nothing but its text, so much is main text without any help."""

_ELEMENTS_UP = 6
"""So many elements around the first words of a piece its table or figure is looked for."""

_EXHIBITS = frozenset(("table", "figure"))
_HEADS = frozenset(("caption", "th", "thead"))
_COUNTED = late(
    r"(?:fig(?:ure|\.)?|table|tab\.|plate|exhibit|listing|chart|abb(?:ildung|\.)|tabelle|tafel|tableau|figur[ae]?|"
    r"tab(?:l|ell|el|ul)a|cuadro|gráfico|quadro|rycina|rys\.|рис(?:унок|\.)|табл(?:ица|\.)|afbeelding|tabel|kuva|"
    r"taulukko|εικόνα|σχήμα|πίνακας|شكل|جدول|図|表|图|圖|그림|표)\s{0,2}[A-Z]?\.?[0-9０-９一二三四五六七八九十]{1,3}",
    re.IGNORECASE,
)


def without_doubt(doubted: Sequence[bool], main: Sequence[bool], pieces: Pieces) -> list[bool]:
    """The doubts of pieces, but of the tables and figures that are plainly of their text.

    Args:
        doubted: which pieces are too improbable to be taken in.
        main: which pieces are main text, as they were judged one by one.
        pieces: the page's.
    """
    found = list(doubted)
    bare: bool | None = None
    for piece, doubt in enumerate(doubted):
        if not doubt or not pieces.wholes[piece] or pieces.linked[piece] or pieces.lists[piece]:
            continue
        tag = _exhibit(piece, pieces)
        if not tag:
            continue
        bare = _is_bare(main, pieces) if bare is None else bare
        found[piece] = not (bare or _is_plain(piece, tag, pieces))
    return found


def _exhibit(piece: int, pieces: Pieces) -> str:
    """The element that shows it, ``table`` or ``figure``; empty where it is something else."""
    survey, first, last = pieces.survey, pieces.first[piece], pieces.last[piece]
    element = pieces.elements[piece]
    for _ in range(_ELEMENTS_UP):
        if not element or survey.first[element] < first or survey.last[element] > last:
            return ""
        if survey.element_tags[element] in _EXHIBITS:
            return survey.element_tags[element]
        element = survey.parents[element]
    return ""


def _is_plain(piece: int, tag: str, pieces: Pieces) -> bool:
    """Whether a table has a caption or a head of its own, or a caption counts it."""
    survey, first, last = pieces.survey, pieces.first[piece], pieces.last[piece]
    if _COUNTED.match(survey.texts[first]) or _COUNTED.match(survey.texts[last - 1]):
        return True
    if tag != "table":
        return False
    element = survey.elements[first]
    for _ in range(_ELEMENTS_UP):
        if survey.element_tags[element] in _HEADS:
            return True
        if survey.element_tags[element] == "table":
            return False
        element = survey.parents[element]
    return False


def _is_bare(main: Sequence[bool], pieces: Pieces) -> bool:
    """Whether a page has hardly anything but main text, tables and figures aside: no menus, no masthead."""
    own = others = 0
    for piece, chosen in enumerate(main):
        if chosen:
            own += pieces.weights[piece]
        elif not _exhibit(piece, pieces):
            others += pieces.weights[piece]
    return 100 * own >= BARE_PERCENT * (own + others)

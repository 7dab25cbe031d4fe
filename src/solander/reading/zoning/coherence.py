"""Zones -> zones: the main text of a page is put back into one piece.

A classifier judges leaf by leaf, learnt from texts without captions, lists and notes. What it takes apart is joined
again by what the markup says: a whole is of one zone, by its weight; a heading goes with what it heads; what stands
between main text in one element is main text, unless something says that it is not; a headline, a byline and a lead
open the text, lists and notes close it.

Promise: a pure function of whole numbers, in time linear in the survey; each leaf keeps its place and has one zone; no
whole is parted; a page with main text keeps some.

Source: HTML Standard, 4.3.11 (a heading and its section), 4.4 (grouping content).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from solander.reading.dateline import read_dateline
from solander.reading.naming.zones import KINDS, Ancestry
from solander.reading.survey import Survey
from solander.reading.zoning.exhibits import without_doubt
from solander.reading.zoning.not_drawn_in import copies, doubted, furniture
from solander.reading.zoning.openings import is_title_line, opens_text
from solander.reading.zoning.pieces import Pieces, Range
from solander.reading.zoning.said_in_each import said_in_each
from solander.reading.zoning.who_and_when import who_and_when

ROUNDS = 8
"""One step can give another something to do; after so many rounds the text stands as it is."""

TITLE_REACH = 40
"""How many pieces before the first text proper its title may stand."""

OPENING_PIECES = 12
"""How many pieces may stand between a headline and its text and still belong to it."""

OPENING_CHARACTERS = 400
"""How long a byline or a lead may be to need no more than its name."""

ISLAND_PIECES = 2
"""How many pieces side by side with main text, before and after, are part of it wherever they stand."""

CARRIES = 3
"""A whole is main text for one part in so many, if it holds as great a part of all the page's: a thread in one list."""

HEADING_REACH = 4
"""How many elements up a heading that is wrapped looks for what it heads."""


def cohere(
    zones: Sequence[str],
    survey: Survey,
    around: Ancestry,
    wholes: Iterable[Range] = (),
    chances: Sequence[int] | None = None,
) -> list[str]:
    """Put the main text together.

    Args:
        zones: a zone a leaf, as leaves were judged one by one.
        survey: what the leaves stand in.
        around: what each element of the survey is said to be.
        wholes: the ranges of leaves that will be one block each (``divisions.wholes``).
        chances: how probable it is that a leaf is main text, in millionths: what is hardly so is not taken in,
            wherever it stands. Without it, what the markup says is enough.

    Returns:
        A zone a leaf; wholes and headings with more than one leaf have one.
    """
    if not zones:
        return []
    pieces = Pieces(survey, around, wholes)
    doubts = doubted(chances, pieces)
    judged = _by_weight(zones, pieces)
    endings = without_doubt(doubts[1], judged, pieces)
    fixed = furniture(judged, pieces)
    for piece in (*copies(judged, pieces), *(beside := said_in_each(pieces))):
        judged[piece], fixed[piece] = False, True
    if not any(chosen and not options for chosen, options in zip(judged, pieces.options, strict=True)):  # a form alone
        return _named(zones, judged, pieces, _sections(pieces))
    main = list(judged)
    sections = [section for section in _sections(pieces) if section[0] not in beside]
    title = " ".join(survey.title.split()).casefold()
    for _ in range(ROUNDS):
        before = list(main)
        _islands(main, pieces, fixed, doubts[0])
        _endings(main, pieces, endings)
        _headings(main, pieces, sections, title)
        _openings(main, pieces, title, doubts[2])
        if main == before:
            break
    _datelines(main, pieces)
    # A page of nothing but a heading without its section keeps the heading.
    return _named(zones, main if True in main else judged, pieces, sections)


def _by_weight(zones: Sequence[str], pieces: Pieces) -> list[bool]:
    """Each piece goes with the greater part of its words: a list is no less a list for its shortest items."""
    texts = pieces.survey.texts
    until = [0, *accumulate(len(text) if zone == "main" else 0 for text, zone in zip(texts, zones, strict=True))]
    held = [until[last] - until[first] for first, last in pieces.ranges()]
    main = [
        (2 * weight >= whole or CARRIES * weight >= max(whole, until[-1])) and weight > 0 and not options
        for weight, whole, options in zip(held, pieces.weights, pieces.options, strict=True)
    ]
    if True not in main and until[-1]:
        main[max(range(len(held)), key=held.__getitem__)] = True
    return main


def _takes(pieces: Pieces, piece: int, element: int, *, plain: bool = False) -> bool:
    """Whether a piece is text of an element, by all that is said of it; or plainly, if its name alone is against it."""
    return (
        (plain or pieces.prose[piece])
        and not pieces.linked[piece]
        and not pieces.mixed[piece]
        and not pieces.options[piece]
        and not pieces.repeated[piece]
        and pieces.of_one_kind(pieces.elements[piece], element)
    )


def _is_quoted(pieces: Pieces, piece: int) -> bool:
    """Whether a piece is a quotation that stands in an ``aside``."""
    element = pieces.elements[piece]
    return pieces.wholes[piece] and element in pieces.around.plain and pieces.survey.element_tags[element] == "aside"


def _islands(main: list[bool], pieces: Pieces, furniture: Sequence[bool], doubted: Sequence[bool]) -> None:
    """Take what stands between main text: in an element that is mostly main text, or side by side with it."""
    mostly = _Mostly(main, pieces)
    containers, kinds = pieces.containers, pieces.around.kinds
    last = None
    # What stands before the first text is the opening's affair.
    for piece in range(_text(main, pieces), len(pieces)):
        if not main[piece]:
            continue
        if last is not None and piece - last > 1:
            element = pieces.meet(last, piece)
            # In a thread of comments, what stands between them is their dates and buttons.
            if element is not None and KINDS[kinds[element]] != "comments":
                together = mostly.main(element) or (
                    piece - last <= ISLAND_PIECES + 1
                    and all(containers[one] == element for one in range(last, piece + 1))
                )
                plain = pieces.around.plain
                # The trees went by the name; it is wrong where nothing else parts the text.
                only = bool(plain) and all(pieces.elements[one] in plain for one in range(last + 1, piece))
                for between in range(last + 1, piece):
                    if (
                        together
                        and not pieces.levels[between]
                        and not furniture[between]
                        and (not doubted[between] or only or (plain and _is_quoted(pieces, between)))
                        and _takes(pieces, between, element, plain=only)
                    ):
                        main[between] = True
        last = piece


def _endings(main: list[bool], pieces: Pieces, doubted: Sequence[bool]) -> None:
    """Take the lists, tables, figures and notes that follow directly on main text in its article."""
    mostly = _Mostly(main, pieces)
    for piece in range(_text(main, pieces) + 1, len(pieces)):
        if main[piece] or not main[piece - 1]:
            continue
        article = pieces.said[pieces.elements[piece - 1]].article or pieces.containers[piece - 1]
        if piece >= pieces.end(article) or not mostly.main(article):
            continue
        if pieces.levels[piece]:
            if piece + 1 < pieces.end(article) and pieces.names_notes(piece) and pieces.wholes[piece + 1]:
                main[piece] = pieces.of_one_kind(pieces.elements[piece], article)
        elif pieces.notes[piece]:
            main[piece] = pieces.wholes[piece]
        elif pieces.wholes[piece] and pieces.levels[piece - 1] and pieces.names_notes(piece - 1):
            main[piece] = pieces.of_one_kind(pieces.elements[piece], article)
        elif pieces.wholes[piece]:
            main[piece] = not doubted[piece] and _takes(pieces, piece, article)


def _headings(main: list[bool], pieces: Pieces, sections: Iterable[tuple[int, Range]], title: str) -> None:
    """Let each heading go with what it heads: up to the next heading of its level, within its element."""
    until = [0, *accumulate(weight if chosen else 0 for weight, chosen in zip(pieces.weights, main, strict=True))]
    weights = [0, *accumulate(pieces.weights)]
    for piece, (begin, end) in sections:
        if begin == end:
            continue
        if main[begin]:
            main[piece] = True
        elif main[piece]:
            # A line beside a heading (a date, a price) does not take it along; a section does.
            heavy = pieces.wholes[begin] or weights[end] - weights[begin] >= 2 * pieces.weights[piece]
            apart = pieces.wholes[begin] and pieces.linked[begin]
            if heavy and (apart or until[begin] == until[end]) and not _is_title(pieces, piece, title):
                main[piece] = False


def _openings(main: list[bool], pieces: Pieces, title: str, doubted: Sequence[bool]) -> None:
    """Take the headline of the main text, and what stands between the two: byline, dateline, lead."""
    levels, text = pieces.levels, _text(main, pieces)
    if text == len(pieces):
        return
    headline = None
    for piece in range(text - 1, max(-1, text - 1 - TITLE_REACH), -1):
        if levels[piece] == 1 or (levels[piece] == 2 and _is_title(pieces, piece, title)):
            headline = piece
            break
        if _is_titled(pieces, piece, title):
            headline = piece
            break
    if headline is None:
        return
    main[headline] = True
    element = pieces.meet(headline, text)
    if element is None or text - headline > OPENING_PIECES:
        return
    for between in range(headline + 1, text):
        if levels[between] or pieces.options[between] or not pieces.of_one_kind(pieces.elements[between], element):
            continue
        short = pieces.weights[between] <= OPENING_CHARACTERS
        named = pieces.opening[between] and short and (not doubted[between] or _is_opening(pieces, between))
        # A byline may be all links; a list that nothing calls one is a row of buttons.
        # What only the page as a whole holds together needs its name.
        if named or (
            element and not doubted[between] and not pieces.lists[between] and _takes(pieces, between, element)
        ):
            main[between] = True


def _is_opening(pieces: Pieces, piece: int) -> bool:
    """Whether a line is a byline or a dateline itself: counts and buttons beside one bear the same names."""
    if pieces.last[piece] - pieces.first[piece] > 1:
        return False
    text = pieces.survey.texts[pieces.first[piece]]
    # A list stays one, and can be named no byline, whatever its one item says.
    return opens_text(text, pieces.elements[piece], pieces.survey) or (
        not pieces.wholes[piece] and who_and_when(text) != ""
    )


def _datelines(main: list[bool], pieces: Pieces) -> None:
    """Take the dateline between a headline and its text; last, for nothing else hangs on it."""
    text = _text(main, pieces)
    if text == len(pieces):
        return
    for piece in range(text - 1, max(-1, text - 1 - OPENING_PIECES), -1):
        if pieces.levels[piece]:
            return
        words = pieces.survey.texts[pieces.first[piece]]
        element = pieces.elements[piece]
        if pieces.last[piece] - pieces.first[piece] == 1 and read_dateline(words) is not None:
            headed = any(main[one] and pieces.levels[one] for one in range(max(0, piece - OPENING_PIECES), piece))
            if headed and pieces.of_one_kind(element, pieces.elements[text]):
                main[piece] = True
            return


def _text(main: Sequence[bool], pieces: Pieces) -> int:
    """The first piece of main text that is no heading; how many pieces there are, where there is none."""
    levels = pieces.levels
    return next((piece for piece, chosen in enumerate(main) if chosen and not levels[piece]), len(pieces))


def _is_title(pieces: Pieces, piece: int, title: str) -> bool:
    # Manuals number their sections, and leave the number out of the title.
    text = " ".join(pieces.survey.texts[pieces.first[piece]].split()).casefold().lstrip("0123456789.§ ")
    return pieces.levels[piece] == 1 or (len(text) > 3 and text in title)


def _is_titled(pieces: Pieces, piece: int, title: str) -> bool:
    """Whether a line, whatever its element, is the page's title, or that without the site's name."""
    if pieces.last[piece] - pieces.first[piece] > 1 or pieces.lists[piece] or pieces.linked[piece]:
        return False
    if KINDS[pieces.around.kinds[pieces.elements[piece]]] not in ("", "banner", "other"):
        return False
    return is_title_line(pieces.survey.texts[pieces.first[piece]], title)


def _sections(pieces: Pieces) -> list[tuple[int, Range]]:
    """Each heading with its section: from the first piece that is no heading, to the next heading of its level."""
    count = len(pieces)
    following = list(range(count + 1))
    for piece in range(count - 1, -1, -1):
        if pieces.levels[piece]:
            following[piece] = following[piece + 1]
    nexts: list[tuple[int, int]] = []
    found: list[tuple[int, Range]] = []
    for piece in range(count - 1, -1, -1):
        level = pieces.levels[piece]
        if not level:
            continue
        while nexts and nexts[-1][1] > level:
            nexts.pop()
        limit = nexts[-1][0] if nexts else count
        nexts.append((piece, level))
        begin, end = following[piece], piece
        own, element = pieces.headed(piece), pieces.containers[piece]
        for _ in range(HEADING_REACH):
            if not pieces.of_one_kind(own, element):
                break
            end = min(limit, pieces.end(element))
            if begin < end or not element:
                break
            element = pieces.wider[element]
        found.append((piece, (begin, end) if begin < end else (piece, piece)))
    return found


class _Mostly:
    """Which elements hold more main text than other words."""

    __slots__ = ("mains", "pieces", "weights")

    def __init__(self, main: Sequence[bool], pieces: Pieces) -> None:
        self.pieces = pieces
        self.weights = [0, *accumulate(pieces.weights)]
        self.mains = [
            0,
            *accumulate(weight if chosen else 0 for weight, chosen in zip(pieces.weights, main, strict=True)),
        ]

    def main(self, element: int) -> bool:
        """Whether half of the words of an element, or more, are main text."""
        first, last = self.pieces.starts[self.pieces.survey.first[element]], self.pieces.end(element)
        return 2 * (self.mains[last] - self.mains[first]) >= self.weights[last] - self.weights[first]


def _named(
    zones: Sequence[str], main: Sequence[bool], pieces: Pieces, sections: Iterable[tuple[int, Range]]
) -> list[str]:
    """Name what is not main text: a whole by the greater part of it, a heading by what it heads."""
    texts, kinds = pieces.survey.texts, pieces.around.kinds
    names: list[str] = []
    for piece, (first, last) in enumerate(pieces.ranges()):
        if main[piece]:
            names.append("main")
            continue
        if last - first == 1 and zones[first] != "main":
            names.append(zones[first])
            continue
        sums: dict[str, int] = {}
        for leaf in range(first, last):
            if zones[leaf] != "main":
                sums[zones[leaf]] = sums.get(zones[leaf], 0) + len(texts[leaf])
        names.append(max(sums, key=sums.__getitem__) if sums else KINDS[kinds[pieces.elements[piece]]] or "other")
    for piece, (begin, end) in sections:
        if begin < end and names[piece] == "other" and names[begin] != "main":
            names[piece] = names[begin]
    return [name for name, (first, last) in zip(names, pieces.ranges(), strict=True) for _ in range(first, last)]

"""The headings of a plain text that its lines tell together: chapters, numbered sections, and lines set apart.

One line proves little by itself. Numbers that count on, words for the parts of a book, lines that hang out to the left
of all that they stand above, lines in the middle of the column: these are headings, in any language, and where they do
not agree a line is no heading. Each stays a line of the text, with its number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from solander.reading.dividing.letters import opens_byline
from solander.reading.plain.lines import BULLET, LONG_COLUMNS, SENTENCE_END, WRAP_COLUMNS, Line, columns
from solander.reading.plain.menu_words import is_entry
from solander.reading.plain.places import Place, are_words, is_heading_like, places_of
from solander.reading.plain.sections import parts_of_a_book, sections

PROSE_COLUMNS = 40
"""Lines of so many columns tell where a text's words begin, and how wide its column is."""

HANGING = 2
"""So many columns further out hangs what stands above a text that is set in."""

_HEAD_LINES = 100
_SHORT_WORDS = 8
_LABEL_WORDS = 4
_NAME_WORDS = (2, 3)
_PROSE_IN_ALL = 80
_BOLD = re.compile(r"(\*\*|__)(?![\s*_])[^*_]{2,70}(?<![\s.,;])\1:?\Z")
_OFF_CENTRE = 5
"""How many columns the middle of a line may be from that of the text."""


def headings_of(lines: Sequence[Line], *, is_play: bool = False) -> Mapping[int, int]:
    """Find the headings that several lines tell together.

    Args:
        lines: those of the text proper, in order.
        is_play: whether who speaks stands on lines of their own.

    Returns:
        Where each heading begins in the text, and its level: 1 for the title, 2 and more for what stands in the text.
    """
    places = places_of(lines, is_play=is_play)
    parts = parts_of_a_book(lines, places, is_play=is_play)
    levels = {rank: level for level, rank in enumerate(sorted(set(parts.values())), start=2)}
    found = {begin: levels[rank] for begin, rank in parts.items()}

    def left(*, anywhere: bool = False) -> list[Place]:
        return [place for place in places if place.line.begin not in found and (anywhere or place.line.gap)]

    def add(told: Mapping[int, int]) -> None:
        found.update({begin: level if level == 1 else level + len(levels) for begin, level in told.items()})

    add(sections(lines, left(anywhere=True)))
    add(_starred(lines, left()))
    hanging = _hanging(lines, left())
    add(hanging)
    add(_centred(lines, left()))
    if not hanging:  # where headings hang out, capitals say something else
        add(_capitals(lines, left()))
    if not found and not is_play:  # where others are told, a short line may be anything
        add(_short(lines, left(anywhere=True)))
        if not found:
            add(_above_lists(lines, left()))
    return found


def _starred(lines: Sequence[Line], places: Iterable[Place]) -> dict[int, int]:
    """Lines that are bold as a whole, as Markdown has it, and stand alone; one by itself is a word that is stressed."""
    bold = [place for place in places if place.alone and place.at + 1 < len(lines) and _BOLD.match(place.line.text)]
    return {place.line.begin: 2 for place in bold} if len(bold) > 1 else {}


def _hanging(lines: Sequence[Line], places: Iterable[Place]) -> dict[int, int]:
    """Lines further out than the text: in a text that is set in as a whole, what is not is a heading."""
    indents = sorted(line.indent for line in lines if columns(line.text) >= PROSE_COLUMNS)
    indent = indents[len(indents) // 10] if indents else 0
    if indent < HANGING:
        return {}
    texts = Counter(line.text for line in lines)
    hung = [
        place
        for place in places
        if place.line.indent <= indent - HANGING
        and is_heading_like(place.line.text)
        and texts[place.line.text] == 1
        and (place.alone or lines[place.at + 1].indent > place.line.indent)
    ]
    if len(hung) < 2:
        return {}
    outermost = min(place.line.indent for place in hung)
    return {place.line.begin: 2 + (place.line.indent > outermost) for place in hung if place.at + 1 < len(lines)}


def _centred(lines: Sequence[Line], places: Iterable[Place]) -> dict[int, int]:
    """Lines in the middle of the column; the first of the text is its title."""
    body = _body(lines)
    if body is None:
        return {}
    indent, width = body
    middle = (indent + width) / 2

    def is_central(line: Line) -> bool:
        return line.indent >= indent + 4 and abs(line.indent + columns(line.text) / 2 - middle) <= _OFF_CENTRE

    def is_prose(line: Line) -> bool:
        return columns(line.text) >= PROSE_COLUMNS and not line.aligned

    found: dict[int, int] = {}
    for place in places:
        end = place.at + 1
        while end < len(lines) and not lines[end].gap:
            end += 1
        stands_apart = end < len(lines) and all(map(is_central, lines[place.at : end]))
        if not stands_apart or not is_heading_like(place.line.text) or not are_words(place.line.text):
            continue
        if not found and end - place.at <= 3 and not any(map(is_prose, lines[: min(place.at, _HEAD_LINES)])):
            found[place.line.begin] = 1
        elif end == place.at + 1 and lines[end].indent < place.line.indent:
            found[place.line.begin] = 2
    return found


def _capitals(lines: Sequence[Line], places: Iterable[Place]) -> dict[int, int]:
    """Lines in capitals that stand alone, each of them once, in a text that is not in capitals."""
    alone = [
        place
        for place in places
        if place.alone
        and place.at + 1 < len(lines)
        and place.line.text.isupper()
        and is_heading_like(place.line.text.removesuffix("."))
        and are_words(place.line.text)
        and not lines[place.at + 1].text.isupper()
    ]
    texts = Counter(place.line.text for place in alone)
    upper = sum(len(line.text) for line in lines if line.text.isupper())
    if len(alone) < 3 or len(texts) < len(alone) or 3 * upper > sum(len(line.text) for line in lines):
        return {}
    return {place.line.begin: 2 for place in alone}


def _short(lines: Sequence[Line], places: Iterable[Place]) -> dict[int, int]:
    """Short lines alone above prose, or above a long line, and below the end of a sentence; two, and none twice.

    Of two or three words with capitals none is one: it may be a name.
    """
    alone = [
        place
        for place in places
        if place.at > 1
        and place.at + 1 < len(lines)
        and (place.alone or columns(lines[place.at + 1].text) > LONG_COLUMNS)
        and len(place.line.text.split()) <= _SHORT_WORDS
        and are_words(place.line.text)
        and is_heading_like(place.line.text)
        and _is_no_label(place.line.text)
        and SENTENCE_END.search(lines[place.at - 1].text)
        and _opens_prose(lines, place.at + 1)
    ]
    texts = Counter(line.text for line in lines)
    alone = [place for place in alone if texts[place.line.text] == 1]
    return {place.line.begin: 2 for place in alone} if len(alone) > 1 else {}


def _above_lists(lines: Sequence[Line], places: Iterable[Place]) -> dict[int, int]:
    """Lines of a few words alone above a list or short lines that stand together; two, and none twice.

    So it is with recipes, minutes and forms. Where other such lines stand above none, they say something else.
    """
    alone = [
        place
        for place in places
        if place.alone
        and 0 < place.at < len(lines) - 2
        and len(place.line.text.split()) <= _LABEL_WORDS
        and are_words(place.line.text)
        and is_heading_like(place.line.text)
        and _is_no_label(place.line.text)
    ]
    texts = Counter(line.text for line in lines)
    heads = [place for place in alone if texts[place.line.text] == 1 and _opens_list(lines, place.at + 1)]
    if len(heads) < 2 or 3 * len(heads) < 2 * len({place.line.text for place in alone}):
        return {}
    return {place.line.begin: 2 for place in heads if lines[place.at + 1].indent >= place.line.indent}


def _opens_list(lines: Sequence[Line], at: int) -> bool:
    """Whether an item stands there, or short lines that stand together."""
    if BULLET.match(lines[at].text):
        return True
    return not lines[at + 1].gap and max(columns(line.text) for line in lines[at : at + 2]) < PROSE_COLUMNS


def _is_no_label(text: str) -> bool:
    words = text.partition(",")[0].split()
    may_be_name = len(words) in _NAME_WORDS and all(word[0].isupper() for word in words)
    return not (may_be_name or ":" in text or any(map(str.isdigit, text)) or opens_byline(text) or is_entry(text))


def _opens_prose(lines: Sequence[Line], at: int) -> bool:
    """Whether a paragraph begins at a line: one of several full lines, or a long one with the end of a sentence."""
    end = at + 1
    while end < len(lines) and not lines[end].gap and columns(lines[at].text) <= LONG_COLUMNS:
        end += 1
    widths = [columns(line.text) for line in lines[at : min(end, at + 3)]]
    return (
        widths[0] >= PROSE_COLUMNS
        and sum(widths) >= _PROSE_IN_ALL
        and SENTENCE_END.search(lines[end - 1].text) is not None
    )


def _body(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Where the lines of a text mostly begin, and to which column they reach; ``None`` where there is no prose."""
    prose = [line for line in lines if columns(line.text) >= PROSE_COLUMNS and not line.aligned]
    if len(prose) < 4:
        return None
    indents = Counter(line.indent for line in prose)
    indent = max(indents, key=lambda one: (indents[one], -one))
    ends = sorted(line.indent + columns(line.text) for line in prose)
    width = ends[9 * (len(ends) - 1) // 10]
    return (indent, width) if width in range(WRAP_COLUMNS.start, WRAP_COLUMNS.stop + 1) else None

"""The headings of a plain text that its lines tell together: chapters, numbered sections, and lines set apart.

One line proves little by itself. Numbers that count on, words for the parts of a book, lines that hang out to the left
of all that they stand above, lines in the middle of the column: these are headings, in any language, and where they do
not agree a line is no heading. Each stays a line of the text, with its number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from solander.reading.plain_lines import (
    BULLET,
    LONG_COLUMNS,
    SENTENCE_END,
    WRAP_COLUMNS,
    Line,
    columns,
    has_form,
    is_wide,
)

HEADING_COLUMNS = 76
"""A longer line is no heading."""

PROSE_COLUMNS = 40
"""Lines of so many columns tell where a text's words begin, and how wide its column is."""

HANGING = 2
"""So many columns further out hangs what stands above a text that is set in."""

_FIRST: Final = ((0,), (1,), (0, 1), (1, 0), (1, 1))
_CHAINS = 20
"""So many counts are followed at once: a list that begins anew within a section ends none."""
_PASSED_OVER = 3
"""How far a number may be from the one before it: a heading on two lines is not seen."""

_RANKS: Final = {
    word: rank
    for rank, words in enumerate(
        (
            "volume volumen tome tomo band bd том",
            "book buch livre libro livro книга βιβλίο",
            "part teil partie parte часть część μέροσ act akt acte acto atto ato акт действие",
            "chapter kapitel chapitre capítulo capitolo глава rozdział κεφάλαιο scene szene scène escena scena cena",
            "section abschnitt sección sezione seção раздел article artikel artículo articolo artigo статья",
            "appendix anhang annexe allegato anexo приложение",
        )
    )
    for word in words.split()
}
"""The words for the parts of a book, without case, and how deep each lies."""
_ORDINAL = r"[0-9]{1,3}|[IVXLCDM]{1,9}|(?i:[ivxlc]{1,7}(?=[.:])|one|two|three|four|five|six|seven|eight|nine|ten)|[A-Z]"
_PART_OF_A_BOOK = re.compile(
    rf"(?P<word>[^\W\d_]{{3,10}})\.? (?:{_ORDINAL})(?P<rest>\Z|[.:]?\Z|(?P<mark>[.:]| ?[–—]| -) ?\S.*| [^a-z]+\Z)"
)
_HAN_PART = re.compile(
    r"第[0-9零〇一二三四五六七八九十百]{1,5}(?P<word>[卷部編编篇幕章回節节場场])(?:[ \u3000：:].{0,40})?\Z"
)
_HAN_RANKS: Final = {
    word: rank for rank, words in enumerate(("卷", "部編编篇幕", "章回場场", "節节")) for word in words
}
_NUMBERED = re.compile(r"(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2}){0,4})(?P<dot>[.)]?) (?P<words>\S.*)")
_WORDS = re.compile(r"(?=.*[^\W\d_]{3}|[^\x00-\u2fff]{2})[\w '’\"“”„«»‘.,:;&/()–—?!#+・、（）《》「」-]+")
_ENDS = (".", ",", ";", ":", "。", "，", "；", "：")
_SMALL_WORD = 3
_OFF_CENTRE = 5


class _Place(NamedTuple):
    """A line that may be a heading by its form and place."""

    at: int
    line: Line
    alone: bool
    """Whether an empty line stands below it, too."""


def headings_of(lines: Sequence[Line]) -> Mapping[int, int]:
    """Find the headings that several lines tell together.

    Args:
        lines: those of the text proper, in order.

    Returns:
        Where each heading begins in the text, and its level: 1 for the title, 2 and more for what stands in the text.
    """
    # Where paragraphs are long lines, none needs an empty line about it.
    unbroken = any(columns(line.text) > LONG_COLUMNS and " " in line.text for line in lines)
    places = [
        _Place(at, line, at + 1 == len(lines) or lines[at + 1].gap)
        for at, line in enumerate(lines)
        if (line.gap or unbroken) and _may_be_heading(line)
    ]
    parts = _parts_of_a_book(lines, places)
    levels = {rank: level for level, rank in enumerate(sorted(set(parts.values())), start=2)}
    found = {begin: levels[rank] for begin, rank in parts.items()}
    hung = False
    for way in (_numbered, _hanging, _centred, _capitals):
        left = [place for place in places if place.line.begin not in found and (place.line.gap or way is _numbered)]
        told = way(lines, left)
        if way is _capitals and hung:
            break  # where headings hang out, capitals say something else
        hung = bool(told) if way is _hanging else hung
        for begin, level in told.items():
            found[begin] = level if level == 1 else level + len(levels)
    return found


def _may_be_heading(line: Line) -> bool:
    text = line.text
    if (
        text[0] == "#"
        or line.aligned
        or len(text) > HEADING_COLUMNS
        or not 2 < columns(text) <= HEADING_COLUMNS
        or has_form(line)
    ):
        return False
    return any(map(str.isalpha, text))


def _parts_of_a_book(lines: Sequence[Line], places: Iterable[_Place]) -> dict[int, int]:
    """Lines that name a part of a book with its number, each with its rank; not those of a table of contents."""
    ranks = {place.at: rank for place in places if (rank := _rank(place.line.text)) is not None}
    found: dict[int, int] = {}
    for at, rank in ranks.items():
        # What follows line upon line is a table of contents.
        is_entry = ranks.get(at + 1, -1) == rank or (ranks.get(at - 1, -1) == rank and not lines[at].gap)
        below = lines[at + 1] if at + 1 < len(lines) else None
        # Right beneath it may stand what it is called, and no more.
        is_titled = below is not None and not below.gap and at + 2 < len(lines) and lines[at + 2].gap
        stands = below is not None and (below.gap or columns(below.text) > LONG_COLUMNS)
        if not is_entry and below is not None and (stands or (is_titled and _is_called(below.text))):
            found[lines[at].begin] = rank
    return found


def _rank(text: str) -> int | None:
    if (han := _HAN_PART.match(text)) is not None:
        return _HAN_RANKS[han["word"]]
    match = _PART_OF_A_BOOK.match(text)
    if match is None or not match["word"][0].isupper() or (match["mark"] is None and text.endswith((",", ";"))):
        return None
    return _RANKS.get(match["word"].casefold())


def _is_called(text: str) -> bool:
    """Whether a line may be what a part is called."""
    return len(text) <= HEADING_COLUMNS and not SENTENCE_END.search(text) and not text.endswith(_ENDS)


def is_part_alone(text: str) -> bool:
    """Whether a line names a part by its number alone ("CHAPTER I"): below it may stand what the part is called."""
    match = _PART_OF_A_BOOK.match(text)
    return _rank(text) is not None and (len(text) < 8 if match is None else match["rest"] in ("", ".", ":"))


def _numbered(lines: Sequence[Line], places: Iterable[_Place]) -> dict[int, int]:
    """Lines whose numbers count on over the text that stands between them."""
    sections = {place.at: match for place in places if (match := _section(lines, place)) is not None}
    numbers = {at: _number(match) for at, match in sections.items()}
    chains: list[list[tuple[int, tuple[int, ...]]]] = []
    for at, number in numbers.items():
        if _is_in_a_row(lines, at, number):
            continue
        goes_on = [chain for chain in chains if _follows(chain[-1][1], number)]
        if goes_on:
            max(goes_on, key=len).append((at, number))
        elif number in _FIRST and len(chains) < _CHAINS:
            chains.append([(at, number)])
    longest = max(chains, key=len, default=[])
    titular = sum(_is_titular(sections[at]["words"]) for at, _ in longest)
    if len(longest) < 2 or 3 * titular < 2 * len(longest):
        return {}
    return {lines[at].begin: 1 + len(number) for at, number in longest}


def _number(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(map(int, match["number"].split(".")))


def _is_in_a_row(lines: Sequence[Line], at: int, number: tuple[int, ...]) -> bool:
    """Whether what follows line upon line is a list, or a table of contents: the next number stands right there."""
    around = range(max(0, at - 2), min(len(lines), at + 3))
    near = {other: _number(match) for other in around if (match := _NUMBERED.match(lines[other].text))}
    before, after = near.get(at - 1), near.get(at + 1)
    if after is not None and len(after) > len(number):
        after = near.get(at + 2)
    if before is not None and len(before) > len(number):
        before = before[: len(number)]
    return (after is not None and len(after) <= len(number) and _follows(number, after)) or (
        before is not None and len(before) == len(number) and _follows(before, number)
    )


def _follows(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether a section's number may come after another's: the next one, or one of the next, or the first within."""
    depth = len(number)
    if depth > len(last):
        return depth == len(last) + 1 and number[:-1] == last and number[-1] <= 1
    return number[:-1] == last[: depth - 1] and 0 < number[-1] - last[depth - 1] <= _PASSED_OVER


def _section(lines: Sequence[Line], place: _Place) -> re.Match[str] | None:
    match = _NUMBERED.match(place.line.text)
    if match is None or place.at + 1 == len(lines) or (not match["dot"] and "." not in match["number"]):
        return None
    words, below = match["words"], lines[place.at + 1]
    if words[0].islower() or not words[0].isalnum() or words.endswith((",", ";", ":", "，", "；", "：")):
        return None
    # A line that goes on in the next is a sentence.
    goes_on = not (below.gap or columns(below.text) > LONG_COLUMNS) and (
        below.text[0].islower()
        or below.indent > place.line.indent + len(match["number"])
        or columns(place.line.text) >= WRAP_COLUMNS.start
    )
    return None if goes_on or (SENTENCE_END.search(words) and not _is_titular(words)) else match


def _is_titular(words: str) -> bool:
    """Whether words are those of a heading: no sentence, or each of more than three letters with a capital."""
    if not SENTENCE_END.search(words):
        return True
    long = [word.strip("\"'“”‘’(") for word in words.split() if len(word) > _SMALL_WORD + 1]
    return words.endswith((".", "。")) and len(words.split()) <= 8 and all(word[:1].isupper() for word in long)


def _hanging(lines: Sequence[Line], places: Iterable[_Place]) -> dict[int, int]:
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
        and _is_heading_like(place.line.text)
        and texts[place.line.text] == 1
        and (place.alone or lines[place.at + 1].indent > place.line.indent)
    ]
    if len(hung) < 2:
        return {}
    outermost = min(place.line.indent for place in hung)
    return {place.line.begin: 2 + (place.line.indent > outermost) for place in hung if place.at + 1 < len(lines)}


def _centred(lines: Sequence[Line], places: Iterable[_Place]) -> dict[int, int]:
    """Lines in the middle of the column; the first of the text is its title."""
    body = _body(lines)
    if body is None:
        return {}
    indent, width = body
    middle = (indent + width) / 2

    def is_central(line: Line) -> bool:
        return line.indent >= indent + 4 and abs(line.indent + columns(line.text) / 2 - middle) <= _OFF_CENTRE

    found: dict[int, int] = {}
    for place in places:
        end = place.at + 1
        while end < len(lines) and not lines[end].gap:
            end += 1
        stands_apart = end < len(lines) and all(map(is_central, lines[place.at : end]))
        if not stands_apart or not _is_heading_like(place.line.text) or not are_words(place.line.text):
            continue
        if not found and end - place.at <= 3 and all(line.aligned for line in lines[: place.at]):
            found[place.line.begin] = 1
        elif end == place.at + 1 and lines[end].indent < place.line.indent:
            found[place.line.begin] = 2
    return found


def _capitals(lines: Sequence[Line], places: Iterable[_Place]) -> dict[int, int]:
    """Lines in capitals that stand alone, each of them once, in a text that is not in capitals."""
    alone = [
        place
        for place in places
        if place.alone
        and place.at + 1 < len(lines)
        and place.line.text.isupper()
        and _is_heading_like(place.line.text)
        and are_words(place.line.text)
        and not lines[place.at + 1].text.isupper()
    ]
    texts = Counter(place.line.text for place in alone)
    upper = sum(len(line.text) for line in lines if line.text.isupper())
    if len(alone) < 3 or len(texts) < len(alone) or 3 * upper > sum(len(line.text) for line in lines):
        return {}
    return {place.line.begin: 2 for place in alone}


def are_words(text: str) -> bool:
    """Whether a line is of words and their punctuation, and no code, table or graph."""
    return _WORDS.fullmatch(text) is not None


def _is_heading_like(text: str) -> bool:
    begins = next((one for one in text if one.isalpha()), "")
    if SENTENCE_END.search(text) or text.endswith(_ENDS) or BULLET.match(text):
        return False
    return not begins.islower() and not is_wide(text)


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

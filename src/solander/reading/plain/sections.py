"""The parts of a plain text that bear a number: chapters and acts by their words, sections whose numbers count on.

What follows line upon line is a table of contents, or a list. A number by itself proves nothing; those of sections
must count on over the text that stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from solander.reading.dateline import read_dateline
from solander.reading.plain.lines import LONG_COLUMNS, SENTENCE_END, WRAP_COLUMNS, Line, columns
from solander.reading.plain.places import HEADING_COLUMNS, Place, is_called
from solander.reading.plain.roman_figures import ROMAN, roman_number

Number: TypeAlias = tuple[int, ...]

_CHAINS = 20
"""So many counts are followed at once: a list that begins anew within a section ends none."""

_PASSED_OVER = 3
"""How far a number may be from the one before it: a heading on two lines is not seen."""

_TIMES = 3
"""So often must a word come back with numbers that count on ("Day 1", "Day 2") that is none of a book's parts."""

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

_ACTS = frozenset(
    (
        *("act", "akt", "acte", "acto", "atto", "ato", "акт", "действие"),
        *("scene", "szene", "scène", "escena", "scena", "cena", "сцена"),
    )
)
_NO_SECTIONS = frozenset(
    (
        *("page", "seite", "página", "pagina", "strona", "страница", "p", "s", "pp", "sheet", "blatt", "folio"),
        *("figure", "fig", "abbildung", "abb", "figura", "рис", "table", "tab", "tabelle", "tabla", "tabella"),
        *("plate", "tafel", "photo", "foto", "image", "bild", "note", "anmerkung", "line", "zeile", "column"),
    )
)
"""Words that bear numbers and head nothing."""

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
_NUMBERED = re.compile(
    r"(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2}){0,4})(?P<dot>[.)]?) (?P<words>\S.*)"
    r"|(?P<han>十?[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)[、．] ?(?P<said>\S.*)"
    rf"|(?P<roman>{ROMAN})(?:[.)]?\Z|[.):] (?P<titled>\S.*))"
    r"|(?P<letter>[A-H])[.)] (?P<called>\S.*)"
)
_DEEP = re.compile(r"[0-9]{1,2}\.[0-9]{1,2} \S")
_COUNTED = re.compile(r"(?P<word>[^\W\d_]{2,12}) (?P<number>[0-9]{1,3})(?:\Z|(?:[.:)]| ?[–—]| -) ?\S.*)")
_HAN_FIGURES = "一二三四五六七八九"
_KINDS = ("roman", "han", "number", "letter")
_TWICE = 2
_FIRST: Final = ((0,), (1,), (0, 1), (1, 0), (1, 1))
_GOES_ON = (",", ";", ":", "，", "；", "：")
_ASKS = ("?", "？")
_SMALL_WORD = 4
_MOST_WORDS = 8


def parts_of_a_book(lines: Sequence[Line], places: Iterable[Place], *, is_play: bool) -> Mapping[int, int]:
    """Lines that name a part of a book with its number.

    Args:
        lines: those of the text.
        places: those that may be headings.
        is_play: whether no empty line need stand below them.

    Returns:
        Where each begins in the text, and how deep its kind lies.
    """
    ranks = {place.at: rank for place in places if (rank := _rank(place.line.text)) is not None}
    found: dict[int, int] = {}
    for at, rank in ranks.items():
        is_entry = ranks.get(at + 1, -1) == rank or (ranks.get(at - 1, -1) == rank and not lines[at].gap)
        below = lines[at + 1] if at + 1 < len(lines) else None
        if is_entry or below is None:
            continue
        # Right beneath it may stand what it is called, and no more.
        is_titled = not below.gap and at + 2 < len(lines) and lines[at + 2].gap and is_called(below.text)
        if is_play or _stands_apart(below) or is_titled:
            found[lines[at].begin] = rank
    return found


def is_part_alone(text: str) -> bool:
    """Whether a line names a part by its number alone ("CHAPTER I"): below it may stand what the part is called."""
    if (section := _NUMBERED.match(text)) is not None:
        return not _words(section)
    match = _PART_OF_A_BOOK.match(text)
    return _rank(text) is not None and (len(text) < 8 if match is None else match["rest"] in ("", ".", ":"))


def has_acts(lines: Iterable[Line]) -> bool:
    """Whether a text has the acts or scenes of a play."""
    matches = map(_PART_OF_A_BOOK.match, (line.text for line in lines if len(line.text) <= HEADING_COLUMNS))
    return any(match is not None and match["word"].casefold() in _ACTS for match in matches)


def sections(lines: Sequence[Line], places: Iterable[Place]) -> Mapping[int, int]:
    """Lines whose numbers count on over the text that stands between them: where each begins, and its level from 2."""
    places = list(places)
    # Where sections have sections, "1 Harbour" is one as "1.1 Boats" is; else a figure without a stop is a count.
    deep = sum(_DEEP.match(place.line.text) is not None for place in places) >= _TWICE
    named = {place.at: match for place in places if (match := _section(lines, place, dotless=deep)) is not None}
    counts = {kind: _counts(lines, named, kind) for kind in _KINDS}
    # Letters by themselves may be the initials of names.
    if not any(counts[kind] for kind in _KINDS if kind != "letter"):
        return _counted(lines, places)
    found: dict[int, int] = {}
    for depth, chains in enumerate(sorted(filter(None, counts.values()), key=lambda one: one[0][0][0])):
        # Within larger sections the count begins anew; else one count is that of sections, and all others of lists.
        for chain in chains if depth else [max(chains, key=len)]:
            found |= {lines[at].begin: 1 + depth + len(number) for at, number in chain}
    return found


def _counts(lines: Sequence[Line], named: Mapping[int, re.Match[str]], kind: str) -> list[list[tuple[int, Number]]]:
    """What counts on in numbers of one kind, and reads like headings."""
    chains = _chains(lines, {at: _number(match) for at, match in named.items() if match[kind]})
    return [chain for chain in chains if len(chain) >= _TWICE and _are_titular(named, chain)]


def _are_titular(named: Mapping[int, re.Match[str]], chain: Sequence[tuple[int, Number]]) -> bool:
    return 3 * sum(_is_titular(_words(named[at])) for at, _ in chain) >= 2 * len(chain)


def _counted(lines: Sequence[Line], places: Iterable[Place]) -> Mapping[int, int]:
    """Lines that bear one word, and numbers that count on: "Day 1", "Day 2: At sea", "TOP 3: Verschiedenes"."""
    by_word: dict[str, dict[int, Number]] = {}
    for place in places:
        match = _COUNTED.match(place.line.text)
        if match is None or not match["word"][0].isupper() or match["word"].casefold() in _NO_SECTIONS:
            continue
        is_sentence = SENTENCE_END.search(place.line.text) is not None and not place.line.text.endswith(_ASKS)
        if place.alone and not is_sentence and not place.line.text.endswith(_GOES_ON):
            by_word.setdefault(match["word"].casefold(), {})[place.at] = (int(match["number"]),)
    chains = [max(_chains(lines, one), key=len, default=[]) for one in by_word.values()]
    longest = max(chains, key=len, default=[])
    return {lines[at].begin: 2 for at, _ in longest} if len(longest) >= _TIMES else {}


def _chains(lines: Sequence[Line], numbers: Mapping[int, Number]) -> list[list[tuple[int, Number]]]:
    """Which numbers lead on to which, each with the line where it stands."""
    chains: list[list[tuple[int, Number]]] = []
    for at, number in numbers.items():
        if _is_in_a_row(lines, at, number):
            continue
        goes_on = [chain for chain in chains if _follows(chain[-1][1], number)]
        if goes_on:
            max(goes_on, key=len).append((at, number))
        elif number in _FIRST and len(chains) < _CHAINS:
            chains.append([(at, number)])
    return chains


def _rank(text: str) -> int | None:
    if (han := _HAN_PART.match(text)) is not None:
        return _HAN_RANKS[han["word"]]
    match = _PART_OF_A_BOOK.match(text)
    if match is None or not match["word"][0].isupper() or (match["mark"] is None and text.endswith((",", ";"))):
        return None
    return _RANKS.get(match["word"].casefold())


def _stands_apart(below: Line) -> bool:
    return below.gap or columns(below.text) > LONG_COLUMNS


def _section(lines: Sequence[Line], place: Place, *, dotless: bool) -> re.Match[str] | None:
    match = _NUMBERED.match(place.line.text)
    if match is None or place.at + 1 == len(lines):
        return None
    if match["number"] and not match["dot"] and "." not in match["number"] and not dotless:
        return None
    words, below = _words(match), lines[place.at + 1]
    if not words:
        return match if place.alone else None
    if words[0].islower() or not words[0].isalnum() or words.endswith(_GOES_ON):
        return None
    if read_dateline(place.line.text) is not None:
        return None
    # A line that goes on in the next is a sentence.
    goes_on = not _stands_apart(below) and (
        below.text[0].islower()
        or below.indent > place.line.indent + len(place.line.text) - len(words)
        or columns(place.line.text) >= WRAP_COLUMNS.start
    )
    return None if goes_on or (SENTENCE_END.search(words) and not _is_titular(words)) else match


def _words(match: re.Match[str]) -> str:
    return match["words"] or match["said"] or match["titled"] or match["called"] or ""


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _KINDS if match[kind])


def _number(match: re.Match[str]) -> Number:
    if match["letter"]:
        return (ord(match["letter"]) - ord("A") + 1,)
    if match["roman"]:
        return (roman_number(match["roman"]),)
    if match["han"]:
        tens, is_ten, ones = match["han"].rpartition("十")
        return (10 * ((_HAN_FIGURES.index(tens) + 1) if tens else len(is_ten)) + _HAN_FIGURES.find(ones or "-") + 1,)
    return tuple(map(int, match["number"].split(".")))


def _is_in_a_row(lines: Sequence[Line], at: int, number: Number) -> bool:
    """Whether it stands in a list, or a table of contents: the next number right below, or the one before above."""
    around = range(max(0, at - 2), min(len(lines), at + 3))
    matches = {other: match for other in around if (match := _NUMBERED.match(lines[other].text))}
    kind = _kind(matches[at]) if at in matches else ""
    near = {other: _number(match) for other, match in matches.items() if _kind(match) == kind}
    before, after = near.get(at - 1), near.get(at + 1)
    if after is not None and len(after) > len(number):
        after = near.get(at + 2)
    if before is not None and len(before) > len(number):
        before = before[: len(number)]
    return (after is not None and len(after) <= len(number) and _follows(number, after)) or (
        before is not None and len(before) == len(number) and _follows(before, number)
    )


def _follows(last: Number, number: Number) -> bool:
    """Whether a section's number may come after another's: the next one, or one of the next, or the first within."""
    depth = len(number)
    if depth > len(last):
        return depth == len(last) + 1 and number[:-1] == last and number[-1] <= 1
    return number[:-1] == last[: depth - 1] and 0 < number[-1] - last[depth - 1] <= _PASSED_OVER


def _is_titular(words: str) -> bool:
    """Whether words are those of a heading: a question, no sentence, or each long word with a capital."""
    if not SENTENCE_END.search(words) or words.endswith(_ASKS):
        return True
    long = [word.strip("\"'“”‘’(") for word in words.split() if len(word) > _SMALL_WORD]
    is_short = len(words.split()) <= _MOST_WORDS
    return words.endswith((".", "。")) and is_short and all(word[:1].isupper() for word in long)

"""Where a text that was laid out in pages turns from one to the next: running heads, feet, and numbers of pages.

They stand between two lines of the text, and often in the midst of a sentence. A page's end is told by a form feed, or
by numbers of pages that count on; a running head or foot by coming back at one turn after the other. The first page's
own head is left in the text, for it may be the title.

Source: TEI P5, 12.6 (``fw``, a running head or foot) and 3.11.3 (``pb``, the beginning of a page).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from solander.model.page import Inline
from solander.reading.plain.lines import BULLET, SENTENCE_END, WIDE, Line, Turn, columns, form_of
from solander.reading.plain.manual_pages import manual_turns
from solander.reading.plain.roman_figures import ROMAN, roman_number

_COLUMNS = 110
"""A longer line is no running head."""
_NEAR = 3
"""So many lines above and below a page's end may be running feet and heads."""
_TURNS = 3
"""So many pages in a row have a number, where no form feed parts them, before it is one."""
_PAGE_LINES = 5
_BARE_PAGE_LINES = 12
"""A page has at least so many lines in the middle of all; where its number stands bare, so many."""
_SHARE, _SHARE_OF_NUMBERED = 0.34, 0.05
"""At so many of all turns comes a running head back: those of left and right pages differ, and so do chapters'."""
_LETTERS = 3
"""A running head has at least so many, for rules and brackets come back as well."""
_CUT = 4
"""One page in so many cuts a sentence, where nothing but running heads tells of pages."""
_FULL_COLUMNS = 45
"""A line of so many columns that ends no sentence goes on at the next page, though that begins with a capital."""

_NUMBER = rf"(?P<number>\d{{1,4}}|(?i:{ROMAN})(?!\w))"
_OF = r"(?:\s?(?:/|of|von|de|di|sur|av|van|из|z)\s?\d{1,4})?"
_WORD = (
    r"(?:pages?|pg\.?|p\.|seite|s\.|página|pagina|pág\.|pag\.|strona|str\.|strana|страница|стр\.|сторінка|стор\.|"
    r"σελίδα|σελ\.|sivu|sida|side|blz\.|sayfa|trang|halaman|صفحة|עמוד)"
)
_NAMED = (
    re.compile(rf"(?:.*\s)?[\[(|–—-]?\s?{_WORD}\s?{_NUMBER}{_OF}\s?[\])|–—-]?\Z", re.IGNORECASE),
    re.compile(rf"[\[(]?{_WORD}\s?{_NUMBER}{_OF}[\])]?(?:\s.*)?\Z", re.IGNORECASE),
    re.compile(r"(?:.*\s)?第?\s?(?P<number>\d{1,4})\s?(?:页|頁|ページ|쪽|\. oldal)\Z"),
    re.compile(r"\{(?P<number>\d{1,4})\}\Z"),
)
_BARE = re.compile(rf"(?P<dash>[-–—]\s?)?{_NUMBER}(?:\s?/\s?\d{{1,4}}|\.)?(?(dash)\s?[-–—])\Z")
_NUMBER_CHARACTERS = 24
_NUMBER_ALONE = re.compile(
    rf"[\[(–—-]?\s?(?:{_WORD}\s?{_NUMBER}{_OF}|第?\s?\d{{1,4}}\s?[页頁])\s?[\])–—-]?\Z", re.IGNORECASE
)
_BESIDE = re.compile(r"(?P<number>\d{1,4})\s+\S.*\Z|.*\S\s+(?P<last>\d{1,4})\Z")
_FIGURES = re.compile(r"\d+")


class _Numbered(NamedTuple):
    """A line that holds the number of its page."""

    at: int
    worth: int
    """Of Roman figures less than nought: the pages before the first are counted by themselves."""
    written: str


class _Furniture(NamedTuple):
    """What stands at one turn: the lines ``first`` to before ``end``, and before which of them the next page begins."""

    first: int
    end: int
    page: int


def without_page_turns(lines: Sequence[Line], text: str) -> list[Line]:
    """The lines of the text alone; each turn hangs on the line before it.

    Args:
        lines: all of them.
        text: of which they are.
    """
    lines = list(lines)
    feeds = _form_feeds(lines, text)
    numbers = {one.at: one for one in _page_numbers(lines, feeds)}
    turns = _furniture(lines, feeds, numbers) if feeds or numbers else _of_a_manual(lines)
    if not turns:
        return lines
    kept: list[Line] = []
    here: list[Turn] = []
    done = 0
    for turn, after in zip_longest(turns, turns[1:]):
        # What opens the text stays in it.
        text_before = lines[done : turn.first or turn.end]
        if text_before:
            kept += _hung(kept, here, text_before)
            here = []
        done = turn.end
        if turn.first and (held := _turn(lines, turn, numbers, after)) is not None:
            here.append(held)
    kept += _hung(kept, here, lines[done:])
    return kept


def _of_a_manual(lines: Sequence[Line]) -> list[_Furniture]:
    return [_Furniture(first, end, page) for first, end, page in manual_turns(lines)]


def _hung(kept: list[Line], here: Sequence[Turn], after: Sequence[Line]) -> Sequence[Line]:
    """Hang what stands here on the last line before it, pages without text between; and give the lines behind it."""
    if not here:
        return after
    content = [part for turn in here for part in (*turn.content, " ")]
    kept[-1] = kept[-1]._replace(turn=Turn(tuple(content[:-1]), here[0].begin, here[-1].end))
    return [after[0]._replace(gap=not _goes_on(kept[-1], after[0])), *after[1:]] if after else after


def is_page_number(text: str) -> bool:
    """Whether a line is the number of a page with its word, and nothing else."""
    return len(text) <= _NUMBER_CHARACTERS and _NUMBER_ALONE.match(text) is not None


def _form_feeds(lines: Sequence[Line], text: str) -> list[int]:
    """The lines with which a page begins, after a form feed."""
    found: list[int] = []
    begins = [line.begin for line in lines] if "\f" in text else []
    at = text.find("\f")
    while at >= 0 and begins:
        line = bisect_right(begins, at)
        if 0 < line < len(lines) and found[-1:] != [line] and lines[line - 1].end <= at:
            found.append(line)
        at = text.find("\f", at + 1)
    return found


def _page_numbers(lines: Sequence[Line], feeds: Sequence[int]) -> list[_Numbered]:
    """The lines that hold the numbers of pages, if these count on."""
    edges = {at for feed in [*feeds, *([len(lines)] if feeds else [])] for at in range(feed - 2, feed + 2)}
    named: list[_Numbered] = []
    bare: list[_Numbered] = []
    beside: list[_Numbered] = []
    for at, line in enumerate(lines):
        text = line.text
        if len(text) > _COLUMNS or not _may_number(text):
            continue
        alone = line.gap or at in edges, at + 1 == len(lines) or lines[at + 1].gap or at in edges
        match = next(filter(None, (one.match(text) for one in _NAMED)), None) if any(alone) else None
        if match is not None:
            named.append(_numbered(at, match["number"]))
        elif (match := _BARE.match(text)) is not None and (all(alone) if not feeds else at in edges):
            bare.append(_numbered(at, match["number"]))
        elif line.aligned and (at in edges or all(alone)) and (match := _BESIDE.match(text)) is not None:
            (bare if feeds else beside).append(_numbered(at, match["number"] or match["last"]))
    if feeds and (found := _counted([one for one in named if one.at in edges], 2, 1) or _counted(bare, 2, 1)):
        return found
    if found := _counted(named, _TURNS, _PAGE_LINES):
        # "Page 1" above all else may head a part, as in the script of a comic.
        heads = not feeds and found[0].worth == 1 and found[0].at < _PAGE_LINES
        return found if not heads or _CUT * _cuts(lines, found) >= len(found) else []
    come_back = Counter(_FIGURES.sub("#", lines[one.at].text) for one in beside)
    beside = [one for one in beside if come_back[_FIGURES.sub("#", lines[one.at].text)] >= _TURNS]
    found = _counted(beside or bare, _TURNS + 1, _BARE_PAGE_LINES)
    if found and found[0].worth == 1 and found[0].at < _BARE_PAGE_LINES:
        return []  # it stands above the first part
    # A number alone may head a section as well: pages cut sentences in two.
    return found if beside or 3 * _cuts(lines, found) >= len(found) else []


def _may_number(text: str) -> bool:
    last = text[-1]
    return last.isdigit() or last in "])}|-–—页頁ジ쪽l" or len(text) < 8 or text[0].isdigit() or text[0] in "[({Pp第"


def _numbered(at: int, written: str) -> _Numbered:
    return _Numbered(at, int(written) if written.isdecimal() else roman_number(written.upper()) - 1000, written)


def _counted(found: list[_Numbered], fewest: int, page_lines: int) -> list[_Numbered]:
    """Those that count on from one to the next, if they are nearly all, enough, and a page's lines apart."""
    if len(found) < fewest:
        return []
    follows = [0 < after.worth - one.worth <= 2 or (one.worth < 0 < after.worth) for one, after in pairwise(found)]
    beside = zip(found, [*follows, False], [False, *follows], strict=True)
    counted = [one for one, before, behind in beside if before or behind]
    if len(counted) < fewest or 2 * len(counted) < len(found):
        return []
    apart = sorted(after.at - one.at for one, after in pairwise(counted))
    return counted if apart[len(apart) // 2] >= page_lines else []


def _cuts(lines: Sequence[Line], found: Sequence[_Numbered]) -> int:
    """At how many of the numbers a sentence goes on, past a line that comes back behind them or before."""
    known = Counter(lines[at].text for one in found for at in (one.at - 1, one.at + 1) if 0 <= at < len(lines))
    cuts = 0
    for one in found:
        before, after = one.at - 1, one.at + 1
        before -= before > 0 and known[lines[before].text] >= _TURNS
        after += after < len(lines) and known[lines[after].text] >= _TURNS
        cuts += before >= 0 and after < len(lines) and _goes_on(lines[before], lines[after])
    return cuts


def _furniture(lines: Sequence[Line], feeds: Sequence[int], numbers: Mapping[int, _Numbered]) -> list[_Furniture]:
    """The turns in their order, each with the lines that stand there and are no text."""
    pages = [*feeds, len(lines)] if feeds else _pages_by_numbers(lines, numbers)
    near = {at for page in pages for at in range(max(0, page - _NEAR), min(len(lines), page + _NEAR))}
    texts = Counter(lines[at].text for at in near)
    # Where pages are numbered it is sure that they are pages, and each chapter may have its own head.
    fewest = max(2 if len(pages) < 4 else _TURNS, (_SHARE_OF_NUMBERED if numbers else _SHARE) * len(pages))
    running = {at for at in near if at in numbers or (_may_come_back(lines[at]) and texts[lines[at].text] >= fewest)}
    turns = _turns(lines, pages, running, numbers)
    if numbers or _CUT * sum(_is_cut(lines, turn) for turn in turns) >= len(turns):
        return turns
    # Where no page cuts a sentence, what ends them all is each one's own: the signature of letters, a refrain.
    return _turns(lines, pages, frozenset(), numbers)


def _turns(
    lines: Sequence[Line], pages: Sequence[int], running: Container[int], numbers: Container[int]
) -> list[_Furniture]:
    turns: list[_Furniture] = []
    done = 0
    for begins in pages:
        page = max(begins, done)  # a page without text may lie before it
        first = end = page
        while first > max(done, page - _NEAR) and first - 1 in running:
            # Beyond the number of a page, what an empty line sets apart is the text's.
            if first < page and first in numbers and first - 1 not in numbers and lines[first].gap:
                break
            first -= 1
        while end < min(len(lines), page + _NEAR) and end in running:
            if end > page and end - 1 in numbers and end not in numbers and lines[end].gap:
                break
            end += 1
        # What comes back is set apart from the text; a sentence that stands there twice is not.
        while first < page and not lines[first].gap and first not in numbers:
            first += 1
        while page < end < len(lines) and not lines[end].gap and end - 1 not in numbers:
            end -= 1
        turns.append(_Furniture(first, end, page))
        done = end
    return turns


def _is_cut(lines: Sequence[Line], turn: _Furniture) -> bool:
    return turn.first > 0 and turn.end < len(lines) and _goes_on(lines[turn.first - 1], lines[turn.end])


def _pages_by_numbers(lines: Sequence[Line], numbers: Mapping[int, _Numbered]) -> list[int]:
    """With which lines pages begin: at their numbers, or behind these, as the first of them tells."""
    first, *_, last = numbers.values()
    # Page 1 that ends with its number has lines above it, and page 2 that begins with its number has page 1 there.
    at_foot = first.at >= _PAGE_LINES and first.worth != 2
    if first.worth > 2:  # an extract: text that ends with a number has it at the foot
        at_foot = last.at >= len(lines) - _NEAR
    return [one.at + at_foot for one in numbers.values()]


def _may_come_back(line: Line) -> bool:
    """Whether a line may be a running head, if it comes back word for word: no sentence, and no part of one."""
    # What differs by a figure ("Changes in version 2") is a heading of the text.
    is_short = len(line.text) <= _COLUMNS and sum(map(str.isalpha, line.text)) >= _LETTERS
    return is_short and not SENTENCE_END.search(line.text) and not line.text.endswith((",", ":", ";", "，", "："))


def _turn(
    lines: Sequence[Line], turn: _Furniture, numbers: Mapping[int, _Numbered], after: _Furniture | None
) -> Turn | None:
    """What stands at a turn, a space between its parts."""
    content: list[Inline | str] = []
    for at in range(turn.first, turn.page):
        content += [Inline("running", (lines[at].text,), {"place": "footer"}), " "]
    if turn.page < len(lines):
        # The number that is printed on the page: in its head, or in its foot, at the next turn.
        on_it = [*range(turn.page, turn.end), *(range(after.first, after.page) if after else ())]
        number = next((numbers[at].written for at in on_it if at in numbers), None)
        content += [Inline("page", (), {"n": number} if number else None), " "]
    for at in range(turn.page, turn.end):
        content += [Inline("running", (lines[at].text,), {"place": "header"}), " "]
    if not content:
        return None
    words = lines[turn.first : turn.end]
    begin, end = (words[0].begin, words[-1].end) if words else (lines[turn.first - 1].end,) * 2
    return Turn(tuple(content[:-1]), begin, end)


def _goes_on(line: Line, after: Line) -> bool:
    """Whether a sentence goes on from the last line of a page to the first of the next."""
    if SENTENCE_END.search(line.text) or line.text.endswith(":") or form_of(line) or form_of(after):
        return False
    if BULLET.match(after.text) or abs(line.indent - after.indent) > 4:
        return False
    if WIDE.match(after.text) and WIDE.match(line.text[-1]):
        return after.indent == line.indent
    begins = next((one for one in after.text if one.isalnum()), "")
    # What begins with a capital or a figure may be a heading, and is none if it is a full line as well.
    full = min(columns(line.text), columns(after.text)) >= _FULL_COLUMNS
    return begins.islower() or (full and after.indent == line.indent)

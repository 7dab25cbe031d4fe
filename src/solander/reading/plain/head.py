"""The head of a plain text: the menu, the title, and which lines between the title and the text belong to it.

Told by form and place: a title stands next to the dateline, or below the menu, or first. A headline in capitals has
the form of a menu, so that only a menu's own words make one of a line that stands right above the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from solander.model.greetings import is_greeting
from solander.reading.dateline import read_dateline
from solander.reading.dividing.letters import MAIL_LINE, is_speaker, opens_byline
from solander.reading.plain.blocks import hashes, is_capitals, is_running, is_underlined
from solander.reading.plain.lines import BULLET, SENTENCE_END, columns
from solander.reading.plain.mail import is_mail
from solander.reading.plain.menu_words import SHORT_CHARACTERS, holds_entry, is_entry, is_menu, may_be_menu
from solander.reading.plain.pages import is_page_number
from solander.reading.plain.places import HEADING_COLUMNS, are_words, is_heading_like
from solander.reading.plain.units import Unit

HEAD_UNITS = 30
"""Among how many of the first units the menu, title and dateline are looked for."""

TITLE_CHARACTERS = 250

_KICKER = re.compile(
    r"(?:for immediate release|(?:press|news|media) release|pressemitteilung|medienmitteilung|"
    r"communiqué(?: de presse)?|nota de prensa|comunicado de prensa|comunicato stampa|新闻稿|пресс-релиз|"
    r"embargoed\b.*|(?:press |media )?contacts?:.*)[\s:!.]*\Z",
    re.IGNORECASE,
)
"""What stands above a title and says what follows, or whom to ask."""

_REACHED_AT = re.compile(r"\A@|[^\s@]@[^\s@]+\.|\A(?:www\.|https?:|\+?[0-9][0-9 ()/-]{6,}\Z)")
_ADDRESSED = re.compile(r"[:@|]|www\.|[0-9]{4}.*[0-9]{3}")
TITLE_LINES = 3

_CONTINUED = re.compile(
    r"(?:[,:\-–—&]|\b(?:of|the|and|at|in|on|for|to|by|with|de|du|des|la|le|et|der|die|und|zum|von))\Z"
)
TITLE_AND_SITE = re.compile(r"\s*(?:[|–—·»:]|\s-{1,2}\s|_)\s*")
"""What parts a page's title from its site's name."""


class Head(NamedTuple):
    """What stands above the text."""

    title: tuple[int, int] | None
    """The title's units, from and to; ``None`` where there is none."""
    end: int
    """The unit at which the text begins."""
    menus: frozenset[int]
    """Units that are a menu, or an entry of one."""


def read_head(units: Sequence[Unit], headings: Mapping[int, int] | None = None) -> Head:
    """Find the title of a text, and the menu about it.

    Args:
        units: those of the text.
        headings: where lines begin that are known for headings, and their levels.
    """
    told = headings or {}
    limit = min(len(units), HEAD_UNITS)
    datelines = [at for at in range(limit) if units[at].form == "line" and read_dateline(units[at].text) is not None]
    # A long title may end as a sentence does; right above a dateline it is a title.
    first = next(
        (at for at in range(limit) if is_running(units[at]) and not _is_long_title(units, at, datelines)), None
    )
    if units and is_mail(units[0]):
        return Head(None, 0, frozenset())
    end = first if first is not None else (datelines[0] + 1 if datelines and datelines[0] else 0)
    # The day below a text closes it.
    dated = next((at for at in datelines if 0 < at < max(end, 1) and at < max(3, len(units) - 1)), None)
    headed = next((one for one in range(limit) if units[one].lines[0].begin in told), limit)
    if first is None and headed < limit:
        end = max(end, headed)
    menus = _menus(units, end, dated)
    for one in range(limit):
        if one == first or is_mail(units[one]):
            break
        if is_underlined(units, one) or hashes(units[one]) == 1 or told.get(units[one].lines[0].begin) == 1:
            return Head((one, one + 1), end, menus)
    # What stands below a heading is within the text.
    before = min(headed, end)
    at = _title_at(units, before, dated if dated is not None and dated <= before else None, menus)
    if at is None and units and ((headed < limit and _opens_titled(units)) or _shouts(units)):
        at = 0
    if at is None:
        capitals = (one for one in range(limit) if one != first and is_capitals(units, one))
        marked = next((one for one in capitals if not _KICKER.match(units[one].text)), None)
        if marked is None or (first is not None and marked > first):
            return Head(None, end, menus)
        return Head((marked, marked + 1), end, menus)
    begin = at
    while begin and begin - 1 not in menus and _continues(units, begin):
        begin -= 1
    after = at + 1
    while after < before and after not in menus and _continues(units, after):
        after += 1
    return Head((begin, after), end, menus)


def _shouts(units: Sequence[Unit]) -> bool:
    """Whether a text begins with a line of several words in capitals that stands alone."""
    text = units[0].text
    stands_alone = units[0].form == "line" and len(units) > 1 and units[1].gap and not units[1].text.isupper()
    if _KICKER.match(text):
        return False
    return stands_alone and text.isupper() and len(text.split()) > 1 and are_words(text) and is_heading_like(text)


def _opens_titled(units: Sequence[Unit]) -> bool:
    """Whether a text with headings begins with two lines or three that are no sentence: its title, and what it is."""
    lines = units[0].lines
    is_short = all(columns(line.text) <= HEADING_COLUMNS and not _ADDRESSED.search(line.text) for line in lines)
    return (
        units[0].form == "broken"
        and len(lines) <= TITLE_LINES
        and is_short
        and not SENTENCE_END.search(units[0].text)
        and len(units) > 1
        and units[1].gap
        and not BULLET.match(units[0].text)
    )


def _title_at(units: Sequence[Unit], end: int, dated: int | None, menus: frozenset[int]) -> int | None:
    fit = [at for at in range(end) if at not in menus and _is_titular(units[at], at + 1 == dated)]
    for at in fit:
        # "The ferry runs again - Harbour News", a menu, "The ferry runs again".
        if any(is_title_and_site(units[before].text, units[at].text) for before in range(at)):
            return at
    if dated is not None:
        above = [at for at in range(dated - 1, -1, -1) if at in menus or at in fit]
        nearest = next((at for at in above if not is_speaker(units[at].text)), None)
        # Below a title stands no list before the day.
        listed = nearest is not None and any(BULLET.match(units[at].text) for at in range(nearest + 1, dated))
        if nearest is not None and nearest not in menus and not listed:
            return _above_a_short_line(units, nearest, fit)
    below = [at for at in fit if menus and at > max(menus) and not is_speaker(units[at].text)]
    if below:
        return below[0]
    return next((at for at in fit if not is_speaker(units[at].text)), fit[0] if fit else None)


def _above_a_short_line(units: Sequence[Unit], at: int, fit: Sequence[int]) -> int:
    """A name or a subtitle beneath a much longer line is not the title."""
    words = units[at].text.split()
    if at - 1 in fit and not units[at].gap and len(words) <= 3 and len(units[at - 1].text.split()) >= 6:
        return at - 1
    if at - 1 in fit and len(words) <= 4 and units[at].text in units[at - 1].text:
        return at - 1
    return at


def _menus(units: Sequence[Unit], end: int, dated: int | None) -> frozenset[int]:
    """Lines of a menu: certain by their words, or by form where they are not the last before the text.

    By form alone the first line is none, unless a menu's own word stands in it or in the lines below it.
    """
    found: set[int] = set()
    entries: list[int] = []
    told = any(is_menu(unit.text) or is_entry(unit.text) for unit in units[:end])
    for at in range(end):
        text = units[at].text
        formed = may_be_menu(text) and at + 1 not in (end, dated) and not is_capitals(units, at)
        if is_menu(text) or (formed and (at or told or holds_entry(text))):
            found.add(at)
        elif is_entry(text):
            entries.append(at)
    found.update(entries)
    for before, after in pairwise(entries):
        # What stands short between two entries is an entry.
        if after - before <= 12 and all(_is_short(units[at]) for at in range(before, after)):
            found.update(range(before, after))
    return frozenset(found)


def _is_short(unit: Unit) -> bool:
    text = unit.text
    return unit.form == "line" and len(text) <= SHORT_CHARACTERS and not SENTENCE_END.search(text)


def _is_long_title(units: Sequence[Unit], at: int, datelines: Sequence[int]) -> bool:
    return at + 1 in datelines and len(units[at].text) <= TITLE_CHARACTERS and len(units[at].lines) <= 3


def is_title_and_site(longer: str, title: str) -> bool:
    """Whether a line is a title with the site's name behind it or before it."""
    longer, title = longer.casefold(), title.casefold()
    if len(title) < 4 or len(longer) <= len(title):
        return False
    if longer.startswith(title):
        return TITLE_AND_SITE.match(longer, len(title)) is not None
    return longer.endswith(title) and re.search(r"[|–—·»:_-]\s*\Z", longer[: -len(title)]) is not None


def _continues(units: Sequence[Unit], at: int) -> bool:
    """Whether a line goes on with the title that the line before it begins."""
    before, unit = units[at - 1], units[at]
    if unit.gap or unit.form != "line" or before.form not in ("line", "joined"):
        return False
    if not _is_titular(unit, above_dateline=True) or not _is_titular(before, above_dateline=False, open_end=True):
        return False
    joint = f"{before.text} {unit.text}"
    told = any(is_title_and_site(one.text, joint) for one in units[:at])
    return told or _CONTINUED.search(before.text) is not None or unit.text[0].islower()


def _is_titular(unit: Unit, above_dateline: bool, open_end: bool = False) -> bool:
    text = unit.text
    if unit.form not in ("line", "joined") and not (unit.form == "broken" and len(unit.lines) == 2 and above_dateline):
        return False
    closing = (";",) if above_dateline else (";", ".", "。", ":", "：") if not open_end else (";", ".", "。")
    return (
        columns(text) > 3
        and not _KICKER.match(text)
        and not _REACHED_AT.search(text)
        and len(text) <= TITLE_CHARACTERS
        and not text.endswith(closing)
        and (open_end or not text.endswith((",", "，")))
        and not opens_byline(text)
        and not is_greeting(text)
        and not BULLET.match(text)
        and not MAIL_LINE.match(text)
        and not is_page_number(text)
        and read_dateline(text) is None
        and any(map(str.isalpha, text))
    )

"""When the messages of a chat were written, as programs print it: "[04.03.19, 10:11:12]", "3/4/19, 10:11 PM".

Which of two figures is the day, all messages together tell: one beyond twelve, or the only order in which no message
is older than the one before it. Where nothing tells it, there is no day. A clock alone has the day that a line above it
names, until it runs back.

Source: RFC 3339 (what is made of it).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from solander.model.month_words import month_of
from solander.reading.dateline import find_dates

Figures: TypeAlias = tuple[int, int, int]

_BLANK = "[ \u00a0\u202f]"
_BEFORE = "오전|오후|午前|午後|上午|下午"
_AFTER = r"[AaPp]\.?[ \u00a0\u202f]?[Mm]\.?|[πΠ]\.?[μΜ]\.?|[μΜ]\.?[μΜ]\.?|ص|م|ÖÖ|ÖS"
_NOON = ("오후", "午後", "下午", "p", "P", "μ", "Μ", "م", "ÖS")
CLOCK = (
    rf"(?:(?:{_BEFORE}){_BLANK}?)?\d{{1,2}}[:.][0-5٠-٥۰-۵]\d(?:[:.][0-5٠-٥۰-۵]\d)?"
    rf"(?:{_BLANK}?(?:{_AFTER})(?![^\W\d_]))?"
)
_NUMERIC = r"\d{1,4}(?P<part>[./-])\d{1,2}(?P=part)\d{2,4}\.?"
_SAID = (
    r"\d{4}[年년]\s?\d{1,2}[月월]\s?\d{1,2}[日일]|[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{1,2}\.? (?:de )?[^\W\d_]{3,12}\.?(?: de)? \d{4}"
)
_JOINED = r"(?:[,،T]?\s{0,2}(?:[^\W\d_]{1,4}\.? ){0,2})"


def moment(name: str) -> str:
    """A pattern of a day and an hour; each use in one expression has a name of its own."""
    day = f"(?:{_NUMERIC}|{_SAID})".replace("part", f"part{name}")
    return rf"{day}{_JOINED}{CLOCK}"


_HOUR = re.compile(rf"(?P<before>{_BEFORE})?{_BLANK}?(?P<h>\d{{1,2}})[:.](?P<m>\d\d)(?:[:.](?P<s>\d\d))?(?P<after>.*)")
_FIGURES = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{2,4})")
_LOGGED = re.compile(r"(?P<m>[^\W\d_]{3,9}) {1,2}(?P<d>\d{1,2}) (?:\d\d:\d\d(?::\d\d)? )?(?P<y>\d{4})\b")
_YEAR = 1000
_LATER = ((2, 1, 0), (2, 0, 1))
"""Year, month and day among three figures of which the year is the last."""


def hour_of(written: str) -> str:
    """The hour in a moment ("22:11:00", or without seconds as it was written); empty where no clock shows it."""
    day = _FIGURES.match(written)
    match = _HOUR.search(written, day.end() if day else 0)
    if match is None:
        return ""
    hour, said = int(match["h"]), (match["before"] or match["after"] or "").strip(" \u00a0\u202f")
    if said.startswith(_NOON) and hour < 12:
        hour += 12
    elif said and hour == 12 and not said.startswith((*_NOON, "]", ")")):
        hour = 0
    seconds = f":{int(match['s']):02}" if match["s"] else ""
    is_one = hour < 24 and int(match["m"]) < 60 and int(match["s"] or 0) < 60
    return f"{hour:02}:{int(match['m']):02}{seconds}" if is_one else ""


def days_of(moments: Sequence[str]) -> list[str]:
    """The day of each of a chat's moments, in their order; empty where it has none or nobody can tell which."""
    figures = [_figures(one) for one in moments]
    numeric = [one for one in figures if one is not None]
    dotted = any("." in found[0] for one in moments if (found := _FIGURES.match(one)))
    order = _order(list(dict.fromkeys(numeric)), dotted)
    return [
        (_day(one, order) if order else "") if one is not None else day_in(written)
        for one, written in zip(figures, moments, strict=True)
    ]


def day_in(written: str) -> str:
    """The one day that some words name in full; empty where they name none, or two."""
    if (logged := _LOGGED.search(written)) is not None and (month := month_of(logged["m"])):
        return _calendar(int(logged["y"]), month, int(logged["d"]))
    days = {one.when for one in find_dates(written)}
    return days.pop() if len(days) == 1 else ""


def _figures(written: str) -> Figures | None:
    match = _FIGURES.match(written)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def _order(figures: Sequence[Figures], dotted: bool) -> tuple[int, int, int] | None:
    """Which of the figures are year, month and day; ``None`` where two orders are as good."""
    if not figures:
        return None
    if all(one[0] >= _YEAR for one in figures):
        return (0, 1, 2)
    real = [order for order in _LATER if all(_day(one, order) for one in figures)]
    if len(real) > 1 and dotted:
        return real[0]  # nobody who parts them by stops puts the month first
    if len(real) > 1:
        real = [
            order for order in real if all(_day(one, order) <= _day(after, order) for one, after in pairwise(figures))
        ]
    return real[0] if len(real) == 1 else None


def _day(figures: Figures, order: tuple[int, int, int]) -> str:
    year, month, day = (figures[at] for at in order)
    return _calendar(year if year >= 100 else 2000 + year, month, day)


def _calendar(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""

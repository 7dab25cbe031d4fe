"""Dates as pages write them -> W3CDTF, and only when they are real.

A value that comes out is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` and stands in the Gregorian calendar. What was
written to the minute is given to the day, as written, without turning it into another time zone. A partial date
stays partial. ``03/04/2021`` gives nothing unless the order of day and month is proved or the language decides it.

Source: W3C Note "Date and Time Formats"; ISO 8601-1.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from solander.describing.days.by_weekday import order_by_weekday
from solander.describing.days.by_writing import east_asian_days, marked_days
from solander.describing.days.forms import CROATIAN, PERSIAN, DayOrder, is_whole_day
from solander.describing.days.persian_days import YEARS as PERSIAN_YEARS
from solander.describing.days.persian_days import gregorian, persian_days
from solander.describing.word_list import words_of
from solander.model.membership import tells_membership
from solander.model.month_words import LONGEST, month_of

EARLIEST_YEAR = 1400
"""Below it a "date" is a machine's zero (``0001-01-01``), not a day on which something was published."""

LATEST_YEAR = 2442
"""Above it four digits are a number, not a year, or one of another era."""

BUDDHIST_YEARS = range(2443, 2643)
"""Years of the Buddhist era, as Thailand counts: 1900 to 2099. No page is of such a year in any other."""

ZEROS = frozenset(("1970-01-01", "1900-01-01", "1899-12-30", "1601-01-01"))
"""Days that a machine writes where it knows none."""


LATEST_SHORT_YEAR = 68
"""Two figures up to this are a year of this century, as POSIX has it."""


class Dated(NamedTuple):
    """A date found in a text."""

    value: str
    """W3CDTF, to the day at most."""
    start: int
    """Where it begins in the text, in characters."""
    end: int


# Most lines hold no date: one cheap look spares them the nine patterns. What begins with a figure alone, and no
# choice, is sought by the figure.
_MAYBE = re.compile(
    r"\d(?:\d{3}|\.\s?\d{1,2}\.\s?\d{2}|[/-]\d{1,2}[/-]\d{2}\b|\s[^\W\d]{3,12}\.?,?\s\d{2},?\s.{0,4}\d[:.]\d\d)"
)
_FIGURE = re.compile(r"\d")
_FOUR_FIGURES = re.compile(r"\d\d{3}")
_WORD = rf"[^\W\d_]{{3,{LONGEST}}}"
_ISO = re.compile(
    r"(?<![\d./-])(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]\d{1,2}:\d{2}[0-9:.,]{0,16}(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d/-])"
)
_YEAR_FIRST = re.compile(r"(?<![\d./-])(\d{4})([/.])\s?(\d{1,2})\2\s?(\d{1,2})(?![\d/])")
_DAY_FIRST = re.compile(
    rf"(?<![\d./-])(?<!\d:)(\d{{1,2}})(?:st|nd|rd|th|er|e|º|ª|°)?(?:\s|[./-]|\xa0)\s?(?:de\s|of\s|d['’])?({_WORD})"
    r"(?:\s|[.,/-]|\xa0){1,3}(?:(?:de|del|do|of|от)\s)?(\d{4})(?![\d:])",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W\d_])({_WORD})\.?[\s\xa0-](\d{{1,2}})(?:st|nd|rd|th)?"
    r"(?:,?\s(?:del?\s)?|\s?,\s?|-|\s\d{2}:\d{2}:\d{2}\s(?:[A-Z]{2,5}\s)?)(\d{4})(?![\d:])",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"(?<![^\W\d_])({_WORD})\.?,?[\s\xa0](?:de\s|del\s)?(\d{{4}})(?![\d:.])", re.IGNORECASE)
_YEAR_MONTH_DAY = re.compile(rf"(?<!\d)(\d{{4}})\.?[\s-]({_WORD})\.?(?:[\s-](\d{{1,2}}))?(?!\d|:)", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})(?![\d/]|:\d)")
# "28.09.19 12:40", also glued: the century is plain where dots part the figures and the day comes first.
_SHORT = re.compile(r"(?<![\d./:-])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2})(?=\d{2}:\d{2}|(?![\d./]|:\d|\s?[€%$]))")
# "12/01/12 at 09:49am", "17-09-11", "3 sty 12 06:15": an hour behind them, or nothing else, says that they are a day.
_SHORT_WITH_HOUR = re.compile(
    rf"(?<![\d./:-])(\d{{1,2}})(?:([/-])(\d{{1,2}})\2|\s({_WORD})\.?,?\s)(\d{{2}})"
    r"(?=,?\s(?:at\s|um\s|-\s|o\s|в\s)?[(\[]?\d{1,2}[:.]\d{2}|\s?\Z)",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?\d{4,6}(?:Z|[+-]\d{2}:?\d{2})?)?\Z")
_YEAR = re.compile(r"(?P<year>\d{4})\Z")
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})(?:[/.-]00?)?\Z")
_MONTH_YEAR_FIGURES = re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})\Z")

# Languages whose everyday order of figures is settled. English is not among them: its regions differ.
_DAY_MONTH = words_of("bg ca cs da de el es et fi fr gl hr id is it lv mk nb nl nn no pl pt ro ru sk sl sr sv tr uk vi")
_OWN_ORDERS: dict[str, DayOrder] = {"hr": CROATIAN, "bs": CROATIAN, "fa": PERSIAN}
_DAY_MONTH_HOSTS = words_of("uk au nz ie in za sg my hk ng ke gh pk bd lk mt cy jm bb tt eu")
_MONTH_DAY_HOSTS = words_of("us gov mil edu")
_SLASHED = re.compile(r"(?<![\d./-])(\d{1,2})/(\d{1,2})/(?:\d{4}(?![\d/])|\d{2}(?=,?\s\d{1,2}:\d{2}))")
_ENGLISH_DAY_MONTH = frozenset(("GB", "AU", "NZ", "IE", "IN", "SG", "MT"))


def real_date(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Write a date in W3CDTF; ``None`` if the calendar has no such day or the year is no year of print."""
    if year in BUDDHIST_YEARS:
        year -= 543
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def order_of(language: str | None) -> DayOrder | None:
    """In which order a language writes a date in figures: ``day-month``, ``month-day``, or ``None`` if unsettled.

    Croatian and Persian have orders of their own name, for they ask more of a date.

    Args:
        language: a tag; for English the region decides, and English without a region decides nothing.
    """
    if not language:
        return None
    primary, *rest = language.replace("_", "-").split("-")
    if own := _OWN_ORDERS.get(primary.lower()):
        return own
    if primary.lower() in _DAY_MONTH:
        return "day-month"
    if primary.lower() == "en" and rest:
        region = rest[-1].upper()
        return "month-day" if region == "US" else "day-month" if region in _ENGLISH_DAY_MONTH else None
    return None


def order_at(host: str) -> DayOrder | None:
    """In which order the country of a host writes days in figures; ``None`` where the name has no country's end."""
    end = host.rpartition(".")[2].lower()
    return "month-day" if end in _MONTH_DAY_HOSTS else "day-month" if end in _DAY_MONTH_HOSTS else None


def order_in(texts: Iterable[str]) -> DayOrder | None:
    """The order that days in figures prove, "25/01/2012", where all that prove one prove the same."""
    orders: set[DayOrder] = set()
    for text in texts:
        if "/" not in text:
            continue
        for match in _SLASHED.finditer(text):
            if (int(match[1]) > 12) != (int(match[2]) > 12):
                orders.add("day-month" if int(match[1]) > 12 else "month-day")
    return orders.pop() if len(orders) == 1 else None


def parse_date(text: str, order: DayOrder | None = None) -> str | None:
    """The date that a machine-readable value is (``content``, ``datetime``, ``datePublished``); ``None`` if none.

    Args:
        text: the value; beyond a bare date it may bear a time, a weekday or words.
        order: what ``order_of`` said of the page.
    """
    text = text.strip()[:80]
    if match := _COMPACT.match(text):
        return real_date(int(match[1]), int(match[2]), int(match[3]))
    partial = _YEAR_MONTH.match(text) or _MONTH_YEAR_FIGURES.match(text)
    match = _YEAR.match(text)
    if order == PERSIAN and (either := match or partial) and int(either["year"]) in PERSIAN_YEARS:
        return None  # a year of another calendar lies in two of ours
    if match:
        return real_date(int(match[1]))
    if match := partial:
        # "2014/00/00": what is not known is nought.
        return real_date(int(match["year"]), int(match["month"]) or None)
    found = find_date(text, order)
    return found.value if found and found.value not in ZEROS else None


def may_hold_date(text: str) -> bool:
    """Whether a text has anything of a date in it: cheap, and never wrong when it says no."""
    return _MAYBE.search(text) is not None or "年" in text or "년" in text


def find_date(text: str, order: DayOrder | None = None) -> Dated | None:
    """The first date in a text, a full one before a partial one.

    Args:
        text: searched in its first 400 characters.
        order: what ``order_of`` said of the page.
    """
    return _first_date(text[:400], order)


@lru_cache(maxsize=256)
def _first_date(text: str, order: DayOrder | None) -> Dated | None:
    """The same: a line near the title is asked by all that may know the day of it."""
    if not may_hold_date(text):
        return None
    best: Dated | None = None
    for dated in _dates(text, order):
        if best is None or (-len(dated.value), dated.start) < (-len(best.value), best.start):
            best = dated
    return best


def dates_in(text: str, order: DayOrder | None = None) -> list[Dated]:
    """All days of a text to the day, in its order, none within another."""
    if not may_hold_date(text[:400]):
        return []
    found: list[Dated] = []
    for dated in sorted(_dates(text[:400], order), key=lambda one: (one.start, -one.end)):
        if is_whole_day(dated.value) and (not found or dated.start >= found[-1].end):
            found.append(dated)
    return found


def _dates(text: str, order: DayOrder | None) -> Iterator[Dated]:
    for year, month, day, match in _readings(text, order):
        if order == PERSIAN and year in PERSIAN_YEARS:
            # A month alone of another calendar lies in two of ours.
            if day is None or month is None or (converted := gregorian(year, month, day)) is None:
                continue
            year, month, day = converted
        if (value := real_date(year, month, day)) and not tells_membership(text[: match.start()]):
            yield Dated(value, match.start(), match.end())


def _readings(text: str, order: DayOrder | None) -> Iterator[tuple[int, int | None, int | None, re.Match[str]]]:
    """Every stretch that has the form of a date; ``real_date`` says which are."""
    figure, years = _FIGURE.search(text), _FOUR_FIGURES.search(text)
    first = figure.start() if figure else len(text)
    # What begins with figures is sought from the first on: the patterns look back, and know no other beginning.
    for match in _ISO.finditer(text, years.start()) if years and "-" in text else ():
        yield int(match[1]), int(match[2]), int(match[3]) if match[3] else None, match
    for match in _YEAR_FIRST.finditer(text, years.start()) if years and ("/" in text or "." in text) else ():
        yield int(match[1]), int(match[3]), int(match[4]), match
    for match in _NUMERIC.finditer(text, first) if years else ():
        first, second = int(match[1]), int(match[3])
        if first > 12 or first == second:
            yield int(match[4]), second, first, match
        elif second > 12:
            yield int(match[4]), first, second, match
        elif first and second and (proved := _weekdays_order(text, match) or order):
            day, month = (first, second) if proved != "month-day" else (second, first)
            yield int(match[4]), month, day, match
    if order is not None and order != "month-day":
        for match in _SHORT.finditer(text, first):
            short = int(match[3])
            yield (2000 if short <= LATEST_SHORT_YEAR else 1900) + short, int(match[2]), int(match[1]), match
    yield from _short(text, order, first)
    if years:
        yield from _with_month_words(text, first, years.start(), croatian=order == CROATIAN)
    if "年" in text or "년" in text:
        yield from east_asian_days(text)


def _weekdays_order(text: str, match: re.Match[str]) -> DayOrder | None:
    """The order that a weekday before a day in figures proves."""
    return order_by_weekday(text[: match.start()], int(match[4]), int(match[1]), int(match[3]))


def _with_month_words(
    text: str, figure_at: int, year_at: int, *, croatian: bool
) -> Iterator[tuple[int, int | None, int | None, re.Match[str]]]:
    """Dates of which the month is a word, given where the first figure stands and the first four."""
    for match in _DAY_FIRST.finditer(text, figure_at):
        behind_stop = text.startswith(".", match.end(1))
        if month_number := month_of(match[2], behind_stop=behind_stop, croatian=croatian):
            yield int(match[3]), month_number, int(match[1]), match
    if not text.isascii():
        yield from marked_days(text, figure_at)
        yield from persian_days(text)
    for match in _YEAR_MONTH_DAY.finditer(text, year_at):
        if month_number := month_of(match[2]):
            yield int(match[1]), month_number, int(match[3]) if match[3] else None, match
    # A word stands so close before the figures that nothing is to be found further ahead of them.
    for match in _MONTH_FIRST.finditer(text, max(0, figure_at - LONGEST - len(". "))):
        if month_number := month_of(match[1]):
            yield int(match[3]), month_number, int(match[2]), match
    for match in _MONTH_YEAR.finditer(text, max(0, year_at - LONGEST - len(".,\u00a0del "))):
        # "31 February 2021" is no date, and so no month either.
        if (month_number := month_of(match[1], croatian=croatian)) and not re.search(
            r"\d(?:\D{1,4}|\s(?:de|of)\s)\Z", text[: match.start()]
        ):
            yield int(match[2]), month_number, None, match


def _short(
    text: str, order: DayOrder | None, first_figure: int
) -> Iterator[tuple[int, int | None, int | None, re.Match[str]]]:
    """Days whose year has two figures, with an hour behind them or nothing."""
    for match in _SHORT_WITH_HOUR.finditer(text, first_figure):
        if match[2] == "-" and len(match[1] + match[3]) < 4:
            continue  # "3-2-10" counts games; of a day with dashes both figures are written
        first, short = int(match[1]), int(match[5])
        year = (2000 if short <= LATEST_SHORT_YEAR else 1900) + short
        if match[4]:
            if month_number := month_of(match[4]):
                yield year, month_number, first, match
        else:
            second = int(match[3])
            # A figure beyond twelve is a day, whatever the order of the language; "17-09-11" may begin with its year.
            proved: DayOrder | None = order
            if match[2] == "/":
                proved = "day-month" if first > 12 else "month-day" if second > 12 else order
            if proved:
                yield year, *((first, second) if proved == "month-day" else (second, first)), match

"""Days of the Persian calendar (Solar Hijri) -> the Gregorian year, month and day.

A month's name tells the calendar; of figures alone the page's language does. Leap years follow the cycle of 33, which
agrees with the calendar's equinox in every year that is read here.

Source: Iran's calendar law of 1925; 1 Farvardin 1300 is 21 March 1921.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

YEARS = range(1300, 1450)
"""1921 to 2071: the years in which a page can have been written, or what it reprints."""

_FIRST = date(1921, 3, 21)
_LEAP = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_MONTHS = {
    name: month
    for month, names in enumerate(
        ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"],
        1,
    )
    for name in names.split()
}
_NAMED = "|".join(_MONTHS)
_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})[ \u200c]?(?:ام )?({_NAMED})(?:[ \u200c]ماه)?،? (?:سال )?(\d{{4}})(?!\d)")


def gregorian(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """The same day in the Gregorian calendar; ``None`` if the Persian one has no such day."""
    if year not in YEARS or not 1 <= month <= 12:
        return None
    longest = 31 if month <= 6 else 30 if month < 12 or year % 33 in _LEAP else 29
    if not 1 <= day <= longest:
        return None
    before = 365 * (year - YEARS.start) + sum(1 for one in range(YEARS.start, year) if one % 33 in _LEAP)
    found = _FIRST + timedelta(days=before + 30 * (month - 1) + min(month - 1, 6) + day - 1)
    return found.year, found.month, found.day


def persian_days(text: str) -> Iterator[tuple[int, int, int, re.Match[str]]]:
    """Days of which the month is named: "۱۳ اردیبهشت ۱۴۰۲"."""
    for match in _DAY.finditer(text):
        if found := gregorian(int(match[3]), _MONTHS[match[2]], int(match[1])):
            yield *found, match

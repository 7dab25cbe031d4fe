"""The order of day and month that the weekday before the figures proves: "Fri, 02/03/2023" is the third of February.

Content management systems keep one form of a day for all languages, so that a page in German may write the month
first. The weekday is that of one reading alone, and gainsays the order of the language.
"""

from __future__ import annotations

import calendar
import re

from solander.describing.days.forms import DayOrder
from solander.model.weekday_words import LONGEST, weekdays_of

# Of two letters many a word is a preposition in another language ("to", "di"): there a sign makes it a weekday.
_BEFORE = re.compile(rf"(?<![^\W_])([^\W\d_]{{3,{LONGEST}}}|[^\W\d_]{{2}}(?=[.,]))(?:[.,]{{1,2}}|\s[-–—])?\s?\Z")


def order_by_weekday(before: str, year: int, first: int, second: int) -> DayOrder | None:
    """The order of two figures, both of which may be a month.

    Args:
        before: the words before the day.
        year: the day's.
        first: the first figure.
        second: the second figure.

    Returns:
        ``None`` where no weekday stands before them, or theirs is that of both readings or of none.
    """
    word = _BEFORE.search(before[-LONGEST - 4 :])
    named = weekdays_of(word[1]) if word else frozenset()
    if not named or not 1 <= year <= 9999:
        return None
    is_day_first = calendar.weekday(year, second, first) in named
    if is_day_first == (calendar.weekday(year, first, second) in named):
        return None
    return "day-month" if is_day_first else "month-day"

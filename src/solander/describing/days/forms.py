"""In which forms days are written: in which order in figures, and as a value to the day.

Source: W3C Note "Date and Time Formats".
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

DayOrder: TypeAlias = Literal["day-month", "month-day", "day-month, Croatian", "day-month, Persian"]
"""The order of day and month where a day is written in figures."""

CROATIAN: Final = "day-month, Croatian"
PERSIAN: Final = "day-month, Persian"
"""Orders in languages that ask more of a date: other months, another calendar."""

_WHOLE_DAY = len("2020-05-04")


def is_whole_day(value: str) -> bool:
    """Whether a date in W3CDTF names a day, and not a month or a year alone."""
    return len(value) == _WHOLE_DAY

"""The day that stands in the path of an address: ``/2021/12/08/``, ``/2021-12-08-``, ``/2021/dec/08/``."""

from __future__ import annotations

import re

from solander.describing.days.dates import real_date
from solander.model.month_words import LONGEST, month_of

YEARS = range(1990, 2100)
"""An address may hold any eight figures; only a year of the web is taken for one."""

_FIGURES = re.compile(r"[/_.-](\d{4})([/-])(\d{1,2})\2(\d{1,2})(?=[/_.-]|\Z)|[/_-](\d{4})(\d{2})(\d{2})(?=[/_.-]|\Z)")
_MONTH_WORD = re.compile(rf"/(\d{{4}})([/-])([^\W\d_]{{3,{LONGEST}}})\2(\d{{1,2}})(?=[/_.-]|\Z)")
# "/2021/politics/12/08/": papers set the section behind the year.
_SECTION = re.compile(r"/(\d{4})/[^\W\d_][\w-]{1,30}/(\d{1,2})/(\d{1,2})(?=/)")


def date_in_path(path: str) -> str | None:
    """The date that stands in the path of an address; ``None`` if there is none to the day."""
    path = path[:500]
    for match in _FIGURES.finditer(path):
        figures = match.group(1, 3, 4) if match[1] else match.group(5, 6, 7)
        if value := _real(*map(int, figures)):
            return value
    for match in _MONTH_WORD.finditer(path):
        month = month_of(match[3])
        if month and (value := _real(int(match[1]), month, int(match[4]))):
            return value
    for match in _SECTION.finditer(path):
        if value := _real(*map(int, match.groups())):
            return value
    return None


def _real(year: int, month: int, day: int) -> str | None:
    return real_date(year, month, day) if year in YEARS else None

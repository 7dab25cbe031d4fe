"""Lines that say who posted a page, and when, and nothing else: "Posted on May 4, 2020 by Ann Lee".

Source: TEI P5 4.12.0, 4.2.2 (``byline``).
"""

from __future__ import annotations

import re

from solander.model.late_pattern import late
from solander.model.posting_words import BEFORE_DAY, BY, VERB
from solander.reading.dateline import find_dates

LINE_CHARACTERS = 160
"""A longer line says more."""

_DAY = "\0"
_APART = r"[\s,|•·/–—-]"
_HOUR = r"\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?|\sUhr)?"
_DAYS = (
    rf"(?:{BEFORE_DAY}\s)?(?:[^\W\d_]{{2,12}},?\s)?{_DAY}(?:\s?{_DAY})?(?:{_APART}{{1,3}}(?:{BEFORE_DAY}\s)?{_HOUR})?"
)
_NAME = r"[^\W\d_][\w.'’-]{0,30}(?:\s[^\s|•·,;:.\d]{1,24}){0,4}"
_LINE = late(
    rf"(?:{VERB}\s?:?\s)?{_DAYS}(?:{_APART}{{0,3}}\s?(?:{VERB}\s)?(?P<by>{BY})\s?:?\s{_NAME})?"
    rf"|(?:{VERB}\s)?{BY}\s?:?\s(?:(?!{BEFORE_DAY}\s{_DAY})(?P<first>{_NAME})?{_APART}{{1,3}})?(?:{VERB}\s)?{_DAYS}",
    re.IGNORECASE,
)


def who_and_when(text: str) -> str:
    """What a line is that says who posted the page, and when: ``byline``, or ``dateline`` where it says but when.

    A template that knew no name leaves its "by" behind: "von am 20.06.2018" says but when.

    Empty where it says more, or neither.
    """
    if not 8 < len(text) <= LINE_CHARACTERS or not any(map(str.isdigit, text)):
        return ""
    days: list[tuple[int, int]] = []
    for begin, end in sorted((one.begin, one.end) for one in find_dates(text)):
        # Between two days "2020 May 9" is the year of one and the day of the other.
        if not days or begin >= days[-1][1]:
            days.append((begin, end))
    if not 0 < len(days) <= 2:
        return ""
    for begin, end in reversed(days):
        text = text[:begin] + _DAY + text[end:]
    match = _LINE.fullmatch(text)
    if match is None:
        return ""
    return "byline" if match["by"] or match["first"] else "dateline"

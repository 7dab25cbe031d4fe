"""Days as scripts of their own write them: East Asian figures and eras, Thai, Hindi, Vietnamese, Levantine Arabic.

Each is given as year, month and day, with the stretch of the text; which are days of the calendar, ``real_date`` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.model.late_pattern import late
from solander.model.month_words import month_of

_CJK = late(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日号號일])?")
_HAN = late(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号號])?"
)
_ERA = late(r"(令和|平成|昭和|大正|民國|民国)\s?(元|\d{1,3})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?[日號号])?")
# Scripts whose vowels are marks, and months of more than one word.
_MARKED = re.compile(r"(?<!\d)(\d{1,2})\s([\u0900-\u097F\u0E00-\u0E7F.]{2,14}),?\s(?:พ\.ศ\.\s|ค\.ศ\.\s)?(\d{4})(?!\d)")
_LEVANTINE = re.compile(r"(?<!\d)(\d{1,2})\s(كانون|تشرين)\s(الأول|الاول|الثاني)(?:\s?/\s?\w+|)،?\s(\d{4})(?!\d)")
_LEVANTINE_MONTHS = {("كانون", True): 12, ("كانون", False): 1, ("تشرين", True): 10, ("تشرين", False): 11}
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s(?:tháng|thg)\s(\d{1,2})(?:,?\snăm\s|,?\s|/)(\d{4})(?!\d)", re.IGNORECASE)
_HAN_DIGITS = {"〇": 0, "零": 0, "○": 0, **{digit: at for at, digit in enumerate("一二三四五六七八九", 1)}}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}


def marked_days(text: str, figure_at: int) -> Iterator[tuple[int, int | None, int | None, re.Match[str]]]:
    """Thai, Hindi, Vietnamese and Levantine days, of which the month is no plain word of letters."""
    for match in _MARKED.finditer(text, figure_at):
        if month_number := month_of(match[2]):
            yield int(match[3]), month_number, int(match[1]), match
    for match in _VIETNAMESE.finditer(text, figure_at):
        yield int(match[3]), int(match[2]), int(match[1]), match
    for match in _LEVANTINE.finditer(text, figure_at):
        yield int(match[4]), _LEVANTINE_MONTHS[match[2], match[3] != "الثاني"], int(match[1]), match


def east_asian_days(text: str) -> Iterator[tuple[int, int | None, int | None, re.Match[str]]]:
    """Chinese, Japanese and Korean days, also of an era."""
    for match in _CJK.finditer(text):
        yield int(match[1]), int(match[2]), int(match[3]) if match[3] else None, match
    for match in _ERA.finditer(text):
        year = 1 if match[2] == "元" else int(match[2])
        yield _ERAS[match[1]] + year, int(match[3]), int(match[4]) if match[4] else None, match
    for match in _HAN.finditer(text):
        year = int("".join(str(_HAN_DIGITS[digit]) for digit in match[1]))
        yield year, _han_number(match[2]), _han_number(match[3]) if match[3] else None, match


def _han_number(text: str) -> int:
    """A number below 100 in Chinese figures; 0, which is no month and no day, for what is none."""
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(ones, 0)

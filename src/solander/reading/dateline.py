"""A dateline: a line that is a date, perhaps with a place, an hour or a weekday, perhaps in brackets.

One parser for plain text and HTML. A date is marked only where it is written to the day and the calendar has it, a
place only where the form of the line proves one (``model.places``); the words stay as they are.

Source: TEI P5 4.12.0, 4.2.2 (``dateline``) and 3.6.4 (``date``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple

from solander.model.late_pattern import late
from solander.model.membership import tells_membership
from solander.model.month_words import LONGEST, month_of
from solander.model.page import Inline, InlineContent
from solander.model.places import dateline_places, is_beside, is_formula, without_hours, without_prepositions

LINE_CHARACTERS = 140
"""A longer line is no dateline."""


class Dated(NamedTuple):
    """A date in a line."""

    when: str
    begin: int
    end: int


_WORD = rf"[^\W\d_]{{3,{LONGEST}}}"
_YEAR = r"[12][0-9]{3}"
_OF_THE_YEAR = r"(?: ?(?:г\.|г(?!\w)|года?(?!\w)|р\.|року(?!\w)|r\.|roku(?!\w)))?"
"""The word for "year" behind its number, as Russian, Ukrainian and Polish have it."""

_NUMERIC = re.compile(
    r"(?<![\w./-])(?:"
    rf"(?P<y1>{_YEAR})(?P<s1>[-/.])(?P<m1>[0-9]{{1,2}})(?P=s1)(?P<d1>[0-9]{{1,2}})"
    rf"|(?P<d2>[0-9]{{1,2}})\. ?(?P<m2>[0-9]{{1,2}})\. ?(?P<y2>{_YEAR})"
    rf"|(?P<d3>[0-9]{{1,2}})(?P<s3>[-/])(?P<m3>[0-9]{{1,2}})(?P=s3)(?P<y3>{_YEAR})"
    rf"){_OF_THE_YEAR}(?![\w/-])"
)
_EAST = late(
    rf"(?<![0-9])(?P<y1>{_YEAR}) ?[年년] ?(?P<m1>[0-9]{{1,2}}) ?[月월] ?(?P<d1>[0-9]{{1,2}}) ?[日號号일]"
    r"|(?P<y2>[〇零○一二三四五六七八九]{4})年(?P<m2>[一二三四五六七八九十]{1,2})月(?P<d2>[一二三四五六七八九十]{1,3})[日號号]"
)
_DAY_FIRST = re.compile(
    rf"(?<![\w./-])(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th|er|e|º|ª|°|\.)? ?(?:de |of |d['’])?(?P<m>{_WORD})\.?,? "
    rf"(?:(?:de|del|do|of|от) )?(?P<y>{_YEAR}){_OF_THE_YEAR}(?![\w-])",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    rf"(?<![\w./-])(?P<y>{_YEAR})\.? (?P<m>{_WORD})\.? (?P<d>[0-9]{{1,2}})\.?(?![\w-])", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W\d_])(?P<m>{_WORD})\.? (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,? ?(?P<y>{_YEAR})(?![\w-])", re.IGNORECASE
)
_OF_TWO_CALENDARS = range(1400, 1450)
"""Years that figures alone do not give to our calendar: the Persian one counts 1400 in 2021."""

_HAN = {"〇": 0, "零": 0, "○": 0, **{digit: at for at, digit in enumerate("一二三四五六七八九", 1)}}

# Words that begin a label; what they say of the date is for a reader of words to tell.
_LABELS = re.compile(
    r"(?:^|\W)(?:by|von|par|por|date|datum|fecha|data|updated?|published|posted|modified|created|last|stand|vom|issued|"
    r"veröffentlicht|aktualisiert|publi[ée]e?|publicado|pubblicato|mis à jour|erstellt|print|copyright)(?!\w)|"
    r"更新|发布|發布|时间|時間|来源|來源|版权",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?;:：。！？；]\s|[.!?。！？;:：]\Z|[—@|©]")
_SET_OFF = re.compile(r"[\s]*[,，(（\[【)）\]】–—|·-]")


def find_dates(text: str) -> Iterator[Dated]:
    """Each day of the calendar that a text writes in full, in no order; what may be read in two ways is left out."""
    for match in _NUMERIC.finditer(text):
        groups = match.groupdict()
        for form in "123":
            if groups[f"y{form}"] and int(groups[f"y{form}"]) not in _OF_TWO_CALENDARS:
                day, month = int(groups[f"d{form}"]), int(groups[f"m{form}"])
                if form == "3" and day <= 12 and month <= 12 and day != month:
                    break
                if form == "3" and month > 12:
                    day, month = month, day
                yield from _real(int(groups[f"y{form}"]), month, day, match)
    if "年" in text or "년" in text:
        for match in _EAST.finditer(text):
            if match["y1"]:
                yield from _real(int(match["y1"]), int(match["m1"]), int(match["d1"]), match)
            else:
                year = int("".join(str(_HAN[digit]) for digit in match["y2"]))
                yield from _real(year, _han_number(match["m2"]), _han_number(match["d2"]), match)
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST):
        for match in pattern.finditer(text):
            behind_stop = text.startswith(".", match.end("d"))
            month = month_of(match["m"], behind_stop=behind_stop) or 0
            yield from _real(int(match["y"]), month, int(match["d"]), match)


def only_date(text: str) -> str | None:
    """The one day that a short text writes in full; ``None`` where there is none, or more than one."""
    found = {one.when for one in find_dates(text[:LINE_CHARACTERS])}
    return found.pop() if len(found) == 1 else None


def read_dateline(text: str) -> InlineContent | None:
    """A line that is a date, perhaps with a place, perhaps in brackets: marked as such; else nothing."""
    if len(text) > LINE_CHARACTERS:
        return None
    found = list(find_dates(text))
    if len(found) != 1:
        return None
    when, begin, end = found[0]
    before, after = text[:begin], text[end:]
    # A full stop may close the line, as it closes a sentence.
    after_words = after.rstrip(" .。")
    if tells_membership(before):
        return None
    if not is_formula(before) and not _may_stand_beside(before, after_words):
        return None
    date = Inline("date", (text[begin:end],), {"when": when})
    places = dateline_places(before, after)
    return (*_with_places(before, places), date, *_with_places(after, places))


def _may_stand_beside(before: str, after: str) -> bool:
    """Whether only a place, a day, an hour or a few words set off from it stand beside a date."""
    plain = [part for part in (before, after) if not is_beside(part)]
    if len(plain) > 1:
        return False
    if not plain:
        return not any(mark in before + after for mark in "—@")
    (words,) = plain
    bare = without_hours(words)
    inner = bare.strip(" ()（）[]【】,，")
    if _LABELS.search(bare) or (_SENTENCE.search(inner) and not re.search(r"\b[A-Z]\.", inner)):
        return False
    names = re.findall(r"[^\W\d_][\w.'’-]*", without_prepositions(bare))
    if not names or len(names) > 7 or any(map(str.isdigit, bare)):
        return False
    # Each longer word with a capital, where the script has any; and a mark or a preposition between it and the date.
    if not all(name[0].isupper() or name[0].lower() == name[0].upper() or len(name) < 4 for name in names):
        return False
    if not (names[0][0].isupper() or names[0][0].lower() == names[0][0].upper()):
        return False
    if not words.isascii() and len(names) == 1 and len(names[0]) <= 8 and names[0][0].lower() == names[0][0].upper():
        return True  # a space sets words apart that are written without any
    edge = words.rstrip()[-1:] if words is before else words.lstrip()[:1]
    return bool(_SET_OFF.match(edge)) or (words is before and without_prepositions(words) != words)


def _with_places(text: str, places: tuple[str, ...]) -> list[Inline | str]:
    """The words beside a date, the places among them marked; none is changed."""
    parts: list[Inline | str] = []
    for place in places:
        before, found, after = text.partition(place)
        if found:
            parts += [before, Inline("place", (place,))]
            text = after
    return [part for part in (*parts, text) if part != ""]


def _real(year: int, month: int, day: int, match: re.Match[str]) -> Iterator[Dated]:
    if 1400 <= year <= 2999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        yield Dated(f"{year:04}-{month:02}-{day:02}", match.start(), match.end())


def _han_number(text: str) -> int:
    """A number below 100 in Chinese figures; 0, which is no month and no day, for what is none."""
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_HAN.get(tens, 1) * 10 if ten else 0) + _HAN.get(ones, 0)

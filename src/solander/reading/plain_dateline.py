"""A dateline of a plain text: a line that is a date, perhaps with a place, perhaps in brackets.

A date is marked only where the calendar has it; the words stay as they are.
"""

from __future__ import annotations

import re
from calendar import monthrange

from solander.model.page import Inline, InlineContent

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero",
            "february feb februar février febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sep sept septembre septiembre",
            "october oct oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![^\W_])(?:(?P<m1>{_MONTH})\.? (?P<d1>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>[12][0-9]{{3}})"
    rf"|(?P<d2>[0-9]{{1,2}})(?:\.|st|nd|rd|th|er)? (?:de )?(?P<m2>{_MONTH})\.?,? (?:de )?(?P<y2>[12][0-9]{{3}})"
    r"|(?P<y3>[12][0-9]{3})-(?P<m3>[01][0-9])-(?P<d3>[0-3][0-9])"
    r"|(?P<y4>[12][0-9]{3}) ?年 ?(?P<m4>[0-9]{1,2}) ?月 ?(?P<d4>[0-9]{1,2}) ?日)(?![0-9])",
    re.IGNORECASE,
)
# What may stand beside a date, and names no place: days of the week, hours, prepositions.
_BESIDE = (
    "mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|"
    "donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|"
    "miércoles|jueves|viernes|sábado|domingo|am|pm|den|der|le|el|on|the|at|um|à|uhr|gmt|utc|"
    "(?:星期|周|礼拜|週|禮拜)[一二三四五六日天]|上午|下午"
)
_HOUR = r"[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\.?)?"
_BESIDE_ONLY = re.compile(rf"(?:[\W_]|(?<!\w)(?:{_BESIDE}|{_HOUR})(?!\w))*\Z", re.IGNORECASE)
# Words that begin a label; what they say of the date is for a reader of words to tell.
_LABELS = (
    "by|von|par|por|date|datum|updated?|published|posted|modified|created|last|stand|vom|issued|更新|发布|时间|来源"
)
_PLACE = re.compile(
    r"\A[\s(（\[,，·|-]*(?P<name>(?!(?:"
    + f"{_BESIDE}|{_LABELS}"
    + r")\b)[^\W\d_][^\d()（）\[\];:：,，|]{0,50}?)[\s.,，)）\]·|-]*\Z",
    re.IGNORECASE,
)


def read_dateline(text: str) -> InlineContent | None:
    """A line that is a date, perhaps with a place, perhaps in brackets: marked as such; else nothing."""
    if len(text) > 120:
        return None
    match = _DATE.search(text)
    when = _real_date(match) if match else None
    if match is None or when is None:
        return None
    before, after = text[: match.start()], text[match.end() :]
    beside = (before, after)
    if any("@" in part or "—" in part for part in beside) or sum(map(bool, map(_place_in, beside))) > 1:
        return None
    if not all(_place_in(part) or _BESIDE_ONLY.match(part) for part in beside):
        return None
    date = Inline("date", (match[0],), {"when": when})
    content: list[Inline | str] = [*_with_place(before), date, *_with_place(after)]
    return tuple(content)


def _place_in(text: str) -> re.Match[str] | None:
    match = _PLACE.match(text)
    return match if match and _is_name(match["name"]) else None


def _with_place(text: str) -> list[Inline | str]:
    """The words beside a date, a place among them marked; none is changed."""
    match = _place_in(text)
    if match is None:
        return [text] if text else []
    begin, end = match.span("name")
    parts: list[Inline | str] = [text[:begin], Inline("place", (match["name"],)), text[end:]]
    return [part for part in parts if part != ""]


def _is_name(words: str) -> bool:
    """Whether each longer word begins with a capital, where the script has any."""
    return all(word[0].isupper() or word[0].lower() == word[0].upper() or len(word) < 4 for word in words.split()) and (
        words[0].isupper() or words[0].lower() == words[0].upper()
    )


def _real_date(match: re.Match[str]) -> str | None:
    for form in "1234":
        year, month, day = match[f"y{form}"], match[f"m{form}"], match[f"d{form}"]
        if year:
            number = int(month) if month.isdigit() else _MONTHS[month.lower()]
            if 1 <= number <= 12 and 1 <= int(day) <= monthrange(int(year), number)[1]:
                return f"{int(year):04}-{number:02}-{int(day):02}"
    return None

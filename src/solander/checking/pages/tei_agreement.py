"""PAG rules for TEI: what a program reads agrees with what a person reads, and what is shown is there.

Source: TEI P5, att.datable.w3c (when) and att.resourced (url).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from urllib.parse import unquote

from solander.checking.grammars.relax_ng import parse_xml
from solander.checking.rules import Check, Fault, rule, run
from solander.model.finding import Finding, Place
from solander.model.month_words import month_of

_TEI = "{http://www.tei-c.org/ns/1.0}"
_GRACE_DAYS = 1
"""A page prints the day where it is read, and tells programs that of UTC."""

_LONGEST = 200
"""Characters of a text in which a day is looked for: longer ones hold more than a date."""

_FORMS = (
    re.compile(r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"),
    re.compile(
        r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:(?:de|of)\s+)?(?P<m>[^\W\d_]+)\.?,?\s+(?:de\s+)?(?P<y>\d{4})(?!\d)"
    ),
    re.compile(r"(?P<m>[^\W\d_]+)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)"),
)


def printed_day(text: str) -> date | None:
    """The one day that a text names in full; ``None`` where it names none, several, or can be read in two ways."""
    found = {day for form in _FORMS for match in form.finditer(text) if (day := _day(match)) is not None}
    return found.pop() if len(found) == 1 else None


def _day(match: re.Match[str]) -> date | None:
    behind_stop = match.string.startswith(".", match.end("d"))
    month = int(match["m"]) if match["m"].isdecimal() else month_of(match["m"], behind_stop=behind_stop)
    try:
        return date(int(match["y"]), month, int(match["d"])) if month else None
    except ValueError:
        return None


@rule("PAG080", "date-differs-from-print", severity="warning", source="TEI P5, att.datable.w3c, when")
def date_differs_from_print(path: str, root: Any) -> Iterator[Fault]:
    """A date in the text says another day to programs (``when``) than it prints for people.

    Why: who searches by date finds the text under one day, and reads another in it.

    Remedy: look at the page: one of the two is a slip of its makers. Say the right day of the page with --date.
    """
    text = root.find(f"{_TEI}text")
    for element in text.iter(f"{_TEI}date", f"{_TEI}time") if text is not None else ():
        when = element.get("when", "").strip()[:10]
        printed = "".join(element.itertext()) if when else ""
        day = printed_day(printed) if len(printed) <= _LONGEST else None
        if day is None or not re.match(r"\d{4}", when):
            continue
        if not _agree(when, day):
            yield Fault(Place(path, element.sourceline), "when is not the day that is printed", day.isoformat(), when)


def _agree(when: str, day: date) -> bool:
    try:
        exact = date.fromisoformat(when)
    except ValueError:
        # A year, or a month: or no day at all, of which another rule speaks.
        return day.isoformat().startswith(when) or len(when) > 7
    return abs((exact - day).days) <= _GRACE_DAYS


@rule("PAG081", "shown-file-not-in-bag", severity="error", source="TEI P5, att.resourced, url; RFC 8493, 3")
def shown_file_not_in_bag(path: str, root: Any, files: Collection[str]) -> Iterator[Fault]:
    """The TEI shows a picture, or points to a file, that should lie in the bag and does not.

    Why: who reads the text sees a gap where something was kept.

    Remedy: bring the file back from another copy of the bag, or make the bag again from its original.
    """
    for element in root.iter(f"{_TEI}graphic", f"{_TEI}media", f"{_TEI}ref"):
        for name in ("url", "target"):
            written = element.get(name, "")
            if written.startswith("../media/"):
                place = unquote(re.split("[?#]", written, maxsplit=1)[0], errors="surrogateescape")
                file = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
                if file not in files:
                    yield Fault(Place(path, element.sourceline), f"the bag has no file {file!r}", None, written)


DATE_RULES: tuple[Check[[str, Any]], ...] = (date_differs_from_print,)
POINTER_RULES: tuple[Check[[str, Any, Collection[str]]], ...] = (shown_file_not_in_bag,)
RULES: tuple[Check[...], ...] = (*DATE_RULES, *POINTER_RULES)


def check_pointers(content: bytes, path: str, files: Collection[str]) -> list[Finding]:
    """Judge whether the files of its bag to which a TEI document points are there; what is no XML points nowhere."""
    parsed = parse_xml(content)
    return run(POINTER_RULES, path, parsed.root, files) if parsed.root is not None else []

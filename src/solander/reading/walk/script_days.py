r"""Days of publication that a page's scripts hold: state for its own program, which no reader sees.

A shop's or a paper's page often bears its day nowhere but in the data that its program starts from, as JSON or as
JavaScript (``"published_at":"2019-03-02T06:22:28+01:00"``), perhaps within a string (``\"published_at\":\"…``).
Nothing is run and no script is parsed: names are looked for, and days as ISO 8601 writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DAYS = 20
"""After so many the script holds a list of other pages, and no more are looked for."""

SCRIPTED_CHARACTERS = 1_500_000
"""The scripts of a longer page are not looked through: one of them may be all of it, and would be copied twice."""

NAME_CHARACTERS = 40
"""No longer name is looked at."""

_HELD = re.compile(r"""ubli(?:sh|ca)[A-Za-z_]{0,24}\\{0,3}["']?\s{0,4}:\s{0,4}\\{0,3}["'](\d{4}-\d\d-\d\d)(?!\d)""")
_NAME_BEFORE = re.compile(r"[A-Za-z_]*\Z")
_NAMES = frozenset(
    (
        *("datepublished", "publishdate", "publisheddate", "publishingdate", "publicationdate", "dateofpublication"),
        *("published", "publishedat", "publishedon", "publishat", "publishtime", "publishedtime", "publisheddatetime"),
        *("publicationtime", "publicationdatetime", "firstpublished", "firstpublishedat", "firstpublisheddate"),
        *("firstpublicationdate", "originalpublicationdate", "originalpublishdate", "datefirstpublished"),
    )
)
_OF_PAGE = ("article", "content", "page", "post", "story")


def days_in_script(script: str) -> Iterator[tuple[str, str]]:
    """Each name that says "published", as it is written, with its day; at most ``DAYS`` of them."""
    # Most scripts hold no such name, and to look for a word takes a tenth of what the pattern takes.
    if "ublish" not in script and "ublica" not in script:
        return
    for number, held in enumerate(_HELD.finditer(script)):
        if number >= DAYS:
            return
        start = held.start()
        before = _NAME_BEFORE.search(script[max(0, start - NAME_CHARACTERS) : start])
        name = (before[0] if before else "") + re.split(r"[^A-Za-z_]", held[0], maxsplit=1)[0]
        plain = name.replace("_", "").lower()
        if plain in _NAMES or any(plain.startswith(of) and plain.removeprefix(of) in _NAMES for of in _OF_PAGE):
            yield name, held[1]

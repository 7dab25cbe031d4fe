"""Dates in the line -> TEI.

Source: TEI P5 4.12.0, chapter 3.6.4 (dates and times); att.datable.w3c.
"""

from __future__ import annotations

import re

from solander.encoding.w3c import w3c_date, w3c_time
from solander.encoding.xml_text import escape_attribute

_DURATION = re.compile(r"P(?=\d|T\d)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?\Z", re.ASCII)


def date(words: str, when: str, extra: str) -> str:
    """A date, a time of day or a duration, as W3C's datatypes have it.

    Args:
        words: as TEI.
        when: what the page says in its markup; empty where it says nothing.
        extra: further attributes, as written.
    """
    if when:
        day = w3c_date(when)
        if day is not None:
            return f'<date when="{day}"{extra}>{words}</date>'
        time = w3c_time(when)
        if time is not None:
            return f'<time when="{time}"{extra}>{words}</time>'
        if _DURATION.match(when):
            return f'<date dur="{when}"{extra}>{words}</date>'
        if words.strip() != when:
            # A week: what XML's datatypes have no form for stands as it was written.
            extra = f' n="{escape_attribute(when)}"{extra}'
    elif words[:1].isdigit() and (time := w3c_time(words)) is not None:
        return f'<time when="{time}"{extra}>{words}</time>'
    return f"<date{extra}>{words}</date>"

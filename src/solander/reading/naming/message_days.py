"""The days on which messages were written, as their heads say in words: "by ann » 03 Mar 2021, 10:22".

Boards seldom mark a day (``time``), and the line that has it is mostly no part of the text. It is the message's day all
the same: the first that is written in full among the short lines above what is said. A member's day is none.

Promise: a pure function, in time linear in the leaves; what may be read in two ways is left out.

Source: TEI P5, 9.3.1 (``post``, ``@when``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from solander.model.membership import tells_membership
from solander.reading.dateline import find_dates

LINE_CHARACTERS = 100
"""A longer line is what somebody says, of whatever day."""

HEAD_LINES = 10
"""Among so many lines of a message its day is looked for: a profile may stand above it."""

_YEAR = re.compile(r"[12]\d{3}")


def day_in_head(lines: Iterable[str]) -> str:
    """The first day in full among the short lines that a message begins with; empty where there is none."""
    before = ""
    for number, line in enumerate(lines):
        if number >= HEAD_LINES or len(line) > LINE_CHARACTERS:
            break
        # A look at the year spares most lines the rest.
        if _YEAR.search(line):
            for day in sorted(find_dates(line), key=lambda one: one.begin):
                # The label of a member's day may stand in a line of its own.
                if not tells_membership(f"{before} {line[: day.begin]}"):
                    return day.when
        before = line
    return ""

"""The lines that stand close together at the edges of a plain text, taken apart or put together.

At its head a menu, a title, a byline and a dateline may be one block of lines, and "by" may stand above the name; at
its end the words that close a letter stand above who signs it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.reading.dateline import read_dateline
from solander.reading.dividing.letters import CLOSING_LINES, all_close, announces_author, is_signature, opens_byline
from solander.reading.plain.head import HEAD_UNITS
from solander.reading.plain.mail import is_mail
from solander.reading.plain.menu_words import is_entry, is_menu, may_be_menu
from solander.reading.plain.units import Unit

HEAD_LINES = 20
"""A head of so many lines that stand close together is taken apart."""

_FIGURES = re.compile(r"\+?[0-9][0-9 ()/-]{6,}")


def opened_up(units: list[Unit], has_headings: bool) -> list[Unit]:
    """Where a head's lines stand close together (navigation, title, dateline), each is a unit of its own."""
    opened: list[Unit] = []
    for number, unit in enumerate(units):
        lines = len(unit.lines)
        if number < HEAD_UNITS and unit.form in ("broken", "joined") and lines <= HEAD_LINES and not is_mail(unit):
            texts = [line.text for line in unit.lines]
            told = any(read_dateline(text) is not None or is_menu(text) for text in texts)
            formed = unit.form == "broken" and any(map(may_be_menu, texts)) and lines <= 6
            titled = not number and (_is_signed_title(texts) or (has_headings and _is_who_and_where(texts)))
            if told or formed or sum(map(is_entry, texts)) > 1 or titled:
                opened.extend(Unit((line,), "line") for line in unit.lines)
                continue
        opened.append(unit)
    return opened


def signed_below(units: list[Unit]) -> list[Unit]:
    """Where "by" stands on a line and the name on the next, as title pages have it, both are one unit."""
    signed: list[Unit] = []
    for number, unit in enumerate(units):
        above = signed[-1] if 1 < number < HEAD_UNITS and unit.form == "line" else None
        if above is not None and above.form == "line" and announces_author(above.text) and is_signature(unit.text):
            signed[-1] = Unit((*above.lines, *unit.lines), "joined")
        else:
            signed.append(unit)
    return signed


def _is_signed_title(texts: Sequence[str]) -> bool:
    """Whether two lines are a title and, right beneath it, who wrote what follows."""
    if len(texts) != 2 or texts[0].endswith((",", ";")) or not opens_byline(texts[1]):
        return False
    name, _, day = texts[1].partition(" ")[2].partition(", ")
    return is_signature(name) and (not day or is_signature(day) or read_dateline(day) is not None)


def _is_who_and_where(texts: Sequence[str]) -> bool:
    """Whether lines are a name, and where to find who bears it: the head of a curriculum vitae."""
    return len(texts) > 1 and is_signature(texts[0]) and any("@" in text or _FIGURES.search(text) for text in texts[1:])


def parted_closing(units: list[Unit]) -> list[Unit]:
    """Where the lines that close a letter stand close together, each is a unit of its own."""
    parted: list[Unit] = []
    for number, unit in enumerate(units):
        texts = [line.text for line in unit.lines]
        is_near = number >= len(units) - 3 and unit.form in ("broken", "joined") and len(texts) <= CLOSING_LINES
        if is_near and all_close(texts):
            parted.extend(Unit((line,), "line") for line in unit.lines)
        else:
            parted.append(unit)
    return parted

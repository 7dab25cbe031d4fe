"""What opens a letter on paper as plain text: the sender's address, the dateline, whom it is written to.

A letter is one only where three signs meet: it opens with an address, a line tells its day, and a greeting or words
that close a letter stand in their places. Then nothing above the greeting is a menu, a site's name or a title.

Source: TEI P5 4.12.0, 4.2.2 (openers and closers).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from solander.model.greetings import is_greeting
from solander.reading.dateline import read_dateline
from solander.reading.dividing.letters import closes_letter
from solander.reading.plain.blocks import hashes, is_running
from solander.reading.plain.lines import BULLET, Line
from solander.reading.plain.mail import is_mail
from solander.reading.plain.menu_words import is_entry, is_menu
from solander.reading.plain.units import Unit

OPENER_LINES = 20
"""So many lines may stand above the greeting."""

ADDRESS_CHARACTERS = 60
"""A longer line is none of an address."""

CLOSING_UNITS = 6
"""Among how many of the last units words are looked for that close a letter."""

SET_IN_COLUMNS = 16
"""Lines that all begin so far in, at one place, are set to the right; lines about a middle begin at many."""

_CAPITAL = r"[^\W\d_a-zà-ÿ][\w.'’-]*"
_STREET = re.compile(
    rf"(?:no\.? ?)?[0-9]{{1,4}}[a-z]?,? (?:{_CAPITAL}|(?:rue|avenue|av|bd|boulevard|place|quai|chemin|via|calle)\b.*)"
    rf"(?:,? {_CAPITAL}){{0,4}}[,.]?\Z|"
    rf"(?!(?i:letter|brief|lettre|carta|lettera|list|письмо|chapter|kapitel|part|teil|volume|band|issue|no|nr)\b)"
    rf"{_CAPITAL}(?: {_CAPITAL}| (?:de|di|del|della|der|am|an|im|zum|zur)){{0,4}},? [0-9]{{1,3}} ?[a-z]?[,.]?\Z"
)


def opened_letter(units: Sequence[Unit]) -> tuple[list[Unit], int]:
    """The units of a text that is a letter, what opens it parted into addresses and datelines.

    Returns:
        All units, and how many of them stand above the greeting (or the text); 0 for what is no letter.
    """
    end = _opener_end(units)
    lines = [line for unit in units[:end] for line in unit.lines]
    blocks: list[list[Line]] = []
    for line in lines:
        if line.gap or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    if not blocks or len(lines) > OPENER_LINES or not _is_opener(blocks):
        return list(units), 0
    opener: list[Unit] = []
    for block in blocks:
        for dated, run in groupby(block, _is_dateline):
            group = tuple(run)
            if dated or len(group) == 1:
                opener.extend(Unit((line,), "line") for line in group)
            else:
                opener.append(Unit(group, "address"))
    return [*opener, *units[end:]], len(opener)


def _opener_end(units: Sequence[Unit]) -> int:
    """At which unit the greeting stands, or the text of a letter that has none; 0 where neither is to be found."""
    for at, unit in enumerate(units[:OPENER_LINES]):
        if is_mail(unit) or unit.form in ("marks", "quoted") or hashes(unit) or BULLET.match(unit.text):
            return 0
        if at and unit.gap and is_greeting(unit.lines[0].text):
            return at
        if is_running(unit):
            closed = any(closes_letter(line.text) for one in units[at:][-CLOSING_UNITS:] for line in one.lines)
            return at if closed else 0
    return 0


def _is_opener(blocks: Sequence[Sequence[Line]]) -> bool:
    """Whether blocks of lines are addresses and a dateline, an address first but for the day."""
    for line in (line for block in blocks for line in block):
        if len(line.text) > ADDRESS_CHARACTERS or is_menu(line.text) or is_entry(line.text):
            return False
    dated = [any(map(_is_dateline, block)) for block in blocks]
    if not any(dated):
        return False
    # What stands alone above the day may be a title; so may a line right above it, below another block.
    day = dated.index(True)
    if any(len(block) == 1 for block in blocks[:day]) or (day and not all(map(_is_dateline, blocks[day]))):
        return False
    first = next((block for block in blocks if not all(map(_is_dateline, block))), None)
    return first is not None and first in blocks[:2] and len(first) > 1 and _is_address(first)


def _is_address(block: Sequence[Line]) -> bool:
    words = [line for line in block if not _is_dateline(line)]
    if any(_STREET.match(line.text) for line in words):
        return True
    indents = {line.indent for line in block}
    return len(words) > 1 and len(words) < len(block) and len(indents) == 1 and min(indents) >= SET_IN_COLUMNS


def _is_dateline(line: Line) -> bool:
    return read_dateline(line.text) is not None

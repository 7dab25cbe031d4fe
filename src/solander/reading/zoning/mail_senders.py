"""Whom a letter by mail is from that a page shows: archives of lists set its head above it.

The head is a line "From: Ann Lee <ann@…>" beside one of its other fields, or a name, an address and a day in one line
below the heading. Only above all prose: a head further down belongs to a letter that the text quotes.

Promise: pure functions; of a page only the first lines are looked at.

Source: RFC 5322, 3.6.2 (originator fields).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.reading.dividing.letters import MAIL_LINE
from solander.reading.divisions import Draft, DraftLeaf
from solander.reading.survey import Survey

FIRST_LEAVES, PROSE_CHARACTERS = 60, 200
"""So far down a page the head of a letter may stand, and above all lines so long of running text."""

NEAR_LEAVES = 4
"""So near to whom it is from stands when it was sent, or what it is about."""

_FROM = frozenset(("from", "von", "de", "发件人"))
_NEXT_FIELD = re.compile(r"\s(?:to|date|subject|sent|cc|an|datum|betreff|gesendet|à|objet)\s?[:：]", re.IGNORECASE)
_ADDRESS = r"[^\s@<>]{1,64}(?:@| at | \(at\) | en | à )[^\s@<>]{1,80}\.[^\s@<>]{2,20}"
_HAS_ADDRESS = re.compile(_ADDRESS)
_NAME_ADDRESS_DAY = re.compile(
    rf"(?P<name>[^\W\d_][^@<>:\d\s]{{0,30}}(?:\s[^@<>:\d\s]{{1,30}}){{1,4}}?)\s[<(]?{_ADDRESS}[>)]?\s"
    r"(?P<day>(?:[^\W\d_]{2,12}\.?,?\s+){0,2}\d{1,4}[\s./-].{4,50})"
)
_HOUR = re.compile(r"\d{1,2}:\d{2}")
_YEAR = re.compile(r"\b[12]\d{3}\b")
_HEADINGS = frozenset(("h1", "h2", "h3"))


def sender_shown(survey: Survey, zones: list[str]) -> tuple[int, str] | None:
    """The leaf that says whom a letter is from, and what it says; ``None`` where none stands above all prose."""
    headed = -NEAR_LEAVES
    for leaf, text in enumerate(survey.texts[:FIRST_LEAVES]):
        if survey.tags[leaf] in _HEADINGS:
            headed = leaf
            continue
        if len(text) >= PROSE_CHARACTERS:
            if zones[leaf] == "main":
                return None
            continue
        if (field := MAIL_LINE.match(text)) and field["name"].lower() in _FROM:
            value = _NEXT_FIELD.split(field["value"], maxsplit=1)[0]
            if _HAS_ADDRESS.search(value) and (value != field["value"] or _is_beside_another(leaf, survey)):
                return leaf, value
        elif leaf - headed < NEAR_LEAVES and survey.links[leaf] and (name := _named_in_line(text)):
            return leaf, name
    return None


def _named_in_line(text: str) -> str:
    """Whom a line of a name, an address and a day with its hour names; empty where it is none."""
    line = _NAME_ADDRESS_DAY.fullmatch(text)
    return line["name"] if line and _HOUR.search(line["day"]) and _YEAR.search(line["day"]) else ""


def pointer_of(drafts: Sequence[Draft | DraftLeaf], line: int) -> str:
    """The pointer to the leaf that a line of the survey was noted of."""
    while True:
        held = next(draft for draft in drafts if draft.first <= line < draft.last)
        if isinstance(held, DraftLeaf):
            return held.leaf.source
        drafts = held.children


def _is_beside_another(leaf: int, survey: Survey) -> bool:
    near = survey.texts[max(0, leaf - NEAR_LEAVES) : leaf + NEAR_LEAVES + 1]
    fields = filter(None, map(MAIL_LINE.match, near))
    return any(field["name"].lower() not in _FROM for field in fields)

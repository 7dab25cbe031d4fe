"""What a thread says beside each of its messages in the same words is no message: ranks, mottoes, labels, buttons.

Boards print beside what somebody wrote who that is ("Senior Member, Posts: 1203") and what can be done with it. A make
of short lines that say nearly the same wherever they stand is such, whatever its language; figures aside, for they
count. A line with a day in it is kept: it says when a message was written.

Promise: a pure function, in time linear in the pieces; what is said once, or is a make's own words, stays.
"""

from __future__ import annotations

import re
from itertools import accumulate

from solander.model.membership import tells_membership
from solander.reading.dateline import find_dates
from solander.reading.zoning.pieces import NEAR_ELEMENTS, PROSE_CHARACTERS, Pieces

FEWEST_MESSAGES = 3
"""So many elements of one name that tells messages, with a paragraph in each, are a thread."""

FEWEST_LINES = 3
"""Fewer lines of a make show nothing."""

MOTTO_CHARACTERS = 240
"""A line so short may be what a writer sets beneath all that he writes."""

_MESSAGE_WORDS = frozenset(("post", "message", "reply", "answer", "postbit", "beitrag", "comment"))
_NAME_WORDS = frozenset(
    ("author", "username", "nick", "nickname", "poster", "name", "creator", "autor", "auteur", "fn")
)
"""What holds the name of whoever wrote is called so: it comes back with him, and tells whose a message is."""

_DIGITS = re.compile(r"\d+")


def said_in_each(pieces: Pieces) -> frozenset[int]:
    """Which pieces say beside each message of a thread what is said beside the others."""
    if not _has_messages(pieces):
        return frozenset()
    texts = pieces.survey.texts
    makes: dict[str, dict[str, list[int]]] = {}
    for piece, weight in enumerate(pieces.weights):
        if weight > MOTTO_CHARACTERS:
            continue
        make = _make(pieces.elements[piece], pieces)
        if not make:
            continue
        line = " ".join(texts[pieces.first[piece] : pieces.last[piece]])
        makes.setdefault(make, {}).setdefault(_DIGITS.sub("#", line), []).append(piece)
    found: list[int] = []
    for lines in makes.values():
        count = sum(map(len, lines.values()))
        again = [held for held in lines.values() if len(held) > 1]
        if count >= FEWEST_LINES and 4 * sum(map(len, again)) >= 3 * count and 2 * len(lines) <= count:
            # The first of the headings is the thread's own, or stands for it.
            beside = (held[1:] if pieces.levels[held[0]] else held for held in again)
            found.extend(piece for held in beside for piece in held if not _tells_day(texts[pieces.first[piece]]))
    return frozenset(found)


def _make(element: int, pieces: Pieces) -> str:
    """The tags from an element up to one that bears a name, and that name, figures aside; empty for somebody's."""
    around, path = pieces.around, ""
    for _ in range(NEAR_ELEMENTS):
        tag, classes, _ = around.names[around.named[element]]
        path = f"{path}/{tag}"
        if not _NAME_WORDS.isdisjoint(around.words[around.named[element]]):
            return ""
        if classes or not element:
            return f"{path} {_DIGITS.sub('', classes)}"
        element = pieces.survey.parents[element]
    return path


def _has_messages(pieces: Pieces) -> bool:
    """Whether several elements of one name that tells messages hold a paragraph each, none in another."""
    survey, around = pieces.survey, pieces.around
    telling = {
        number: _DIGITS.sub("", around.names[number][1])
        for number, words in enumerate(around.words)
        if not _MESSAGE_WORDS.isdisjoint(words)
    }
    messages = [element for element, number in enumerate(around.named) if number in telling]
    if len(messages) < FEWEST_MESSAGES:
        return False
    long = list(accumulate([len(text) >= PROSE_CHARACTERS // 2 for text in survey.texts], initial=0))
    counts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for element in messages:
        name, first = telling[around.named[element]], survey.first[element]
        last = min(survey.last[element], len(survey.texts))
        if long[last] == long[first] or first < ends.get(name, 0):
            continue
        counts[name], ends[name] = counts.get(name, 0) + 1, last
        if counts[name] >= FEWEST_MESSAGES:
            return True
    return False


def _tells_day(line: str) -> bool:
    return any(not tells_membership(line[: day.begin]) for day in find_dates(line))

"""Which message answers which: by what it stands in, by the list of replies that it stands in, by the depth it tells.

Promise: pure functions, in time linear in the survey.

Source: TEI P5, 9.3.1.2 (``replyTo``, ``indentLevel``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from solander.reading.naming.zones import class_words
from solander.reading.survey import Survey

ITEM_REACH = 4
"""So many elements above a list the item is that it stands in."""

_NESTING = frozenset(
    [
        *("children", "child", "replies", "reply", "nested", "nest", "indented", "indent", "subcomments", "responses"),
        *("answers", "antworten", "reponses", "respuestas", "risposte"),
    ]
)
_DEPTH = re.compile(r"(?:^|[\s_-])(?:depth|level|indent|nest|nesting|lvl)[_-]?([0-9]{1,2})(?![^\s])", re.IGNORECASE)


class Around:
    """The innermost of some elements that an element is or stands in."""

    __slots__ = ("known", "parents")

    def __init__(self, parents: Sequence[int], chosen: Iterable[int]) -> None:
        self.parents = parents
        self.known = {0: 0, **{element: element for element in chosen}}

    def __call__(self, element: int) -> int:
        """Find it; 0 where there is none."""
        way: list[int] = []
        known, parents = self.known, self.parents
        while element not in known:
            way.append(element)
            element = parents[element]
        found = known[element]
        for passed in way:
            known[passed] = found
        return found


def answers(survey: Survey, chosen: Iterable[int], around: Around) -> dict[int, int]:
    """Which message each message answers."""
    parents, tags = survey.parents, survey.element_tags
    nests: dict[int, int] = {0: 0}
    answered: dict[int, int] = {}
    latest: dict[int, int] = {}
    depths: list[tuple[int, int]] = []
    for element in chosen:
        depth = _depth(survey, element)
        if depth is not None:
            while depths and depths[-1][0] >= depth:
                depths.pop()
            if depths:
                answered[element] = depths[-1][1]
            depths.append((depth, element))
            continue
        nest = _nest(survey, parents[element], nests)
        outer = around(parents[element])
        latest[nest] = element
        if outer and (not nest or nest < outer):
            answered[element] = outer
            continue
        before = latest.get(_nest(survey, parents[nest], nests)) if nest else None
        if before and not (outer and tags[nest] not in ("ul", "ol")):
            # Of a message with answers of its own it is the message that is answered.
            while around(parents[before]) not in (0, outer):
                before = around(parents[before])
            is_near = tags[nest] not in ("ul", "ol") or _shares_item(survey, before, nest)
            answered[element] = before if is_near else outer
        elif outer:
            answered[element] = outer
    return answered


def _nest(survey: Survey, element: int, nests: dict[int, int]) -> int:
    """The innermost list of replies that an element is or stands in."""
    way: list[int] = []
    while element not in nests:
        if _nests(survey, element):
            nests[element] = element
        else:
            way.append(element)
            element = survey.parents[element]
    for passed in way:
        nests[passed] = nests[element]
    return nests[element]


def _nests(survey: Survey, element: int) -> bool:
    if survey.element_tags[element] in ("ul", "ol"):
        return _item(survey, element) > 0
    classes = survey.classes[element]
    return bool(classes) and not _NESTING.isdisjoint(class_words(classes)) and survey.element_tags[element] != "li"


def _item(survey: Survey, element: int) -> int:
    """The item that a list stands in; 0 where it stands in none."""
    for _ in range(ITEM_REACH):
        element = survey.parents[element]
        if not element or survey.element_tags[element] == "li":
            return element
    return 0


def _shares_item(survey: Survey, before: int, nest: int) -> bool:
    """Whether a message stands in the item that a list of replies stands in, or is that item."""
    item = _item(survey, nest)
    return item <= before and survey.first[before] < survey.last[item] and item > 0


def _depth(survey: Survey, element: int) -> int | None:
    """How deep a message is by what it says of itself; ``None`` where it does not say."""
    if element in survey.depths:
        return survey.depths[element]
    match = _DEPTH.search(survey.classes[element]) if survey.classes[element] else None
    return int(match[1]) if match else None

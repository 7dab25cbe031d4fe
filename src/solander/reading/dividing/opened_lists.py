"""Lists of messages are opened: a thread in one ``ol`` is no list, its items are what stands side by side.

A list is of one zone, and goes with the greater part of its words. The items of a thread hold profiles and buttons
beside what was written, and each of these is judged by itself, as in a thread that is made of ``div``.

Source: HTML Standard, 4.4.5 (``ol``); TEI P5, 9.3.1 (``post``).
"""

from __future__ import annotations

from collections.abc import Sequence

from solander.reading.divisions import Draft, DraftLeaf
from solander.reading.naming.messages import PROSE_CHARACTERS, tells_message
from solander.reading.survey import Survey

FEWEST_MESSAGES = 2
"""Fewer items that are called messages make no thread."""

FEWEST_LINES = 3
"""A message in fewer lines (a name, what was said) has nothing to be parted from."""

_LIST_LOOKS = frozenset(("ordered", "rend", "start"))


def open_lists(children: list[Draft | DraftLeaf], survey: Survey) -> None:
    """Put in the place of each list of messages what its items hold; nothing else changes."""
    messages = _messages(survey)
    if len(messages) < FEWEST_MESSAGES:
        return
    stack = [children]
    while stack:
        held = stack.pop()
        if any(_is_of_messages(draft, messages) for draft in held):
            held[:] = [part for draft in held for part in _opened(draft, messages)]
        stack.extend(draft.children for draft in held if isinstance(draft, Draft) and draft.kind != "list")


def _messages(survey: Survey) -> frozenset[tuple[int, int]]:
    """The leaves of each item that is called a message, or is one by microdata, and holds several lines."""
    found: set[tuple[int, int]] = set()
    told: dict[str, bool] = {}
    for element, tag in enumerate(survey.element_tags):
        if tag != "li" or survey.last[element] - survey.first[element] < FEWEST_LINES:
            continue
        classes = survey.classes[element]
        if classes not in told:
            told[classes] = tells_message(classes)
        first, last = survey.first[element], survey.last[element]
        if (told[classes] or element in survey.item_types) and any(
            len(text) >= PROSE_CHARACTERS for text in survey.texts[first:last]
        ):
            found.add((first, last))
    return frozenset(found)


def _is_of_messages(draft: Draft | DraftLeaf, messages: frozenset[tuple[int, int]]) -> bool:
    """Whether a list is one of messages: most of its items are, and nothing is said of them that would be lost."""
    if not isinstance(draft, Draft) or draft.kind != "list" or not _LIST_LOOKS.issuperset(draft.attributes or ()):
        return False
    items = draft.children
    if not all(isinstance(item, Draft) and item.kind == "item" and not item.attributes for item in items):
        return False
    called = sum((item.first, item.last) in messages for item in items)
    return called >= FEWEST_MESSAGES and 2 * called > len(items)


def _opened(draft: Draft | DraftLeaf, messages: frozenset[tuple[int, int]]) -> Sequence[Draft | DraftLeaf]:
    if not _is_of_messages(draft, messages):
        return [draft]
    return [part for item in draft.children if isinstance(item, Draft) for part in item.children]  # type: ignore[union-attr]

"""Sections whose ``id`` is made of their heading's words: it names a place in the text, and no part of a template.

A manual's chapter on cookies stands in ``section id="cookies"``, and is no dialog that asks for leave to set them. A
thread of comments under its heading looks the same: so the words of an ``id`` are let go only where sections around it,
or beside it, are named by their headings too, and their names say nothing of a template.

Promise: in time linear in the elements.

Source: HTML Standard, 3.2.6.1 (``id``) and 4.3.3 (``section``); docutils and Pandoc make such names.
"""

from __future__ import annotations

from collections import Counter

from solander.reading.naming.zones import worded_kind
from solander.reading.survey import Survey

FEWEST_BESIDE = 2
"""So many sections beside one, named so, show that names are made of headings."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def forget_names(survey: Survey) -> None:
    """Take the names that headings gave out of the classes of sections, in place."""
    # A look costs less than a call, and most elements are no sections.
    named = [
        element
        for element, (tag, classes) in enumerate(zip(survey.element_tags, survey.classes, strict=True))
        if (tag == "div" or tag == "section")
        and classes
        and (tag == "section" or "section" in classes)
        and _is_named_by_heading(survey, element, tag)
    ]
    if len(named) < 2:
        return
    plain = {element for element in named if not _told(survey, element)}
    beside = Counter(survey.parents[element] for element in plain)
    for element in named:
        parent = survey.parents[element]
        if element not in plain and (parent in plain or beside[parent] >= FEWEST_BESIDE):
            survey.classes[element] = survey.classes[element].rpartition(" ")[0]


def _told(survey: Survey, element: int) -> bool:
    tag, classes, role = survey.element_tags[element], survey.classes[element], survey.roles[element]
    return worded_kind(tag, classes, role) > 0


def _is_named_by_heading(survey: Survey, element: int, tag: str) -> bool:
    """Whether the last of its names, where its ``id`` stands, has the letters of the heading that it begins with."""
    others, _, name = survey.classes[element].rpartition(" ")
    if tag == "div" and "section" not in others.split():
        return False
    first = survey.first[element]
    if first >= len(survey.tags) or first >= survey.last[element] or survey.tags[first] not in _HEADINGS:
        return False
    return _letters(survey.texts[first][:200]).endswith(_letters(name)) and bool(_letters(name))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))

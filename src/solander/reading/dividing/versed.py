"""Verse that says so: stanzas of a poem by the names of their classes, each with its lines.

No ``br`` is taken for a line of verse by itself; in what a class calls a stanza of a poem it can be nothing else.
Zones are settled before: nothing moves.

Source: TEI P5 4.12.0, 3.14 (``lg``, ``l``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.model.page import LINE_KINDS
from solander.reading.divisions import Draft, DraftLeaf
from solander.reading.survey import Survey

_POEM = re.compile(r"(?:^|[\s_-])(?:poem|poetry)(?![^\s_-])", re.IGNORECASE)
_STANZA = re.compile(r"(?:^|[\s_-])(?:stanza|strophe|linegroup|lg)(?![^\s_-])", re.IGNORECASE)
_LINE = re.compile(r"(?:^|[\s_-])(?:verse|line|l|verseline|vers)(?![^\s_-])", re.IGNORECASE)
_WRAPPERS = frozenset(("quote", "figure", "details"))

_ELEMENTS_UP = 6
"""So many elements above a line its poem is looked for."""


def make_stanzas(drafts: list[Draft | DraftLeaf], zones: Sequence[str], survey: Survey) -> None:
    """Put the lines of each stanza together, in place."""
    stack = [drafts]
    while stack:
        children = stack.pop()
        kept: list[Draft | DraftLeaf] = []
        stanza: Draft | None = None
        around = 0
        for child in children:
            if isinstance(child, Draft):
                stanza = None
                if child.kind in _WRAPPERS:
                    stack.append(child.children)
            elif element := _stanza_of(child, survey):
                if stanza is None or element != around or zones[stanza.first] != zones[child.first]:
                    stanza = Draft("stanza", child.leaf.source, None, child.first, None)
                    around = element
                    kept.append(stanza)
                child.leaf = child.leaf._replace(kind="verse")
                stanza.children.append(child)
                stanza.last = child.last
                continue
            elif child.first < child.last:
                stanza = None
            kept.append(child)
        children[:] = kept


def _stanza_of(draft: DraftLeaf, survey: Survey) -> int:
    """The element that is the stanza of a line: by its own name, or the poem itself where lines have theirs."""
    if draft.first == draft.last or draft.leaf.kind not in LINE_KINDS:
        return 0
    element = survey.elements[draft.first]
    stanza = 0
    is_line = _LINE.search(survey.classes[element]) is not None
    for step in range(_ELEMENTS_UP + 1):
        classes = survey.classes[element]
        if classes and not stanza and _STANZA.search(classes):
            stanza = element
        elif classes and (step or stanza) and _POEM.search(classes):
            return stanza or (element if is_line else 0)
        element = survey.parents[element]
        if not element:
            return 0
    return 0

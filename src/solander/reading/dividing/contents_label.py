"""The line above a list of contents ("Contents") is the heading of the list, and stands where the list does.

Generators write it as a paragraph, or in a ``div``; taken by itself it is a line of the page like any other.

Promise: in time linear in the drafts; no word moves.

Source: HTML Standard, 4.3.4 (``nav``); TEI P5 4.12.0, 4.2.1 (``head``).
"""

from __future__ import annotations

import re
from collections.abc import MutableSequence, Sequence
from itertools import pairwise

from solander.model.page import LINE_KINDS
from solander.reading.divisions import Draft, DraftLeaf
from solander.reading.survey import Survey

LABEL_CHARACTERS = 40
"""A longer line is no label."""

LINKED_PERCENT = 80
"""So much of a list of contents is links."""

LEVEL = "2"
"""The rank of the heading of contents: below the title's."""

_CALLED = re.compile(r"(?:^|[\s_-])(?:toc\d?|toctitle|contents|table[-_]of[-_]contents)(?![^\s_-])", re.IGNORECASE)
_ELEMENTS_UP = 3
"""So many elements around a line are asked whether they are a list of contents."""


def label_contents(drafts: Sequence[Draft | DraftLeaf], zones: MutableSequence[str], survey: Survey) -> None:
    """Make headings of the lines above lists of contents, in place.

    Args:
        drafts: the page's.
        zones: a zone a leaf; a label goes with its list.
        survey: the page's.
    """
    for line, contents in pairwise(drafts):
        if (
            isinstance(line, DraftLeaf)
            and line.first < line.last
            and line.leaf.kind in LINE_KINDS
            and isinstance(contents, Draft)
            and contents.kind == "list"
            and len(survey.texts[line.first]) <= LABEL_CHARACTERS
            and not survey.link_characters[line.first]
            and _is_of_contents(line, contents, survey)
        ):
            zones[line.first] = zones[contents.first]
            attributes = {**(line.leaf.attributes or {}), "level": LEVEL}
            line.leaf = line.leaf._replace(kind="heading", attributes=attributes)


def _is_of_contents(line: DraftLeaf, contents: Draft, survey: Survey) -> bool:
    """Whether an element that a class calls contents holds the two and nothing else, and the list is links."""
    here = slice(contents.first, contents.last)
    words, links = sum(map(len, survey.texts[here])), sum(survey.link_characters[here])
    if 100 * links < LINKED_PERCENT * words:
        return False
    element = survey.elements[line.first]
    for _ in range(_ELEMENTS_UP + 1):
        if survey.first[element] < line.first or survey.last[element] > contents.last:
            return False
        if survey.last[element] == contents.last and _CALLED.search(survey.classes[element]):
            return True
        element = survey.parents[element]
    return False

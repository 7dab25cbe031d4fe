"""Beyond the place where the text stands, a page is hardly text: other news, shops' offers, who else wrote what.

The text's place is the innermost element that holds half of what the trees are sure of. What follows it, and what
stands before both it and the title, is less probable; between the title and the text stand a byline and a lead. On a
page of many parts no one place is the text's.

Promise: a pure function of whole numbers, in time linear in the leaves and elements; nothing within the place changes.

Source: HTML Standard, 4.3.2 (``article``) and 4.4.14 (``main``) name such a place; most pages only have one.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from solander.reading.survey import Survey
from solander.reading.zoning.leaf_measures import Flags, Ints, until
from solander.reading.zoning.main_features import Features

SUBTRACTED = 2000
"""How much less probable a leaf is beyond the text's place, in thousandths of log odds."""

SURE = 1000
"""From these log odds (in thousandths) a leaf counts as text for its place: somewhat less than three to one."""

MOST_PARTS = 75
"""How much (in hundredths) a page may be one of many parts and still have its text in one place."""

FEWEST_WORDS = 20
"""Fewer words that the trees are sure of are no text that has a place."""

SAME_NAME = 5
"""So many characters of class and id tell elements side by side of one make: ``post-12``, ``post-13``."""

EIGHTH = 8
"""An element of the same make beside it with such a part of the text shows that the text's place is wider."""

MOST_WIDENINGS = 32
"""Around so many elements others of their make are looked for; on deeply nested pages it would be work without end."""

_PLACES = frozenset(("article", "main", "article-body"))
"""Tags and roles that say of themselves that they are the text's place."""


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def less_beyond_the_text(odds: Ints, found: Features, survey: Survey, in_parts: int) -> Ints:
    """Lower the log odds of what stands after the text's place, or before it and the title.

    Args:
        odds: thousandths.
        found: the columns that they were asked of.
        survey: the page.
        in_parts: in hundredths, how much it is a page of many parts (``Appetite.in_parts``).
    """
    place = place_of_text(odds, found, survey) if in_parts <= MOST_PARTS else 0
    if not place:
        return odds
    first, last = survey.first[place], survey.last[place]
    lowered = odds.copy()
    lowered[last:] -= SUBTRACTED
    before_title: Flags = np.asarray(found.columns["title_far"])[:first] < 0
    lowered[:first][before_title] -= SUBTRACTED
    return lowered


def place_of_text(odds: Ints, found: Features, survey: Survey) -> int:
    """The element in which a page's text stands; 0 where little is sure to be text, or no element holds half of it."""
    sure: list[int] = until(np.where(odds > SURE, found.leaves.tokens, 0)).tolist()
    return _place(sure, survey) if sure[-1] >= FEWEST_WORDS else 0


def _place(sure: list[int], survey: Survey) -> int:
    """The innermost element with several leaves and half of the text, or what widens it; 0 where none is."""
    firsts, lasts, leaves, words = survey.first, survey.last, len(sure) - 1, sure[-1]
    # Whatever holds half of the words without a gap holds the one in the middle.
    element = survey.elements[bisect_left(sure, (words + 1) // 2) - 1]
    place, found, looks = 0, False, 0
    while element:
        first, last = firsts[element], min(lasts[element], leaves)
        held = sure[last] - sure[first]
        if last - first > 1 and 2 * held >= words:
            if not found or survey.element_tags[element] in _PLACES or survey.roles[element] in _PLACES:
                place, found = element, True
            if EIGHTH * (words - held) >= words and looks < MOST_WIDENINGS:
                looks += 1
                if is_one_of_many(element, sure, survey):
                    place = survey.parents[element]
        element = survey.parents[element]
    return place


def is_one_of_many(element: int, sure: list[int], survey: Survey) -> bool:
    """Whether an element beside it holds text too, of the same make or under a heading: a post of a thread, a part of a
    text.
    """
    parents, leaves = survey.parents, len(sure) - 1
    parent, tag, name = parents[element], survey.element_tags[element], survey.classes[element][:SAME_NAME]
    headed = tag == "section" or _begins_with_heading(element, survey)
    # What stands in the parent follows it: elements begin in the order of the source.
    other, end = parent, bisect_left(survey.first, survey.last[parent], parent + 1) if parent else len(parents)
    while True:
        try:
            other = parents.index(parent, other + 1, end)
        except ValueError:
            return False
        if other != element and survey.element_tags[other] == tag:
            first, last = min(survey.first[other], leaves), min(survey.last[other], leaves)
            if EIGHTH * (sure[last] - sure[first]) >= sure[-1] and (
                survey.classes[other][:SAME_NAME] == name or (headed and _begins_with_heading(other, survey))
            ):
                return True


def _begins_with_heading(element: int, survey: Survey) -> bool:
    first = survey.first[element]
    return first < min(survey.last[element], len(survey.tags)) and survey.tags[first] in _HEADINGS

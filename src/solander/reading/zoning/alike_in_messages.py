"""What the messages of a thread hold in one place is text in all of them, or in none.

The trees judge line by line, and a thread's messages read unlike each other: of a board that a form encloses, five of
twelve were text. A line of one make (its element's tag and class, and those of what holds it) in several messages is
text in each where a good part of its words was chosen.

Promise: a pure function of whole numbers, in time linear in the leaves and elements; a page without messages costs one
look.

Source: schema.org, ``DiscussionForumPosting``.
"""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np

from solander.reading.naming.messages import tells_message
from solander.reading.naming.zones import KINDS, Ancestry
from solander.reading.survey import Survey
from solander.reading.zoning.leaf_measures import Flags, Ints

FEWEST = 3
"""So many messages side by side are a thread."""

CHOSEN, OF = 1, 3
"""Lines of one make are text where this part of their words was chosen (a third)."""

LEAST = 8
"""Lines of a make that have fewer words on average are names, days and buttons."""

_DIGITS = re.compile(r"[0-9]+")
_COMMENTS = KINDS.index("comments")


def alike_in_messages(chosen: Flags, tokens: Ints, survey: Survey, around: Ancestry) -> Flags:
    """Choose the lines of a make in all messages where they were chosen in many."""
    within = _messages(survey, len(chosen))
    if within is None:
        return chosen
    # Half of a thread's text stands in its messages; reviews stand beside a text.
    if 2 * int(tokens[chosen & (np.array(within) >= 0)].sum()) < int(tokens[chosen].sum()):
        return chosen
    # The numbers of messages stand in names ("post-12").
    makes = [(tag, _DIGITS.sub("#", classes)) for tag, classes, _ in around.names]
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for leaf, (message, tag, element) in enumerate(zip(within, survey.tags, survey.elements, strict=True)):
        if message >= 0 and around.kinds[element] != _COMMENTS:
            own, outer = around.named[element], around.named[survey.parents[element]]
            places[tag, makes[own], makes[outer]].append(leaf)
    found = chosen.copy()
    for leaves in places.values():
        if len({within[leaf] for leaf in leaves}) < FEWEST:
            continue
        at = np.array(leaves)
        if int(tokens[at].sum()) < LEAST * len(leaves):
            continue
        if OF * int(tokens[at][chosen[at]].sum()) >= CHOSEN * int(tokens[at].sum()):
            found[at] = True
    return found


def _messages(survey: Survey, count: int) -> list[int] | None:
    """Of each leaf, in which message it stands; negative for none."""
    telling = {classes for classes in set(survey.classes) if classes and tells_message(classes)}
    if not telling:
        return None
    beside: dict[tuple[int, str], list[int]] = defaultdict(list)
    for element, classes in enumerate(survey.classes):
        if classes in telling and survey.last[element] - survey.first[element] > 1:
            beside[survey.parents[element], survey.element_tags[element]].append(element)
    most = max(beside.values(), key=len, default=[])
    if len(most) < FEWEST:
        return None
    within = [-1] * count
    for element in most:
        for leaf in range(survey.first[element], min(survey.last[element], count)):
            within[leaf] = element
    return within

"""The items of a page of many parts: a shop's goods, a catalogue's finds, a category's posts.

Items are elements of one make side by side, and alike within. What each of them says in the same words (a button, a
badge) says nothing of an item, and the same line right behind itself is a second showing: neither is text. The trees
judge line by line; where few words have a score, or none of the items was to be told, they take the names of some and
leave the rest. All are text then, if a third of their words was chosen, or if they are most of what the page's main
part holds. On other pages the last of several items is text where those before it are.

Promise: pure functions of whole numbers, in time linear in the leaves and elements; no item alone is looked at.

Source: HTML Standard, 4.3.2 (``article``), 4.4.8 (``li``), 4.4.14 (``main``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

import numpy as np

from solander.reading.naming.zones import Ancestry
from solander.reading.survey import Survey
from solander.reading.zoning.beyond import SAME_NAME
from solander.reading.zoning.leaf_measures import Flags, Ints, until
from solander.reading.zoning.main_features import Features

LEAST_IN_PARTS = 75
"""How much (in hundredths) a page must be one of many parts."""

FEWEST, MOST_LEAVES = 3, 12
"""So many elements side by side are items; each has two leaves or more, and no more than these."""

ALIKE = 4
"""All but one in so many items have a leaf of one make."""

CHOSEN = 3
"""Items are text if one word in so many was chosen."""

SAID_CHARACTERS = 40
"""What each item says in the same words is no longer."""

HARDLY = -4500
"""Leaves of such log odds (in thousandths) on average are no items of the text, however many they are."""

NEARLY = -1500
"""From such log odds (in thousandths) what the last of several items holds is text if it is in the others."""

_BUTTONS = frozenset(
    word
    for line in (
        "button btn cta cart tocart addtocart quickview wishlist compare readmore more action actions",
        "badge flag sticker",
    )
    for word in line.split()
)
"""Words of classes that tell a button or a badge."""


Item: TypeAlias = tuple[int, int, int]
"""An element, its first leaf and the leaf after its last."""


class Items(NamedTuple):
    """Elements of one make side by side, and alike within."""

    first: int
    """The first leaf."""
    last: int
    """The leaf after the last."""
    ranges: list[Item]
    """Each element with its leaves."""


def items_as_one(
    chosen: Flags, odds: Ints, found: Features, survey: Survey, around: Ancestry, *, is_foreign: bool
) -> Flags:
    """Choose the items of a page of many parts together.

    Args:
        chosen: the leaves that were chosen one by one.
        odds: thousandths, as they were chosen by.
        found: the columns that the trees were asked of.
        survey: the page.
        around: what its elements bear.
        is_foreign: few of the page's words have a score: what was chosen of its items are rather too few of them.
    """
    together = chosen.copy()
    tokens = found.leaves.tokens
    apart: Flags = (np.asarray(found.columns["kind"], np.int64) > 0) | np.asarray(found.columns["control"], np.bool_)
    in_main: Flags = np.asarray(found.columns["in_main"], np.bool_)
    is_product = bool(np.any(found.columns["page_type1"])) or survey.og_type.startswith("product")
    own_until = until(np.where(apart, 0, tokens)).tolist()
    chosen_until = until(np.where(apart | ~chosen, 0, tokens)).tolist()
    in_main_words = int(tokens[in_main & ~apart].sum())
    for items in _groups(survey):
        here = slice(items.first, items.last)
        share = chosen_until[items.last] - chosen_until[items.first]
        may_be_most = not is_product and 2 * (own_until[items.last] - own_until[items.first]) >= in_main_words
        # Of what has no text and is not most of the page nothing is asked: so are most elements side by side.
        if not (share or may_be_most) or not _are_alike(items, survey, around):
            continue
        own = ~apart[here]
        own[[at - items.first for at in _said_again(items, odds, survey, around)]] = False
        held = int(tokens[here][own].sum())
        if not held:
            continue
        share = int(tokens[here][own & chosen[here]].sum())
        if CHOSEN * share >= held:
            all_are_text = is_foreign
        else:
            all_are_text = (
                may_be_most
                and bool(in_main[here].all())
                and 2 * held >= in_main_words
                and int((odds[here] * tokens[here])[own].sum()) >= HARDLY * held
            )
        if all_are_text:
            together[here] = own | (apart[here] & chosen[here])
        elif share:
            together[here] &= own | apart[here]
    return together if together.any() else chosen


def with_last_items(chosen: Flags, odds: Ints, survey: Survey, around: Ancestry) -> Flags:
    """Choose of the last of several items what is text in those before it, if it is not much worse than even.

    The trees hold a line for less probable the nearer it is to the page's end.

    Args:
        chosen: the leaves that were chosen one by one.
        odds: thousandths, as they were chosen by.
        survey: the page.
        around: what its elements bear.
    """
    more: list[int] = []
    for items in _groups(survey):
        _, first, last = items.ranges[-1]
        # Most elements side by side hold no text, or are all text.
        before = chosen[items.first : first]
        if len(items.ranges) <= FEWEST or chosen[first:last].all() or 2 * int(before.sum()) < len(before):
            continue
        if not _are_alike(items, survey, around):
            continue
        told: dict[tuple[str, int], list[bool]] = defaultdict(list)
        for _, begin, end in items.ranges[:-1]:
            for leaf in range(begin, end):
                told[_make(leaf, survey, around)].append(bool(chosen[leaf]))
        taken = {make for make, flags in told.items() if ALIKE * sum(flags) >= (ALIKE - 1) * len(flags)}
        more += [leaf for leaf in range(first, last) if odds[leaf] >= NEARLY and _make(leaf, survey, around) in taken]
    if more:
        chosen = chosen.copy()
        chosen[more] = True
    return chosen


def _groups(survey: Survey) -> Iterable[Items]:
    """Elements of one make side by side, each with several leaves and no more than a few; outer ones first."""
    side_by_side: dict[tuple[int, str, str], list[Item]] = defaultdict(list)
    leaves = len(survey.texts)
    few = [
        (element, first, last)
        for element, (first, last) in enumerate(zip(survey.first, survey.last, strict=True))
        if 1 < last - first <= MOST_LEAVES and last <= leaves
    ]
    # Most elements have no two beside them.
    beside = Counter([survey.parents[item[0]] for item in few])
    for item in few:
        element = item[0]
        parent = survey.parents[element]
        if beside[parent] >= FEWEST:
            side_by_side[parent, survey.element_tags[element], survey.classes[element][:SAME_NAME]].append(item)
    for ranges in side_by_side.values():
        if len(ranges) >= FEWEST:
            yield Items(ranges[0][1], ranges[-1][2], ranges)


def _are_alike(items: Items, survey: Survey, around: Ancestry) -> bool:
    """Whether nearly all items have a leaf of one make: a heading, a price."""
    makes = Counter(
        make for _, first, last in items.ranges for make in {_make(leaf, survey, around) for leaf in range(first, last)}
    )
    return ALIKE * max(makes.values()) >= (ALIKE - 1) * len(items.ranges)


def _make(leaf: int, survey: Survey, around: Ancestry) -> tuple[str, int]:
    return survey.tags[leaf], around.named[survey.elements[leaf]]


def _said_again(items: Items, odds: Ints, survey: Survey, around: Ancestry) -> set[int]:
    """Leaves that say in each item the same, and those that say again what stands right before them."""
    texts = survey.texts
    said: dict[tuple[str, int], list[int]] = defaultdict(list)
    found: set[int] = set()
    for element, first, last in items.ranges:
        for leaf in range(first, last):
            if leaf > first and texts[leaf] == texts[leaf - 1]:
                found.add(leaf if odds[leaf] < odds[leaf - 1] else leaf - 1)
            if len(texts[leaf]) <= SAID_CHARACTERS and _is_button(leaf, element, survey, around):
                said[_make(leaf, survey, around)].append(leaf)
    for leaves in said.values():
        words, times = Counter(texts[leaf] for leaf in leaves).most_common(1)[0]
        if times >= FEWEST and ALIKE * times >= (ALIKE - 1) * len(leaves):
            found.update(leaf for leaf in leaves if texts[leaf] == words)
    return found


def _is_button(leaf: int, item: int, survey: Survey, around: Ancestry) -> bool:
    """Whether a leaf may be a button or a badge: by a class, as a link, or as words that stand loose in their item."""
    element = survey.elements[leaf]
    return (
        element == item
        or survey.link_characters[leaf] >= len(survey.texts[leaf])
        or not _BUTTONS.isdisjoint(around.words[around.named[element]])
    )

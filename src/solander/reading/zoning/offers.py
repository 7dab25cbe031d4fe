"""A page that is hardly more than a shop's grid: its offers are its text.

Offers are elements of one tag side by side, each with a price. The trees know prose, and have seen few shops: where a
page has no text to speak of besides, they are sure of nothing, and what was chosen were filters and notes on shipping.

Promise: a pure function, in time linear in the leaves and elements; a page with fewer prices costs one look.

Source: schema.org, ``Offer``; HTML Standard, 4.4.8 (``li``).
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from solander.reading.survey import Survey
from solander.reading.zoning.leaf_measures import CURRENCY, DIGIT, Flags, Ints
from solander.reading.zoning.main_features import Features

FEWEST, MOST_LEAVES = 4, 14
"""So many offers side by side are a grid; each has so many leaves at most."""

PRICE_CHARACTERS = 120
"""A price stands in a line no longer than this."""

TEXT_ELSEWHERE = 200
"""A page with more words that are likely text besides is about something else; so is one where they are two thirds of
those of the grid."""

LEAST_WORDS = 30
"""A smaller grid is no page's text."""

_OF_ONE = frozenset(("article", "product", "og:product", "product.item"))
"""What a page says that it is (``og:type``) whose text is no grid: offers on it are of other things, or of others."""

RAISED, LOWERED = 3000, 2000
"""The log odds (in thousandths) that an offer's leaf has at the least, and by how much what was unlikely gets less."""


def with_offers(odds: Ints, survey: Survey, found: Features) -> Ints:
    """Raise the log odds of a grid of offers, where the page has hardly any text besides.

    Args:
        odds: thousandths, as all that lowers them has left them.
        survey: the page's.
        found: what the leaves were measured by.
    """
    leaves = found.leaves
    priced = (leaves.counts[:, CURRENCY] > 0) & (leaves.counts[:, DIGIT] > 0) & (leaves.length < PRICE_CHARACTERS)
    if np.count_nonzero(priced) < FEWEST or survey.og_type in _OF_ONE:
        return odds
    offered = _offered(survey, priced)
    words, elsewhere = (int(leaves.tokens[which].sum()) for which in (offered, ~offered & (odds > 0)))
    if words < LEAST_WORDS or elsewhere > TEXT_ELSEWHERE or 3 * elsewhere > 2 * words:
        return odds
    # What is no offer and was held for no text surrounds them: filters, notes on shipping.
    return np.where(offered, np.maximum(odds, RAISED), np.where(odds > 0, odds, odds - LOWERED))


def _offered(survey: Survey, priced: Flags) -> Flags:
    """The leaves of the grid that has the most of them."""
    count = len(priced)
    until = np.concatenate(([0], np.cumsum(priced))).tolist()
    beside: dict[tuple[int, str], list[tuple[int, int, bool]]] = defaultdict(list)
    for element in range(1, len(survey.parents)):
        first, last = survey.first[element], min(survey.last[element], count)
        is_offer = 0 < last - first <= MOST_LEAVES and until[last] > until[first]
        beside[survey.parents[element], survey.element_tags[element]].append((first, last, is_offer))
    most: list[tuple[int, int]] = []
    most_leaves = 0
    for siblings in beside.values():
        offers = [(first, last) for first, last, is_offer in siblings if is_offer]
        leaves = sum(last - first for first, last in offers)
        if len(offers) >= FEWEST and 2 * len(offers) >= len(siblings) and leaves > most_leaves:
            most, most_leaves = offers, leaves
    offered: Flags = np.zeros(count, np.bool_)
    for first, last in most:
        offered[first:last] = True
    return offered

"""What kind of page it is: one line of numbers, for telling an article or a thread from a page of many parts.

Of a shop's list, a service's front page or a reference the text proper is many short parts of like weight; of an
article, a thread or a product it is one run, and the rest is not. Which of the two a page is decides how much is worth
taking (``main_scores.Appetite``). Words of classes and of buttons are counted, and nothing else of its language.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solander.reading.naming.zones import Ancestry
from solander.reading.zoning.leaf_measures import Table, ints

OPENING_CHARACTERS = 40
"""So much of a leaf's beginning is looked at for what a button or a label says."""

MOST_LABELS = 20
"""More labels of one kind say no more."""

_NAMED = (
    "cart buy sku variant quantity price",
    "thread topic forum post reply answer discussion",
    "card cards grid tile",
    "results result listing filter filters sort facet",
    "docs documentation doc toc code highlight api",
    "hero cta pricing testimonial testimonials features feature",
    "review reviews rating ratings",
)
_GROUPS_OF_WORD = {word: group for group, words in enumerate(_NAMED) for word in words.split()}
_GROUPED = frozenset(_GROUPS_OF_WORD)
_LABELS = (
    ("add to cart", "add to bag", "add to basket", "buy now"),
    ("reply", "replies", "joined", "posts", "quote"),
    ("sort by", "filter", "show more", "load more", "view all"),
    ("get started", "contact us", "contact sales", "learn more", "book a demo", "request a demo", "get a quote"),
)
_ALL_LABELS = tuple(label for labels in _LABELS for label in labels)
_OF_PAGE = ("best_share", "best_place", "best_leaves", "best_title", "leading_share")
_NOT_ASKED = frozenset(("page_known",))


def page_columns(columns: Table, around: Ancestry, openings: Sequence[str]) -> Table:
    """Gather what is the same for all leaves of a page, and count its words.

    Args:
        columns: the leaves' columns, of which those of the page are taken.
        around: what its elements bear.
        openings: the beginnings of its leaves, in lower case.

    Returns:
        Numbers by name.
    """
    page: Table = {
        name: value
        for name, value in columns.items()
        if (name.startswith("page_") or name in _OF_PAGE) and name not in _NOT_ASKED
    }
    elements = np.bincount(ints(around.named), minlength=len(around.names)).tolist()
    counts, words = [0] * len(_NAMED), [set[str]() for _ in _NAMED]
    for said, times in zip(around.words, elements, strict=True):
        if _GROUPED.isdisjoint(said):
            continue
        for word in said:
            group = _GROUPS_OF_WORD.get(word)
            if group is not None:
                counts[group] += times
                words[group].add(word)
    for group, count in enumerate(counts):
        page[f"named{group}"] = count / len(around.named)
        page[f"named{group}_words"] = float(len(words[group]))
    labelled = [opening[:OPENING_CHARACTERS] for opening in openings if opening.startswith(_ALL_LABELS)]
    for group, labels in enumerate(_LABELS):
        page[f"labels{group}"] = float(min(sum(head.startswith(labels) for head in labelled), MOST_LABELS))
    return page

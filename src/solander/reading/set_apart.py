"""What markup sets apart (comments, dialogs, footers, sidebars, menus, controls, hidden parts) is hardly the text of a
page that has text elsewhere.

The trees learn this from few pages, and let in a thread of comments that reads like an article. A page whose only text
stands in such a part (a thread of messages, a text unfolded by a script) keeps it: then nothing is subtracted.

Promise: a pure function of whole numbers, in time linear in the leaves.

Source: HTML Standard, 4.3.5 (``aside``), 4.3.9 (``footer``), 4.10 (forms), 6.1 (``hidden``).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from solander.reading.leaf_measures import Flags, Ints
from solander.reading.main_features import Features
from solander.reading.zones import KINDS

SUBTRACTED: Final = {"comments": 5000, "dialog": 5000, "footer": 3000, "sidebar": 2000, "navigation": 1500}
"""How much less probable a leaf is for the kind of part that it stands in, in thousandths of log odds."""

SUBTRACTED_HIDDEN, SUBTRACTED_CONTROL = 1500, 2000
"""The same for what is hidden, and for the words of a form's controls: a field holds markup to be copied."""

TEXT_ELSEWHERE = 20
"""So many words outside of such parts are a text, however short; fewer may be a greeting above a thread."""

SUBTRACTED_BELOW_LABEL = 3000
"""The same for what follows the label of a thread of comments, to the end of the page."""

TEXT_BEFORE_LABEL, PART_BEFORE_LABEL = 100, 4
"""So many words of text stand before such a label, and one in so many of the page's; before fewer, it is another."""

TEXT_BETWEEN_LABELS, MOST_TEXTS = 40, 2
"""More labels than this with a text before each: they are the lines below the teasers of a list."""

MOST_TIMES = 5
"""A part (comments and dialogs aside) with so many times the text elsewhere is not set apart by its name."""

LIKELY = -500
"""From these log odds (in thousandths) a leaf counts as text: somewhat less than even."""

_BY_KIND: Final = np.array([SUBTRACTED.get(kind, 0) for kind in KINDS], np.int64)


def less_what_is_set_apart(odds: Ints, found: Features) -> Ints:
    """Lower the log odds of leaves in parts that are set apart, if the page has text elsewhere.

    Elsewhere is where less is subtracted: an article in what a class calls a rail is text beside a thread of comments.

    Args:
        odds: thousandths, as the trees say.
        found: the columns that they were asked of: what parts the leaves stand in, and whether the page says of
            itself that it is a discussion, whose comments are its text.
    """
    by_kind = _BY_KIND
    is_discussion = bool(np.any(found.columns["page_type3"]))
    if is_discussion:
        by_kind = np.where(np.array(KINDS) == "comments", 0, by_kind)
    less: Ints = by_kind[np.asarray(found.columns["kind"], np.int64)]
    for column, subtracted in (("in_hidden", SUBTRACTED_HIDDEN), ("control", SUBTRACTED_CONTROL)):
        flags: Flags = np.asarray(found.columns[column], np.bool_)
        less = np.maximum(less, subtracted * flags)
    texts = np.where(odds > LIKELY, found.leaves.tokens, 0)
    lowered = odds.copy()
    for subtracted in np.unique(less[less > 0]).tolist():
        apart = less == subtracted
        elsewhere = int(texts[less < subtracted].sum())
        # A thread may be as long as it likes; a rail that is so much longer than the rest is the page's wrapper.
        is_wrapper = subtracted < SUBTRACTED["comments"] and int(texts[apart].sum()) > MOST_TIMES * elsewhere
        if elsewhere >= TEXT_ELSEWHERE and not is_wrapper:
            lowered[apart] -= subtracted
    if not is_discussion:
        _lower_below_label(lowered, found, less)
    return lowered


def _lower_below_label(odds: Ints, found: Features, less: Ints) -> None:
    """Lower what follows the label of a thread, if it stands below a good part of the page's text."""
    labels = np.nonzero(np.asarray(found.columns["thread_label"], np.bool_))[0]
    if not len(labels):
        return
    running = np.cumsum(np.where(odds > LIKELY, found.leaves.tokens, 0))
    if _heads_many(running[labels].tolist()):
        return
    # A menu has such words too.
    below = running[labels] >= max(TEXT_BEFORE_LABEL, int(running[-1]) // PART_BEFORE_LABEL)
    heads = labels[below & ((less[labels] == 0) | (less[labels] == SUBTRACTED["comments"]))]
    if len(heads):
        odds[int(heads[0]) + 1 :] -= SUBTRACTED_BELOW_LABEL


def _heads_many(until: list[int]) -> bool:
    """Whether labels stand below one text after another; ``until``: how many words of text there are before each."""
    texts, last = 0, 0
    for words in until:
        if words - last >= TEXT_BETWEEN_LABELS:
            texts, last = texts + 1, words
    return texts > MOST_TEXTS

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

from solander.reading.naming.zones import KINDS
from solander.reading.zoning.leaf_measures import Flags, Ints
from solander.reading.zoning.main_features import Features

SUBTRACTED: Final = {"comments": 5000, "dialog": 5000, "footer": 3000, "sidebar": 2000, "navigation": 1500}
"""How much less probable a leaf is for the kind of part that it stands in, in thousandths of log odds."""

SUBTRACTED_HIDDEN, SUBTRACTED_CONTROL = 1500, 2000
"""The same for what is hidden, and for the words of a form's controls: a field holds markup to be copied."""

TEXT_ELSEWHERE = 20
"""So many words outside of such parts are a text, however short; fewer may be a greeting above a thread."""

MOST_TIMES = 5
"""A part (comments and dialogs aside) with so many times the text elsewhere is not set apart by its name."""

TITLE = 0.4
"""A leaf is the title if it has so much in common with the page's."""

LIKELY = -500
"""From these log odds (in thousandths) a leaf counts as text: somewhat less than even."""

_DIALOG: Final = KINDS.index("dialog")
_BY_KIND: Final = np.array([SUBTRACTED.get(kind, 0) for kind in KINDS], np.int64)


def less_what_is_set_apart(odds: Ints, found: Features, discussion: bool = False) -> Ints:
    """Lower the log odds of leaves in parts that are set apart, if the page has text elsewhere.

    Elsewhere is where less is subtracted: an article in what a class calls a rail is text beside a thread of comments.

    Args:
        odds: thousandths, as the trees say.
        found: the columns that they were asked of: what parts the leaves stand in, and whether the page says of
            itself that it is a discussion, whose comments are its text.
        discussion: whether its mark-up shows that it is one (``discussions``).
    """
    by_kind = _BY_KIND
    if discussion or np.any(found.columns["page_type3"]):
        by_kind = np.where(np.array(KINDS) == "comments", 0, by_kind)
    kinds = np.asarray(found.columns["kind"], np.int64)
    is_title = (np.asarray(found.columns["title_far"]) == 0) & (np.asarray(found.columns["title_shared"]) >= TITLE)
    if np.any(is_title & (kinds == _DIALOG)):
        # Where the page's own title stands in it, it is the page that opens so.
        by_kind = np.where(np.array(KINDS) == "dialog", 0, by_kind)
    less: Ints = by_kind[kinds]
    for column, subtracted in (("in_hidden", SUBTRACTED_HIDDEN), ("control", SUBTRACTED_CONTROL)):
        flags: Flags = np.asarray(found.columns[column], np.bool_)
        less = np.maximum(less, subtracted * flags)
    texts = np.where(odds > LIKELY, found.leaves.tokens, 0)
    lowered = odds.copy()
    for subtracted in sorted(set(less[less > 0].tolist())):
        apart = less == subtracted
        elsewhere = int(texts[less < subtracted].sum())
        # A thread may be as long as it likes; a rail that is so much longer than the rest is the page's wrapper.
        is_wrapper = subtracted < SUBTRACTED["comments"] and int(texts[apart].sum()) > MOST_TIMES * elsewhere
        if elsewhere >= TEXT_ELSEWHERE and not is_wrapper:
            lowered[apart] -= subtracted
    return lowered

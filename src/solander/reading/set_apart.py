"""What markup sets apart (comments, dialogs, footers, sidebars, menus, hidden parts) is hardly the text of a page that
has text elsewhere.

The trees learn this from few pages, and let in a thread of comments that reads like an article. A page whose only text
stands in such a part (a thread of messages, a text unfolded by a script) keeps it: then nothing is subtracted.

Promise: a pure function of whole numbers, in time linear in the leaves.

Source: HTML Standard, 4.3.5 (``aside``), 4.3.9 (``footer``), 6.1 (``hidden``).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from solander.reading.leaf_measures import Flags, Ints
from solander.reading.main_features import Features
from solander.reading.zones import KINDS

SUBTRACTED: Final = {"comments": 5000, "dialog": 5000, "footer": 3000, "sidebar": 2000, "navigation": 1500}
"""How much less probable a leaf is for the kind of part that it stands in, in thousandths of log odds."""

SUBTRACTED_HIDDEN = 1500

TEXT_ELSEWHERE = 20
"""So many words outside of such parts are a text, however short; fewer may be a greeting above a thread."""

LIKELY = -500
"""From these log odds (in thousandths) a leaf counts as text: somewhat less than even."""

_BY_KIND: Final = np.array([SUBTRACTED.get(kind, 0) for kind in KINDS], np.int64)


def less_what_is_set_apart(odds: Ints, found: Features) -> Ints:
    """Lower the log odds of leaves in parts that are set apart, if the page has text elsewhere.

    Args:
        odds: thousandths, as the trees say.
        found: the columns that they were asked of: what parts the leaves stand in, and whether the page says of
            itself that it is a discussion, whose comments are its text.
    """
    by_kind = _BY_KIND
    if np.any(found.columns["page_type3"]):
        by_kind = np.where(np.array(KINDS) == "comments", 0, by_kind)
    less: Ints = by_kind[np.asarray(found.columns["kind"], np.int64)]
    hidden: Flags = np.asarray(found.columns["in_hidden"], np.bool_)
    less = np.maximum(less, SUBTRACTED_HIDDEN * hidden)
    elsewhere = int(found.leaves.tokens[(less == 0) & (odds > LIKELY)].sum())
    return odds - less if elsewhere >= TEXT_ELSEWHERE else odds

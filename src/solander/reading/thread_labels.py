"""Which leaves are the label of a thread of comments: "Comments (12)", "3 Kommentare", "网友评论".

A label that is a link stands beside a headline or a teaser and leads to the thread; what is meant here heads it. The
words were written from knowledge of languages, as those of ``zones`` were.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from solander.reading.leaf_measures import Flags, Leaves

MOST_CHARACTERS = 40
"""A label is short: what is longer speaks of comments."""

_WORDS = (
    r"comments?|comment\(s\)|kommentare?|kommentarer|kommentit|commentaires?|comentarios?|comentários?|comentaris"
    r"|comentarii|commenti|reacties|komentarz[ey]?|opinie|komentáře|diskuze|komentari|hozzászólások|yorumlar"
    r"|комментари[ийяе]в?|коментарі|коментари|обсуждение|отзывы|σχόλια|σχολια"
    r"|评论|評論|网友评论|網友評論|跟帖|コメント|댓글|تعليقات|تعليق|टिप्पणियाँ"
)
_BEFORE = r"readers?|readers'|users?|all|view|show|latest|recent|post|add|your|write\sa|leave\sa|join\sthe"
_LABEL = re.compile(rf"[\W\d_]*(?:(?:{_BEFORE})\s)?(?:{_WORDS})(?![^\W\d_]|-)")


def thread_labels(openings: Sequence[str], leaves: Leaves) -> Flags:
    """Find the labels.

    Args:
        openings: the beginnings of the leaves, in lower case, longer than a label.
        leaves: their measures.
    """
    labels = np.zeros(len(openings), np.bool_)
    short = (leaves.characters <= MOST_CHARACTERS) & (2 * leaves.link <= leaves.length)
    for index in np.nonzero(short)[0].tolist():
        labels[index] = _LABEL.match(openings[index]) is not None
    return labels

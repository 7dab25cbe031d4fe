"""The sentence of a blog beneath a text, "This entry was posted on … by … and is filed under …", is none of the text.

It stands in a paragraph and reads like one. It says of the page what a byline and a list of rubrics say.

Promise: a pure function, in time linear in the leaves; a page with main text keeps some.

Source: TEI P5 4.12.0, 4.1 (``body`` holds the text proper).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.model.late_pattern import late
from solander.model.posting_words import POSTING_SENTENCE

CHARACTERS = 400
"""A longer paragraph says more."""

LAST_LEAVES = 6
"""It stands among the last so many leaves of the main text."""

_ELEMENTS = frozenset(("p", "div", "footer", "section", "article"))
_SENTENCE = re.compile(POSTING_SENTENCE, re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_OF_RUBRICS = late(
    r"filed|categor|tagged|permalink|bookmark|kategori|categoría|catégorie|schlagw|verschlagwortet|étiquet|etiquet|"
    r"рубрик|rubric|\sin\s|\sunter\s|\sdans\s|\sen\s|\sem\s|\si\s|\sw\s",
    re.IGNORECASE,
)


def says_posting(text: str) -> bool:
    """Whether a paragraph is such a sentence: it says a day or a rubric, and names nothing else."""
    if len(text) > CHARACTERS or _SENTENCE.match(text) is None:
        return False
    return _FIGURE.search(text) is not None or _OF_RUBRICS.search(text) is not None


def without_postings(zones: list[str], texts: Sequence[str], tags: Sequence[str]) -> list[str]:
    """Take such sentences out of the main text.

    Args:
        zones: a zone a leaf.
        texts: the words of each leaf.
        tags: the innermost block-level element of each leaf; what stands in a list, a table or a quotation stays.

    Returns:
        A zone a leaf; the same where nothing else would be main text.
    """
    main = [leaf for leaf, zone in enumerate(zones) if zone == "main"]
    found = [
        leaf
        for leaf in main[1:][-LAST_LEAVES:]
        if tags[leaf] in _ELEMENTS and says_posting(texts[leaf].lstrip(" \u00a0"))
    ]
    if not found:
        return zones
    parted = list(zones)
    for leaf in found:
        parted[leaf] = "other"
    return parted

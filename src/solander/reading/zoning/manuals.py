"""In a manual, what stands within the text's place is text: terms, signatures, tables and code that hardly read so.

The trees were grown on prose, and of a reference they take the paragraphs and leave what these explain. Where a page
has code or terms, is no article by its own word, and its text's place holds mostly text, all of the place is made more
probable but what its names set apart; and a box within it is text too, unless it is links.

The place is wider here than for what lies beyond it (``beyond``): it grows as long as little in it is set apart, and
no further than what calls itself the page's main part.

Promise: a pure function of whole numbers, in time linear in the leaves and elements; nothing outside of the place
changes.

Source: HTML Standard, 4.4.3 (``pre``), 4.4.10 (``dt``), 4.4.14 (``main``).
"""

from __future__ import annotations

import numpy as np

from solander.reading.naming.zones import KINDS
from solander.reading.survey import Survey
from solander.reading.zoning.beyond import place_of_text
from solander.reading.zoning.leaf_measures import Flags, Ints, until
from solander.reading.zoning.main_features import Features

ADDED = 3000
"""How much more probable a leaf is within a manual's place, in thousandths of log odds."""

FEWEST_TERMS, TERMS_IN = 2, 20
"""A manual has so many leaves of code and terms, and among its place's leaves one in so many."""

SET_APART_IN = 5
"""The place grows as long as no more than one word in so many is set apart by its names."""

MOSTLY_PERCENT = 60
"""So much of what nothing sets apart in it must read like text already."""

PARTLY_PERCENT, MANY_TERMS_IN = 25, 6
"""Less is enough where the place calls itself the page's main part, one in so many leaves is code or a term, and
nothing is for sale."""

LINKED_PERCENT = 30
"""A box in a manual is text if less of it is links."""

THREAD_WORDS = 2
"""With so many words of a thread in its classes ("topic", "forum", "reply") a page is one; its terms are profiles."""

_TERMS = ("pre", "dt", "dd")
_BOXES = np.array([kind in ("sidebar", "banner") for kind in KINDS], np.bool_)
_ROOTS = frozenset(("html", "body"))
_REFERENCES = frozenset(("TechArticle", "APIReference"))


def more_within_manuals(odds: Ints, apart: Ints, said: Ints, found: Features, survey: Survey) -> Ints:
    """Raise the log odds of what a manual's place holds.

    Args:
        odds: thousandths, as they stand.
        apart: the same before what lies beyond the text was lowered.
        said: the same as the trees said it.
        found: the columns that they were asked of.
        survey: the page.
    """
    if survey.tags.count("pre") + survey.tags.count("dt") < FEWEST_TERMS or _is_article(survey):
        return odds
    if found.page["named1_words"] >= THREAD_WORDS:
        return odds
    set_apart: Flags = np.asarray(found.columns["kind"], np.int64) > 0
    odds = _more_that_is_preformatted(odds, said, set_apart, found, survey)
    place = _place(odds, set_apart, found, survey)
    if not place:
        return odds
    here = slice(survey.first[place], min(survey.last[place], len(odds)))
    if not _is_manual(survey.tags[here]):
        return odds
    text = _text(set_apart, found, survey, here)
    words = np.where(text, found.leaves.tokens[here], 0)
    is_reference = (
        _is_main(place, survey)
        and _is_manual(survey.tags[here], MANY_TERMS_IN)
        and not np.any(found.columns["in_product"])
    )
    least = PARTLY_PERCENT if is_reference else MOSTLY_PERCENT
    if 100 * int(words[apart[here] > 0].sum()) < least * int(words.sum()):
        return odds
    raised = odds.copy()
    raised[here] = np.where(text, said[here] + ADDED, odds[here])
    return raised


def _more_that_is_preformatted(odds: Ints, said: Ints, set_apart: Flags, found: Features, survey: Survey) -> Ints:
    """A page of which half the words are set as they were typed, as drafts and standards are, is that text."""
    typed: Flags = np.array([tag == "pre" for tag in survey.tags], np.bool_) & ~set_apart
    words = found.leaves.tokens
    if 2 * int(words[typed].sum()) < int(words.sum()):
        return odds
    raised = odds.copy()
    raised[typed] = np.maximum(said[typed] + ADDED, ADDED)
    return raised


def _is_article(survey: Survey) -> bool:
    if not survey.json_ld_types.isdisjoint(_REFERENCES):
        return False
    return survey.og_type == "article" or any(kind.endswith(("Article", "Posting")) for kind in survey.json_ld_types)


def _is_manual(tags: list[str], terms_in: int = TERMS_IN) -> bool:
    pre, dt, dd = (tags.count(tag) for tag in _TERMS)
    return pre + dt >= FEWEST_TERMS and terms_in * (pre + dt + dd) >= len(tags)


def _place(odds: Ints, set_apart: Flags, found: Features, survey: Survey) -> int:
    """The text's place, widened as long as hardly anything in it is set apart; 0 where there is none."""
    place = place_of_text(odds, found, survey)
    if not place:
        return 0
    words, apart = until(found.leaves.tokens), until(np.where(set_apart, found.leaves.tokens, 0))
    element, leaves = survey.parents[place], len(odds)
    while element and survey.element_tags[element] not in _ROOTS and not _is_main(place, survey):
        first, last = survey.first[element], min(survey.last[element], leaves)
        if SET_APART_IN * (apart[last] - apart[first]) > words[last] - words[first]:
            break
        place = element
        element = survey.parents[element]
    return place


def _is_main(element: int, survey: Survey) -> bool:
    """Whether an element says of itself that it is the page's main part."""
    return "main" in (survey.element_tags[element], survey.roles[element])


def _text(set_apart: Flags, found: Features, survey: Survey, here: slice) -> Flags:
    """Which leaves of the place are its own: all that nothing sets apart, and boxes of prose."""
    kinds = np.asarray(found.columns["kind"], np.int64)[here]
    links = np.array(survey.link_characters[here], np.int64)
    characters = np.array([len(text) for text in survey.texts[here]], np.int64)
    own: Flags = ~set_apart[here] | (_BOXES[kinds] & (100 * links < LINKED_PERCENT * characters))
    return own

"""Words of class and id that are written in one (``sphinxsidebar``, ``navbox``, ``mainmenu``) name what they hold too.

They are asked last, of leaves that nothing else names: what is main text, and what the trees are asked, does not hang
on them. A word counts if nothing of it is left over when it is parted into words that name a kind of boilerplate and
words that such names are made with (``box``, ``wrapper``, ``left``), or if it ends with a longer one that names a kind.

Promise: a pure function, in time linear in the leaves and elements; only ``other`` is named anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from solander.reading.naming.zones import ARTICLE, KIND_OF_WORD, KINDS, WRAPPER_SHARE, Ancestry, class_words
from solander.reading.survey import Survey

SHORTEST, LONGEST = 6, 30
"""How many letters a word has that is parted: ``navbox`` is the shortest."""

SHORTEST_END = 6
"""So long is a word that tells, whatever stands before it: ``sidebar``, and not ``form`` in ``platform``."""

SHORTEST_REST = 3
"""So much stands before it: ``research`` is no ``search``."""

_MADE_WITH = (
    "site page main global local top bottom left right first last sub mini small big full single inner outer head foot "
    "bar box btn button wrap wrapper wrapped container holder area block zone panel section region module list item "
    "items group row col cols column columns grid link links title text content contents body info meta view frame "
    "path bits trail table toggle icon image img desktop mobile new old primary posts articles stories products"
)
_TELLING = {word: rank for word, rank in KIND_OF_WORD.items() if word not in _MADE_WITH.split()}
_BEGINNINGS = tuple(_TELLING)
_ENDS = tuple(word for word in _TELLING if len(word) >= SHORTEST_END)
_ARTICLES_OWN = frozenset(("banner", "footer"))


def name_by_glued_words(zones: Sequence[str], survey: Survey, around: Ancestry) -> list[str]:
    """Name leaves that are ``other`` by the nearest element around them with such a word.

    Args:
        zones: a zone a leaf.
        survey: what the leaves stand in.
        around: what each element of the survey is said to be.
    """
    named = list(zones)
    found = {0: ""}
    wrapper = WRAPPER_SHARE * len(zones)
    for leaf, zone in enumerate(named):
        if zone != "other" or around.kinds[survey.elements[leaf]]:
            continue
        way, element = [], survey.elements[leaf]
        while element not in found:
            way.append(element)
            element = survey.parents[element]
        for element in reversed(way):
            parent = survey.parents[element]
            kind = glued_kind(survey.classes[element]) if survey.classes[element] else ""
            if survey.last[element] - survey.first[element] > wrapper or (
                # HTML Standard, 4.3.8 and 4.3.9: within an article a header or footer is the article's own.
                kind in _ARTICLES_OWN and around.bits[parent] & ARTICLE
            ):
                kind = ""
            found[element] = kind or found[parent]
        named[leaf] = found[survey.elements[leaf]] or zone
    return named


@lru_cache(maxsize=16384)
def glued_kind(classes: str) -> str:
    """The kind of boilerplate that words written in one tell, of class and id as written; empty where none does."""
    kinds = [rank for word in class_words(classes) for rank in _ranks(word)]
    return KINDS[min(kinds)[1]] if kinds else ""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A word of nothing but parts that are known; each part that tells. Made when they are first wanted."""
    telling, every = (sorted(words, key=len, reverse=True) for words in (_TELLING, {*_TELLING, *_MADE_WITH.split()}))
    return re.compile(f"(?:{'|'.join(every)})+"), re.compile("|".join(telling))


@lru_cache(maxsize=16384)
def _ranks(word: str) -> tuple[tuple[int, int], ...]:
    if (
        not SHORTEST <= len(word) <= LONGEST
        or word in _TELLING
        or not (word.endswith(_BEGINNINGS) or word.startswith(_BEGINNINGS))
    ):
        return ()
    whole, part = _patterns()
    if whole.fullmatch(word):
        return tuple([_TELLING[found] for found in part.findall(word)])
    if word.endswith(_ENDS):
        end = max((end for end in _ENDS if word.endswith(end)), key=len)
        if len(word) - len(end) >= SHORTEST_REST:
            return (_TELLING[end],)
    return ()

"""Whether a page's text is a discussion: its comments are not set apart from a text, they go on with it.

A page seldom says so. But software that writes a thread signs what was asked as it signs what was answered, by an
element of the same name (``hnuser``, ``trac-author``). A paper or a blog names its author by another than its readers.

Promise: a pure function, in time linear in the survey; pages without comments cost one look.

Source: schema.org, ``DiscussionForumPosting``, ``Question``, ``Answer``.
"""

from __future__ import annotations

from typing import Final

from solander.reading.naming.zones import KINDS
from solander.reading.survey import Survey
from solander.reading.zoning.leaf_measures import Ints

FEWEST_ANSWERS = 2
"""Fewer signed comments show no make."""

SIGNATURE_CHARACTERS = 160
"""A line that bears a name and a day is shorter; a longer one speaks of somebody."""

_COMMENTS: Final = KINDS.index("comments")
_OPENINGS: Final = (0, KINDS.index("banner"))
_STEMS = ("user", "author", "person", "member", "poster", "nick", "autor", "auteur", "profile")
"""What the name of an element that names somebody has in it."""

_OF_ALL = frozenset(("author", "vcard", "fn", "n", "url", "name", "user", "avatar", "autor", "auteur", "profile"))
"""Names that microformats and themes give to whoever writes, of an article as of a comment: they tell nothing alone."""


def is_discussion(survey: Survey, kinds: Ints) -> bool:
    """Whether the comments of a page are its text.

    Args:
        survey: the page's.
        kinds: of each leaf, the kind of part that it stands in.
    """
    set_apart: list[bool] = (kinds == _COMMENTS).tolist()
    if True not in set_apart:
        return False
    typed = list(survey.item_types.values())
    if "DiscussionForumPosting" in typed or (typed.count("Question") == 1 and "Answer" in typed):
        return True
    return _is_signed_alike(survey, set_apart, kinds.tolist())


def _is_signed_alike(survey: Survey, set_apart: list[bool], kinds: list[int]) -> bool:
    """Whether what stands before the comments is signed by an element of the make that signs them."""
    opened, closed = set_apart.index(True), len(set_apart) - set_apart[::-1].index(True)
    asked: set[str] = set()
    answered: dict[str, set[int]] = {}
    makes: dict[str, tuple[str, ...]] = {}
    for classes, first, last in zip(survey.classes, survey.first, survey.last, strict=True):
        if not classes or last != first + 1 or last > len(kinds) or len(survey.texts[first]) > SIGNATURE_CHARACTERS:
            continue
        make = makes.get(classes)
        if make is None:
            make = makes[classes] = _make(classes)
        # The line that signs a comment may stand outside of what is called so.
        if opened <= first < closed:
            for name in make:
                answered.setdefault(name, set()).add(first)
        elif first < opened and kinds[first] in _OPENINGS:
            asked.update(make)
    return any(len(answered.get(name, ())) >= FEWEST_ANSWERS for name in asked)


def _make(classes: str) -> tuple[str, ...]:
    """The names of an element that say that it names somebody, and are not everybody's."""
    lowered = classes.lower()
    if not any(stem in lowered for stem in _STEMS):
        return ()
    names = lowered.split()
    told = [name for name in names if name not in _OF_ALL and any(stem in name for stem in _STEMS)]
    # A name of everybody's tells with another beside it.
    if "author" in names:
        told += [f"author {name}" for name in names if name not in _OF_ALL and name.replace("-", "").isalpha()]
    return tuple(told)

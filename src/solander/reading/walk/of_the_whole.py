"""What an element's attributes say of everything within it: hidden, language, direction of writing, whose it is.

A language or a direction is noted where it differs from what is around it: a template says of each part once more what
the page has said of itself.

Source: HTML Standard, 3.2.6 (``dir``, ``hidden``, ``lang``) and 4.6.6 (``rel``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from turbohtml import Element

from solander.model.language_tags import language_tag
from solander.reading.walk.drafting import State, hides
from solander.reading.walk.leaf import Leaf
from solander.reading.walk.signals import SignalGatherer

LEFT_TO_RIGHT = "ltr"
"""How a page is written that does not say it."""

_DIRECTIONS = ("rtl", LEFT_TO_RIGHT)


def direction_of(written: object) -> str:
    """The direction that ``dir`` names; empty where it names none."""
    named = str(written or "").strip().lower()
    return named if named in _DIRECTIONS else ""


class OfTheWhole:
    """Takes the attributes of one element after the other."""

    __slots__ = ("gatherer", "leaf", "page_direction", "page_language", "pointed_at")

    def __init__(
        self, gatherer: SignalGatherer, leaf: Leaf, pointed: set[str], language: str | None, direction: str
    ) -> None:
        self.gatherer, self.leaf, self.pointed_at = gatherer, leaf, pointed
        self.page_language, self.page_direction = language, direction or LEFT_TO_RIGHT

    def taken(
        self, node: Element, tag: str, here: str, attributes: Mapping[str, Any], state: State, outer: State
    ) -> State:
        """Take what attributes say of the whole element: hidden, language, microdata, authorship."""
        if "hidden" in attributes or ("style" in attributes and hides(attributes["style"] or "")):
            state = state.unlike(outer)
            state.hidden = True
        # A look costs half of what fetching nothing does.
        language = "lang" in attributes and attributes["lang"]
        language = language or ("xml:lang" in attributes and attributes["xml:lang"])
        if language and language != (state.language or self.page_language):
            named = language_tag(language)
            if named and named != state.language:
                state = state.unlike(outer)
                state.language = named
        if "dir" in attributes and (direction := direction_of(attributes["dir"])):
            around = state.direction or self.page_direction
            if direction != around or tag == "bdo":
                state = state.unlike(outer)
                state.direction = direction
        if "itemprop" in attributes:
            self.gatherer.microdata(node, f"xpath({here})")
        elif "property" in attributes:
            self.gatherer.rdfa(node, f"xpath({here})")
        if tag == "a":
            if rel := "rel" in attributes and attributes["rel"]:
                self.gatherer.related(node, rel, f"xpath({here})")
            name = "name" in attributes and attributes["name"]
            if name and name in self.pointed_at and name != attributes.get("id"):
                self.pointed_at.discard(name)
                self.leaf.add_anchor(name)
        return state

"""Draft -> divisions: the blocks of a page, parted by zone, in the order of the source.

A data table, a figure or a quotation stays whole and goes with the greater part of its words; a list is parted between
its items. A block without words goes with its neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from solander.model.page import Block, Division
from solander.reading.survey import Survey

TITLE_REACH_LEAVES = 40
"""How far before the first leaf of main text its title may stand."""


class Draft:
    """A container in the making: what ``Block`` needs, and which leaves stand in it."""

    __slots__ = ("attributes", "children", "depth", "first", "kind", "last", "parent", "source")

    def __init__(
        self, kind: str, source: str, attributes: Mapping[str, str] | None, first: int, parent: Draft | None
    ) -> None:
        self.kind, self.source, self.attributes, self.parent = kind, source, attributes, parent
        self.depth: int = parent.depth + 1 if parent is not None else 0
        self.children: list[Draft | DraftLeaf] = []
        self.first = self.last = first

    def block(self) -> Block:
        """Freeze it. Containers nest no deeper than the parser lets elements nest, so recursion is bounded."""
        return Block(self.kind, self.source, tuple([child.block() for child in self.children]), self.attributes)


class DraftLeaf:
    """A leaf block and the line of the survey that is its own; ``first == last`` where it has no words."""

    __slots__ = ("first", "last", "leaf")

    def __init__(self, leaf: Block, first: int, last: int) -> None:
        self.leaf, self.first, self.last = leaf, first, last

    def block(self) -> Block:
        """Give the leaf itself."""
        return self.leaf


def divide(drafts: Sequence[Draft | DraftLeaf], zones: Sequence[str], survey: Survey) -> tuple[Division, ...]:
    """Part the drafts of a page by the zones of their leaves."""
    weights = [len(text) for text in survey.texts]
    zoned: list[tuple[str | None, Block]] = []
    for draft in drafts:
        zoned.extend(_parted(draft, zones, weights))
    named = _neighbours_named(zoned)
    return tuple(
        Division(zone, tuple([block for _, block in group])) for zone, group in groupby(named, lambda pair: pair[0])
    )


def with_title(zones: list[str], survey: Survey) -> list[str]:
    """Take the heading that names the main text into it, where a classifier of running text left it outside."""
    first = next((index for index, zone in enumerate(zones) if zone == "main"), None)
    if first is None or survey.tags[first] == "h1":
        return zones
    page_title = " ".join(survey.title.split()).casefold()
    for index in range(first - 1, max(-1, first - 1 - TITLE_REACH_LEAVES), -1):
        text = survey.texts[index].casefold()
        if survey.tags[index] in ("h1", "h2") and len(text) > 3 and (text in page_title or survey.tags[index] == "h1"):
            return [*zones[:index], "main", *zones[index + 1 :]]
    return zones


def with_figures(zones: list[str], survey: Survey) -> list[str]:
    """Take a figure that stands in the main text, main text before and after it in one element, into it.

    A classifier of running text leaves captions outside; who keeps a page wants its pictures where they stood.
    """
    firsts, lasts, parents = survey.first, survey.last, survey.parents
    in_figure = [False] * len(survey.element_tags)
    for element, tag in enumerate(survey.element_tags):
        in_figure[element] = tag == "figure" or in_figure[parents[element]]
    if True not in in_figure:
        return zones
    # The next leaf that stands in no figure, from each leaf on.
    following = list(range(len(zones) + 1))
    for index in range(len(zones) - 1, -1, -1):
        if in_figure[survey.elements[index]]:
            following[index] = following[index + 1]
    taken = list(zones)
    for figure, tag in enumerate(survey.element_tags):
        first, last = firsts[figure], lasts[figure]
        if tag != "figure" or first == last or "main" in taken[first:last]:
            continue
        around = parents[figure]
        while around and firsts[around] == first and lasts[around] == last:
            around = parents[around]
        after = following[last]
        if firsts[around] < first and after < lasts[around] and taken[first - 1] == zones[after] == "main":
            taken[first:last] = ["main"] * (last - first)
    return taken


def _parted(draft: Draft | DraftLeaf, zones: Sequence[str], weights: Sequence[int]) -> list[tuple[str | None, Block]]:
    if draft.first == draft.last:
        return [(None, draft.block())]
    found = zones[draft.first : draft.last]
    if len(set(found)) == 1:
        return [(found[0], draft.block())]
    if not isinstance(draft, Draft) or draft.kind not in ("list", "glossary"):
        return [(_weightiest(draft, zones, weights), draft.block())]
    pieces: list[tuple[str | None, Block]] = []
    named = _neighbours_named([(_weightiest(child, zones, weights), child.block()) for child in draft.children])
    for zone, group in groupby(named, lambda pair: pair[0]):
        children = tuple([block for _, block in group])
        # Each part begins where its first item does, so that pointers still tell the order.
        source = draft.source if not pieces else children[0].source
        pieces.append((zone, Block(draft.kind, source, children, draft.attributes)))
    return pieces


def _weightiest(draft: Draft | DraftLeaf, zones: Sequence[str], weights: Sequence[int]) -> str | None:
    if draft.first == draft.last:
        return None
    sums: dict[str, int] = {}
    for index in range(draft.first, draft.last):
        zone = zones[index]
        sums[zone] = sums.get(zone, 0) + weights[index]
    return max(sums, key=sums.__getitem__)


def _neighbours_named(zoned: Sequence[tuple[str | None, Block]]) -> list[tuple[str, Block]]:
    """Give what has no words the zone of what precedes it, or at the head the zone of what follows."""
    current = next((zone for zone, _ in zoned if zone is not None), "main")
    named: list[tuple[str, Block]] = []
    for zone, block in zoned:
        current = zone if zone is not None else current
        named.append((current, block))
    return named

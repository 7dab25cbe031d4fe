"""Draft -> divisions: the blocks of a page, parted by zone, in the order of the source.

A list, a data table, a figure or a quotation stays whole; should its leaves differ, it goes with the greater part of
its words. A block without words goes with its neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from solander.model.page import Block, Division
from solander.reading.survey import Survey

_ASIDE = re.compile(r"/aside\[[0-9]+\]\)\Z")

_made = tuple.__new__
"""What a named tuple's own call comes to, without that call: blocks come by the hundred."""

WHOLE_KINDS = frozenset(("list", "glossary", "table", "figure", "quote"))
"""Containers that are of one zone, whatever stands in them."""


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
        content = tuple([child.leaf if type(child) is DraftLeaf else child.block() for child in self.children])
        return _made(Block, (self.kind, self.source, content, self.attributes))


def name_speaker(quote: Draft) -> None:
    """Say of the line above a quotation within a quotation whose it is: that is its speaker's."""
    if not quote.children:
        return
    speaker, *quoted = quote.children
    if not isinstance(speaker, DraftLeaf) or speaker.leaf.kind not in ("text", "paragraph") or len(quoted) != 1:
        return
    if isinstance(quoted[0], Draft) and quoted[0].kind == "quote" and _ASIDE.search(quote.source):
        attributes = {**(speaker.leaf.attributes or {}), "role": "attribution"}
        speaker.leaf = speaker.leaf._replace(attributes=attributes)


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
    zoned = [_zoned(draft, zones, weights) for draft in _undisclosed(drafts, zones)]
    named = _neighbours_named(_places_whole(zoned))
    return tuple(
        Division(zone, tuple([block for _, block in group])) for zone, group in groupby(named, lambda pair: pair[0])
    )


def wholes(drafts: Sequence[Draft | DraftLeaf]) -> list[tuple[int, int]]:
    """The leaves of each outermost list, table, figure and quotation: from the first to before the last."""
    found: list[tuple[int, int]] = []
    stack = list(drafts)
    while stack:
        draft = stack.pop()
        if isinstance(draft, Draft):
            if draft.kind in WHOLE_KINDS:
                found.append((draft.first, draft.last))
            else:
                stack.extend(draft.children)
    return found


def _undisclosed(drafts: Sequence[Draft | DraftLeaf], zones: Sequence[str]) -> Iterator[Draft | DraftLeaf]:
    """What is unfolded in one piece only if it is of one zone; else what it holds stands for it."""
    for draft in drafts:
        if isinstance(draft, Draft) and draft.kind == "details" and len(set(zones[draft.first : draft.last])) > 1:
            yield from _undisclosed(draft.children, zones)
        else:
            yield draft


def _zoned(draft: Draft | DraftLeaf, zones: Sequence[str], weights: Sequence[int]) -> tuple[str | None, Block]:
    if draft.last - draft.first == 1:
        return zones[draft.first], draft.block()
    found = set(zones[draft.first : draft.last])
    if len(found) > 1:
        return _weightiest(draft, zones, weights), draft.block()
    return (found.pop() if found else None), draft.block()


def _weightiest(draft: Draft | DraftLeaf, zones: Sequence[str], weights: Sequence[int]) -> str | None:
    if draft.first == draft.last:
        return None
    sums: dict[str, int] = {}
    for index in range(draft.first, draft.last):
        zone = zones[index]
        sums[zone] = sums.get(zone, 0) + weights[index]
    return max(sums, key=sums.__getitem__)


def _places_whole(zoned: Sequence[tuple[str | None, Block]]) -> list[tuple[str | None, Block]]:
    """Give what bears the same pointer as what precedes it the same zone: else nobody could tell their order."""
    whole: list[tuple[str | None, Block]] = []
    for zone, block in zoned:
        if whole and whole[-1][1].source == block.source:
            zone = whole[-1][0] or zone
        whole.append((zone, block))
    return whole


def _neighbours_named(zoned: Sequence[tuple[str | None, Block]]) -> list[tuple[str, Block]]:
    """Give what has no words the zone of what precedes it, or at the head the zone of what follows."""
    current = next((zone for zone, _ in zoned if zone is not None), "main")
    named: list[tuple[str, Block]] = []
    for zone, block in zoned:
        current = zone if zone is not None else current
        named.append((current, block))
    return named

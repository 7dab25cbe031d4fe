"""Notes go with the text that refers to them, and so does what refers to the same notes between the text and them.

A program that makes pages sets notes behind the text, in a part of their own or beyond the element that holds the
text; taken by itself such a part is hardly text. That a text refers to it, and it leads back, says that it is. A
section between the two that refers to notes beside those is of that text as well.

Promise: linear in the blocks; nothing moves, only zones change, and none that markup names but a footer.

Source: TEI P5 4.12.0, 3.9.1 (notes and simple annotation).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from solander.model.page import TEXT_KINDS, Block, Division, Inline, leaves

_BEYOND = frozenset(("other", "footer"))
"""Zones in which the notes of a text are found: what nothing names, and what stands at its foot."""


def with_notes(divisions: tuple[Division, ...]) -> tuple[Division, ...]:
    """Make main text of the notes that it refers to, and of what stands between.

    Args:
        divisions: the page's, their notes named (``notes.noted``).
    """
    zoned = [(division.zone, block) for division in divisions for block in division.blocks]
    notes = [_notes_in(block) for _, block in zoned]
    if not any(notes):
        return divisions
    cites = [frozenset(_cited(block)) for _, block in zoned]
    told = set[str]().union(*(one for one, (zone, _) in zip(cites, zoned, strict=True) if zone == "main"))
    zones = [zone for zone, _ in zoned]
    last = -1
    """The last block of the text before."""
    for at, named in enumerate(notes):
        if named and not named.isdisjoint(told) and (zones[at] == "main" or zones[at] in _BEYOND):
            begin = at
            while (
                begin > last + 1 and zones[begin - 1] in _BEYOND and (notes[begin - 1] or _leads(zoned[begin - 1][1]))
            ):
                begin -= 1
            between = range(last + 1, begin)
            if last >= 0 and all(zones[one] == "other" for one in between):
                of_run = frozenset[str]().union(*_run(notes, at))
                if any(not cites[one].isdisjoint(of_run) for one in between):
                    begin = last + 1
                    told.update(*(cites[one] for one in between))
            zones[begin : at + 1] = ["main"] * (at + 1 - begin)
        if zones[at] == "main":
            last = at
    parted = zip(zones, (block for _, block in zoned), strict=True)
    return tuple(
        Division(zone, tuple(block for _, block in group)) for zone, group in groupby(parted, lambda pair: pair[0])
    )


def _run(notes: list[frozenset[str]], at: int) -> Iterator[frozenset[str]]:
    """The notes of a block, and those of the blocks that follow on it without another between."""
    while at < len(notes) and notes[at]:
        yield notes[at]
        at += 1


def _leads(block: Block) -> bool:
    """Whether a block leads up to what follows: a heading, or a rule."""
    return block.kind == "heading" or not any(leaves((block,)))


def _notes_in(block: Block) -> frozenset[str]:
    """The ids of the notes that a block is made of; none where it holds anything else as well."""
    name = (block.attributes or {}).get("note")
    if name:
        return frozenset((name,))
    if block.kind in TEXT_KINDS:
        return frozenset()
    inner: tuple[Block, ...] = block.content  # type: ignore[assignment]
    found = [_notes_in(one) for one in inner if one.kind != "term"]
    return frozenset[str]().union(*found) if found and all(found) else frozenset()


def _cited(block: Block) -> Iterator[str]:
    """The ids of the notes that a block refers to."""
    for leaf in leaves((block,)):
        stack: list[Inline | str] = list(leaf.content)  # type: ignore[arg-type]
        while stack:
            part = stack.pop()
            if isinstance(part, str):
                continue
            said = part.attributes or {}
            if said.get("role") == "noteref":
                yield said.get("target", "")[1:]
            stack.extend(part.content)

"""The items of a list: a catalogue's finds, a category's posts, an agenda's evenings.

Each has a title that leads elsewhere, and whoever or whichever day is named beside it is that item's, not the page's.

Items are elements of one make side by side, told by their titles: headings that are links, or in an item of HTML a line
that is one. All say different things, and little stands in each: the messages of a thread answer one title at length.

Promise: a pure function, in time linear in the lines.

Source: HTML Standard, 4.3.2 (``article``), 4.4.8 (``li``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from solander.describing.lines import NOT_OF_THE_PAGE, Lines
from solander.model.page import Block, Page

FEWEST = 4
"""So many items are a list."""

ITEM_CHARACTERS = 400
"""Items hold less on average: teasers, not the texts themselves."""

TITLE_WORDS = 2
"""Titles have more words than this on average: what has two is a name, of a thread's members or a staff's."""

FEW_PARTS = 3
"""A line that is one link has no more parts."""

_ELSEWHERE = NOT_OF_THE_PAGE | {"footer", "sidebar"}
_SCHEME = len("xpath(")
_INDEX = re.compile(r"\[\d+\]")


def lines_of_items(page: Page, lines: Lines, title_at: int | None) -> frozenset[int]:
    """Numbers of the lines that stand in items of lists, of which none holds the page's title.

    Args:
        page: a thread has no such items: its first message is the page's own, by whatever its messages are headed.
        lines: the page's.
        title_at: the number of the title's line.
    """
    if any(block.kind == "post" for division in page.divisions for block in division.blocks):
        return frozenset()
    lists = {opening: items for opening, items in _lists(lines).items() if len(items) >= FEWEST}
    if not lists:
        return frozenset()
    title = _path(lines, title_at) if title_at is not None else ""
    held: dict[str, list[int]] = {opening: [] for opening in lists if not title.startswith(opening)}
    # No line outside of a list begins as all lists do; most are asked for that alone.
    shortest = min(map(len, held), default=0)
    openings = {opening[:shortest] for opening in held}
    for number, block in enumerate(lines.blocks):
        if block.source[_SCHEME : _SCHEME + shortest] in openings:
            path = _path(lines, number)
            for opening, own in held.items():
                if path.startswith(opening):
                    own.append(number)
    found: set[int] = set()
    for opening, own in held.items():
        items = {_path(lines, number)[len(opening) :].partition("]")[0] for number in own}
        if sum(len(lines.text(number)) for number in own) < ITEM_CHARACTERS * len(items):
            found.update(own)
    return frozenset(found)


def _lists(lines: Lines) -> dict[str, set[str]]:
    """Where items with titles of their own stand side by side, ``/html/body/ul[1]/li[``: what tells each apart."""
    alike: dict[str, dict[str, str]] = defaultdict(dict)
    for number, (block, zone) in enumerate(zip(lines.blocks, lines.zones, strict=True)):
        # What menus and footers lead to names nobody.
        if zone in _ELSEWHERE or len(block.content) > FEW_PARTS:
            continue
        path = block.source
        is_title = block.kind == "heading" or "/li[" in path or "/tr[" in path or "/article[" in path
        if is_title and _leads(block):
            path = _path(lines, number)
            alike[_INDEX.sub("", path)].setdefault(lines.text(number), path)
    found: dict[str, set[str]] = defaultdict(set)
    for titles in alike.values():
        if len(titles) < FEWEST or sum(len(title.split()) for title in titles) <= TITLE_WORDS * len(titles):
            continue
        for one, other in pairwise(titles.values()):
            parts, others = one.split("/"), other.split("/")
            at = next((at for at, (part, its) in enumerate(zip(parts, others, strict=False)) if part != its), None)
            # What tells two titles apart is the item alone: all around a title is the same in each.
            if at is not None and parts[at + 1 :] == others[at + 1 :]:
                opening = "/".join([*parts[:at], parts[at].partition("[")[0]]) + "["
                found[opening].update((parts[at], others[at]))
    return found


def _leads(block: Block) -> bool:
    """Whether a line is a link to elsewhere, and nothing besides."""
    target, linked = "", 0
    for part in block.content:
        if isinstance(part, str):
            if part.strip():
                return False
        elif part.kind == "link":
            target = (part.attributes or {}).get("target", "")
            linked += 1
    return linked == 1 and target != "" and not target.startswith("#")


def _path(lines: Lines, number: int) -> str:
    return lines.blocks[number].source.removeprefix("xpath(").rstrip(")")

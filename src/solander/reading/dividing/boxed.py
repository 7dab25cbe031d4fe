"""Boxes in the text (notes, warnings, examples, asides): each is one block, which interrupts the text and ends again.

Zones are settled before, and nothing moves: what stands in a box goes on standing where it stood, and bears its name.
A box is told by a class that document programs and sites give it, by the role ``note``, or as an ``aside`` below prose.

Promise: in time linear in the drafts; a page that nothing of the kind is said of costs one look.

Source: HTML Standard, 4.3.5 (``aside``); WAI-ARIA 1.2, ``note``; the boxes of DocBook, docutils, Asciidoctor and Word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from solander.model.page import plain
from solander.reading.divisions import Draft, DraftLeaf
from solander.reading.naming.boxes import is_box
from solander.reading.survey import Survey

BOXES_DEEP = 3
"""How many boxes may lie in one another; deeper ones only group."""

_HOLDERS = frozenset(("item", "cell", "definition", "details", "quote", "box"))
"""Containers in which a box may stand."""

_WRAPPERS = frozenset(("list", "table", "row", "glossary"))
"""Containers of such containers."""

_WHOLE = frozenset(("figure", "quote", "table", "details", "list", "glossary", "box"))
"""A box that holds one of these and nothing else is that."""

_ELEMENTS = frozenset(("div", "aside", "td"))
_ASIDE = re.compile(
    r"note|cite|citation|author|share|social|related|meta|toc|nav|menu|byline|promo|advert", re.IGNORECASE
)
"""An ``aside`` of such a name is a note of the text, or stands beside it."""

_PROSE_CHARACTERS = 80
"""So long a paragraph is prose: an ``aside`` above it stands above the text, and not in it."""

_FIGURES_OF_WORD = "shape"
_TEXT_STEP = re.compile(r"/text\(\)\[[0-9]+\]\Z")
_LEAST_STEPS = 3
"""``/html/body`` and an element in it."""


def make_boxes(drafts: list[Draft | DraftLeaf], zones: Sequence[str], survey: Survey, *, of_word: bool) -> None:
    """Put what stands in a box into one, in place.

    Args:
        drafts: the page's.
        zones: a zone a leaf.
        survey: the page's.
        of_word: a word processor made the page.
    """
    begins = _boxes(zones, survey, of_word)
    if begins:
        _box(drafts, begins, 0)


def _boxes(zones: Sequence[str], survey: Survey, of_word: bool) -> dict[int, list[int]]:
    """Of each leaf that begins a box, before which leaves such boxes end: the outermost first."""
    count = len(zones)
    main = list(accumulate((zone == "main" for zone in zones), initial=0))
    weights = (len(text) if zone == "main" else 0 for text, zone in zip(survey.texts, zones, strict=True))
    characters = list(accumulate(weights, initial=0))
    prose = next(
        (at for at in range(count) if zones[at] == "main" and len(survey.texts[at]) >= _PROSE_CHARACTERS), count
    )
    begins: dict[int, list[int]] = {}
    deep: dict[int, int] = {}
    for element, tag in enumerate(survey.element_tags):
        depth = deep.get(survey.parents[element], 0)
        if depth:
            deep[element] = depth
        if tag not in _ELEMENTS:
            continue
        classes = survey.classes[element].split()
        is_aside = tag == "aside" and survey.first[element] > prose and not _ASIDE.search(survey.classes[element])
        if not (is_aside or is_box(tag, classes, survey.roles[element]) or (of_word and _FIGURES_OF_WORD in classes)):
            continue
        first, last = survey.first[element], min(survey.last[element], count)
        # A box stands in the text: all of it is of the text, and the text is more than it.
        if not 0 < last - first == main[last] - main[first] or depth >= BOXES_DEEP:
            continue
        if 2 * (characters[last] - characters[first]) <= characters[-1]:
            begins.setdefault(first, []).append(last)
            deep[element] = depth + 1
    return begins


def _box(children: list[Draft | DraftLeaf], begins: dict[int, list[int]], made: int) -> None:
    """Make the boxes that stand in a container; of those that begin with its first words so many are made."""
    kept: list[Draft | DraftLeaf] = []
    at = 0
    opened = children[0].first if children else 0
    while at < len(children):
        child = children[at]
        passed = made if child.first == opened else 0
        ends = begins.get(child.first, []) if child.first < child.last else []
        for number in range(passed, len(ends)):
            behind = _behind(children, at, ends[number])
            box = _boxed(kept, children, at, behind) if behind else None
            if box is not None:
                _box(box.children, begins, number + 1)
                kept.append(box)
                at = behind
                break
        else:
            _box_within(child, begins, passed)
            kept.append(child)
            at += 1
    children[:] = kept


def _box_within(child: Draft | DraftLeaf, begins: dict[int, list[int]], made: int) -> None:
    if not isinstance(child, Draft):
        return
    if child.kind == "quote" and child.children:
        # A box that is all of a quotation is the quotation.
        made = sum(end >= child.last for end in begins.get(child.first, []))
    if child.kind in _HOLDERS:
        _box(child.children, begins, made)
    elif child.kind in _WRAPPERS:
        for one in child.children:
            _box_within(one, begins, made if one.first == child.first else 0)


def _behind(children: Sequence[Draft | DraftLeaf], at: int, end: int) -> int:
    """Which child follows the last that ends before a leaf; 0 where one lies across."""
    while at < len(children) and children[at].last <= end and (children[at].first < end):
        at += 1
    return at if children[at - 1].last == end else 0


def _boxed(
    before: list[Draft | DraftLeaf], children: Sequence[Draft | DraftLeaf], at: int, behind: int
) -> Draft | None:
    """A box of some children, with pictures above them that stand in it; ``None`` where it would be none."""
    held = list(children[at:behind])
    if len(held) == 1 and isinstance(held[0], Draft) and held[0].kind in _WHOLE:
        return None
    body = held[1:] if _titles(held[0]) else held
    if not any(_says(one) for one in body):
        return None
    place = _around(held)
    lowest = "1" if "/aside[" in place else "2"
    if any(isinstance(one, DraftLeaf) and _is_of_page(one, lowest) for one in held):
        return None
    if place.count("/") < _LEAST_STEPS:
        return None
    while before and before[-1].first == before[-1].last and _source(before[-1]).startswith(f"xpath({place}/"):
        held.insert(0, before.pop())
    box = Draft("box", f"xpath({place})", None, held[0].first, None)
    box.children = held
    box.last = held[-1].last
    return box


def _titles(draft: Draft | DraftLeaf) -> bool:
    return isinstance(draft, DraftLeaf) and draft.leaf.kind in ("caption", "heading")


def _is_of_page(draft: DraftLeaf, lowest: str) -> bool:
    """Whether it is the page's title or a section's, as low as a rank, or opens the text."""
    leaf = draft.leaf
    if leaf.kind == "heading":
        return (leaf.attributes or {}).get("level", "1") <= lowest
    return leaf.kind in ("byline", "dateline", "subtitle", "kicker")


def _says(draft: Draft | DraftLeaf) -> bool:
    """Whether it holds words that are no heading."""
    if isinstance(draft, Draft):
        return draft.kind in ("list", "glossary", "table", "quote", "box", "stanza") and draft.first < draft.last
    return draft.leaf.kind not in ("heading", "caption") and draft.first < draft.last and bool(plain(draft.leaf))


def _around(held: Sequence[Draft | DraftLeaf]) -> str:
    """The path of the innermost element that holds all."""
    paths = [_path(one).split("/") for one in held if one.first < one.last]
    first, shared = paths[0], len(paths[0])
    for path in paths[1:]:
        shared = next(
            (step for step in range(min(shared, len(path))) if path[step] != first[step]), min(shared, len(path))
        )
    return "/".join(first[:shared])


def _path(draft: Draft | DraftLeaf) -> str:
    return _TEXT_STEP.sub("", _source(draft).removeprefix("xpath(").removesuffix(")"))


def _source(draft: Draft | DraftLeaf) -> str:
    return draft.leaf.source if isinstance(draft, DraftLeaf) else draft.source

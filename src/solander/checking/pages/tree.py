"""A page's tree in numbers, however it was parsed: what is visible in it, and what a pointer into it means.

Visible is each text node outside ``script style template datalist head``, and nothing else. Nodes are numbered in the
order of the tree, so that a number is a rank.

Source: HTML Standard, 15.3 (which elements are blocks); XPath 1.0, section 5 (data model).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from solander.checking.pages.words import APART, PERHAPS, Original, visible_length

LEFT_OUT = frozenset(("script", "style", "template", "datalist", "head"))
"""Elements whose text no reader of the page sees."""

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog"),
        *("dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav"),
        *("ol", "p", "plaintext", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "tr", "ul", "xmp"),
    )
)
"""Elements whose edges part words; so does ``br``."""

_HOLDS_A_RUN = BLOCKS - {"br"}
"""``br`` parts words, but where XML lets it hold some, the line goes on behind it."""

TRANSPARENT = frozenset(("wbr",))
"""Elements that stand within a word: ``wbr`` allows a line to break there, and says so because the word goes on."""

SHOWING = frozenset(
    (*("amp-img", "audio", "embed", "frame", "iframe", "image", "img", "object", "source", "track", "video"),)
)
"""Elements whose attributes name a picture, a film, a sound, what is read beside one, or a page to be shown."""

POINTER_STEPS = 199
"""How many steps below ``/html`` a place is told by; what lies deeper is told by its ancestor there."""

FOREIGN = frozenset(("svg", "math"))
"""Drawings and formulas: within them another vocabulary holds."""

FOREIGN_BLOCKS = frozenset(("annotation", "annotation-xml", "desc", "foreignObject", "text", "title"))
"""Elements of drawings and formulas that say something of their own: their edges part words."""

_PLAIN_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
_STEP = re.compile(r"(?P<name>[^\[\]/]+)(?:\[(?P<index>[1-9][0-9]{0,8})\])?\Z")

TEXT, COMMENT = -1, -2
"""What stands for a node that is no element, where an element has the number of its name."""

PLAIN, BLOCK, OUT, THROUGH, LINK, THING = range(6)
"""What an element's edges do; ``OUT`` leaves out what is within. From ``LINK`` on its attributes are looked at."""

EDGES = (PERHAPS, APART, PERHAPS, "", PERHAPS, PERHAPS)
"""The mark at the edges of each."""


class TreeOriginal(Original):
    """A page that is a tree; who parses it fills the lines, a line a node, and ends with ``marked``."""

    def __init__(self, written: str) -> None:
        self.written, self.left_out = written, {}
        self.names: dict[int, str] = {}
        """Tag numbers to names; those of unknown elements hold for one document only."""
        self.tags: list[int] = []
        """A line a node: the element's tag number, ``TEXT`` or ``COMMENT``."""
        self.after: list[int] = []
        """A line a node: the number of the first node after all that it holds."""
        self.parents: list[int] = []
        """A line a node."""
        self.parts: list[int] = []
        """A line a node: how many visible texts begin before it."""
        self.texts: list[str] = []
        """The visible text nodes that hold more than white space, as they are in the tree."""
        self.links: list[tuple[int, str]] = []
        """Each ``a`` that leads somewhere, drawings and formulas aside, with its address as written."""
        self.areas: list[tuple[int, str]] = []
        """Each ``area`` that leads somewhere, as ``links`` has an ``a``."""
        self.showing: list[tuple[int, Mapping[str, str | None]]] = []
        """The elements that show something, drawings and formulas aside, with their attributes."""
        self.base: str | None = None
        """What the first ``base`` says that says something."""
        self._offsets: list[int] | None = None
        self._steps: dict[str, tuple[str, int]] = {}
        self._children: dict[int, dict[str, list[int]]] = {}
        self._found: dict[str, int | None] = {"/html": 0, "/html[1]": 0}

    def resolve(self, fragment: str) -> tuple[int, int, int] | None:
        """See ``Original.resolve``; ``xpath(/html/body/div[2]/text()[1])``, each step one child."""
        if not (fragment.startswith("xpath(/html") and fragment.endswith(")")):
            return None
        number = self._find(fragment[6:-1])
        if number is None:
            return None
        offsets = self._reckon()
        # What begins in the line may go on in what follows (a run of text in inline elements, words after an image),
        # but not beyond the block that holds it.
        around = number
        while around and self.names.get(self.tags[around]) not in _HOLDS_A_RUN:
            around = self.parents[around]
        end = self.after[around]
        return number, offsets[self.parts[number]], offsets[self._part_at(end)]

    def rank(self, fragment: str) -> int:
        """The first that ``resolve`` tells, alone; -1 where a fragment names nothing."""
        number = self._find(fragment[6:-1]) if fragment.startswith("xpath(/html") and fragment.endswith(")") else None
        return -1 if number is None else number

    def spans(self, numbers: Iterable[int]) -> list[tuple[int, int]]:
        """Between which visible characters the words of each of these nodes stand."""
        offsets, after = self._reckon(), self.after
        parts = [*self.parts, len(self.texts)]
        return [(offsets[parts[number]], offsets[parts[after[number]]]) for number in numbers]

    def place(self, offset: int) -> str:
        """See ``Original.place``."""
        if not self.texts:
            return "xpath(/html)"
        part = max(0, min(len(self.texts), bisect_right(self._reckon(), offset)) - 1)
        # The first node before which more than `part` texts begin comes right after this text.
        number = bisect_right(self.parts, part) - 1
        return f"xpath({self._path(self.parents[number])})"

    def place_of(self, number: int) -> str:
        """Where a node stands, as a fragment that points into the original."""
        return f"xpath({self._path(number)})"

    def _add_thing(self, number: int, name: str, said: Mapping[str, str | None]) -> None:
        if name != "area":
            self.showing.append((number, said))
        elif "href" in said:
            self.areas.append((number, said["href"] or ""))

    def _find(self, path: str) -> int | None:
        found = self._found
        # From the left, so that what many pointers share is looked up once.
        known, missing = path, list[str]()
        while known not in found:
            known, _, step = known.rpartition("/")
            if not known:
                return None
            missing.append(step)
        number = found[known]
        for step in reversed(missing):
            known = f"{known}/{step}"
            number = None if number is None else self._child(number, step)
            found[known] = number
        return number

    def _child(self, parent: int, step: str) -> int | None:
        # The same few come back very often.
        name, index = self._steps.get(step) or self._steps.setdefault(step, _read_step(step))
        if not index:
            return None
        children = self._children.get(parent)
        if children is None:
            children = self._children[parent] = self._by_name(parent)
        named = children.get(name)
        if named is None:
            # Of SVG's names in mixed case lexbor's word is the same, be it that the element is one of HTML's.
            named = next((found for known, found in children.items() if known.lower() == name), [])
        return named[index - 1] if index <= len(named) else None

    def _by_name(self, parent: int) -> dict[str, list[int]]:
        """The children by what a step may call them: elements by name and as ``*``, runs of text as ``text()``."""
        tags, after, names = self.tags, self.after, self.names
        runs: list[int] = []
        elements: list[int] = []
        children: dict[str, list[int]] = {}
        number, end = parent + 1, after[parent]
        in_run = False
        while number < end:
            tag = tags[number]
            if tag == TEXT:
                if not in_run:
                    runs.append(number)
                in_run = True
            else:
                in_run = False
                if tag != COMMENT:
                    elements.append(number)
                    name = names[tag]
                    if name in children:
                        children[name].append(number)
                    else:
                        children[name] = [number]
            number = after[number]
        children["*"], children["text()"] = elements, runs
        return children

    def _path(self, number: int) -> str:
        steps: list[str] = []
        while number:
            parent = self.parents[number]
            name = self.names[self.tags[number]]
            if not _PLAIN_NAME.match(name):
                name = "*"
            index = self._by_name(parent)[name].index(number) + 1
            steps.append(name if parent == 0 else f"{name}[{index}]")
            number = parent
        return "/".join(("/html", *steps[: -1 - POINTER_STEPS : -1]))

    def _part_at(self, number: int) -> int:
        return self.parts[number] if number < len(self.parts) else len(self.texts)

    def _reckon(self) -> list[int]:
        """The offset at which each visible text begins, and one more for the end."""
        if self._offsets is None:
            offsets, offset = [0], 0
            for text in self.texts:
                offset += visible_length(text)
                offsets.append(offset)
            self._offsets = offsets
        return self._offsets


def _read_step(step: str) -> tuple[str, int]:
    """The name that a step of a path bears, and which of those it is, from 1 on; 0 where it is no step."""
    match = _STEP.match(step)
    return ("", 0) if match is None else (match["name"], int(match["index"] or 1))


def kind_of(name: str) -> int:
    """What the edges of an element do, and whether what is within shows."""
    if name in LEFT_OUT:
        return OUT
    if name in BLOCKS:
        return BLOCK
    if name in SHOWING or name == "area":
        return THING
    if name == "a":
        return LINK
    return THROUGH if name in TRANSPARENT else PLAIN


def edge_of(name: str, kind: int, *, foreign: bool) -> str:
    """The mark at the edges of an element; ``foreign`` where it stands in a drawing or formula."""
    if foreign and name in FOREIGN_BLOCKS:
        return APART
    return EDGES[kind]

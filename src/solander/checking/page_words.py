"""The words of an original, read a second time: what a reader of the page sees, in order, and where each word stands.

The promise: no code is shared with ``reading``. The bytes are decoded here, the tree is built by another parser, and
what is visible is decided by this file alone: each text node outside ``script style template datalist head``.

A page becomes a *marked text*: its visible characters, with a space where two words are certainly apart (white space,
``br``, the edge of a block), U+0001 where an inline element begins or ends (whether that parts a word is for the TEI to
say), and nothing in between where characters belong together.

Source: HTML Standard, 13.2 (the tree), 15.3 (which elements are blocks); RFC 5147 (positions in plain text).
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import Any

from solander.checking.page_bytes import REPLACEMENT

WHITE_SPACE = " \t\n\r\f"
"""HTML's white space; a no-break space is a character like any other."""

APART = " "
"""The mark between two words."""

PERHAPS = "\x01"
"""The mark where an inline element's edge may part two words."""

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

TRANSPARENT = frozenset(("wbr",))
"""Elements that stand within a word: ``wbr`` allows a line to break there, and says so because the word goes on."""

POINTER_STEPS = 199
"""How many steps below ``/html`` a place is told by; what lies deeper is told by its ancestor there."""

_FOREIGN = frozenset(("svg", "math"))

# XML 1.0, 2.2: what a document cannot hold, white space aside. Form feed is white space in HTML.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_BYTES = bytes((*range(0x09), 0x0B, *range(0x0E, 0x20)))

_STEP = re.compile(r"(?P<name>[^\[\]/]+)(?:\[(?P<index>[1-9][0-9]{0,8})\])?\Z")

_TEXT, _COMMENT, _ELEMENT = -1, -2, -3
_PLAIN, _BLOCK, _OUT, _THROUGH = range(4)
_EDGES = (PERHAPS, APART, PERHAPS, "")


class Original:
    """The visible words of one original, and the means to find what a pointer points to."""

    marked: str
    """The marked text."""

    left_out: dict[str, int]
    """How many elements with text in them were left out, by name."""

    def resolve(self, fragment: str) -> tuple[int, int, int] | None:
        """Find what a pointer names.

        Returns:
            Its rank in the order of the original, and between which characters (see ``place``) its words may begin:
            not before it does, nor after the end of the innermost block. ``None`` if it names nothing.
        """
        raise NotImplementedError

    def place(self, offset: int) -> str:
        """Where a character stands, as a fragment that points into the original.

        Args:
            offset: in visible characters, as ``visible_length`` counts them.
        """
        raise NotImplementedError


class PlainOriginal(Original):
    """A plain text: all of it is visible, and a pointer is a range of characters."""

    def __init__(self, text: str) -> None:
        self.left_out = {}
        # RFC 5147, 4.1: however a line's end is written, it counts as one character.
        text = text.replace("\r\n", "\n")
        self._text = text
        self.marked = _FORBIDDEN.sub(REPLACEMENT, text)
        self._offsets: array[int] | None = None

    def resolve(self, fragment: str) -> tuple[int, int, int] | None:
        """See ``Original.resolve``; ``char=begin,end`` as RFC 5147 has it."""
        match = re.fullmatch(r"char=([0-9]{1,10}),([0-9]{1,10})", fragment)
        if match is None:
            return None
        begin, end = int(match[1]), int(match[2])
        if not begin < end <= len(self._text):
            return None
        offsets = self._reckon()
        return begin, offsets[begin], offsets[end]

    def place(self, offset: int) -> str:
        """See ``Original.place``."""
        position = max(0, bisect_right(self._reckon(), offset) - 1)
        return f"char={position},{min(position + 1, len(self._text))}"

    def _reckon(self) -> array[int]:
        if self._offsets is None:
            offsets, offset = array("q"), 0
            for character in self.marked:
                offsets.append(offset)
                offset += not character.isspace()
            offsets.append(offset)
            self._offsets = offsets
        return self._offsets


class HtmlOriginal(Original):
    """An HTML page. Nodes are numbered in the order of the tree, so that a number is a rank."""

    def __init__(self, markup: str) -> None:
        """Parse and walk; see ``originals`` for what must not be handed in."""
        # selectolax and its parser are loaded only where a page is checked.
        from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

        # Without events: `selectedcontent` would get a copy of an option's text that the source does not have twice.
        # Bytes are handed over because a `str` with a lone surrogate would lose it.
        tree = LexborHTMLParser(markup.encode("utf-8", "replace"), options=LexborDocumentOptions.WO_EVENTS)
        self.left_out = {}
        self._names: dict[int, str] = {}
        """Tag numbers to names; those of unknown elements hold for one document only."""
        self._tags: list[int] = []
        """A line a node: the element's tag number, ``_TEXT`` or ``_COMMENT``."""
        self._after: list[int] = []
        """A line a node: the number of the first node after all that it holds."""
        self._parents: list[int] = []
        """A line a node."""
        self._parts: list[int] = []
        """A line a node: how many visible texts begin before it."""
        self._texts: list[str] = []
        """The visible text nodes that hold more than white space, as they are in the tree."""
        marks: list[str] = []
        self._walk(tree.root, marks)
        self.marked = _joined(self._texts, marks)
        self._offsets: list[int] | None = None
        self._children: dict[int, dict[str, list[int]]] = {}
        self._found: dict[str, int | None] = {"/html": 0, "/html[1]": 0}

    def _walk(self, root: Any, marks: list[str]) -> None:
        # One loop over first child and next sibling, with a stack of our own: a page may nest as deep as it likes.
        tags, afters, parents, parts, texts = self._tags, self._after, self._parents, self._parts, self._texts
        names, kinds = self._names, dict[int, int]()
        opened: list[tuple[Any, int, str]] = []
        foreign = 0
        mark, parent = APART, 0
        node = root
        while node is not None:
            tag: int = node.tag_id
            kind = kinds.get(tag)
            if kind is None:
                name = node.tag or ""
                names[tag] = name
                kind = kinds[tag] = _kind(name)
            number = len(tags)
            parents.append(parent)
            parts.append(len(texts))
            afters.append(number + 1)
            if kind == _TEXT:
                tags.append(_TEXT)
                if node.is_empty_text_node:
                    mark = APART
                else:
                    texts.append(node.text_content)
                    marks.append(mark)
                    mark = ""
            elif kind == _COMMENT:
                tags.append(_COMMENT)
            else:
                tags.append(tag)
                # Within `svg` and `math` a name that HTML has too makes no block.
                edge = PERHAPS if foreign and kind == _BLOCK else _EDGES[kind]
                mark = edge if edge == APART else mark or edge
                child = node.first_child
                if child is not None:
                    if kind == _OUT:
                        self.left_out[names[tag]] = self.left_out.get(names[tag], 0) + 1
                    else:
                        opened.append((node, number, edge))
                        foreign += names[tag] in _FOREIGN
                        node, parent = child, number
                        continue
            node = node.next if opened else None
            while node is None and opened:
                node, number, edge = opened.pop()
                afters[number] = len(tags)
                foreign -= names[tags[number]] in _FOREIGN
                mark = edge if edge == APART else mark or edge
                parent = parents[number]
                node = node.next if opened else None

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
        while around and self._names.get(self._tags[around]) not in BLOCKS:
            around = self._parents[around]
        end = self._after[around]
        return number, offsets[self._parts[number]], offsets[self._part_at(end)]

    def place(self, offset: int) -> str:
        """See ``Original.place``."""
        if not self._texts:
            return "xpath(/html)"
        part = max(0, min(len(self._texts), bisect_right(self._reckon(), offset)) - 1)
        # The first node before which more than `part` texts begin comes right after this text.
        number = bisect_right(self._parts, part) - 1
        return f"xpath({self._path(self._parents[number])})"

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
        match = _STEP.match(step)
        if match is None:
            return None
        children = self._children.get(parent)
        if children is None:
            children = self._children[parent] = self._by_name(parent)
        named = children.get(match["name"], ())
        index = int(match["index"] or 1)
        return named[index - 1] if index <= len(named) else None

    def _by_name(self, parent: int) -> dict[str, list[int]]:
        """The children by what a step may call them: elements by name and as ``*``, runs of text as ``text()``."""
        tags, after, names = self._tags, self._after, self._names
        runs: list[int] = []
        elements: list[int] = []
        children: dict[str, list[int]] = {}
        number, end = parent + 1, after[parent]
        in_run = False
        while number < end:
            tag = tags[number]
            if tag == _TEXT:
                if not in_run:
                    runs.append(number)
                in_run = True
            else:
                in_run = False
                if tag != _COMMENT:
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
            parent = self._parents[number]
            name = self._names[self._tags[number]]
            index = self._by_name(parent)[name].index(number) + 1
            steps.append(name if parent == 0 else f"{name}[{index}]")
            number = parent
        return "/".join(("/html", *steps[: -1 - POINTER_STEPS : -1]))

    def _part_at(self, number: int) -> int:
        return self._parts[number] if number < len(self._parts) else len(self._texts)

    def _reckon(self) -> list[int]:
        """The offset at which each visible text begins, and one more for the end."""
        if self._offsets is None:
            offsets, offset = [0], 0
            for text in self._texts:
                offset += visible_length(text)
                offsets.append(offset)
            self._offsets = offsets
        return self._offsets


def visible_length(marked: str) -> int:
    """How many characters show: all but white space of any kind, Unicode's too, and the marks."""
    return len("".join(marked.split())) - marked.count(PERHAPS)


def _kind(name: str) -> int:
    if name == "-text":
        return _TEXT
    if not name or name.startswith("-"):
        return _COMMENT
    if name in LEFT_OUT:
        return _OUT
    if name in BLOCKS:
        return _BLOCK
    return _THROUGH if name in TRANSPARENT else _PLAIN


def _joined(texts: list[str], marks: list[str]) -> str:
    """Join texts and marks; ``texts`` itself is mended where it holds what XML cannot."""
    whole = "".join(texts).encode()
    if (
        len(whole.translate(None, _FORBIDDEN_BYTES)) != len(whole)
        or b"\xef\xbf\xbe" in whole
        or b"\xef\xbf\xbf" in whole
    ):
        texts[:] = [_FORBIDDEN.sub(REPLACEMENT, text) for text in texts]
    return "".join([part for pair in zip(marks, texts, strict=True) for part in pair])

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
from collections.abc import Iterator

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

MAXIMUM_DEPTH = 20_000
"""Elements nested deeper are not checked: the parser's time grows with the square of the depth (measured: 1 s)."""

MAXIMUM_COPIES = 2_000_000
"""Marks that unclosed formatting elements may be opened anew, at the worst, before a page is not checked."""

# XML 1.0, 2.2: what a document cannot hold, white space aside. Form feed is white space in HTML.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_BYTES = bytes((*range(0x09), 0x0B, *range(0x0E, 0x20)))

_STEP = re.compile(r"(?P<name>[^\[\]/]+)(?:\[(?P<index>[1-9][0-9]{0,8})\])?\Z")

_TEXT, _COMMENT, _ELEMENT = -1, -2, -3
_PLAIN, _BLOCK, _OUT, _THROUGH = range(4)


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
            not before it does, nor after the end of what holds it. ``None`` if it names nothing.
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
        """Parse and walk; see ``too_costly`` for what must not be handed in."""
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
        self._children: dict[int, dict[str, int]] = {}
        self._found: dict[str, int | None] = {}

    def _walk(self, root: object, marks: list[str]) -> None:
        # One loop over first child, next sibling and parent: a page may nest as deep as it likes.
        tags, afters, parents, parts, texts = self._tags, self._after, self._parents, self._parts, self._texts
        names, kinds = self._names, dict[int, int]()
        opened: list[int] = []
        mark = APART
        node = root
        while node is not None:
            tag: int = node.tag_id  # type: ignore[attr-defined]
            number = len(tags)
            parents.append(opened[-1] if opened else 0)
            parts.append(len(texts))
            afters.append(number + 1)
            kind = kinds.get(tag)
            if kind is None:
                name = node.tag or ""  # type: ignore[attr-defined]
                names[tag] = name
                kind = kinds[tag] = _kind(name)
            child = None
            if kind == _TEXT:
                tags.append(_TEXT)
                text: str = node.text_content or ""  # type: ignore[attr-defined]
                if text.strip(WHITE_SPACE):
                    texts.append(text)
                    marks.append(mark)
                    mark = ""
                elif text:
                    mark = APART
            elif kind == _COMMENT:
                tags.append(_COMMENT)
            else:
                tags.append(tag)
                if kind == _BLOCK:
                    mark = APART
                elif kind == _PLAIN:
                    mark = mark or PERHAPS
                child = node.first_child  # type: ignore[attr-defined]
                if kind == _OUT:
                    mark = mark or PERHAPS
                    if child is not None:
                        self.left_out[names[tag]] = self.left_out.get(names[tag], 0) + 1
                        child = None
            if child is not None:
                opened.append(number)
                node = child
                continue
            following = node.next if opened else None  # type: ignore[attr-defined]
            while following is None and opened:
                node = node.parent  # type: ignore[attr-defined]
                number = opened.pop()
                afters[number] = len(tags)
                kind = kinds[tags[number]]
                mark = APART if kind == _BLOCK else mark or PERHAPS
                following = node.next if opened else None
            node = following

    def resolve(self, fragment: str) -> tuple[int, int, int] | None:
        """See ``Original.resolve``; ``xpath(/html/body/div[2]/text()[1])``, each step one child."""
        if not (fragment.startswith("xpath(/html") and fragment.endswith(")")):
            return None
        number = self._find(fragment[6:-1])
        if number is None:
            return None
        offsets = self._reckon()
        # What begins there may go on in what follows (a run of text in inline elements, a label in the next term), but
        # not beyond the block that holds it.
        around = self._parents[number]
        while around and self._names[self._tags[around]] not in BLOCKS:
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
        if not found:
            found["/html"] = found["/html[1]"] = 0
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
        if parent not in self._children:
            self._children[parent] = dict(self._steps(parent))
        children = self._children[parent]
        return children.get(step) or (children.get(f"{step}[1]") if _STEP.match(step) else None)

    def _steps(self, parent: int) -> Iterator[tuple[str, int]]:
        """Every step that leads to a child: by name, by place among the elements, by place among the texts."""
        counts: dict[str, int] = {}
        number, end = parent + 1, self._after[parent]
        in_text = False
        while number < end:
            tag = self._tags[number]
            if tag == _TEXT:
                if not in_text:
                    counts["text()"] = count = counts.get("text()", 0) + 1
                    yield f"text()[{count}]", number
            elif tag != _COMMENT:
                for name in (self._names[tag], "*"):
                    counts[name] = count = counts.get(name, 0) + 1
                    yield f"{name}[{count}]", number
            in_text = tag == _TEXT
            number = self._after[number]

    def _path(self, number: int) -> str:
        steps: list[str] = []
        while number:
            parent = self._parents[number]
            step = next(step for step, child in self._steps(parent) if child == number)
            steps.append(step.removesuffix("[1]") if parent == 0 else step)
            number = parent
        return "/".join(("/html", *reversed(steps)))

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


_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)", re.IGNORECASE)

_CLOSE_THEMSELVES = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        *("wbr", "p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup"),
        *("html", "head", "body", "a", "nobr", "button"),
    )
)
"""Elements that are empty, or that another of their kind closes."""

_FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)


def too_costly(markup: str) -> str | None:
    """Say why a page must not be parsed, or ``None``: hostile nesting would take minutes, or all memory.

    The bound is reckoned from the tags as written, before any tree is built, and only where there are many.
    """
    if markup.count("<") < 4_000:
        return None
    depth = deepest = formatting = most_formatting = starts = 0
    for match in _TAG.finditer(markup):
        name = match[2].lower()
        step = -1 if match[1] else 1
        starts += step > 0
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
            most_formatting = max(most_formatting, formatting)
        if name not in _CLOSE_THEMSELVES:
            depth = max(0, depth + step)
            deepest = max(deepest, depth)
    if deepest > MAXIMUM_DEPTH:
        return f"its elements nest {deepest} deep, more than {MAXIMUM_DEPTH}"
    if most_formatting * starts > MAXIMUM_COPIES:
        return f"{most_formatting} formatting elements stand open over {starts} tags"
    return None

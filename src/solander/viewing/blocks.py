"""Blocks -> HTML: the text in the order of the TEI, every leaf with an anchor that stays and the place it came from.

An anchor is reckoned from the pointer into the original, so that a citation of ``page.html#b1a2b3c4d`` holds as long as
the original does, however later versions read what surrounds it.

Source: HTML Standard, 4.4 (grouping content) and 4.9 (tables); ``model/page.py`` lists the kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from zlib import crc32

from solander.model.page import BESIDE_WORDS, TEXT_KINDS, Block, Inline, InlineContent, plain
from solander.viewing.inlines import InlineViewer, turned
from solander.viewing.markup import led_to, link, quoted

_PARAGRAPHS = frozenset(("paragraph", "text", "preformatted"))
_CLASSES = {
    **{
        kind: kind
        for kind in ("byline", "dateline", "subtitle", "kicker", "salutation", "valediction", "signature", "speaker")
    },
    "caption": "caption",
    "summary": "label",
    "term": "label",
}
_NUMBERINGS = {"lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}
_SHOWN_CHARACTERS = 60
_FITTING_CHARACTERS = 32
"""A line of so many stands on any telephone as it is."""
_MANY_COLUMNS = 12
"""A table of more is set smaller on paper, which does not scroll."""
_SPAN = 1000
"""Columns or rows at most, as browsers have it (HTML Standard, 4.9.11)."""


class Cell(NamedTuple):
    """A leaf of the page, as the word map has it."""

    anchor: str
    place: str
    """Where it came from: an XPath, or ``char=10,20``; escaped."""
    words: int
    characters: int
    begins: str
    """With these words."""
    gaps: int


class BlockViewer(InlineViewer):
    """Writes blocks, one after the other, and remembers each leaf and each heading."""

    __slots__ = ("cells", "headings", "marks", "numbers", "out")

    def __init__(self, anchors: frozenset[str], notes: Mapping[str, str]) -> None:
        super().__init__(anchors, notes)
        self.out: list[str] = []
        self.cells: list[Cell] = []
        self.headings: list[tuple[int, str, str]] = []
        """Level, anchor and words."""
        self.numbers: dict[str, int] = {}
        """Of anchors that come again, the number of the last: all that lies too deep has one place."""
        self.marks = False
        """Whether paragraphs bear a mark by which their address can be taken."""

    def block(self, block: Block, within: str = "") -> None:
        """Write a block.

        Args:
            within: what holds it: ``figure``, ``table`` or nothing of the kind.
        """
        kind, out = block.kind, self.out
        if kind in TEXT_KINDS:
            self._leaf(block, within)
        elif kind == "list":
            self._list(block)
        elif kind == "table":
            self._table(block)
        elif kind == "glossary":
            self._holder("dl", block, "", "dl")
        elif kind == "figure":
            self._holder("figure", block, "", "figure")
        elif kind == "quote":
            address = led_to((block.attributes or {}).get("cite", ""))
            self._holder("blockquote", block)
            if address is not None:
                out.append(f'<p class="cited" data-ours>{link(address, address)}</p>\n')
        elif kind == "speech":
            self._holder("div", block, ' class="speech"')
        elif kind == "box":
            self._holder("div", block, ' class="box"')
        elif kind == "details":
            self._details(block)
        elif kind == "rule":
            out.append("<hr>\n")
        else:
            # A part that lost its whole (a row without a table) gives what it holds.
            for child in block.content:
                if isinstance(child, Block):
                    self.block(child, within)

    def _leaf(self, block: Block, within: str) -> None:
        kind, said = block.kind, block.attributes
        content: InlineContent = block.content  # type: ignore[assignment]
        common, words = self._common(block)
        if kind == "heading":
            level = min(int((said or {}).get("level", "1")), 6)
            anchor = self.cells[-1].anchor
            self.out.append(f"<h{level}{common}>{words}{self._mark_of(anchor)}</h{level}>\n")
            self.headings.append((level, anchor, plain(_without_references(block))))
            return
        if kind == "preformatted":
            # A parser leaves out a line end that begins it (HTML Standard, 13.2.6.4.7).
            # What scrolls is scrolled by keys, too.
            longest = max(map(len, "".join(self.strings).split("\n")))
            common += ' tabindex="0"' if longest > _FITTING_CHARACTERS else ""
            self.out.append(f"<pre{common}>{chr(10) if words.startswith(chr(10)) else ''}{words}</pre>\n")
            return
        if kind == "caption" and within in ("figure", "table"):
            element = "figcaption" if within == "figure" else "caption"
            self.out.append(f"<{element}{common}>{words}</{element}>\n")
            return
        if within == "dl" and kind == "term":
            self.out.append(f"<dt{common}>{words}</dt>\n")
            return
        name = _CLASSES.get(kind, "")
        if said is not None:
            if "note" in said:
                name = "note"
            elif said.get("role") == "address":
                name = "address"
            elif said.get("role") in ("attribution", "stage"):
                name = said["role"]
        if not name and within == "figure" and all(isinstance(part, Inline) for part in content):
            self.out.append(f"<div{common}>{words}</div>\n")
            return
        if name:
            common += f' class="{name}"'
        elif kind in _PARAGRAPHS and self.marks and not within:
            words += self._mark_of(self.cells[-1].anchor)
        self.out.append(f"<p{common}>{words}</p>\n")

    def _mark_of(self, anchor: str) -> str:
        return f'<a class="mark" href="#{anchor}" aria-label="¶"></a>' if self.marks else ""

    def _common(self, leaf: Block) -> tuple[str, str]:
        """A leaf's attributes and its words, as HTML; the word map has it from here on."""
        content: InlineContent = leaf.content  # type: ignore[assignment]
        source, before = leaf.source, self.gaps
        self.strings.clear()
        words = self.inline(content)
        text = "".join(self.strings).strip()
        # White space is collapsed already, but for preformatted text.
        number = len(text.split()) if leaf.kind == "preformatted" else text.count(" ") + 1 if text else 0
        anchor = f"b{crc32(source.encode('utf-8', 'replace')):08x}"
        if anchor in self.written:
            anchor = self._next(anchor)
        self.written.add(anchor)
        place = quoted(source[6:-1] if source.startswith("xpath(") else source)
        self.cells.append(Cell(anchor, place, number, len(text), text[:_SHOWN_CHARACTERS], self.gaps - before))
        attributes = f' id="{anchor}" data-from="{place}"'
        return (attributes + turned(leaf.attributes) if leaf.attributes is not None else attributes), words

    def _next(self, anchor: str) -> str:
        number = self.numbers.get(anchor, 1) + 1
        while f"{anchor}-{number}" in self.written:
            number += 1
        self.numbers[anchor] = number
        return f"{anchor}-{number}"

    def _holder(self, element: str, block: Block, said: str = "", within: str = "") -> None:
        """An element that holds either one run of text, written in it, or blocks."""
        children: tuple[Block, ...] = block.content  # type: ignore[assignment]
        own = said + (turned(block.attributes) if block.attributes is not None else "")
        if len(children) == 1 and children[0].kind == "text" and (children[0].attributes or {}).keys() <= {"note"}:
            common, words = self._common(children[0])
            self.out.append(f"<{element}{common}{own}>{words}</{element}>\n")
            return
        self.out.append(f"<{element}{own}>\n")
        for child in children:
            if within == "dl" and child.kind == "definition":
                self._holder("dd", child)
            else:
                self.block(child, within)
        self.out.append(f"</{element}>\n")

    def _list(self, block: Block) -> None:
        said = block.attributes or {}
        rend = said.get("rend", "").split()
        own = turned(said)
        if "start" in said:
            own += f' start="{quoted(said["start"])}"'
        for word in rend:
            if word in _NUMBERINGS:
                own += f' type="{_NUMBERINGS[word]}"'
        if "reversed" in rend:
            own += " reversed"
        element = "ol" if "ordered" in said else "ul"
        if "plain" in rend or "options" in rend:
            own += ' class="plain"'
        self.out.append(f"<{element}{own}>\n")
        for child in block.content:
            item: Block = child  # type: ignore[assignment]
            about = item.attributes or {}
            extra = f' value="{quoted(about["value"])}"' if "value" in about and element == "ol" else ""
            if "note" in about:
                extra += ' class="note"'
            self._holder("li", item, extra)
        self.out.append(f"</{element}>\n")

    def _table(self, block: Block) -> None:
        parts = [child for child in block.content if isinstance(child, Block)]
        rows = [part for part in parts if part.kind == "row" and part.content]
        if not rows:
            for part in parts:
                self.block(part)
            return
        # It scrolls by itself where it is too wide, and the page does not.
        width = "wide many" if max(len(row.content) for row in rows) > _MANY_COLUMNS else "wide"
        self.out.append(
            f'<div class="{width}" tabindex="0" role="group" aria-label="table">'
            f"<table{turned(block.attributes or {})}>\n"
        )
        # A table has one caption; others stand in the first, as paragraphs of it.
        captions = [part for part in parts if part.kind == "caption"]
        if len(captions) == 1:
            self._leaf(captions[0], "table")
        elif captions:
            self.out.append("<caption>\n")
            for caption in captions:
                self._leaf(caption, "")
            self.out.append("</caption>\n")
        for row in rows:
            role = (row.attributes or {}).get("role", "")
            self.out.append(f'<tr class="{quoted(role)}">\n' if role else "<tr>\n")
            for child in row.content:
                cell: Block = child  # type: ignore[assignment]
                said = cell.attributes or {}
                extra = "".join(
                    f' {name}="{min(int(said[key]), _SPAN)}"'
                    for key, name in (("columns", "colspan"), ("rows", "rowspan"))
                    if key in said
                )
                self._holder("th" if said.get("role") == "label" else "td", cell, extra, "cell")
            self.out.append("</tr>\n")
        self.out.append("</table></div>\n")

    def _details(self, block: Block) -> None:
        """What a reader of the page unfolded is unfolded here: its words are text like any other."""
        parts: tuple[Block, ...] = block.content  # type: ignore[assignment]
        self.out.append(f"<details open{turned(block.attributes or {})}>\n")
        if parts and parts[0].kind == "summary":
            common, words = self._common(parts[0])
            self.out.append(f"<summary{common}>{words}</summary>\n")
            parts = parts[1:]
        else:
            self.out.append("<summary data-ours>…</summary>\n")
        for part in parts:
            self.block(part)
        self.out.append("</details>\n")


def _without_references(heading: Block) -> Block:
    """A heading for the list of contents: a note's number, or the sign that gives its address, is no word of it."""
    content: InlineContent = heading.content  # type: ignore[assignment]
    return heading._replace(content=_unreferenced(content))


def _unreferenced(content: InlineContent) -> InlineContent:
    return tuple(
        part if isinstance(part, str) else part._replace(content=_unreferenced(part.content))
        for part in content
        if isinstance(part, str)
        or (part.kind not in BESIDE_WORDS and (part.attributes or {}).get("role") not in ("noteref", "permalink"))
    )

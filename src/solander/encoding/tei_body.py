"""Divisions -> TEI text: front, body and back, every block with a pointer into the original.

Headings make nested ``div``s by their level, kept in ``@n``; a heading within an item, cell or quotation is a
``label``. ``p`` never holds a block and never has a tail. What markup says to be a template's is a division of
``subtype="template"`` (``generatedBy`` is for posts alone).

Source: TEI P5 4.12.0, chapter 4 (default text structure), 3.8 (lists), 14.1 (tables), 14.2 (figures).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from solander.encoding.tei_inline import anchor_id, graphic, inline
from solander.encoding.w3c import uri_reference
from solander.encoding.xml_text import escape_attribute
from solander.model.page import TEXT_KINDS, Block, Division, Inline, InlineContent

_TEMPLATE = ' subtype="template"'
_OPENERS = frozenset(("byline", "dateline", "salutation"))
_CLOSERS = frozenset(("valediction", "signature", "dateline"))
# Behind one of these a closer may stand; behind figures and rules alone it may not.
_WORDS = frozenset(("paragraph", "preformatted", "list", "glossary", "quote", "speech"))
_IN_WRAPPERS = {
    "byline": "byline",
    "dateline": "dateline",
    "salutation": "salute",
    "valediction": "salute",
    "signature": "signed",
}


class TextWriter:
    """Writes the ``text`` of one page."""

    __slots__ = ("anchors", "out", "prefix")

    def __init__(self, prefix: str, divisions: Iterable[Division]) -> None:
        """``prefix`` is what pointers begin with: the original's address as seen from the TEI file."""
        self.prefix = prefix
        self.out: list[str] = []
        self.anchors = frozenset(_anchors(divisions))

    def write(self, divisions: tuple[Division, ...]) -> str:
        """Front, body and back: what precedes the first text proper, the text proper, and the rest."""
        first = next((index for index, division in enumerate(divisions) if division.zone == "main"), len(divisions))
        if first == len(divisions):
            first = 0
        front = divisions[:first]
        back = [division for division in divisions[first:] if division.zone != "main"]
        main = tuple([block for division in divisions if division.zone == "main" for block in division.blocks])
        out = self.out
        out.append("  <text>\n")
        self._boilerplate("front", front)
        out.append("    <body>\n")
        self._division("main", main)
        out.append("    </body>\n")
        self._boilerplate("back", back)
        out.append("  </text>\n")
        return "".join(out)

    def _boilerplate(self, part: str, divisions: Iterable[Division]) -> None:
        divisions = tuple(divisions)
        if divisions:
            self.out.append(f"    <{part}>\n")
            for division in divisions:
                # Markup says of the other zones that a template made them; ``other`` is the classifier's word alone.
                self._division(division.zone, division.blocks, "" if division.zone == "other" else _TEMPLATE)
            self.out.append(f"    </{part}>\n")

    def _division(self, zone: str, blocks: tuple[Block, ...], said: str = "") -> None:
        """A division, with those that its headings make: the first heading is its own where no other equals it."""
        out = self.out
        out.append(f'      <div type="{zone}"{said}>\n')
        levels: list[int] = []
        ranks = [_level(block) for block in blocks if block.kind == "heading"]
        owned = bool(blocks) and blocks[0].kind == "heading" and min(ranks[1:], default=7) > ranks[0]
        # Where a division begins, its heads and one opener may stand; a closer only behind something.
        top, filled = True, False
        at = 0
        while at < len(blocks):
            block = blocks[at]
            run = 1
            if block.kind == "heading":
                level = _level(block)
                if at or not owned:
                    while levels and levels[-1] >= level:
                        levels.pop()
                        out.append("</div>\n")
                    levels.append(level)
                    out.append("<div>\n")
                out.append(f'<head n="{level}"{self._common(block)}>{self._words(block)}</head>\n')
                top, filled = True, False
            elif top and block.kind == "subtitle" and at and blocks[at - 1].kind == "heading":
                out.append(f'<head type="sub"{self._common(block)}>{self._words(block)}</head>\n')
            elif top and block.kind in _OPENERS:
                run = _run(blocks, at, _OPENERS)
                self._wrapped("opener", blocks[at : at + run])
                top = False
            elif filled and block.kind in _CLOSERS and at + _run(blocks, at, _CLOSERS) == len(blocks):
                run = len(blocks) - at
                self._wrapped("closer", blocks[at:])
            else:
                self._block(block, "div")
                top, filled = False, filled or block.kind in _WORDS
            at += run
        out.append("</div>\n" * len(levels))
        out.append("      </div>\n")

    def _wrapped(self, element: str, blocks: tuple[Block, ...]) -> None:
        """What opens or closes a division, in one element."""
        self.out.append(f"<{element}>\n")
        for block in blocks:
            name = _IN_WRAPPERS[block.kind]
            self.out.append(f"<{name}{self._common(block)}>{self._words(block)}</{name}>\n")
        self.out.append(f"</{element}>\n")

    def _words(self, block: Block) -> str:
        return inline(block.content, self.anchors)  # type: ignore[arg-type]

    # ----------------------------------------------------------------------------------------------- one block

    def _block(self, block: Block, within: str) -> None:
        kind = block.kind
        out = self.out
        if kind in TEXT_KINDS:
            self._leaf(block, within)
        elif kind == "list":
            self._list(block)
        elif kind == "glossary":
            self._glossary(block)
        elif kind == "table":
            self._table(block)
        elif kind == "figure":
            out.append(f"<figure{self._common(block)}>\n")
            for child in block.content:
                if isinstance(child, Block) and child.kind != "rule":
                    self._block(child, "figure")
            out.append("</figure>\n")
        elif kind == "quote":
            self._quote(block)
        elif kind == "speech" and within == "div":
            out.append(f"<sp{self._common(block)}>\n")
            for child in block.content:
                self._block(child, "sp")  # type: ignore[arg-type]
            out.append("</sp>\n")
        elif kind == "rule":
            out.append(f'<milestone unit="section" rend="rule"{self._pointer(block)}/>\n')
        else:
            # A part that lost its whole (a row without a table) gives what it holds.
            for child in block.content:
                if isinstance(child, Block):
                    self._block(child, within)

    def _leaf(self, block: Block, within: str) -> None:
        kind, out = block.kind, self.out
        content: InlineContent = block.content  # type: ignore[assignment]
        if within in ("div", "figure") and kind == "text" and _only_images(content):
            self._images(block, content, within)
            return
        words = inline(content, self.anchors)
        common = self._common(block)
        if kind == "paragraph":
            out.append(f"<p{common}>{words}</p>\n")
        elif kind == "heading":
            level = _level(block)
            if within == "figure":
                out.append(f'<head n="{level}"{common}>{words}</head>\n')
            else:
                out.append(f'<label n="{level}"{self._common(block, "heading")}>{words}</label>\n')
        elif kind == "preformatted":
            out.append(f'<ab type="pre" xml:space="preserve"{common}>{words}</ab>\n')
        elif kind == "caption" and within == "figure":
            out.append(f"<head{common}>{words}</head>\n")
        elif kind == "speaker" and within == "sp":
            out.append(f"<speaker{common}>{words}</speaker>\n")
        elif kind in _IN_WRAPPERS or kind in ("subtitle", "speaker"):
            out.append(f"<p{self._common(block, kind)}>{words}</p>\n")
        elif kind in ("caption", "summary", "term"):
            out.append(f'<ab type="{kind}"{common}>{words}</ab>\n')
        else:
            out.append(f"<ab{common}>{words}</ab>\n")

    def _images(self, block: Block, content: InlineContent, within: str) -> None:
        inner = "".join(
            graphic(part.attributes or {}) if part.kind == "image" else inline((part,), self.anchors)
            for part in content
            if isinstance(part, Inline) and part.kind != "break"
        )
        self.out.append(f"{inner}\n" if within == "figure" else f"<figure{self._common(block)}>{inner}</figure>\n")

    def _list(self, block: Block) -> None:
        said = block.attributes or {}
        rend = said.get("rend", "") if "ordered" in said else said.get("rend", "bulleted")
        if "ordered" in said:
            rend = f"numbered {rend}".rstrip()
        start = f' n="{said["start"]}"' if "start" in said else ""
        self.out.append(f"<list{start}{self._common(block, rend)}>\n")
        for child in block.content:
            number = (child.attributes or {}).get("value") if isinstance(child, Block) else None
            self._holder("item", child, f' n="{number}"' if number else "")  # type: ignore[arg-type]
        self.out.append("</list>\n")

    def _glossary(self, block: Block) -> None:
        """Labels and items in pairs: terms side by side share a label, definitions side by side an item."""
        out = self.out
        out.append(f'<list type="gloss"{self._common(block)}>\n')
        groups: list[tuple[bool, list[Block]]] = []
        for child in block.content:
            if isinstance(child, Block):
                is_term = child.kind == "term"
                if groups and groups[-1][0] == is_term:
                    groups[-1][1].append(child)
                else:
                    groups.append((is_term, [child]))
        labelled = False
        for is_term, children in groups:
            if is_term:
                words = "<lb/>".join(inline(child.content, self.anchors) for child in children)  # type: ignore[arg-type]
                out.append(f"<label{self._common(children[0])}>{words}</label>\n")
                labelled = True
                continue
            if not labelled:
                out.append("<label/>\n")
            if len(children) == 1:
                self._holder("item", children[0])
            else:
                out.append(f"<item{self._pointer(children[0])}>\n")
                for child in children:
                    for inner in child.content:
                        self._block(inner, "item")  # type: ignore[arg-type]
                out.append("</item>\n")
            labelled = False
        if labelled:
            out.append("<item/>\n")
        out.append("</list>\n")

    def _table(self, block: Block) -> None:
        out = self.out
        parts = [child for child in block.content if isinstance(child, Block)]
        rows = [part for part in parts if part.kind == "row" and part.content]
        columns = max((sum(_span(cell) for cell in row.content if isinstance(cell, Block)) for row in rows), default=0)
        if not rows:
            for part in parts:
                self._block(part, "div")
            return
        out.append(f'<table rows="{len(rows)}" cols="{columns}"{self._common(block)}>\n')
        for part in parts:
            if part.kind == "caption":
                out.append(f"<head{self._common(part)}>{inline(part.content, self.anchors)}</head>\n")  # type: ignore[arg-type]
        for row in rows:
            role = ' role="label"' if (row.attributes or {}).get("role") == "label" else ""
            out.append(f"<row{role}{self._pointer(row)}>\n")
            for cell in row.content:
                self._cell(cell)  # type: ignore[arg-type]
            out.append("</row>\n")
        out.append("</table>\n")

    def _cell(self, cell: Block) -> None:
        said = cell.attributes or {}
        extra = ' role="label"' if said.get("role") == "label" else ""
        if "columns" in said:
            extra += f' cols="{said["columns"]}"'
        if "rows" in said:
            extra += f' rows="{said["rows"]}"'
        self._holder("cell", cell, extra)

    def _quote(self, block: Block) -> None:
        cited = uri_reference((block.attributes or {}).get("cite", ""))
        if cited:
            self.out.append("<cit>")
        self._holder("quote", block)
        if cited:
            self.out.append(f'<ref target="{escape_attribute(cited)}"/></cit>\n')

    def _holder(self, element: str, block: Block, extra: str = "") -> None:
        """An element that holds either one run of text, written in it, or blocks."""
        out = self.out
        children: tuple[Block, ...] = block.content  # type: ignore[assignment]
        common = self._attributes(block)
        if len(children) == 1 and children[0].kind == "text":
            words = inline(children[0].content, self.anchors)  # type: ignore[arg-type]
            out.append(f"<{element}{extra}{self._pointer(children[0])}{common}>{words}</{element}>\n")
            return
        out.append(f"<{element}{extra}{self._pointer(block)}{common}>")
        if children:
            out.append("\n")
        for child in children:
            self._block(child, element)
        out.append(f"</{element}>\n")

    # ---------------------------------------------------------------------------------------------- attributes

    def _pointer(self, block: Block) -> str:
        return f' source="{self.prefix}{escape_attribute(block.source)}"' if block.source else ""

    def _attributes(self, block: Block, rend: str = "") -> str:
        said = block.attributes
        if said is None:
            return f' rend="{rend}"' if rend else ""
        if "hidden" in said:
            rend = f"{rend} hidden" if rend else "hidden"
        if "dir" in said:
            rend = f"{rend} {said['dir']}" if rend else said["dir"]
        language = f' xml:lang="{escape_attribute(said["lang"])}"' if "lang" in said else ""
        return (f' rend="{rend}"' if rend else "") + language

    def _common(self, block: Block, rend: str = "") -> str:
        return f"{self._pointer(block)}{self._attributes(block, rend)}"


def _level(block: Block) -> int:
    return int((block.attributes or {}).get("level", "1"))


def _run(blocks: tuple[Block, ...], begin: int, kinds: frozenset[str]) -> int:
    """How many blocks from here on are of these kinds."""
    end = begin
    while end < len(blocks) and blocks[end].kind in kinds:
        end += 1
    return end - begin


def _only_images(content: InlineContent) -> bool:
    return any(isinstance(part, Inline) and part.kind == "image" for part in content) and all(
        isinstance(part, Inline) and part.kind in ("image", "anchor", "break") for part in content
    )


def _span(cell: Block) -> int:
    return int((cell.attributes or {}).get("columns", "1"))


def _anchors(divisions: Iterable[Division]) -> Iterator[str]:
    """The ids that stand in the text, each once: a second anchor of one name is not written."""
    stack: list[Block | Inline] = [block for division in divisions for block in division.blocks]
    while stack:
        part = stack.pop()
        if part.kind == "anchor" and part.attributes and anchor_id(part.attributes["id"]):
            yield part.attributes["id"]
        stack += [inner for inner in part.content if not isinstance(inner, str)]

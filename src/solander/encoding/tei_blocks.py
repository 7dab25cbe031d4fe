"""One block -> TEI: paragraphs, lists, tables, figures, quotations, notes, each with its pointer.

``p`` never holds a block and never has a tail. A heading within an item, cell or quotation is a ``label``.

Source: TEI P5 4.12.0, 3.8 (lists), 3.9 (notes), 14.1 (tables), 14.2 (figures).
"""

from __future__ import annotations

from collections.abc import Iterable

from solander.encoding.boxes import HOLD_BOXES, is_text
from solander.encoding.leaf_content import lines, number_of, only_images, portrait_ends, without_anchor, words_from
from solander.encoding.tei_graphics import graphic
from solander.encoding.tei_inline import Places, anchor_id, inline
from solander.encoding.tei_posts import of_post
from solander.encoding.tei_references import names_source, without_references
from solander.encoding.w3c import is_script, uri_reference
from solander.encoding.xml_text import escape_attribute
from solander.model.page import LINE_KINDS, TEXT_KINDS, Block, Division, Inline, InlineContent

IN_WRAPPERS = {
    "byline": "byline",
    "dateline": "dateline",
    "salutation": "salute",
    "valediction": "salute",
    "signature": "signed",
}
"""What stands in an opener or a closer."""


"""Leaves in which a reference has its name; in most other elements TEI allows none."""


class BlockWriter:
    """Writes blocks, one after the other."""

    __slots__ = ("anchors", "out", "prefix")

    def __init__(self, prefix: str, divisions: Iterable[Division]) -> None:
        """``prefix`` is what pointers begin with: the original's address as seen from the TEI file."""
        self.prefix = prefix
        self.out: list[str] = []
        self.anchors = Places(prefix, divisions)

    def _words(self, block: Block) -> str:
        content: InlineContent = block.content  # type: ignore[assignment]
        return inline(content if block.kind in LINE_KINDS else without_references(content), self.anchors)

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
        elif kind == "box" and within in HOLD_BOXES and is_text(block):
            self._box(block)
        elif kind == "post" and within == "div":
            self._holder("post", block, of_post(block, self.anchors))
        elif kind == "speech" and within == "div":
            out.append(f"<sp{self._common(block)}>\n")
            for child in block.content:
                self._block(child, "sp")  # type: ignore[arg-type]
            out.append("</sp>\n")
        elif kind == "stanza":
            has_lines = len(block.content) > 1 or len(list(lines(block.content[0].content))) == 1  # type: ignore[union-attr, arg-type]
            out.append("<lg>\n" if has_lines else "")
            for child in block.content:
                self._block(child, "lg")  # type: ignore[arg-type]
            out.append("</lg>\n" if has_lines else "")
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
        if within in ("div", "figure", "box") and kind == "text" and only_images(content):
            self._images(block, content, within)
            return
        if block.attributes is not None and "note" in block.attributes and within != "sp":
            self._note(block)
            return
        words = self._words(block)
        common = self._common(block)
        if kind == "paragraph":
            is_stage = block.attributes is not None and block.attributes.get("role") == "stage"
            element = "stage" if is_stage and within in ("div", "sp") else "p"
            out.append(f"<{element}{common}>{words}</{element}>\n")
        elif kind == "heading":
            level = level_of(block)
            if within == "figure":
                out.append(f'<head n="{level}"{common}>{words}</head>\n')
            elif within == "div":
                # The title of a box that holds nothing else heads no division: it is the box's caption.
                out.append(f'<ab type="caption"{common}>{words}</ab>\n')
            else:
                out.append(f'<label n="{level}"{self._common(block, "heading")}>{words}</label>\n')
        elif kind == "preformatted":
            out.append(f'<ab type="pre" xml:space="preserve"{common}>{_coded(block, words)}</ab>\n')
        elif kind == "text" and block.attributes and block.attributes.get("role") == "address":
            written = "".join(
                f"<addrLine>{inline(without_references(line), self.anchors)}</addrLine>" for line in lines(content)
            )
            out.append(f"<ab{common}><address>{written}</address></ab>\n")
        elif kind == "caption" and within == "figure":
            out.append(f"<head{common}>{words}</head>\n")
        elif kind == "verse" and within == "lg":
            parts = [
                f"<l{number_of(line)}>{inline(without_references(line), self.anchors)}</l>" for line in lines(content)
            ]
            out.append(
                f"<l{number_of(content)}{common}>{words}</l>\n"
                if len(parts) == 1
                else f"<lg{common}>{''.join(parts)}</lg>\n"
            )
        elif kind == "speaker" and within == "sp":
            out.append(f"<speaker{common}>{words}</speaker>\n")
        elif kind in IN_WRAPPERS or kind in ("subtitle", "speaker", "kicker"):
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

    def _box(self, block: Block) -> None:
        """A text within the text: its title is its head, what follows blocks without divisions."""
        parts: tuple[Block, ...] = block.content  # type: ignore[assignment]
        self.out.append(f'<floatingText type="box"{self._common(block)}>\n<body>\n')
        if parts[0].kind in ("caption", "heading"):
            level = f' n="{level_of(parts[0])}"' if parts[0].kind == "heading" else ""
            self.out.append(f"<head{level}{self._common(parts[0])}>{self._words(parts[0])}</head>\n")
            parts = parts[1:]
        for part in parts:
            self._block(part, "box")
        self.out.append("</body>\n</floatingText>\n")

    def _list(self, block: Block) -> None:
        said = block.attributes or {}
        rend = said.get("rend", "") if "ordered" in said else said.get("rend", "bulleted")
        if "ordered" in said:
            rend = f"numbered {rend}".rstrip()
        start = f' n="{said["start"]}"' if "start" in said else ""
        self.out.append(f"<list{start}{self._common(block, rend)}>\n")
        for child in block.content:
            number = child.attributes.get("value") if isinstance(child, Block) and child.attributes else None
            self._holder("item", child, f' n="{number}"' if number else "")  # type: ignore[arg-type]
        self.out.append("</list>\n")

    def _glossary(self, block: Block) -> None:
        """Labels and items in pairs: terms side by side share a label, definitions side by side an item."""
        out = self.out
        if not any(isinstance(child, Block) and child.kind == "term" for child in block.content):
            # Nothing is defined: so talk pages set an answer in below what it answers.
            self._list(block._replace(attributes={**(block.attributes or {}), "rend": "indented"}))
            return
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
                words = "<lb/>".join(self._words(child) for child in children)
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
                out.append(f"<head{self._common(part)}>{self._words(part)}</head>\n")
        for row in rows:
            said = (row.attributes or {}).get("role", "")
            role = ' role="label"' if said == "label" else f' rend="{said}"' if said in ("foot", "rule") else ""
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
        """A quotation; with its source, if that is named, in a ``cit``: where it is from, or who said so."""
        written = (block.attributes or {}).get("cite", "")
        cited = None if is_script(written) else uri_reference(written)
        parts: tuple[Block, ...] = block.content  # type: ignore[assignment]
        speaker, at = None, 0
        if len(parts) == 2 and parts[1].kind == "quote" and parts[0].kind in LINE_KINDS:
            # So a board has what it quotes: whose it is, perhaps with a portrait, and then the words.
            at = portrait_ends(parts[0].content)  # type: ignore[arg-type]
            speaker = parts[0]._replace(content=words_from(parts[0].content, at))  # type: ignore[arg-type]
        if speaker is not None and names_source(speaker):
            self.out.append(f"<cit{self._pointer(block)}>")
            if at:
                self._images(parts[0], parts[0].content[:at], "div")  # type: ignore[arg-type]
            self._source(speaker)
            self._holder("quote", parts[1])
            self.out.append("</cit>\n")
            return
        source = parts[-1] if len(parts) > 1 and names_source(parts[-1]) else None
        if cited or source:
            self.out.append("<cit>")
        self._holder("quote", block._replace(content=parts[:-1]) if source else block)
        if source:
            self._source(source)
        if cited:
            self.out.append(f'<ref target="{escape_attribute(cited)}"/>')
        if cited or source:
            self.out.append("</cit>\n")

    def _source(self, block: Block) -> None:
        words = inline(without_references(block.content), self.anchors)  # type: ignore[arg-type]
        self.out.append(f"<bibl{self._common(block)}>{words}</bibl>\n")

    def _holder(self, element: str, block: Block, extra: str = "") -> None:
        """An element that holds either one run of text, written in it, or blocks."""
        out, said, common = self.out, block.attributes, ""
        if said:
            if element == "item" and "note" in said:
                out.append(f"<item{extra}{self._pointer(block)}>")
                self._note(block)
                out.append("</item>\n")
                return
            common = self._attributes(block, "selected" if said.get("rend") == "selected" else "")
        children: tuple[Block, ...] = block.content  # type: ignore[assignment]
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

    def _note(self, block: Block) -> None:
        """A note where it stands; its id is that of the element, and no anchor is needed."""
        said = dict(block.attributes or {})
        name = said.pop("note")
        identity = f' xml:id="{anchor_id(name)}"' if name in self.anchors else ""
        plain = block._replace(attributes=said, content=without_anchor(block.content, name))
        if block.kind in TEXT_KINDS:
            self.out.append(f'<note place="end"{identity}{self._common(plain)}>{self._words(plain)}</note>\n')
        else:
            self._holder("note", plain, f' place="end"{identity}')

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
        if not rend and block.attributes is None:
            return self._pointer(block)
        return self._pointer(block) + self._attributes(block, rend)


def _coded(block: Block, words: str) -> str:
    """Words set as they were written, as code where the page says in which language they are."""
    language = (block.attributes or {}).get("language")
    if language and all(isinstance(part, str) for part in block.content):
        return f'<code lang="{escape_attribute(language)}">{words}</code>'
    return words


def level_of(block: Block) -> int:
    """A heading's level, from 1."""
    return int((block.attributes or {}).get("level", "1"))


def _span(cell: Block) -> int:
    return int((cell.attributes or {}).get("columns", "1"))

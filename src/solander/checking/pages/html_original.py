"""The words of a page of HTML: the checker's tree, built by another parser than the reader's.

Source: HTML Standard, 13.2 (parsing).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from solander.checking.pages.markup_costs import LEAVE_DRAWINGS
from solander.checking.pages.tree import (
    COMMENT,
    EDGES,
    FOREIGN,
    LINK,
    OUT,
    PLAIN,
    TEXT,
    TreeOriginal,
    edge_of,
    kind_of,
)
from solander.checking.pages.words import APART, joined

SHADOWS_DEEP = 20
"""How many shadow trees may lie in one another; templates in deeper ones are passed by."""

_HOSTS = frozenset(
    (
        *("article", "aside", "blockquote", "body", "div", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("main", "nav", "p", "section", "span"),
    )
)
"""Elements that may have a shadow tree (DOM Standard, 4.8, "attach a shadow root"), besides custom ones."""

_NOT_CUSTOM = frozenset(("annotation-xml", "font-face", "missing-glyph", "color-profile"))

_HTML_WITHIN = {
    "svg": frozenset(("desc", "foreignObject", "foreignobject", "title")),
    "math": frozenset(("mi", "mn", "mo", "ms", "mtext")),
}
"""Elements of drawings and formulas in which HTML goes on (HTML Standard, "integration point")."""


_IMAGE = re.compile(r"<image(?=[\s/>])", re.IGNORECASE)


def _with_images(markup: str) -> str:
    """The markup with ``img`` for ``image``, as HTML reads it, where the parser would drop one: in a table.

    In a drawing ``image`` is an element of its own; a page that has any stays as it is.
    """
    if not _IMAGE.search(markup):
        return markup
    lowered = markup.lower()
    if "<table" not in lowered or "<svg" in lowered:
        return markup
    return _IMAGE.sub("<img", markup)


class Misparsed(Exception):
    """The parser is known to build another tree than HTML's here; ``str()`` says where."""


class HtmlOriginal(TreeOriginal):
    """An HTML page."""

    def __init__(self, markup: str) -> None:
        """Parse and walk; see ``originals`` for what must not be handed in.

        Raises:
            Misparsed: the tree is not HTML's (13.2.6.5 has ``sup`` among the tags that end a drawing; lexbor has not),
                or is one on which parsers differ (until 2025 the Standard ended a ``select`` in a table where a table
                began).
        """
        # selectolax and its parser are loaded only where a page is checked.
        from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

        super().__init__(markup)
        self._hosts: set[int] = set()
        self._misparsed = False
        self.shadow_trees = 0
        """How many templates make shadow trees, not counting those within others."""
        # Without events: `selectedcontent` would get a copy of an option's text that the source does not have twice.
        # Bytes are handed over because a `str` with a lone surrogate would lose it.
        mended = _with_images(markup)
        tree = LexborHTMLParser(mended.encode("utf-8", "replace"), options=LexborDocumentOptions.WO_EVENTS)
        marks: list[str] = []
        self._walk(tree.root, marks)
        self.base = self._base_of(tree)
        drawn = not FOREIGN.isdisjoint(self.names.values())
        if self._misparsed or (drawn and any(map(self._is_misplaced, self._named("sup")))):
            raise Misparsed("the checker's parser leaves <sup> in a drawing, where HTML ends the drawing")
        if mended is not markup and any("<img" in text for text in self.texts):
            raise Misparsed("an <image> may stand in a text, and in a table the checker's parser drops it")
        if self._has_table_in_select():
            raise Misparsed("a <table> begins in a <select> in a table, where parsers differ on what it ends")
        self.marked, self.replaced = joined(self.texts, marks)

    def _base_of(self, tree: Any) -> str | None:
        """What the first ``base`` says that says something."""
        # Nearly every one stands in the head, which is not walked; the whole tree is searched where one may not.
        if not {"base", "datalist"}.isdisjoint(self.names.values()):
            bases = (base for base in tree.css("base[href]") if not _in_drawing(base))
            return next((base.attributes["href"] for base in bases), None)
        node = tree.head.first_child if tree.head is not None else None
        while node is not None:
            if node.tag == "base" and "href" in node.attributes:
                href: str | None = node.attributes["href"]
                return href
            node = node.next
        return None

    def _walk(self, root: Any, marks: list[str]) -> None:
        """Number the nodes as they stand, note where each ends, and take every text that is seen.

        Args:
            root: where to begin.
            marks: takes, for each text, by what edge it is parted from the one before; empty where by none.
        """
        # One loop over first child and next sibling, with a stack of our own: a page may nest as deep as it likes.
        tags, afters, parents, parts, texts = self.tags, self.after, self.parents, self.parts, self.texts
        names, kinds = self.names, dict[int, int]()
        opened: list[tuple[Any, int, str]] = []
        foreign = 0
        hosts: list[int] = []
        mark, parent = APART, 0
        node = root
        while node is not None:
            tag: int = node.tag_id
            kind = kinds.get(tag)
            if kind is None:
                name = node.tag or ""
                names[tag] = name
                kind = kinds[tag] = _kind_of_node(name)
            number = len(tags)
            parents.append(parent)
            parts.append(len(texts))
            afters.append(number + 1)
            if kind == TEXT:
                tags.append(TEXT)
                if node.is_empty_text_node:
                    mark = APART
                else:
                    texts.append(node.text_content)
                    marks.append(mark)
                    mark = ""
            elif kind == COMMENT:
                tags.append(COMMENT)
            else:
                tags.append(tag)
                if kind >= LINK and not foreign:
                    if kind != LINK:
                        self._add_thing(number, names[tag], node.attributes)
                    # What is there without a value is empty.
                    elif (href := (said := node.attrs).get("href")) is not None or "href" in said:
                        self.links.append((number, href or ""))
                edge = edge_of(names[tag], kind, foreign=True) if foreign else EDGES[kind]
                mark = edge if edge == APART else mark or edge
                child = node.first_child
                shadow = kind == OUT and names[tag] == "template" and len(hosts) < SHADOWS_DEEP and _makes_shadow(node)
                if shadow and parent not in self._hosts:
                    # What browsers show; its slots are empty here, for what they show stands elsewhere in the order.
                    fragments = node.template_fragments()
                    child = fragments[0].first_child if fragments else None
                    self._hosts.add(parent)
                    self.shadow_trees += not hosts
                    if child is not None:
                        hosts.append(number)
                        edge = EDGES[PLAIN]
                        opened.append((node, number, edge))
                        node, parent = child, number
                        continue
                elif child is not None:
                    if kind == OUT:
                        self._misparsed = self._misparsed or (foreign > 0 and node.css_first("sup") is not None)
                        self.left_out[names[tag]] = self.left_out.get(names[tag], 0) + 1
                    else:
                        opened.append((node, number, edge))
                        foreign += names[tag] in FOREIGN
                        node, parent = child, number
                        continue
            node = node.next if opened else None
            while node is None and opened:
                node, number, edge = opened.pop()
                if hosts and hosts[-1] == number:
                    hosts.pop()
                afters[number] = len(tags)
                foreign -= names[tags[number]] in FOREIGN
                mark = edge if edge == APART else mark or edge
                parent = parents[number]
                node = node.next if opened else None

    def _named(self, name: str) -> Iterator[int]:
        sought = next((tag for tag, known in self.names.items() if known == name), None)
        return (number for number, tag in enumerate(self.tags) if tag == sought) if sought is not None else iter(())

    def _has_table_in_select(self) -> bool:
        """Whether a table stands in a ``select`` that stands in a table."""
        tables, selects = set(self._named("table")), set(self._named("select"))
        if not selects or len(tables) < 2:
            return False
        # In one pass, for what nests deep is met again from each of the elements within.
        within = [0] * len(self.tags)
        for number, parent in enumerate(self.parents):
            found = within[parent]
            if number in tables:
                if found == 2:
                    return True
                found = 1
            elif found == 1 and number in selects:
                found = 2
            within[number] = found
        return False

    def _is_misplaced(self, number: int) -> bool:
        """Whether an element stands in a drawing or formula that HTML would have ended before it."""
        around: set[str] = set()
        while number := self.parents[number]:
            name = self.names[self.tags[number]]
            if name in FOREIGN:
                return around.isdisjoint(_HTML_WITHIN[name])
            if name in LEAVE_DRAWINGS:
                return False
            around.add(name)
        return False


def _in_drawing(node: Any) -> bool:
    """Whether an element stands in a drawing or a formula, where it is another one of that name."""
    while node is not None and node.tag not in _HTML_WITHIN:
        node = node.parent
    return node is not None


def _makes_shadow(template: Any) -> bool:
    """Whether a template makes a shadow tree of its parent, if that has none yet (HTML Standard, 13.2.6.4.4)."""
    mode = template.attributes.get("shadowrootmode") or ""
    host = template.parent.tag or "" if template.parent is not None else ""
    custom = "-" in host and host not in _NOT_CUSTOM and host[0].isascii() and host[0].islower()
    return mode.lower() in ("open", "closed") and (host in _HOSTS or custom)


def _kind_of_node(name: str) -> int:
    if name == "-text":
        return TEXT
    return COMMENT if not name or name.startswith("-") else kind_of(name)

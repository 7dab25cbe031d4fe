"""HTML -> blocks: one walk over the tree of a page, in which each visible text node finds exactly one home.

Left out are only the elements of ``elements.LEFT_OUT``. Everything else that holds text becomes a leaf block, in the
order of the source, with a pointer to where its run of text begins:

* ``/html/body`` (or ``/html/frameset``) without index, every further step with its index among siblings of that name;
* an element whose name XPath could not write, or of a foreign namespace, as ``*[k]`` among all element siblings;
* a run that does not begin its block as ``text()[n]``, counting runs of text between elements, comments and the like;
* no longer than ``POINTER_STEPS``: what lies deeper bears the pointer of its ancestor there.

The tree is the WHATWG's, or for a page of XHTML the one that XML makes: nothing is implied there (a table need have
no ``tbody``), any element may hold text, and a name that is not in lower case is none of HTML's.

Source: HTML Standard, 13.2.6 (tree construction, by turbohtml); XPath 1.0, section 5 (data model).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from turbohtml import Element, Text

from solander.model.page import TEXT_CHARACTERS
from solander.reading.elements import (
    BLOCK,
    CONTAINERS,
    EMPTY,
    FORCING,
    FOREIGN,
    GROUPS,
    INLINES,
    INSIDE,
    LEAF_KINDS,
    OUT,
    PREFORMATTED,
    SORTS,
    SPACED,
    sort_of,
)
from solander.reading.naming.aria import BARE, played
from solander.reading.naming.misnamed import is_quotation
from solander.reading.trees.bounds import CONTAINERS_DEEP, DETAILS_DEEP, MARKS_DEEP, MAXIMUM_BUILT, POINTED_DEEP
from solander.reading.trees.shadow import PLACED
from solander.reading.walk.citing import cited
from solander.reading.walk.drafting import Drafting, State, said_of_words
from solander.reading.walk.leaf import FRESH, SPACE, WORD, is_blank
from solander.reading.walk.links import Resolver
from solander.reading.walk.of_the_whole import OfTheWhole
from solander.reading.walk.set_beside import is_code_cell, set_beside
from solander.reading.walk.signals import SignalGatherer
from solander.reading.walk.tables import holds_data
from solander.reading.walk.things import Things, code_language

# How an element is to be left; those that end a run are the greatest.
_NOTHING, _MARK, _SPACED, _LINE, _MARKED_LINE, _LINE_NUMBER, _BLOCK_END, _CONTAINER = range(8)
_NONE: Mapping[str, Any] = {}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Walk:
    """One walk over one tree."""

    def __init__(
        self, gatherer: SignalGatherer, resolver: Resolver, pointed: set[str], language: str | None, direction: str = ""
    ) -> None:
        self.gatherer, self.pointed_at = gatherer, pointed
        self.draft = Drafting("/html/body")
        self.of_the_whole = OfTheWhole(gatherer, self.draft.leaf, pointed, language, direction)
        self.things = Things(resolver, self.draft.leaf)
        self.left_out: dict[str, int] = {}
        self.facts: list[str] = []
        self.names: dict[str, str] = {}
        """Each ``class`` of the page as written, and with one space between its names: few are written once."""
        self.built = 0
        """How many elements were met; the walk ends where they and the marks opened anew are over ``MAXIMUM_BUILT``."""
        self.shadows = False
        """Whether the page has shadow trees, so that what stands somewhere may have been written elsewhere."""

    def over(self, body: Element, path: str) -> None:
        """Walk the body, with a stack of our own: a page nests as deep as it likes."""
        draft, leaf, shadows = self.draft, self.draft.leaf, self.shadows
        texts, lasts = draft.survey.texts, draft.survey.last
        draft.owner = path
        state = draft.state
        stack: list[tuple[Iterator[Any], str, dict[str, int], int, int, State, int, int, str]] = []
        sorts, blanks = dict(SORTS), {" "}
        children: Iterator[Any] = iter(body.children)
        counts: dict[str, int] = {}
        elements = runs = whites = 0
        leave, in_run = _NOTHING, False
        # What is said here of every node is said a thousand times a page: what most of them need stands in this loop.
        while True:
            for node in children:
                kind = type(node)
                if kind is Text:
                    if not in_run:
                        runs += 1
                        in_run = True
                    data = node.data
                    if data.isspace() and not state.preserved and (data in blanks or is_blank(data, blanks)):
                        if data != " ":
                            whites += 1
                        leaf.link_closed = leaf.lent = False
                        if leaf.state == WORD:
                            leaf.state = SPACE
                    elif data:
                        # Only the first words of a run need to know where they stand.
                        if not (source := leaf.source):
                            source, draft.begun = draft.owner, draft.element
                        if not source or len(data) > TEXT_CHARACTERS:
                            here = f"{path}/text()[{runs}]"
                            if shadows and "/text()[" in path:
                                here = path
                            source = source or (here if len(stack) < POINTED_DEEP else path)
                        if len(data) > TEXT_CHARACTERS:
                            draft.add_long_text(data, draft.owner or source, here)
                        elif state.preserved:
                            draft.add_preserved(data, source, path if shadows else f"{path}/text()[{runs}]")
                        else:
                            leaf.add_text(data, source)
                    continue
                in_run = False
                if kind is not Element:
                    continue
                tag = node.tag
                elements += 1
                count = counts[tag] = counts.get(tag, 0) + 1
                sort = sorts.get(tag)
                if sort is None:
                    sort = sorts[tag] = sort_of(tag)
                if len(stack) >= POINTED_DEEP:
                    here = path
                    if "depth-cut" not in self.facts:
                        self.facts.append("depth-cut")
                elif sort >= FOREIGN:
                    here = f"{path}/*[{elements}]"
                elif count == 1 and path == "/html" and tag in ("body", "frameset"):
                    here = f"/html/{tag}"
                else:
                    here = f"{path}/{tag}[{count}]"
                if shadows:
                    here = str(node.attrs.get(PLACED) or here)
                if sort == OUT:
                    self.left_out[tag] = self.left_out.get(tag, 0) + 1
                    if tag == "script":
                        self.gatherer.element(node, tag, f"xpath({here})")
                        if "type" in node.attrs:
                            self.things.script(node, draft.owner or here)
                elif sort == FOREIGN:
                    self._pointed(node)
                    self.things.foreign(node, tag, draft.owner or here)
                elif sort == EMPTY and self._empty(node, tag, here):
                    pass
                else:
                    stack.append((children, path, counts, elements, runs, state, leave, draft.element, draft.tag))
                    leave = self._enter(node, tag, here, sort == BLOCK, state)
                    state = draft.state
                    children, path, counts, elements, runs = iter(node.children), here, {}, 0, 0
                    break
            else:
                if not stack:
                    if whites:
                        leaf.ran["white-space"] = leaf.ran.get("white-space", 0) + whites
                    draft.end()
                    return
                self.built += elements
                if elements and self.built + draft.reopened > MAXIMUM_BUILT:
                    return
                element = draft.element
                if leave >= _BLOCK_END:
                    if leaf.source:
                        draft.flush()
                    else:
                        draft.parted, leaf.state = False, FRESH
                    draft.owner = ""
                    if leave == _CONTAINER:
                        draft.close_container(state.container)
                elif leave == _MARK:
                    leaf.close()
                elif leave:
                    if leave in (_MARKED_LINE, _LINE_NUMBER):
                        leaf.close()
                    if leave in (_LINE, _MARKED_LINE):
                        draft.end_line()
                    else:
                        leaf.add_space()
                children, path, counts, elements, runs, state, leave, draft.element, draft.tag = stack.pop()
                in_run = False
                if element != draft.element:
                    lasts[element] = len(texts) + (1 if leaf.words else 0)
                draft.state = state

    def _enter(self, node: Element, tag: str, here: str, block: bool, outer: State) -> int:
        """Take an element up; say how it is to be left."""
        draft, leaf, state = self.draft, self.draft.leaf, outer
        if is_line := block and state.preserved and tag in GROUPS:
            # A line of what is set as it was written is no block of its own.
            draft.end_line()
            block = False
        if block:
            if leaf.source:
                draft.flush()
            else:
                # A run that has not begun ends: most edges of blocks lie side by side.
                draft.parted, leaf.state = False, FRESH
            draft.owner = here
        attributes: Mapping[str, Any] = node.attrs
        stands_for, classes, more = tag, "", False
        if attributes:
            names = node.attr("class") if "class" in attributes else None  # a look costs a fifth of fetching nothing
            identifier = node.attr("id") if "id" in attributes else None
            # Where it leads says nothing of what is within: most links have neither role nor language.
            more = len(attributes) > (names is not None) + (identifier is not None) + ("href" in attributes)
            if more:
                if "role" in attributes and tag in BARE and not state.preserved:
                    stands_for = played(node, attributes, tag)
                    if stands_for != tag and not block:
                        block = True
                        draft.flush()
                        draft.owner = here
                state = self.of_the_whole.taken(node, tag, here, attributes, state, outer)
            if names:
                classes = self.names.get(names, "")
                if not classes:
                    # The parser's list takes longer; of what is printable, spaces alone part.
                    classes = " ".join(names.split() if names.isprintable() else attributes["class"])
                    self.names[names] = classes
            if identifier:
                if identifier in self.pointed_at:  # the first element of an id is the one that links arrive at
                    self.pointed_at.discard(identifier)
                    leaf.add_anchor(identifier)
                if tag not in _HEADINGS:
                    # A heading's id is made of its words: it names a place in the text, and no part of a template.
                    classes = f"{classes} {identifier}" if classes else identifier
        if block or classes:
            draft.survey_element(tag, classes, attributes if more else _NONE, state, outer)
            if classes and self.gatherer.hints.get(classes, "") is not None:
                self.gatherer.hint(classes, node, f"xpath({here})", block)
        draft.state = state
        if block:
            return self._enter_block(node, stands_for, here, state, outer, classes)
        mark = INLINES.get(tag)
        if tag == "rtc" and not any(type(child) is Element and child.tag == "rt" for child in node.children):
            # A reading of the whole, written without an element of its own.
            mark = "reading"
        elif mark is None and (tag in SPACED or tag in ("br", "frame")):
            leaf.add_space()
            self.things.add(node, tag, draft.owner or here)
            if tag == "iframe" and "srcdoc" in attributes and "frame-document" not in self.facts:
                self.facts.append("frame-document")
            return _SPACED
        if len(leaf.frames) >= MARKS_DEEP:
            leaf.count("marks-cut")
            return _NOTHING
        own = said_of_words(state, outer, tag) if state is not outer else None
        if mark == "title":
            mark = cited(node, attributes, classes, marked=bool(leaf.frames))
        beside = set_beside(node, attributes, classes, state.preserved) if mark is None and attributes else None
        if beside == "spoken" and own is None:
            leaf.add_space()
            return _SPACED
        if beside is not None and beside != "spoken":
            self.things.open_beside(node, beside, own, draft.owner or here)
            return _LINE_NUMBER if beside == "line-number" else _MARKED_LINE if is_line else _MARK
        if mark is not None:
            said = self.things.mark_attributes(node, tag) if attributes else None
            leaf.open(mark, {**(said or {}), **own} if own else said)
            if tag == "time":
                self.gatherer.time(node, f"xpath({here})", "".join(leaf.words[-12:]))
            return _MARK
        if own:
            leaf.open("foreign" if "lang" in own else "direction" if "dir" in own else "hidden", own)
            return _MARKED_LINE if is_line else _MARK
        return _LINE if is_line else _NOTHING

    def _enter_block(self, node: Element, tag: str, here: str, state: State, outer: State, classes: str) -> int:
        """Take a block-level element up, which stands for a ``tag``: a container, a part of one, a name for runs."""
        draft, own = self.draft, node.tag
        around = draft.tag
        if own != "span":
            draft.tag = own
        if tag in GROUPS and (state.forced or state.kind == "text"):
            if tag != "aside" or not is_quotation(tag, classes) or node.find("blockquote") is None:
                return _BLOCK_END
            tag = "blockquote"
        if tag == "h1":
            self.gatherer.heading(node, f"xpath({here})")
        if tag == "hr":
            if state.container.kind not in ("list", "glossary", "table", "row", "figure") and draft.top.children:
                draft.put(draft.open_container("rule", here, None), state.container)
            return _BLOCK_END
        inside = INSIDE.get(tag)
        part = inside is not None and state.container.kind == inside[0]
        if (
            not state.forced
            and state.container.depth < CONTAINERS_DEEP
            and (part or tag in CONTAINERS or (tag == "table" and (own != tag or holds_data(node))))
            and (
                tag != "details"
                or (state.container.kind in ("page", "details") and state.container.depth < DETAILS_DEEP)
            )
        ):
            kind = inside[1] if part and inside else CONTAINERS.get(tag, "table")
            draft.state = state = state.unlike(outer)
            state.container = draft.open_container(kind, here, self.things.block_attributes(node, tag))
            state.kind = "text"
            if tag == "td" and "code" in classes and is_code_cell(classes):
                state.preserved, state.kind = True, "preformatted"
            elif tag == "option":
                self.things.add(node, tag, here)
            return _CONTAINER
        if tag == "optgroup":
            self.things.add(node, tag, here)
            draft.flush()
            draft.owner = here
        if tag in PREFORMATTED:
            draft.state = state = state.unlike(outer)
            state.preserved = True
            state.code = code_language(node.attrs)
        if not state.forced:
            kind = LEAF_KINDS.get(tag, "text")
            if tag == "dt" and state.container.kind != "glossary":
                kind = "text"
            elif tag == "p" and around == "hgroup":
                kind = "subtitle"
            forced = tag in FORCING and kind != "text"
            if forced or kind != state.kind:
                draft.state = state = state.unlike(outer)
                state.kind, state.forced = kind, forced
                state.level = tag[1] if kind == "heading" else ""
        return _BLOCK_END

    def _pointed(self, node: Element) -> None:
        """Keep the id of what is no mark and no block, if a link points to it."""
        if self.pointed_at and (identifier := node.attr("id")) and identifier in self.pointed_at:
            self.pointed_at.discard(identifier)
            self.draft.leaf.add_anchor(identifier)

    def _empty(self, node: Element, tag: str, here: str) -> bool:
        """Take an element that HTML knows no content of; say whether it has none here either (in XML it may)."""
        if tag == "br":
            self.draft.line_break(here)
            self._pointed(node)
        elif tag == "frame":
            self.things.frame(node, here)
            self.draft.flush()
        elif tag in ("meta", "link"):
            self.gatherer.element(node, tag, f"xpath({here})")
        return not node.children

"""Footnotes: an item or a paragraph that a reference in the text points to becomes a note; nothing moves.

Sure are those of which both ends are there: a short reference (a number, a letter, a sign) that points to an id at the
head of a block, and in that block a link back to the reference, or a place where notes are called so. What only one
end speaks for stays what it was.

Source: TEI P5 4.12.0, 3.9.1 (notes and simple annotation); DPUB-ARIA 1.1, ``doc-noteref``, ``doc-backlink``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from solander.model.late_pattern import late
from solander.model.page import TEXT_KINDS, Block, Division, Inline, InlineContent, leaves, plain

_REFERENCE = late(
    r"[\[(\u207d]?\s*"
    r"(?:[^\W\d_]{0,6}\.?\s?[0-9]{1,4}|[a-z]{1,2}|[ivxlc]{1,7}|[*\u2020\u2021\u00a7\u00b6#]{1,4})"
    r"\s*[\])\u207e.]?\Z",
    re.IGNORECASE,
)
_HOLDERS = frozenset(
    ("list", "glossary", "table", "row", "cell", "quote", "figure", "details", "speech", "item", "box")
)
_IN_PARTS = frozenset(("list", "glossary", "table"))

REFERENCE_CHARACTERS = 12
"""A reference is no longer than this."""
MARK_CHARACTERS = 24
"""Nor is the term whose definition is a note, with the links that lead back from it: "3 (1, 2, 3)"."""


def is_reference(words: str) -> bool:
    """Whether the words of a link may be the mark of a note."""
    words = words.strip()
    return 0 < len(words) <= REFERENCE_CHARACTERS and _REFERENCE.match(words) is not None


def noted(divisions: tuple[Division, ...], pointing: Iterable[InlineContent]) -> tuple[Division, ...]:
    """Name the notes of a page, the references to them and the links back.

    Args:
        divisions: the page's.
        pointing: the contents of those of its leaves that hold a link to a place in the page; others may be among them.
    """
    links = [link for content in pointing for link in _leaf_links(content)]
    # An id to where a reference to it stands: the ids right before the reference.
    references: dict[str, set[str]] = {}
    for target, words, near in links:
        if is_reference(words):
            references.setdefault(target, set()).update(near)
    if not references:
        return divisions
    notes = _Notes(references)
    found = tuple(
        division._replace(blocks=tuple(notes.block(block) for block in notes.joined(division.blocks)))
        for division in divisions
    )
    if not notes.places:
        return divisions
    return tuple(
        division._replace(blocks=tuple(notes.marked(block) for block in division.blocks)) for division in found
    )


class _Notes:
    """What is told of notes while the blocks of a page are gone through."""

    def __init__(self, references: dict[str, set[str]]) -> None:
        self.references = references
        self.places: dict[str, set[str]] = {}
        """The ids of the notes, each with those of the references to it."""

    def block(self, block: Block) -> Block:
        """Name a block a note if it is one, and those in it."""
        if block.kind in ("paragraph", "text") or (
            block.kind in ("item", "definition") and not _begins_with_parts(block)
        ):
            name = _opening_id(block)
            back = self.references.get(name) if name else None
            if name and back and name not in self.places and _leads_back(block, back):
                self.places[name] = back
                return block._replace(attributes={**(block.attributes or {}), "note": name})
        if block.kind in _HOLDERS:
            inner: tuple[Block, ...] = block.content  # type: ignore[assignment]
            named = tuple(self.block(one) for one in self.joined(inner))
            if block.kind == "glossary":
                named = self.defined(named)
            return block if named == inner else block._replace(content=named)
        return block

    def joined(self, blocks: tuple[Block, ...]) -> Iterator[Block]:
        """Join a line that is but the mark of a note with what the same element or row holds behind it: the note."""
        mark: Block | None = None
        for block in blocks:
            if mark is not None:
                if block.kind in ("paragraph", "text") and (holder := _holder_of(mark.source, block.source)):
                    block = block._replace(source=holder, content=(*mark.content, " ", *block.content))
                else:
                    yield mark
                mark = None
            if block.kind in ("paragraph", "text") and self._is_mark(block):
                mark = block
            else:
                yield block
        if mark is not None:
            yield mark

    def defined(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Name definitions notes of which the terms are but marks: each takes over the id that its term bears."""
        named = list(blocks)
        for at, (term, meaning) in enumerate(pairwise(blocks)):
            is_pair = term.kind == "term" and meaning.kind == "definition" and any(leaves((meaning,)))
            name = self._leads_back_from(term) if is_pair else None
            anchor = term.content[0] if name else None
            if name and isinstance(anchor, Inline) and anchor.kind == "anchor" and len(_said(term)) <= MARK_CHARACTERS:
                self.places[name] = self.references[name]
                headed = _headed(meaning, anchor)
                named[at] = term._replace(content=term.content[1:])
                named[at + 1] = headed._replace(attributes={**(headed.attributes or {}), "note": name})
        return tuple(named)

    def _is_mark(self, block: Block) -> bool:
        return self._leads_back_from(block) is not None and is_reference(_said(block))

    def _leads_back_from(self, block: Block) -> str | None:
        """The id at the head of a block that is referred to, if a link in it leads back to the reference."""
        name = _opening_id(block)
        back = self.references.get(name) if name else None
        if not back or name in self.places or all(target not in back for target, *_ in _block_links(block)):
            return None
        return name

    def marked(self, block: Block, within: str = "") -> Block:
        """Say of the links in a block which lead to notes, and which lead back."""
        within = (block.attributes or {}).get("note", within)
        if block.kind in TEXT_KINDS:
            content: InlineContent = block.content  # type: ignore[assignment]
            return block._replace(content=self._inlines(content, within))
        inner: tuple[Block, ...] = block.content  # type: ignore[assignment]
        if block.kind == "glossary":
            # A term that is the mark of a note leads back from it.
            notes = [within if one.kind == "term" else _note_of(one) for one in (*inner[1:], block)]
            return block._replace(content=tuple(self.marked(*one) for one in zip(inner, notes, strict=True)))
        return block._replace(content=tuple(self.marked(one, within) for one in inner))

    def _inlines(self, content: InlineContent, within: str) -> InlineContent:
        return tuple(part if isinstance(part, str) else self._inline(part, within) for part in content)

    def _inline(self, part: Inline, within: str) -> Inline:
        if part.kind == "link":
            target = (part.attributes or {}).get("target", "")[1:]
            role = ""
            if target in self.places and is_reference(_words(part)):
                role = "noteref"
            elif within and target in self.places[within]:
                role = "backlink"
            if role:
                return part._replace(attributes={**(part.attributes or {}), "role": role})
            return part
        if not part.content:
            return part
        return part._replace(content=self._inlines(part.content, within))


def _holder_of(mark: str, words: str) -> str | None:
    """The element, as a pointer, that holds a mark and the words behind it: the mark's own, or a row of two cells."""
    if words.startswith(f"{mark[:-1]}/"):
        return mark
    row, cell, number = mark.rpartition("/td[")
    return f"{row})" if cell and number == "1])" and words.startswith(f"{row}/td[2]") else None


def _said(block: Block) -> str:
    return "".join(plain(block))


def _note_of(block: Block) -> str:
    return (block.attributes or {}).get("note", "")


def _headed(block: Block, anchor: Inline) -> Block:
    """A block with an id at the head of its first words."""
    if block.kind in TEXT_KINDS:
        return block._replace(content=(anchor, *block.content))
    first, *others = block.content
    return block._replace(content=(_headed(first, anchor), *others))  # type: ignore[arg-type]


def _leads_back(block: Block, back: set[str]) -> bool:
    """Whether a link in it leads to where it is referred to, and there are words beside that link."""
    links = list(_block_links(block))
    if not any(target in back for target, *_ in links):
        return False
    said = sum(len("".join(plain(leaf).split())) for leaf in leaves((block,)))
    return said > sum(len("".join(words.split())) for target, words, _ in links if target in back) + 4


def _block_links(block: Block) -> Iterator[tuple[str, str, frozenset[str]]]:
    for leaf in leaves((block,)):
        yield from _leaf_links(leaf.content)  # type: ignore[arg-type]


def _leaf_links(content: InlineContent) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Links to a place of the page: its id, the words, and the ids that stand right before or in the link."""
    near: set[str] = set()
    stack: list[Iterator[Inline | str]] = [iter(content)]
    while stack:
        for part in stack[-1]:
            if isinstance(part, str):
                if near and part.strip():
                    near = set()
            elif part.kind == "anchor":
                near.add((part.attributes or {})["id"])
            elif part.kind == "link" and (part.attributes or {}).get("target", "").startswith("#"):
                within = {
                    (one.attributes or {})["id"]
                    for one in part.content
                    if isinstance(one, Inline) and one.kind == "anchor"
                }
                yield (part.attributes or {})["target"][1:], _words(part), frozenset(near | within)
                near = set()
            elif part.content:
                stack.append(iter(part.content))
                break
        else:
            stack.pop()


def _begins_with_parts(block: Block) -> bool:
    """Whether what it opens with is a list or a table of its own, of which each part may be a note."""
    first: Block | None = block
    while first is not None and first.kind not in TEXT_KINDS:
        inner: tuple[Block, ...] = first.content  # type: ignore[assignment]
        first = next((one for one in inner if any(leaves((one,)))), None)
        if first is not None and first.kind in _IN_PARTS:
            return True
    return False


def _opening_id(block: Block) -> str | None:
    """The id that stands at the head of a block, before any word but the mark of a note."""
    leaf = next(leaves((block,)), None)
    if leaf is None:
        return None
    for part in leaf.content:
        if isinstance(part, Inline) and part.kind == "anchor":
            return (part.attributes or {})["id"]
        if isinstance(part, Inline) and part.kind in ("superscript", "link", "bold", "strong", "small"):
            inner = next((one for one in part.content if isinstance(one, Inline) and one.kind == "anchor"), None)
            if inner is not None:
                return (inner.attributes or {})["id"]
        break
    return None


def _words(part: Inline) -> str:
    return "".join(one if isinstance(one, str) else _words(one) for one in part.content)

"""Divisions -> TEI text: front, body and back, every block with a pointer into the original.

Headings make nested ``div``s by their level, kept in ``@n``; so does what a reader unfolds. What markup says to be a
template's is a division of ``subtype="template"`` (``generatedBy`` is for posts alone).

Source: TEI P5 4.12.0, chapter 4 (default text structure).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from solander.encoding.tei_blocks import IN_WRAPPERS, BlockWriter, level_of
from solander.model.page import Block, Division

_CONTINUED = 7
"""The level of a division that goes on behind another: below every heading's."""

_HEADING = re.compile(r".*?/h[1-6]\[[0-9]+\](?=[/)])")
"""A pointer as far as the heading that it leads into."""

_TEMPLATE = ' subtype="template"'
_OPENERS = frozenset(("byline", "dateline", "salutation"))
_KICKERS = frozenset(("kicker",))
_CLOSERS = frozenset(("valediction", "signature", "dateline"))
# Behind one of these a closer may stand; behind figures and rules alone it may not.
_WORDS = frozenset(("paragraph", "preformatted", "list", "glossary", "quote", "speech", "post", "stanza"))


class TextWriter(BlockWriter):
    """Writes the ``text`` of one page."""

    __slots__ = ()

    def write(self, divisions: tuple[Division, ...]) -> str:
        """Front, body and back: what precedes the first text proper, the text proper, and the rest."""
        first = next((index for index, division in enumerate(divisions) if division.zone == "main"), len(divisions))
        if first == len(divisions):
            first = 0
        front = divisions[:first]
        back = [division for division in divisions[first:] if division.zone != "main"]
        main = tuple(_joined(block for division in divisions if division.zone == "main" for block in division.blocks))
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
        """A division, with those that its headings make."""
        self.out.append(f'      <div type="{zone}"{said}>\n')
        self._flow(blocks)
        self.out.append("      </div>\n")

    def _begin(self, level: int, levels: list[int]) -> None:
        """Begin the division of a heading, and end those within which it does not stand; ``levels`` are the open."""
        while levels and levels[-1] >= level:
            levels.pop()
            self.out.append("</div>\n")
        levels.append(level)
        self.out.append("<div>\n")

    def _flow(self, blocks: tuple[Block, ...], *, headed: bool = False) -> None:
        """What a division holds: the first heading is its own where no other equals it, others make divisions."""
        out = self.out
        levels: list[int] = []
        owned = False
        if not headed and blocks and blocks[0].kind == "heading":
            ranks = [level_of(block) for block in blocks if block.kind == "heading"]
            owned = min(ranks[1:], default=7) > ranks[0]
        # Where a division begins, its heads and one opener may stand; a closer only behind something.
        top, filled = True, False
        at = 0
        while at < len(blocks):
            block = blocks[at]
            run = 1
            if block.kind == "heading":
                level = level_of(block)
                goes_on = at > 0 and _is_one_heading(blocks[at - 1], block)
                if not goes_on and (at or not owned):
                    self._begin(level, levels)
                out.append(f'<head n="{level}"{self._common(block)}>{self._words(block)}</head>\n')
                top, filled = True, False
            elif (
                block.kind == "kicker"
                and (run := _run(blocks, at, _KICKERS)) + at < len(blocks)
                and ((below := blocks[at + run]).kind == "heading")
            ):
                self._kicked(blocks[at : at + run], below, levels)
                run += 1
                top, filled = True, False
            elif top and block.kind == "subtitle" and at and blocks[at - 1].kind == "heading":
                out.append(f'<head type="sub"{self._common(block)}>{self._words(block)}</head>\n')
            elif top and block.kind in _OPENERS:
                run = _run(blocks, at, _OPENERS)
                self._wrapped("opener", blocks[at : at + run])
                top = False
            elif filled and block.kind in _CLOSERS and _ends(blocks, at + _run(blocks, at, _CLOSERS), levels):
                run = _run(blocks, at, _CLOSERS)
                self._wrapped("closer", blocks[at : at + run])
                filled = False
            elif block.kind == "details":
                self._between(block, blocks[at + 1] if at + 1 < len(blocks) else None, levels)
                top, filled = False, False
            else:
                self._block(block, "div")
                top, filled = False, filled or (block.kind in _WORDS and "note" not in (block.attributes or ()))
            at += run
        out.append("</div>\n" * len(levels))

    def _kicked(self, kickers: tuple[Block, ...], below: Block, levels: list[int]) -> None:
        """A heading and what stands above it, which begins its division, and ends none."""
        level = level_of(below)
        self._begin(level, levels)
        for one in kickers:
            self.out.append(f'<head type="kicker"{self._common(one)}>{self._words(one)}</head>\n')
        self.out.append(f'<head n="{level}"{self._common(below)}>{self._words(below)}</head>\n')

    def _between(self, block: Block, following: Block | None, levels: list[int]) -> None:
        """What a reader unfolds, in the midst of a division."""
        if levels and levels[-1] == _CONTINUED:
            levels.pop()
            self.out.append("</div>\n")
        self._details(block)
        if following is not None and following.kind not in ("heading", "details"):
            # Behind a division TEI has nothing but divisions.
            levels.append(_CONTINUED)
            self.out.append('<div type="continued">\n')

    def _details(self, block: Block) -> None:
        """What a reader unfolds: a division, its summary the head."""
        parts: tuple[Block, ...] = block.content  # type: ignore[assignment]
        self.out.append(f'<div type="details"{self._common(block)}>\n')
        if parts and parts[0].kind == "summary":
            self.out.append(f"<head{self._common(parts[0])}>{self._words(parts[0])}</head>\n")
            parts = parts[1:]
        self._flow(parts, headed=len(parts) < len(block.content))
        self.out.append("</div>\n")

    def _wrapped(self, element: str, blocks: tuple[Block, ...]) -> None:
        """What opens or closes a division, in one element."""
        self.out.append(f"<{element}>\n")
        for block in blocks:
            name = IN_WRAPPERS[block.kind]
            self.out.append(f"<{name}{self._common(block)}>{self._words(block)}</{name}>\n")
        self.out.append(f"</{element}>\n")


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks one behind the other; the parts of a message between which something else stood are one again."""
    post: Block | None = None
    for block in blocks:
        if post is not None and block.kind == "post" and block.source == post.source:
            post = post._replace(content=(*post.content, *block.content))
            continue
        if post is not None:
            yield post
        post = block if block.kind == "post" else None
        if post is None:
            yield block
    if post is not None:
        yield post


def _is_one_heading(before: Block, block: Block) -> bool:
    """Whether both are lines of one heading of the page: blocks in it part its words, and no divisions."""
    if before.kind != "heading":
        return False
    opened, goes_on = _HEADING.match(before.source), _HEADING.match(block.source)
    return opened is not None and goes_on is not None and opened[0] == goes_on[0]


def _ends(blocks: tuple[Block, ...], at: int, levels: list[int]) -> bool:
    """Whether a division ends here: with all blocks, or where a heading of its own rank or above begins another."""
    if at == len(blocks):
        return True
    return bool(levels) and blocks[at].kind == "heading" and level_of(blocks[at]) <= levels[-1]


def _run(blocks: tuple[Block, ...], begin: int, kinds: frozenset[str]) -> int:
    """How many blocks from here on are of these kinds."""
    end = begin
    while end < len(blocks) and blocks[end].kind in kinds:
        end += 1
    return end - begin

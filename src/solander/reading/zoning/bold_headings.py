"""Lines that are bold as a whole and head what follows: many editors, and many of their users, know no other heading.

One by itself is a word that is stressed. Two and more, in one element, each a short line that is no sentence and
stands between two stretches of prose, are headings, one rank below the heading that they stand under. No word moves,
and what was bold stays bold.

Source: TEI P5 4.12.0, 4.2.1 (``head``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.model.page import LINE_KINDS, Block, Division, Inline, InlineContent, plain
from solander.reading.dateline import only_date

HEADING_CHARACTERS, HEADING_WORDS = 80, 12
"""A longer line is a sentence, or the lead of an article."""

PROSE_CHARACTERS = 60
"""What stands beneath a heading is a paragraph of so many, or a list or the like: figures and names are no text."""

_HEADED = frozenset(("list", "glossary", "table", "quote", "preformatted"))
_BOLD = frozenset(("bold", "strong"))
_MARKS = frozenset(("emphasis", "italic", "underline", "small", "big"))
_SENTENCE_ENDS = frozenset(".!?:;,…\u2013\u2014。！？：；，、")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015")
_LABEL = re.compile(r"[^0-9:：]*[^0-9:：\s]\s?[:：]")
"""A label and what it says ("Rating: 4.9", "Chair: Ann Lee"); "Step 2: the keel" counts."""

_LOWEST = 6


def headed(divisions: tuple[Division, ...]) -> tuple[Division, ...]:
    """Make headings of such lines in the text proper."""
    made: list[Division] = []
    rank = 1
    for division in divisions:
        if division.zone == "main":
            found = _headings(division.blocks)
            blocks: list[Block] = []
            for at, block in enumerate(division.blocks):
                if block.kind == "heading":
                    rank = int((block.attributes or {}).get("level") or rank)
                if at in found:
                    attributes = {**(block.attributes or {}), "level": str(min(rank + 1, _LOWEST))}
                    block = block._replace(kind="heading", attributes=attributes)
                blocks.append(block)
            if found:
                division = division._replace(blocks=tuple(blocks))
        made.append(division)
    return tuple(made)


def _headings(blocks: Sequence[Block]) -> set[int]:
    """Which blocks are such lines: two at least of the same element."""
    places: dict[str, list[int]] = {}
    for at in range(1, len(blocks) - 1):
        block = blocks[at]
        if block.kind not in LINE_KINDS or not _is_bold(block.content) or not _may_head(block):
            continue
        parent = block.source.rpartition("/")[0]
        before, behind = blocks[at - 1], blocks[at + 1]
        # Right beneath a heading stands its second line, a byline, or what the text is about.
        if before.kind in ("heading", "figure") or not _is_text(behind):
            continue
        if before.kind in LINE_KINDS and (not plain(before) or _is_bold(before.content)):
            # What stands beneath a picture may be its caption.
            continue
        if behind.source.startswith(f"{parent}/") and before.source.startswith(f"{parent}/"):
            places.setdefault(parent, []).append(at)
    return {at for found in places.values() if len(found) > 1 for at in found}


def _is_bold(content: tuple[Block, ...] | InlineContent) -> bool:
    """Whether all words of a line are bold, and none is a link or a thing."""
    words = False
    for part in content:
        if isinstance(part, str):
            if part.strip():
                return False
        elif not isinstance(part, Inline):
            return False
        elif part.kind in _BOLD:
            if not _is_plain(part.content):
                return False
            words = True
        elif part.kind in _MARKS:
            if not _is_bold(part.content):
                return False
            words = True
        elif part.kind != "anchor":
            return False
    return words


def _is_plain(content: InlineContent) -> bool:
    """Whether marks and words are all there is."""
    return all(isinstance(part, str) or (part.kind in _MARKS | _BOLD and _is_plain(part.content)) for part in content)


def _may_head(block: Block) -> bool:
    if block.attributes and ("role" in block.attributes or "hidden" in block.attributes):
        return False
    line = plain(block)
    if not 2 < len(line) <= HEADING_CHARACTERS or len(line.split()) > HEADING_WORDS:
        return False
    if line[-1] in _SENTENCE_ENDS or line[0] in _DASHES or line[0].islower() or not any(map(str.isalpha, line)):
        return False
    return not _LABEL.match(line) and not only_date(line)


def _is_text(block: Block) -> bool:
    """Whether a block is what a heading heads."""
    if block.kind in _HEADED:
        return True
    return block.kind in LINE_KINDS and not _is_bold(block.content) and len(plain(block)) >= PROSE_CHARACTERS

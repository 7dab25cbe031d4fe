"""A document's own head is of its text: its title, who wrote it and when, and its abstract, in one ``header``.

A ``header`` before a list of contents looks like a site's masthead, and is one where it leads anywhere. One that leads
nowhere, whose heading is all that ``<title>`` says, is the document's.

Promise: linear in the blocks; nothing moves, only zones change.

Source: HTML Standard, 4.3.8 (``header``); TEI P5 4.12.0, 4.2.1 (headings).
"""

from __future__ import annotations

import re

from solander.model.page import Block, Division, Inline, leaves, one_line, plain

_HEADER = re.compile(r"(.*/header\[[0-9]+\])/h1\[1\]\)")
HEAD_CHARACTERS = 4_000
"""A head with an abstract is not longer."""


def with_title_block(divisions: tuple[Division, ...], title: str) -> tuple[Division, ...]:
    """Make main text of the banner that is the document's own head.

    Args:
        divisions: the page's.
        title: what its ``title`` says.
    """
    text = next((at for at, division in enumerate(divisions) if division.zone == "main"), 0)
    wanted = one_line(title).casefold()
    for at, division in enumerate(divisions[:text]):
        if division.zone == "banner" and wanted and _is_head(division, wanted):
            headings = [leaf for one in divisions for leaf in leaves(one.blocks) if leaf.kind == "heading"]
            if sum(plain(leaf).casefold() == wanted for leaf in headings) == 1:
                return (*divisions[:at], division._replace(zone="main"), *divisions[at + 1 :])
    return _with_title(divisions, text, wanted) if wanted and divisions else divisions


def _with_title(divisions: tuple[Division, ...], text: int, title: str) -> tuple[Division, ...]:
    """Make main text of the title above a list of contents, which stands in no ``header``, or goes with them.

    Every section of such a document may be of the first rank, and the nearest of them had been taken for the title.
    """
    top = [one for division in divisions for one in division.blocks if _is_title(one, title)]
    own = [one for one in divisions[text].blocks if one.kind == "heading"]
    if len(top) != 1 or top[0] in own or not any((one.attributes or {}).get("level") == "1" for one in own):
        return divisions
    for at, division in enumerate(divisions[:text]):
        if division.zone not in ("other", "navigation") or top[0] not in division.blocks:
            continue
        begin = division.blocks.index(top[0])
        end = begin + 1
        while end < len(division.blocks) and division.blocks[end].kind == "subtitle":
            end += 1
        parts = (
            division._replace(blocks=division.blocks[:begin]),
            Division("main", division.blocks[begin:end]),
            division._replace(blocks=division.blocks[end:]),
        )
        return (*divisions[:at], *(part for part in parts if part.blocks), *divisions[at + 1 :])
    return divisions


def _is_title(block: Block, title: str) -> bool:
    """Whether it is a heading of the first rank that says all of the title, and leads nowhere."""
    return (
        block.kind == "heading"
        and (block.attributes or {}).get("level") == "1"
        and plain(block).casefold() == title
        and not any(isinstance(part, Inline) and part.kind in ("link", "image", "gap") for part in block.content)
    )


def _is_head(division: Division, title: str) -> bool:
    heading = division.blocks[0]
    header = _HEADER.fullmatch(heading.source) if heading.kind == "heading" else None
    if header is None or plain(heading).casefold() != title:
        return False
    size = 0
    for leaf in leaves(division.blocks):
        size += len(plain(leaf))
        if not leaf.source.startswith(f"{header[1]}/") or size > HEAD_CHARACTERS:
            return False
        if any(isinstance(part, Inline) and part.kind in ("link", "image", "gap") for part in leaf.content):
            return False
    return len(division.blocks) > 1

"""A document's own head is of its text: its title, who wrote it and when, and its abstract, in one ``header``.

A ``header`` before a list of contents looks like a site's masthead, and is one where it leads anywhere. One that leads
nowhere, whose heading is all that ``<title>`` says, is the document's.

Promise: linear in the blocks; nothing moves, only zones change.

Source: HTML Standard, 4.3.8 (``header``); TEI P5 4.12.0, 4.2.1 (headings).
"""

from __future__ import annotations

import re

from solander.model.page import Division, Inline, leaves, one_line, plain

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
    return divisions


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

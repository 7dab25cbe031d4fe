"""The page of one page of a bag of many: what it is, where it came from, and the ways to its view, its TEI and its bag.

Source: docs/showing.md, "What is served"; Signposting, "FAIR Signposting Profile", level 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from solander.model.catalogue import SignedLink, parted
from solander.viewing.bag_page import said, span
from solander.viewing.markup import escaped, in_a_line, quoted
from solander.viewing.room import data_block, page
from solander.viewing.ways import Ways

UP = "../../../../"
"""From here to the home page."""


def crawl_page(
    about: Mapping[str, Any],
    *,
    ways: Ways,
    actions: Sequence[tuple[str, str]],
    links: Sequence[SignedLink],
    described: Mapping[str, Any],
) -> bytes:
    """Write it.

    Args:
        about: what the catalogue knows of the page.
        ways: where the other pages stand.
        actions: addresses of what can be done with it, and what each is called.
        links: what signposts say of it.
        described: the same as JSON-LD.
    """
    bag, number = parted(about["key"])
    title = in_a_line(about["title"] or "A page without a title")
    ways_on = "".join(f'<li><a href="{quoted(way)}">{words}</a></li>\n' for way, words in actions)
    rows = [
        ("Title", about["title"]), ("By", about["creators"]), ("Date", about["date"]),
        ("Language", about["language"]), ("Address", about["uri"]), ("About", about["abstract"]),
        ("Identifier", about["identifier"]), ("Captured", span(about["captured_at"])),
        ("Packed", about["packed_on"]),
    ]  # fmt: skip
    told = "".join(f"<div><dt>{name}</dt><dd>{said(str(value))}</dd></div>\n" for name, value in rows if value)
    bag_way = quoted(UP + ways.bag(bag))
    parts = [
        f'<h1 dir="auto"><bdi>{escaped(title)}</bdi></h1>\n'
        f'<p class="soft">Page {number:,} of <a href="{bag_way}">a bag of many pages</a></p>\n'
        f'<ul class="actions">\n{ways_on}</ul>\n'
    ]
    if about["damage"]:
        lines = "".join(f"<li><bdi>{escaped(in_a_line(one))}</bdi></li>\n" for one in about["damage"])
        parts.append(f'<section class="bad"><h2>Damage</h2>\n<ul>{lines}</ul></section>\n')
    parts.append(f'<section><h2>Description</h2>\n<dl class="rows">\n{told}</dl></section>\n')
    head = "".join(
        f'<link rel="{one.relation}" href="{quoted(one.target)}"'
        f"{f' type={chr(34)}{quoted(one.media_type)}{chr(34)}' if one.media_type else ''}>\n"
        for one in links
    )
    return page(title, "".join(parts), ways=ways, up=UP, head=head + data_block(described))

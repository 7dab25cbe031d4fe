"""Which tables hold data, and which only lay out the page.

A layout table is passed through like any ``div``: its words are running text, and its cells mean nothing.

Source: HTML Standard, 4.9.1 (tables used for layout, and how to tell).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from turbohtml import Element

from solander.reading.naming.zones import class_words

_DATA = frozenset(("th", "caption", "thead", "tfoot"))
_LAYOUT = frozenset(
    [
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "article",
        "section",
        "nav",
        "header",
        "footer",
        "aside",
        "main",
        "form",
        "iframe",
        "frameset",
    ]
)

_IN_CELLS = frozenset(("table", "h1", "h2", "h3", "h4", "h5", "h6", "form", "iframe"))
"""What lays out a page, but may stand in a cell of a table that has a caption, or a head of its own."""

BAR_CELLS = 4
"""So many cells a bar has at most: its parts in colour, and what is left of its row."""
_MESSAGES = frozenset((("post",), ("message",), ("msg",), ("comment",), ("reply",), ("answer",), ("beitrag",)))
"""What a table of one message is called, its number aside."""

LOOK_ELEMENTS = 4000
"""How many elements are looked at; a table that has shown no sign of layout by then holds data."""


def holds_data(table: Element) -> bool:
    """Tell a data table from a layout table by what stands in it."""
    attributes = table.attrs
    if attributes.get("role") in ("presentation", "none"):
        return False
    if _is_message(attributes):
        return False
    framed = _has_head_or_caption(table)
    says_data = "summary" in attributes or attributes.get("border") not in (None, "", "0")
    named = False
    rows = cells = looked = 0
    for node in table.descendants:
        if type(node) is not Element:
            continue
        looked += 1
        if looked > LOOK_ELEMENTS:
            return True
        tag = node.tag
        if tag in _LAYOUT and not (framed and tag in _IN_CELLS) and not (tag == "table" and _is_bar(node)):
            return False
        if tag in _DATA:
            says_data = named = True
        elif tag == "tr":
            rows += 1
        elif tag == "td":
            cells += 1
    # A single cell is a frame around something, and a single row a line of it, unless it names its cells.
    if cells < 2 and not named:
        return False
    return says_data or (rows > 1 and cells > rows)


def _is_bar(table: Element) -> bool:
    """Whether a table in a cell is a bar of a chart: a coloured cell without words or pictures."""
    cells = [node for node in table.descendants if type(node) is Element and node.tag not in ("tbody", "tr")]
    if len(cells) > BAR_CELLS or any(cell.tag != "td" for cell in cells) or table.text.strip():
        return False
    return any("bgcolor" in cell.attrs or "background" in str(cell.attrs.get("style") or "") for cell in cells)


def _is_message(attributes: Mapping[str, Any]) -> bool:
    """Whether a table is one message of a thread (``id="post1203"``): it lays out a profile beside what was written."""
    name = str(attributes.get("id") or "")
    return name[-1:].isdigit() and class_words(name) in _MESSAGES


def _has_head_or_caption(table: Element) -> bool:
    """Whether the table itself, and none in it, has a caption or names its columns in a ``thead``."""
    for child in table.children:
        if type(child) is Element and (
            child.tag == "caption" or (child.tag == "thead" and child.find("th") is not None)
        ):
            return True
    return False

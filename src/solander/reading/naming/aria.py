"""What an element without a meaning of its own is by its ``role``: a table, a list, a heading, or a part of one.

A script writes ``div`` and ``span`` and says by ``role`` what they are; a style sheet sets them apart. Read by their
names alone, the cells of a row are one word.

Source: WAI-ARIA 1.2, 5.3.3 (roles of the structure of documents) and 6.6 (``aria-level``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from turbohtml import Element

from solander.reading.elements import BLOCKS

BARE = frozenset(("div", "span"))
"""Elements that are what their role says."""

_PARTS = {
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
    "listitem": "li",
}
_TABLES = frozenset(("table", "grid", "treegrid"))
_LEVELS = frozenset("123456")
_LEVEL = "2"
"""A heading's, where it says none."""

_LOOK_ELEMENTS = 60
"""So many elements of a table are looked at for a row, and of a list for blocks."""


def played(node: Element, attributes: Mapping[str, Any], tag: str) -> str:
    """The name of the element that a ``div`` or ``span`` stands for; its own where its role is no such thing.

    Args:
        node: the element.
        attributes: its attributes, with a ``role``.
        tag: its name.
    """
    role = str(attributes["role"] or "").strip().lower()
    if part := _PARTS.get(role):
        return part
    if role == "heading":
        level = str(attributes.get("aria-level") or "").strip()
        return f"h{level if level in _LEVELS else _LEVEL}"
    if role == "list" and _has_items(node):
        return "ul"
    if role in _TABLES and _has_row(node):
        return "table"
    return tag


def _role(element: Element) -> str:
    return str(element.attrs.get("role") or "").strip().lower()


def _has_items(around: Element) -> bool:
    """Whether its items are lines: builders of pages give the role to rows of cards, and to what holds an article."""
    items = [child for child in around.children if type(child) is Element and _role(child) == "listitem"]
    looked = 0
    for item in items:
        for node in item.descendants:
            if type(node) is Element:
                looked += 1
                if node.tag in BLOCKS or looked > _LOOK_ELEMENTS:
                    return False
    return bool(items)


def _has_row(table: Element) -> bool:
    looked = 0
    for node in table.descendants:
        if type(node) is Element:
            looked += 1
            if looked > _LOOK_ELEMENTS:
                return False
            if _role(node) == "row":
                return node.tag in BARE
    return False

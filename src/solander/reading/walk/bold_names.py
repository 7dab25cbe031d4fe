"""A name in bold in the box of an author, her office in the line below: the name is what is bold.

Source: HTML Standard, 4.5.3 (``strong``) and 4.5.27 (``br``).
"""

from __future__ import annotations

from typing import Any

from turbohtml import Element, Text

NAME_CHARACTERS = 60
"""A longer line is no name."""

_BOLD = frozenset(("strong", "b"))


def bold_name(node: Element, most_elements: int) -> str:
    """The one name within an element that is bold, with a line break behind it; empty where there is none, or two.

    Args:
        node: an element that a class calls an author.
        most_elements: so many elements within are looked at.
    """
    found: list[str] = []
    elements = [node]
    for looked, element in enumerate(elements):
        if looked == most_elements:
            break
        inner: list[Any] = [child for child in element.children if type(child) is not Text or child.data.strip()]
        if len(inner) > 2 and _is(inner[0], _BOLD) and _is(inner[1], ("br",)):
            if any(_is(child, _BOLD) for child in inner[2:]):
                return ""
            found.append(" ".join(inner[0].text.split()))
        elif len(elements) < most_elements:
            elements.extend(child for child in inner if type(child) is Element)
    return found[0] if len(found) == 1 and len(found[0]) <= NAME_CHARACTERS else ""


def _is(node: object, tags: frozenset[str] | tuple[str, ...]) -> bool:
    return type(node) is Element and node.tag in tags

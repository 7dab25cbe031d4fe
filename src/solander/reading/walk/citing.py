"""What a ``cite`` cites: a title of a work, as HTML has it, or what the web also makes it say.

It names who comments, in templates of two decades; it stands below a quotation and names whoever said it; it holds a
whole reference, of which the title is a part; and it introduces a quotation ("Ann wrote:").

Source: HTML Standard, 4.5.6 (``cite``: "a person's name is not the title of a work").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from turbohtml import Element, Text

from solander.reading.elements import BLOCKS

_PERSON = re.compile(r"(?:^|[\s_-])(?:fn|vcard|h-card|author|commenter|user[_-]?name)(?![^\s_-])", re.IGNORECASE)
_REFERENCE = re.compile(r"(?:^|[\s_-])(?:citation|reference|bibliography|csl-entry)(?![^\s_-])", re.IGNORECASE)
_COLONS = (":", "\uff1a")
_DASHES = " \t\n\r\f\xa0\u2014\u2013\u2015-~"

_STEPS_UP = 5
"""So many elements up a quotation is looked for."""

_NEIGHBOURS = 8
"""So many nodes to either side are looked at."""


def cited(node: Element, attributes: Mapping[str, Any], classes: str, *, marked: bool) -> str | None:
    """Say what a ``cite`` is: ``title``, ``person``, ``citation``, or nothing that has a name.

    Args:
        node: the element.
        attributes: its attributes.
        classes: the names of its ``class``, a space between them.
        marked: it stands in a mark, where a reference has no name.
    """
    if (classes and _PERSON.search(classes)) or _is_author(attributes):
        return "person"
    said = "title"
    if classes and _REFERENCE.search(classes):
        said = "citation"
    elif (quotation := _quotation(node)) is not None:
        words = node.text.strip()
        if words.endswith(_COLONS):
            return None
        if _is_alone(node, quotation, before=True) and _is_alone(node, quotation, before=False):
            said = "citation" if len(quotation.text.strip(_DASHES)) > len(words) else "title"
    return None if said == "citation" and marked else said


def _is_author(attributes: Mapping[str, Any]) -> bool:
    return "itemprop" in attributes and (attributes["itemprop"] or "").strip() in ("author", "creator", "name")


def _quotation(node: Element) -> Element | None:
    around: Any = node
    for _ in range(_STEPS_UP):
        around = around.parent
        if type(around) is not Element or around.tag == "footer":
            # Whoever writes a quotation's footer writes HTML by the book, where a person is no cite.
            return None
        if around.tag == "blockquote":
            return around
    return None


def _is_alone(node: Element, quotation: Element, *, before: bool) -> bool:
    """Whether it begins a line of the quotation (dashes aside), or ends the quotation."""
    inner: Any = node
    while inner is not quotation:
        other = inner
        for _ in range(_NEIGHBOURS):
            other = other.previous_sibling if before else other.next_sibling
            if other is None:
                break
            if type(other) is Text:
                if other.data.strip(_DASHES):
                    return False
            elif type(other) is Element:
                if before and (other.tag == "br" or other.tag in BLOCKS):
                    return True
                if other.tag != "br" and other.text.strip():
                    return False
        else:
            return False
        inner = inner.parent
        if before and inner.tag in BLOCKS:
            return True
    return True

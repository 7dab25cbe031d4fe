"""Which of its addresses an image is shown from: its own, that of a script that loads it late, or a candidate.

Source: HTML Standard, 4.8.4.2 (``srcset``), 4.8.1 (``picture``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from turbohtml import Element, Text

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-hi-res-src")
"""Where scripts that load images late look for the address."""

_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_PLACEHOLDER_STARTS = ("data:", "about:", "#")
_PLACEHOLDER_WORDS = ("blank", "placeholder", "spacer", "pixel", "transparent", "load", "lazy", "1x1", "grey", "gray")
PLACEHOLDER = re.compile(
    r"\A(?:data:|about:|#)|(?:^|[/_.-])(?:blank|placeholder|spacer|pixel|transparent|loading|loader|lazy\w*|1x1|grey|gray)"
    r"[\w-]*\.(?:gif|png|svg|jpe?g|webp)(?:\?|\Z)",
    re.IGNORECASE,
)
"""An address of a picture that only stands for another."""
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:\s+([0-9.]{1,12})[wxh]|\s*,|\s*\Z)(?:\s+[0-9]{1,9}h)?")

CANDIDATES = 50
"""How many candidates of a set are looked at."""


def address_of(node: Element, attributes: Mapping[str, Any]) -> str:
    """The address that shows the image, as it is written; empty where there is none."""
    written = _clean(attributes.get("src"))
    if written and not holds_place(written):
        return written
    for name in _LAZY:
        candidate = _clean(attributes.get(name))
        if candidate and not holds_place(candidate) and " " not in candidate and candidate[:1] not in "[{":
            return candidate
    for borne in (attributes, *_sources(node)):
        for name in _SETS:
            if widest := _widest(borne.get(name) or ""):
                return widest
    return "" if written.startswith("data:") else written


def holds_place(written: str) -> bool:
    """Whether an address is that of a picture which only stands for one that is loaded later."""
    if written.isascii():
        # Nearly no address has so much as one of the words: a look for each takes a third of the pattern's time.
        lowered = written.lower()
        for word in _PLACEHOLDER_WORDS:
            if word in lowered:
                break
        else:
            return lowered.startswith(_PLACEHOLDER_STARTS)
    return PLACEHOLDER.search(written) is not None


def is_twin(node: Element) -> bool:
    """Whether it stands in a ``noscript`` right behind, or within, the image that a script would load in its place."""
    parent = node.parent
    if type(parent) is not Element or parent.tag != "noscript":
        return False
    if type(parent.parent) is Element and parent.parent.tag == "amp-img":
        return True
    before = parent.previous_sibling
    while isinstance(before, Text) and not before.data.strip():
        before = before.previous_sibling
    return type(before) is Element and (before.tag == "img" or before.find("img") is not None)


def _sources(node: Element) -> Iterator[Mapping[str, Any]]:
    parent = node.parent
    if type(parent) is Element and parent.tag == "picture":
        for child in parent.children:
            if type(child) is Element and child.tag == "source":
                yield child.attrs


def _widest(written: str) -> str:
    """The candidate of the greatest width or density; the first, where none says its own."""
    best, most = "", -1.0
    at = 0
    for _ in range(CANDIDATES):
        match = _CANDIDATE.match(written, at)
        if match is None:
            break
        at = match.end()
        try:
            size = float(match[2] or 0)
        except ValueError:
            size = 0.0
        if size > most and not holds_place(match[1]):
            best, most = match[1], size
    return best


def _clean(value: Any) -> str:
    return str(value or "").strip(" \t\n\r\f")

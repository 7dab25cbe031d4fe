"""Values in JSON-LD: strings, texts and names of people and bodies, however a page nests them."""

from __future__ import annotations

import html
import re
from typing import Any

from solander.describing.written_markup import without_markup

_DOI = re.compile(r"(?:doi:\s?|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/[^\s\"<>]{1,200}\Z", re.IGNORECASE)

VALUES = 40
"""Of a list no more is taken."""

BODIES = frozenset(("organization", "newsmediaorganization", "corporation", "brand"))
"""Types of what is no person."""


def types(node: dict[str, Any]) -> set[str]:
    """The types of a node, small and without their vocabulary's address."""
    return {name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in strings(node.get("@type"))}


def strings(value: Any) -> list[str]:
    """The strings that a value is or lists."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [one for one in value[:VALUES] if isinstance(one, str) and one.strip()]
    return []


def texts(value: Any) -> list[str]:
    """Plain texts of a value: strings, ``@value``, names of nodes; entities that were escaped twice are resolved."""
    found: list[str] = []
    for one in value[:VALUES] if isinstance(value, list) else [value]:
        text = one if isinstance(one, str) else ""
        if isinstance(one, dict):
            text = next((part for key in ("@value", "name", "url", "@id") for part in strings(one.get(key))), "")
        text = plain(text)
        if text:
            found.append(text)
    return found


def agents(value: Any, by_id: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """Names of the people and bodies that a value holds, each called ``person``, ``body`` or nothing."""
    found: list[tuple[str, str]] = []
    for one in value[:VALUES] if isinstance(value, list) else [value]:
        if isinstance(one, str):
            found.append((plain(one), ""))
        elif isinstance(one, dict):
            identity = one.get("@id")
            node = by_id.get(identity, one) if isinstance(identity, str) and "name" not in one else one
            kinds = types(node)
            kind = "person" if "person" in kinds else "" if kinds.isdisjoint(BODIES) else "body"
            names = node.get("name")
            if isinstance(names, list):
                found.extend((plain(name), kind) for name in strings(names))
            elif isinstance(names, dict):
                found.extend((text, kind) for text in texts([names])[:1])
            elif isinstance(names, str):
                found.append((plain(names), kind))
            elif parts := strings(node.get("givenName"))[:1] + strings(node.get("familyName"))[:1]:
                found.append((plain(" ".join(parts)), kind))
    return [pair for pair in dict.fromkeys(found) if pair[0]]


def plain(text: str) -> str:
    """A text without mark-up, its white space collapsed."""
    text = text[:4_000]
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = re.sub(r"<[^<>]{0,400}>", " ", without_markup(text))
    return " ".join(text.split())


def dois(value: Any) -> list[str]:
    """The DOIs that a value names: as a string, or as a ``PropertyValue``.

    Source: schema.org, "identifier"; DOI Handbook, 2.2 (``10.`` and a registrant's figures).
    """
    found: list[str] = []
    for one in value[:VALUES] if isinstance(value, list) else [value]:
        written = strings(one)
        if isinstance(one, dict):
            written = [part for key in ("value", "@value", "@id", "url") for part in strings(one.get(key))]
        found.extend(part.strip() for part in written if _DOI.match(part.strip()))
    return found

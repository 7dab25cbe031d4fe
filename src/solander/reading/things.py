"""What stands in the line and holds no words of its own: images, media, frames, form controls; and what marks say.

Text that lies in an attribute (``alt``, ``title``, ``value``, ``placeholder``) is a description, not words of the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from turbohtml import CData, Element, Text

from solander.model.page import Inline
from solander.reading.elements import BLOCKS, FALLBACK_MEDIA_TYPES, FOREIGN_BLOCKS, LEFT_OUT, MEDIA_TYPES
from solander.reading.leaf import Leaf
from solander.reading.links import Resolver

DESCRIPTION_CHARACTERS = 2_000

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-srcset", "srcset")
_CONTROL_TYPES = frozenset(("submit", "button", "reset"))
_FIELD_TYPES = frozenset(
    (
        *("text", "search", "email", "tel", "url", "number", "date", "time", "datetime-local", "month", "week"),
        # What browsers do not know is a field for text.
        *("datetime", ""),
    )
)
_NUMBERINGS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_NUMBER = re.compile(r"-?[0-9]{1,9}\Z")
_DIGITS = re.compile(r"[0-9]{1,5}\Z")
# Begins with what is rare, for that is searched for at the speed of memory; `href=` is looked for backwards from there.
_FRAGMENT = re.compile(r"""#(?<=["'=\s]#)(?=([^"'\s>]+))""")
_BEFORE_CHARACTERS = 80
"""How far before a ``#`` its ``href`` is looked for."""


def pointed_at(text: str) -> set[str]:
    """The ids that links of the page itself point to."""
    found: set[str] = set()
    for match in _FRAGMENT.finditer(text):
        at = match.start()
        before = text[max(0, at - _BEFORE_CHARACTERS) : at]
        before = (before[:-1] if before[-1] in "\"'" else before).rstrip()
        if before[-1:] == "=" and before[:-1].rstrip()[-4:].lower() == "href":
            found.add(match[1])
    return found


class Things:
    """Turns elements into inlines, with their addresses made absolute."""

    __slots__ = ("leaf", "resolver")

    def __init__(self, resolver: Resolver, leaf: Leaf) -> None:
        self.resolver, self.leaf = resolver, leaf

    def add(self, node: Element, tag: str, source: str) -> None:
        """Add what an element shows besides the words within it."""
        attributes: Mapping[str, Any] = node.attrs
        thing: Inline | None = None
        if tag == "img":
            thing = self._image(node, attributes)
        elif tag == "input":
            thing = _control(attributes)
        elif tag in ("option", "optgroup"):
            thing = _gap(_clean(attributes.get("label")))
        elif tag in ("video", "audio", "object", "iframe", "embed"):
            thing = self._media(node, tag, attributes)
        if thing is not None:
            self.leaf.add_thing(thing, source)

    def frame(self, node: Element, source: str) -> None:
        """Add a ``frame`` of a frameset: its page is another, and is named."""
        address = self._address(str(node.attrs.get("src") or ""))
        if address:
            self.leaf.add_thing(Inline("frame", (), address), source)

    def foreign(self, node: Element, tag: str, source: str) -> None:
        """Take the words of a drawing or a formula; what draws it stays in the original."""
        text = foreign_text(node)
        leaf = self.leaf
        if not text.strip(" \t\n\r\f"):
            if text:
                leaf.add_space()
            return
        leaf.add_space()
        if tag == "math":
            leaf.open("formula", None)
        leaf.add_text(text, source)
        if tag == "math":
            leaf.close()
        leaf.add_space()

    def mark_attributes(self, node: Element, tag: str) -> Mapping[str, str] | None:
        """What a mark says besides its words."""
        attributes: Mapping[str, Any] = node.attrs
        if tag == "a":
            written = attributes.get("href")
            return None if written is None else self._target(written)
        if tag in ("abbr", "acronym"):
            expansion = _clean(attributes.get("title"))
            return {"expansion": expansion} if expansion else None
        if tag in ("ins", "del", "time"):
            when = _clean(attributes.get("datetime"))
            return {"when": when} if when else None
        return None

    def block_attributes(self, node: Element, tag: str) -> Mapping[str, str] | None:
        """What a container says besides what it holds."""
        attributes: Mapping[str, Any] = node.attrs
        found: dict[str, str] = {}
        if tag == "ol":
            found["ordered"] = "ordered"
            if _DIGITS.match(attributes.get("start") or ""):
                found["start"] = attributes["start"]
            ways = [_NUMBERINGS.get(attributes.get("type") or "", ""), "reversed" if "reversed" in attributes else ""]
            if any(ways):
                found["rend"] = " ".join(filter(None, ways))
        elif tag == "li" and _NUMBER.match((attributes.get("value") or "").strip()):
            found["value"] = attributes["value"].strip()
        elif tag == "select":
            found["rend"] = "options"
        elif tag in ("td", "th"):
            if tag == "th":
                found["role"] = "label"
            for name, written in (("columns", "colspan"), ("rows", "rowspan")):
                value = (attributes.get(written) or "").strip()
                if _DIGITS.match(value) and 1 < int(value) <= 1000:
                    found[name] = str(int(value))
        elif tag == "tr":
            parent = node.parent
            if type(parent) is Element and parent.tag == "thead":
                found["role"] = "label"
        elif tag == "blockquote" and attributes.get("cite"):
            found["cite"] = self._resolve(attributes["cite"].strip())
        return found or None

    def _target(self, written: str) -> Mapping[str, str]:
        written = written.strip(" \t\n\r\f")
        if written.startswith("#"):
            return {"target": written, "written": written}
        return {"target": self._resolve(written), "written": written}

    def _address(self, written: str | None) -> dict[str, str] | None:
        written = (written or "").strip(" \t\n\r\f")
        if not written or len(written) > 8_000:
            return None
        return {"url": self._resolve(written), "written": written}

    def _resolve(self, written: str) -> str:
        address = self.resolver.resolve(written)
        if address != written:
            self.leaf.count("addresses-resolved")
        return address

    def _image(self, node: Element, attributes: Mapping[str, Any]) -> Inline | None:
        parent, before = node.parent, None
        if type(parent) is Element and parent.tag == "noscript":
            before = parent.previous_sibling
            while isinstance(before, Text) and not before.data.strip():
                before = before.previous_sibling
            if type(before) is Element and (before.tag == "img" or before.find("img") is not None):
                self.leaf.count("image-twins-left-out")
                return None  # the twin of an image that a script would have loaded
        written = (attributes.get("src") or "").strip()
        if not written or written.startswith("data:"):
            for name in _LAZY:
                candidate = (attributes.get(name) or "").strip().split(" ")[0].rstrip(",")
                if candidate and not candidate.startswith("data:"):
                    written = candidate
                    break
        alternative = _clean(attributes.get("alt"))
        address = self._address(written)
        if address is None:
            return Inline("gap", (), {"reason": "image", "description": alternative}) if alternative else None
        if alternative:
            address["alt"] = alternative
        for name in ("width", "height"):
            value = (attributes.get(name) or "").strip()
            if _DIGITS.match(value) and int(value):
                address[name] = value
        return Inline("image", (), address)

    def _media(self, node: Element, tag: str, attributes: Mapping[str, Any]) -> Inline | None:
        written = attributes.get("src") or attributes.get("data") or attributes.get("data-src")
        if not written and tag in ("video", "audio"):
            source = node.find("source")
            written = str(source.attrs.get("src") or "") if source is not None else None
        address = self._address(written)
        if address is None:
            return None
        if tag == "iframe":
            return Inline("frame", (), address)
        suffix = address["url"].split("?")[0].split("#")[0].rpartition(".")[2].lower()
        declared = (attributes.get("type") or "").split(";")[0].strip().lower()
        known = MEDIA_TYPES.get(suffix) or FALLBACK_MEDIA_TYPES.get(tag)
        media_type = declared if re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", declared) else known
        if media_type is None:
            return Inline("frame", (), address)
        address["media_type"] = media_type
        return Inline("media", (), address)


def foreign_text(node: Element) -> str:
    """The text of an SVG or MathML element, without that of scripts and styles within; what stands apart is apart."""
    parts: list[str] = []
    stack = [(iter(node.children), "")]
    while stack:
        for child in stack[-1][0]:
            if type(child) is Element:
                tag = child.tag
                if tag in LEFT_OUT:
                    continue
                edge = " " if tag in BLOCKS or tag in FOREIGN_BLOCKS else ""
                children = child.children
                parts.append(edge)
                if children:
                    stack.append((iter(children), edge))
                    break
                # What draws holds nothing, as a rule.
                parts.append(edge)
            elif isinstance(child, (Text, CData)):
                parts.append(child.data)
        else:
            parts.append(stack.pop()[1])
    return "".join(parts)


def _control(attributes: Mapping[str, Any]) -> Inline | None:
    """A field or a button: what stands in it to be read, a value before a hint of what to write."""
    kind = (attributes.get("type") or "text").strip().lower()
    shown = ""
    if kind in _CONTROL_TYPES:
        shown = _clean(attributes.get("value"))
    elif kind == "image":
        shown = _clean(attributes.get("alt")) or _clean(attributes.get("value"))
    elif kind in _FIELD_TYPES:
        shown = _clean(attributes.get("value")) or _clean(attributes.get("placeholder"))
    elif kind == "password":
        shown = _clean(attributes.get("placeholder"))
    return _gap(shown)


def _gap(description: str) -> Inline | None:
    return Inline("gap", (), {"reason": "form", "description": description}) if description else None


def _clean(value: str | None) -> str:
    return " ".join((value or "")[:DESCRIPTION_CHARACTERS].split())

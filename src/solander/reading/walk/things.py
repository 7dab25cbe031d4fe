"""What stands in the line and holds no words of its own: images, media, frames, form controls; and what marks say.

Text that lies in an attribute (``alt``, ``title``, ``value``, ``placeholder``) is a description, not words of the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import unquote

from turbohtml import Element

from solander.model.page import Inline
from solander.reading.trees.bounds import MARKS_DEEP
from solander.reading.trees.shadow import PLACED, SLOTTED
from solander.reading.walk.films import played, poster, track
from solander.reading.walk.formulas import END, foreign_text, notations
from solander.reading.walk.images import address_of, is_twin
from solander.reading.walk.leaf import Leaf
from solander.reading.walk.links import Resolver
from solander.reading.walk.set_beside import SAID_BESIDE, is_unset_formula, number_of

DESCRIPTION_CHARACTERS = 2_000

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
_AMOUNT = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?\Z")
_CODE_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight-source|brush)[-:]\s?([A-Za-z0-9+#.-]{1,20})")
# Begins with what is rare, for that is searched for at the speed of memory; `href=` is looked for backwards from there.
_FRAGMENT = re.compile(r"""#(?<=["'=\s]#)(?=([^"'\s>]+))""")
_BEFORE_CHARACTERS = 80
"""How far before a ``#`` its ``href`` is looked for."""


def pointed_at(text: str, uri: str | None) -> set[str]:
    """The ids that links of the page itself point to, with or without the page's address before them.

    Args:
        text: the page.
        uri: its address, if known.
    """
    if "#" not in text:
        return set()
    found: set[str] = set()
    for match in _FRAGMENT.finditer(text):
        at = match.start()
        before = text[max(0, at - _BEFORE_CHARACTERS) : at]
        before = (before[:-1] if before[-1:] and before[-1] in "\"'" else before).rstrip()
        if before[-1:] == "=" and before[:-1].rstrip()[-4:].lower() == "href":
            found.add(match[1])
    page = (uri or "").partition("#")[0]
    # Of the page's address the last part is enough: what else ends so keeps an id that no link needs.
    name = f"{page.rpartition('/')[2] or page}#"
    if len(name) > 1 and name in text:
        found.update(re.findall(re.escape(name) + r"""([^"'\s>]+)""", text))
    # HTML Standard, 7.4.6.3: an id is sought as it is written, and then percent-decoded.
    found |= {unescape(name) for name in found if "&" in name}
    return found | {unquote(name) for name in found if "%" in name}


class Things:
    """Turns elements into inlines, with their addresses made absolute."""

    __slots__ = ("leaf", "page", "resolver")

    def __init__(self, resolver: Resolver, leaf: Leaf) -> None:
        self.resolver, self.leaf = resolver, leaf
        self.page = (resolver.page or "").partition("#")[0]

    def add(self, node: Element, tag: str, source: str) -> None:
        """Add what an element shows besides the words within it."""
        attributes: Mapping[str, Any] = node.attrs
        thing: Inline | None = None
        if tag in ("img", "amp-img"):
            thing = self._image(node, attributes)
        elif tag == "input":
            thing = _control(attributes)
        elif tag in ("option", "optgroup"):
            thing = _gap(_clean(attributes.get("label")))
        elif tag in ("video", "audio", "object", "iframe", "embed"):
            if "poster" in attributes and tag == "video" and (shown := poster(attributes, self._address)):
                self.leaf.add_thing(shown, source)
            thing = played(node, tag, attributes, self._address)
        elif tag == "track":
            thing = track(node, attributes, self._address)
        elif tag == "area":
            thing = self._area(attributes)
        elif tag in ("meter", "progress"):
            thing = _measure(node, attributes)
        elif tag == "applet":
            thing = _gap(_clean(attributes.get("code") or attributes.get("object")), "applet")
        elif tag == "canvas":
            thing = Inline("gap", (), {"reason": "canvas"})
        if thing is not None:
            self.leaf.add_thing(thing, source)

    def frame(self, node: Element, source: str) -> None:
        """Add a ``frame`` of a frameset: its page is another, and is named."""
        address = self._address(str(node.attrs.get("src") or ""))
        if address:
            self.leaf.add_thing(Inline("frame", (), address), source)

    def script(self, node: Element, source: str) -> None:
        """Tell of a formula that a script was to set, and nothing beside it shows: in TeX, which is no word seen."""
        if is_unset_formula(node) and (written := _clean(node.text)):
            self.leaf.add_thing(Inline("gap", (), {"reason": "formula", "description": written}), source)

    def open_beside(self, node: Element, beside: str, own: dict[str, str] | None, source: str) -> None:
        """Open the mark of what stands beside the words: of a page's number with the place where that page begins."""
        kind, said = SAID_BESIDE.get(beside, (beside, {}))
        if beside == "page-number" and (number := number_of(node)):
            self.leaf.add_thing(Inline("page", (), {"n": number}), source)
        self.leaf.open(kind, {**said, **(own or {})} or None)

    def foreign(self, node: Element, tag: str, source: str) -> None:
        """Take the words of a drawing or a formula; what draws it stays in the original."""
        leaf, is_twin_of = self.leaf, False
        parts = notations(node) if tag == "math" else [("", [(foreign_text(node), "")])]
        for notation, steps in parts:
            text = "".join([text for text, _ in steps])
            if not text.strip(" \t\n\r\f"):
                if text:
                    leaf.add_space()
                    leaf.lent = False
                continue
            leaf.add_space()
            if is_twin_of:
                leaf.open("twin", None)
            said = {"notation": notation} if notation else {}
            if len(parts) == 1 and (written := _clean(node.attrs.get("alttext"))):  # type: ignore[arg-type]
                said["written"] = written
            leaf.open("formula" if tag == "math" else "drawing", said or None)
            self._signs(text, steps, source)
            leaf.close()
            if is_twin_of:
                leaf.close()
            is_twin_of = True
            leaf.add_space()

    def _signs(self, text: str, steps: list[tuple[str, str]], source: str) -> None:
        """The signs of a formula, with the marks of where they stand."""
        leaf = self.leaf
        if not any(mark for _, mark in steps):
            leaf.add_text(text, source)
            return
        around = len(leaf.frames)
        passed = 0
        for text, mark in steps:
            if mark == END:
                if passed:
                    passed -= 1
                elif len(leaf.frames) > around:
                    leaf.close()
            elif mark and len(leaf.frames) < MARKS_DEEP:
                leaf.open(mark, None)
            elif mark:
                passed += 1
            elif text:
                leaf.add_text(text, source)
        while len(leaf.frames) > around:
            leaf.close()

    def mark_attributes(self, node: Element, tag: str) -> Mapping[str, str] | None:
        """What a mark says besides its words."""
        attributes: Mapping[str, Any] = node.attrs
        if tag == "a":
            written = node.attr("href")  # half as long as the mapping's own way
            return None if written is None else self._target(written)
        if tag in ("abbr", "acronym"):
            expansion = _clean(attributes.get("title"))
            return {"expansion": expansion} if expansion else None
        if tag in ("ins", "del", "time"):
            when = _clean(attributes.get("datetime"))
            return {"when": when} if when else None
        if tag == "code":
            language = code_language(attributes)
            return {"language": language} if language else None
        if tag == SLOTTED:
            return {"source": f"xpath({attributes[PLACED]})"}
        if tag == "data":
            value = _clean(attributes.get("value"))
            return {"value": value} if _AMOUNT.match(value) else None
        return None

    def block_attributes(self, node: Element, tag: str) -> Mapping[str, str] | None:
        """What a container says besides what it holds."""
        attributes: Mapping[str, Any] = node.attrs
        found: dict[str, str] = {}
        if tag == "ol":
            found["ordered"] = "ordered"
            if _NUMBER.match((attributes.get("start") or "").strip()):
                found["start"] = attributes["start"].strip()
            ways = [_NUMBERINGS.get(attributes.get("type") or "", ""), "reversed" if "reversed" in attributes else ""]
            if any(ways):
                found["rend"] = " ".join(filter(None, ways))
        elif tag == "li":
            if "value" in attributes and _NUMBER.match((attributes["value"] or "").strip()):
                found["value"] = attributes["value"].strip()
        elif tag == "select":
            found["rend"] = "options"
        elif tag == "option" and "selected" in attributes:
            found["rend"] = "selected"
        elif tag in ("td", "th"):
            if tag == "th":
                found["role"] = "label"
            for name, written in (("columns", "colspan"), ("rows", "rowspan")):
                if written in attributes:
                    value = (attributes[written] or "").strip()
                    if _DIGITS.match(value) and 1 < int(value) <= 1000:
                        found[name] = str(int(value))
        elif tag == "tr":
            parent = node.parent
            if type(parent) is Element and parent.tag in ("thead", "tfoot"):
                found["role"] = "label" if parent.tag == "thead" else "foot"
        elif tag == "blockquote" and attributes.get("cite"):
            found["cite"] = self._resolve(attributes["cite"].strip())
        return found or None

    def _target(self, written: str) -> Mapping[str, str]:
        written = written.strip(" \t\n\r\f")
        if written.startswith("#"):
            self.leaf.pointing = True
            return {"target": written, "written": written}
        resolved = self._resolve(written)
        place, mark, fragment = resolved.partition("#")
        if mark and fragment and place == self.page:
            self.leaf.pointing = True
            return {"target": f"#{fragment}", "written": written}
        return {"target": resolved, "written": written}

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
        if is_twin(node):
            self.leaf.count("image-twins-left-out")
            return None  # the twin of an image that a script would have loaded
        written = address_of(node, attributes)
        alternative = _clean(attributes.get("alt"))
        address = self._address(written)
        if address is None:
            return Inline("gap", (), {"reason": "image", "description": alternative}) if alternative else None
        if alternative:
            address["alt"] = alternative
        for name in ("width", "height"):
            if name in attributes:
                value = (attributes[name] or "").strip()
                if _DIGITS.match(value) and int(value):
                    address[name] = value
        return Inline("image", (), address)

    def _area(self, attributes: Mapping[str, Any]) -> Inline | None:
        """A link that is a part of an image: what it is called is not seen as words."""
        if "href" not in attributes:
            return None
        description = _clean(attributes.get("alt"))
        shown = Inline("gap", (), {"reason": "area", "description": description} if description else {"reason": "area"})
        return Inline("link", (shown,), {**self._target(attributes["href"] or ""), "role": "area"})


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


def _measure(node: Element, attributes: Mapping[str, Any]) -> Inline | None:
    """A gauge or a bar: its value, where no words within say it."""
    value, most = _clean(attributes.get("value")), _clean(attributes.get("max"))
    if not value or node.text.strip():
        return None
    return _gap(f"{value} / {most}" if most else value)


def code_language(attributes: Mapping[str, Any]) -> str:
    """The programming language that a class names, as HTML recommends; empty where none does."""
    written = attributes.get("class")
    if not written:
        return ""
    match = _CODE_LANGUAGE.search(" ".join(written) if isinstance(written, list) else str(written))
    return match[1].lower() if match else ""


def _gap(description: str, reason: str = "form") -> Inline | None:
    return Inline("gap", (), {"reason": reason, "description": description}) if description else None


def _clean(value: str | None) -> str:
    return " ".join((value or "")[:DESCRIPTION_CHARACTERS].split())

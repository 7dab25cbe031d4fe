"""The page in a Safari web archive, found without the standard library's reader, which the capturing side uses.

Only what leads to the page is read: the dictionary at the top, its main resource, and of that the data.

Source: Apple's CoreFoundation, ``CFBinaryPList`` (the binary form) and ``PropertyList-1.0.dtd`` (the one in XML).
"""

from __future__ import annotations

import binascii
import re
from typing import Any

_MAIN, _DATA = "WebMainResource", "WebResourceData"
_TRAILER_BYTES = 32
_DICTIONARY, _DATA_KIND, _ASCII, _UTF_16 = 0xD, 0x4, 0x5, 0x6
_COUNT_FOLLOWS = 0xF
_DOCUMENT_TYPE = re.compile(rb"<!DOCTYPE(?:[^\[<>\"']++|\"[^\"]*+\"|'[^']*+')*+>")


def page_in_properties(content: bytes) -> bytes | None:
    """The bytes of the main resource; ``None`` where there is none, or the file is damaged."""
    if not content.startswith(b"bplist"):
        return _in_xml(content)
    try:
        return _Binary(content).page()
    except (ValueError, IndexError, OverflowError):
        return None


class _Binary:
    """A property list in the binary form: objects, then a table of where each begins, then the trailer."""

    def __init__(self, content: bytes) -> None:
        trailer = content[-_TRAILER_BYTES:]
        if len(trailer) < _TRAILER_BYTES:
            raise ValueError
        self.content = content
        self.offset_bytes, self.reference_bytes = trailer[6], trailer[7]
        self.objects = int.from_bytes(trailer[8:16], "big")
        self.top = int.from_bytes(trailer[16:24], "big")
        self.table = int.from_bytes(trailer[24:32], "big")

    def page(self) -> bytes | None:
        """The data of the main resource."""
        main = self._value(self.top, _MAIN)
        data = self._value(main, _DATA) if main is not None else None
        if data is None:
            return None
        kind, count, at = self._object(data)
        found = self.content[at : at + count]
        return found if kind == _DATA_KIND and len(found) == count else None

    def _value(self, dictionary: int, name: str) -> int | None:
        """The object that a dictionary has under a name; the last, where several have it."""
        kind, count, at = self._object(dictionary)
        if kind != _DICTIONARY:
            raise ValueError
        keys = self._references(at, count)
        found = [number for number, key in enumerate(keys) if self._text(key) == name]
        return self._references(at + count * self.reference_bytes, count)[found[-1]] if found else None

    def _references(self, at: int, count: int) -> list[int]:
        size = self.reference_bytes
        if not size or at + count * size > len(self.content):
            raise ValueError
        return [int.from_bytes(self.content[at + size * one : at + size * (one + 1)], "big") for one in range(count)]

    def _text(self, number: int) -> str | None:
        kind, count, at = self._object(number)
        if kind == _ASCII:
            return self.content[at : at + count].decode("latin-1")
        return self.content[at : at + 2 * count].decode("utf-16-be", "replace") if kind == _UTF_16 else None

    def _object(self, number: int) -> tuple[int, int, int]:
        """An object's kind, how much it holds, and where that begins."""
        if not (number < self.objects and self.offset_bytes):
            raise ValueError
        place = self.table + number * self.offset_bytes
        at = int.from_bytes(self.content[place : place + self.offset_bytes], "big")
        kind, count = divmod(self.content[at], 16)
        at += 1
        if count == _COUNT_FOLLOWS and kind >= _DATA_KIND:
            size = 1 << (self.content[at] & 0x3)
            count = int.from_bytes(self.content[at + 1 : at + 1 + size], "big")
            at += 1 + size
        return kind, count, at


def _in_xml(content: bytes) -> bytes | None:
    from lxml import etree

    # The document type names Apple's DTD, which nobody fetches; one with declarations of its own is none of theirs.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_DOCUMENT_TYPE.sub(b"", content, 1), parser)
    except etree.XMLSyntaxError:
        return None
    top = root if _name(root) == "dict" else next((one for one in reversed(root) if _name(one) == "dict"), None)
    main = _in_dictionary(top, _MAIN)
    data = _in_dictionary(main, _DATA)
    if data is None or _name(data) != "data":
        return None
    try:
        # Signs that are none of base64's are passed over.
        return binascii.a2b_base64((data.text or "").encode("utf-8"))
    except ValueError:
        return None


def _in_dictionary(dictionary: Any, name: str) -> Any:
    """The element behind the last key of a name; ``None`` where there is none."""
    found = None
    for key in dictionary if dictionary is not None else ():
        if _name(key) == "key" and key.text == name:
            found = key.getnext()
    return found


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]

"""The words of drawings and formulas: SVG's and MathML's text, what stands apart in them apart.

A formula may bring a second writing of itself, for programs: an ``annotation`` in TeX. Its text is the page's, and
follows the first as a formula of its own.

Source: MathML Core, 3.2 (token elements); MathML 4, 6.6 (annotations); HTML Standard, 4.8.16 and 4.8.17.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from turbohtml import CData, Element, Text

from solander.reading.elements import BLOCKS, FOREIGN_BLOCKS, LEFT_OUT

_TOKENS = frozenset(("mi", "mn", "mo", "ms", "mtext"))
"""Elements that are one number, one name or one sign: 1 and 2, one above the other, are not 12."""

_ANNOTATIONS = frozenset(("annotation", "annotation-xml"))


def foreign_text(node: Element) -> str:
    """The text of an SVG or MathML element, without that of scripts and styles within; what stands apart is apart."""
    return _joined(_pieces(node))


def notations(node: Element) -> list[tuple[str, str]]:
    """The text of a formula, parted where another notation of it begins: ``MathML``, ``TeX``."""
    return [(notation, _joined(part)) for notation, part in groupby(_pieces(node), lambda piece: piece[2])]


def _pieces(node: Element) -> Iterator[tuple[str, bool, str]]:
    """Text with whether it begins a token of its own, and in which notation it stands."""
    stack: list[tuple[Iterator[Any], str, str]] = [(iter(node.children), "", "MathML")]
    apart = False
    while stack:
        children, edge, notation = stack[-1]
        for child in children:
            if isinstance(child, (Text, CData)):
                yield child.data, apart, notation
                apart = False
            elif type(child) is Element and child.tag not in LEFT_OUT:
                tag = child.tag
                edge = " " if tag in BLOCKS or tag in FOREIGN_BLOCKS else ""
                apart = apart or tag in _TOKENS
                encoding = str(child.attrs.get("encoding") or "").lower() if tag in _ANNOTATIONS else ""
                inner = "TeX" if "tex" in encoding else notation
                if edge:
                    yield edge, False, inner
                stack.append((iter(child.children), edge, inner))
                break
        else:
            stack.pop()
            apart = True
            if edge:
                yield edge, False, notation


def _joined(pieces: Any) -> str:
    parts: list[str] = []
    last = ""
    for text, apart, _ in pieces:
        if apart and text[:1].isalnum() and last.isalnum():
            parts.append(" ")
        parts.append(text)
        last = text[-1:] or last
    return "".join(parts)

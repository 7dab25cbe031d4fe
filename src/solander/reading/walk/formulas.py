"""The words of drawings and formulas: SVG's and MathML's text, what stands apart in them apart.

A formula may bring a second writing of itself, for programs: an ``annotation`` in TeX. Its text is the page's, and
follows the first as a formula of its own.

Where a sign stands is part of what it says: 10 with a small 6 above is a million, and not 106.

Source: MathML Core, 3.2 (token elements), 3.3 (fractions, radicals) and 3.4 (scripts);
MathML 4, 6.6 (annotations); HTML Standard, 4.8.16 and 4.8.17.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from turbohtml import CData, Element, Text

from solander.reading.elements import BLOCKS, FOREIGN_BLOCKS, LEFT_OUT

_TOKENS = frozenset(("mi", "mn", "mo", "ms", "mtext"))
"""Elements that are one number, one name or one sign: 1 and 2, one above the other, are not 12."""

_PLACES = {
    "msup": ("", "superscript"),
    "msub": ("", "subscript"),
    "msubsup": ("", "subscript", "superscript"),
    "mfrac": ("numerator", "denominator"),
    "mover": ("", "over"),
    "munder": ("", "under"),
    "munderover": ("", "under", "over"),
    "mroot": ("root", "superscript"),
}
"""Where the parts of an element stand to one another: what is high, low, above or below is a mark, and no word."""

_EDGES = BLOCKS | FOREIGN_BLOCKS
"""Elements whose edges part words, even where they hold none."""

END = "end"
"""The step at which a mark ends."""

Step = tuple[str, str]

_ANNOTATIONS = frozenset(("annotation", "annotation-xml"))


def foreign_text(node: Element) -> str:
    """The text of an SVG or MathML element, without that of scripts and styles within; what stands apart is apart."""
    for inner in node.descendants:
        if type(inner) is not Element or inner.tag in _EDGES:
            return _joined(_pieces(node))
    # Most drawings are a button's icon, a path or two without so much as a white space.
    return ""


def notations(node: Element) -> list[tuple[str, list[Step]]]:
    """What a formula writes, parted where another notation of it begins: ``MathML``, ``TeX``.

    A step is a text, with nothing before it; the name of a mark that begins; or ``END`` where one ends.
    """
    return [(notation, _steps(part)) for notation, part in groupby(_pieces(node), lambda piece: piece[2])]


def _pieces(node: Element) -> Iterator[tuple[str, bool, str, str]]:
    """Text with whether it begins a token of its own, in which notation it stands, or which mark begins or ends."""
    stack: list[tuple[Iterator[Any], str, str, tuple[str, ...], int]] = [(iter(node.children), "", "MathML", (), 0)]
    ends: list[str] = [""]
    apart = False
    while stack:
        children, edge, notation, places, number = stack[-1]
        for child in children:
            if isinstance(child, (Text, CData)):
                yield child.data, apart, notation, ""
                apart = False
            elif type(child) is Element and child.tag not in LEFT_OUT:
                tag = child.tag
                place = places[number] if number < len(places) else ""
                stack[-1] = (children, edge, notation, places, number + 1)
                edge = " " if tag in _EDGES else ""
                apart = apart or tag in _TOKENS
                encoding = str(child.attrs.get("encoding") or "").lower() if tag in _ANNOTATIONS else ""
                inner = "TeX" if "tex" in encoding else notation
                place = place or ("root" if tag == "msqrt" else "")
                if place:
                    yield "", False, inner, place
                if edge:
                    yield edge, False, inner, ""
                stack.append((iter(child.children), edge, inner, _PLACES.get(tag, ()), 0))
                ends.append(END if place else "")
                break
        else:
            stack.pop()
            apart = True
            if edge:
                yield edge, False, notation, ""
            if end := ends.pop():
                yield "", False, notation, end


def _joined(pieces: Any) -> str:
    return "".join([text for text, mark in _steps(pieces) if not mark])


def _steps(pieces: Any) -> list[Step]:
    steps: list[Step] = []
    last = ""
    for text, apart, _, mark in pieces:
        if mark:
            steps.append(("", mark))
            continue
        if apart and text[:1].isalnum() and last.isalnum():
            text = f" {text}"
        steps.append((text, ""))
        last = text[-1:] or last
    return steps

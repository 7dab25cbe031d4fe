"""XHTML -> a tree that the walk over HTML can take: read as XML, with the names that HTML gives its elements.

The promise: nothing is loaded, and of entities only XML's five and the names that HTML gives to characters are
resolved. What is no well-formed XHTML is not mended: ``parse_xhtml`` gives nothing, and the page is read as HTML.

The prolog is passed over, not judged: a blank line before the declaration, or a doctype that is HTML's, holds no words,
and the elements behind it are still what their author wrote. From the root element on, the page must be well-formed.

Source: XML 1.0, 2 and 4.1; Namespaces in XML 1.0, 6; HTML Standard, 14.1 (the names that XHTML's doctypes define).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

import turbohtml
from turbohtml import CData, Element, Node, Text

from solander.model.late_pattern import late

XHTML = "http://www.w3.org/1999/xhtml"

_DRAWINGS = {"http://www.w3.org/2000/svg": "svg", "http://www.w3.org/1998/Math/MathML": "math"}
_XML = "http://www.w3.org/XML/1998/namespace"

# Each part that begins but does not end takes all the rest, so that no beginning is looked at twice; nothing is given
# back (`*+`), so that a prolog costs as much time as it has characters.
_SKIPPED = r"<\?.*?(?:\?>|\Z) | <!--.*?(?:-->|\Z)"
_QUOTED = r""" "[^"]*(?:"|\Z) | '[^']*(?:'|\Z) """
_PROLOG = late(
    rf"""(?: [ \t\r\n]++ | {_SKIPPED}
    | <!DOCTYPE (?: [^"'\[>] | {_QUOTED} )*+ (?: \[ (?: [^]"'<] | {_QUOTED} | {_SKIPPED} | < )*+ \] [ \t\r\n]*+ )? >
    )*+""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_REFERENCE = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|&(?P<name>[A-Za-z_][A-Za-z0-9_.-]*);", re.DOTALL
)
_XMLS_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))


class Xhtml(NamedTuple):
    """A page of XHTML, parsed."""

    root: Element
    """``html``. Elements of HTML, SVG and MathML have their plain names, all others a name with a colon."""

    unknown_names: int
    """References to names that are not HTML's; they stand in the text as they were written."""


def parse_xhtml(markup: str) -> Xhtml | None:
    """Parse a page of XHTML; ``None`` if it is not well-formed, or if its root is no ``html`` of XHTML's namespace."""
    prolog = _PROLOG.match(markup)
    content, unknown = _resolved(markup[prolog.end() :] if prolog else markup)
    try:
        document = turbohtml.parse_xml(content)
    except turbohtml.HTMLParseError:
        return None
    root = document.root
    if root is None or not _named(root):
        return None
    return Xhtml(root, unknown)


def _resolved(content: str) -> tuple[str, int]:
    """Write HTML's names for characters as numbers, which XML knows; count the names that are unknown."""
    unknown = 0

    def written(match: re.Match[str]) -> str:
        nonlocal unknown
        name = match["name"]
        if name is None or name in _XMLS_OWN:
            return match[0]
        characters = html5.get(f"{name};")
        if characters is None:
            unknown += 1
            return f"&amp;{name};"
        return "".join(f"&#{ord(character)};" for character in characters)

    return _REFERENCE.sub(written, content), unknown


def _named(root: Element) -> bool:
    """Give every element of a tree the name that the walk knows it by, and make text of CDATA sections.

    Returns:
        Whether the root is XHTML's ``html``.
    """
    # One scope that is put back on leaving: a copy for every element would cost the square of the depth.
    scope = {"": "", "xml": _XML}
    opened: list[tuple[Iterator[Node], dict[str, str | None], bool]] = []
    children: Iterator[Node] = iter((root,))
    drawing, outer = False, dict[str, str | None]()
    while True:
        for node in children:
            if type(node) is Element:
                opened.append((children, outer, drawing))
                outer = _declared(node, scope)
                prefix, _, local = node.tag.rpartition(":")
                namespace = scope.get(prefix, "")
                if node is root and (namespace, local) != (XHTML, "html"):
                    return False
                known = namespace == XHTML or (namespace in _DRAWINGS and (drawing or local == _DRAWINGS[namespace]))
                node.tag = local if known else f"{prefix}:{local}"
                drawing = drawing or node.tag in ("svg", "math")
                children = iter(node.children)
                break
            if type(node) is CData:
                node.replace_with(Text(node.data))
        else:
            _put_back(scope, outer)
            children, outer, drawing = opened.pop()
            if not opened:
                return True


def _declared(element: Element, scope: dict[str, str]) -> dict[str, str | None]:
    """Take the namespaces that an element declares into the scope; give what stood there before."""
    outer: dict[str, str | None] = {}
    for name, value in element.attrs.items():
        if name == "xmlns" or name.startswith("xmlns:"):
            prefix = name[6:]
            outer[prefix] = scope.get(prefix)
            scope[prefix] = str(value or "")
    return outer


def _put_back(scope: dict[str, str], outer: dict[str, str | None]) -> None:
    for prefix, namespace in outer.items():
        if namespace is None:
            del scope[prefix]
        else:
            scope[prefix] = namespace

"""A RELAX NG grammar in several files as one: what it includes stands in it, and every name says its namespace.

Only files that lie beside the grammar are included. What calls for anything else is refused: nothing is fetched.

Source: RELAX NG, sections 4.5 to 4.8.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from solander.checking.grammars.relax_ng import parse_xml

RNG = "{http://relaxng.org/ns/structure/1.0}"
FILES = 50
"""How many files a grammar may include, each time counted."""

Neighbour = Callable[[str], bytes]
"""The bytes of a file beside the grammar, by its plain name; raises ``UnusableSchema``."""

_PLAIN_NAME = re.compile(r"(?:\./)?(?P<name>[A-Za-z0-9_][A-Za-z0-9_.\-]*)")


class UnusableSchema(Exception):
    """A schema cannot be used to judge anything; the message says why, in one line."""


def plain_name(reference: str) -> str:
    """The name of a file in the same folder, out of what a schema says.

    Raises:
        UnusableSchema: it leads out of the folder.
    """
    found = _PLAIN_NAME.fullmatch(reference)
    if found is None:
        raise UnusableSchema(f"it calls for {reference[:200]!r}; only files beside it are read, and nothing is fetched")
    return found["name"]


def whole_grammar(content: bytes, neighbour: Neighbour) -> Any:
    """The root element of a grammar (lxml) with all that it includes.

    Raises:
        UnusableSchema: it is none, or includes what cannot be had.
    """
    return _Including(neighbour).read(content, ())


class _Including:
    def __init__(self, neighbour: Neighbour) -> None:
        self.neighbour, self.left = neighbour, FILES

    def read(self, content: bytes, within: tuple[str, ...]) -> Any:
        what = within[-1] if within else "it"
        parsed = parse_xml(content)
        if parsed.fault is not None:
            raise UnusableSchema(f"{what} is no XML: line {parsed.fault.line}: {parsed.fault.message}")
        if parsed.has_doctype:
            raise UnusableSchema(f"{what} has a DOCTYPE; nothing that it may call for is read")
        root = parsed.root
        if not root.tag.startswith(RNG):
            raise UnusableSchema(f"{what} is no RELAX NG grammar: its root is {root.tag[:200]}")
        _name_namespaces(root)
        for one in list(root.iter(f"{RNG}include", f"{RNG}externalRef")):
            name = plain_name(one.get("href", ""))
            if name in within or self.left == 0:
                raise UnusableSchema(f"{name} is included within itself" if self.left else f"more than {FILES} files")
            self.left -= 1
            other = self.read(self.neighbour(name), (*within, name))
            if one.tag == f"{RNG}include":
                _include(one, other, name)
            elif one is root:
                return other
            else:
                _put_in_place(one, other)
        return root


def _put_in_place(one: Any, other: Any) -> None:
    if other.get("ns") is None and one.get("ns") is not None:
        other.set("ns", one.get("ns"))
    other.set("datatypeLibrary", other.get("datatypeLibrary", ""))
    other.tail = one.tail
    one.getparent().replace(one, other)


def _include(one: Any, other: Any, name: str) -> None:
    """Put a grammar where it is included, without what is defined anew there."""
    if other.tag != f"{RNG}grammar":
        raise UnusableSchema(f"{name} is included, and is no grammar")
    anew = {(part.tag, part.get("name")) for part in _definitions(one)}
    for part in list(_definitions(other)):
        if (part.tag, part.get("name")) in anew:
            part.getparent().remove(part)
    other.tag = f"{RNG}div"
    other.set("datatypeLibrary", other.get("datatypeLibrary", ""))
    one.tag = f"{RNG}div"
    del one.attrib["href"]
    one.insert(0, other)


def _definitions(within: Any) -> list[Any]:
    found = []
    waiting = list(within)
    while waiting:
        part = waiting.pop()
        if part.tag in (f"{RNG}define", f"{RNG}start"):
            found.append(part)
        elif part.tag == f"{RNG}div":
            waiting.extend(part)
    return found


def _name_namespaces(root: Any) -> None:
    """Say the namespace of each name that has a prefix: the prefix means nothing in another file."""
    from lxml import etree

    for one in list(root.iter(f"{RNG}element", f"{RNG}attribute", f"{RNG}name")):
        is_name = one.tag == f"{RNG}name"
        written = (one.text or "") if is_name else one.get("name", "")
        prefix, colon, local = written.strip().partition(":")
        if not colon:
            continue
        namespace = "http://www.w3.org/XML/1998/namespace" if prefix == "xml" else one.nsmap.get(prefix)
        if namespace is None:
            raise UnusableSchema(f"the prefix of {written.strip()[:200]} stands for no namespace")
        name = one
        if not is_name:
            name = etree.Element(f"{RNG}name")
            one.insert(0, name)
            del one.attrib["name"]
        name.set("ns", namespace)
        name.text = local

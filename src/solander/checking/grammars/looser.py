"""Our grammar for TEI as libxml2 takes time to the length of a document by it: looser at two places, judged beside it.

Where a choice of contents depends on an attribute (a ``list`` of ``type="gloss"``), or lies between text and an element
alone (``ab`` with an ``address``), libxml2 tries what stands there piece for piece, and takes time to their number
squared: 24,000 items took nine seconds, and take a quarter of one. What is right by the looser grammar and keeps
``holds`` is right by the grammar; what is not goes through the grammar itself.

Source: RELAX NG specification, 4.17 and 6.2.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_TEI = "{http://www.tei-c.org/ns/1.0}"


def loosened(grammar: Any) -> Any:
    """Loosen what a ``list`` and an ``ab`` may hold; the tree is changed, and given."""
    written = {one.get("name"): one for one in grammar.iter(f"{_RNG}define")}
    for mark in [one for one in grammar.iter(f"{_RNG}ref") if one.get("name") == "mark"]:
        # The same, written where it holds: an attribute in a definition of contents costs what a choice does.
        around = mark.getparent()
        at = around.index(mark)
        around[at : at + 1] = [deepcopy(part) for part in written["mark"]]
    for name in ("list", "ab"):
        for element in grammar.iter(f"{_RNG}element"):
            choice = element.find(f"{_RNG}choice")
            if element.get("name") == name and choice is not None:
                _loosen(element, choice)
    return grammar


def _loosen(element: Any, choice: Any) -> None:
    from lxml import etree

    for attribute in [one for part in choice for one in part.findall(f"{_RNG}attribute")]:
        at = element.index(choice)
        optional = etree.SubElement(element, f"{_RNG}optional")
        optional.append(attribute)
        element.insert(at, optional)
    if element.get("name") == "ab":
        # The same names as in the grammar: what repeats there in ``inlines`` repeats here with the address among it.
        repeated = etree.Element(f"{_RNG}zeroOrMore")
        among = etree.SubElement(repeated, f"{_RNG}choice")
        etree.SubElement(among, f"{_RNG}text")
        for name in ("inline", "address"):
            etree.SubElement(among, f"{_RNG}ref", name=name)
        element.replace(choice, repeated)


def holds(root: Any) -> bool:
    """Whether a document right by the looser grammar is so by the grammar: labels in glossaries, addresses alone."""
    for one in root.iter(f"{_TEI}list"):
        if (one.get("type") == "gloss") != (next(one.iterchildren(f"{_TEI}label"), None) is not None):
            return False
    for address in root.iter(f"{_TEI}address"):
        around = address.getparent()
        if around.tag == f"{_TEI}ab" and (
            len(around) > 1 or (around.text or "").strip() or (address.tail or "").strip()
        ):
            return False
    return True

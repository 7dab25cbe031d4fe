"""An Atom entry with Dublin Core terms, from the one description: what SWORD servers take as metadata.

Source: SWORD 2.0 Profile, 5.1 (``dcterms`` in the entry); RFC 4287; RFC 5023, 9.7 (``Slug``).
"""

from __future__ import annotations

from lxml import etree

from solander.encoding.xml_text import legal_text
from solander.model.deposit import Consignment
from solander.model.rights import HOLDER, rights_of

ATOM, TERMS = "http://www.w3.org/2005/Atom", "http://purl.org/dc/terms/"

_TAKEN = {
    "creator": "creator",
    "contributor": "contributor",
    "publisher": "publisher",
    "description": "abstract",
    "subject": "subject",
    "language": "language",
    "license": "license",
    HOLDER: HOLDER,
    "date": "issued",
    "modified": "modified",
    "relation": "relation",
    "identifier": "identifier",
}
"""Elements of the description, each with its term; the title and our own identifiers are written beside them."""


def sword_entry(consignment: Consignment) -> bytes:
    """The entry of a consignment; the object's and the bag's identifiers, by which it is found again, come first."""
    names = (consignment.identifier, consignment.bag_digest)
    described = consignment.description
    root = etree.Element(f"{{{ATOM}}}entry", nsmap={None: ATOM, "dcterms": TERMS})  # type: ignore[dict-item]

    def add(tag: str, value: str) -> None:
        etree.SubElement(root, tag).text = legal_text(value)

    moment = consignment.captured_at.strftime("%Y-%m-%dT%H:%M:%SZ") if consignment.captured_at else None
    add(f"{{{ATOM}}}title", consignment.title)
    add(f"{{{ATOM}}}id", consignment.identifier)
    add(f"{{{ATOM}}}updated", moment or f"{consignment.packed_on or '1970-01-01'}T00:00:00Z")
    for creator in described.values("creator") or (":unkn",):
        author = etree.SubElement(root, f"{{{ATOM}}}author")
        etree.SubElement(author, f"{{{ATOM}}}name").text = legal_text(creator)
    add(f"{{{TERMS}}}title", consignment.title)
    for name in names:
        add(f"{{{TERMS}}}identifier", name)
    for element, term in _TAKEN.items():
        for value in described.values(element):
            if value not in names:
                add(f"{{{TERMS}}}{term}", value)
    for statement in rights_of(described):
        if statement.refinement != "license":
            add(f"{{{TERMS}}}rights", statement.value)
    if consignment.uri:
        add(f"{{{TERMS}}}source", consignment.uri)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

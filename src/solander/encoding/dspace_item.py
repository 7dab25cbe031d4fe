"""What is said of an item in DSpace, from the one description: fields of its Dublin Core, each with its values.

The same fields go by its REST interface and in a package of the Simple Archive Format (``dublin_core.xml``).

Source: DSpace documentation, "Metadata and Bitstream Format Registries" and "Importing and Exporting Items via Simple
Archive Format"; https://wiki.lyrasis.org/display/DSDOC9x/Importing+and+Exporting+Items+via+Simple+Archive+Format
"""

from __future__ import annotations

from solander.encoding.w3c import day_of
from solander.encoding.xml_text import DECLARATION, escape_text
from solander.model.deposit import Consignment

OBJECT_FIELD = "dc.identifier.other"
"""In which the object's identifier and the bag's digest stand."""

_TAKEN = (
    ("dc.contributor.author", "creator"),
    ("dc.contributor", "contributor"),
    ("dc.publisher", "publisher"),
    ("dc.description.abstract", "description"),
    ("dc.subject", "subject"),
    ("dc.language.iso", "language"),
    ("dc.rights", "rights"),
    ("dc.rights.uri", "license"),
    ("dc.relation", "relation"),
)

Fields = tuple[tuple[str, tuple[str, ...]], ...]
"""Names of fields (``dc.title``), each with its values."""


def dspace_item(consignment: Consignment) -> Fields:
    """The fields of an item; what is not known is left out."""
    described = consignment.description
    names = (consignment.identifier, consignment.bag_digest)
    issued = day_of(described.values("date"))
    if issued is None and consignment.captured_at is not None:
        issued = consignment.captured_at.date().isoformat()
    fields = [
        ("dc.title", (consignment.title,)),
        (OBJECT_FIELD, names),
        ("dc.date.issued", (issued,) if issued else ()),
        ("dc.source.uri", (consignment.uri,) if consignment.uri else ()),
        *((field, described.values(element)) for field, element in _TAKEN),
    ]
    return tuple((name, tuple(dict.fromkeys(values))) for name, values in fields if values)


def dublin_core_xml(consignment: Consignment) -> bytes:
    """``dublin_core.xml`` of a package of the Simple Archive Format."""
    lines = []
    for name, values in dspace_item(consignment):
        _, element, *qualifier = name.split(".")
        tag = f'<dcvalue element="{element}" qualifier="{qualifier[0] if qualifier else "none"}">'
        lines += [f"  {tag}{escape_text(value)}</dcvalue>\n" for value in values]
    return f'{DECLARATION}<dublin_core schema="dc">\n{"".join(lines)}</dublin_core>\n'.encode()

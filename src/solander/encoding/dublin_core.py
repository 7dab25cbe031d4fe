"""A description as Dublin Core: the fifteen elements (oai_dc), and the terms that refine them (qualified Dublin Core).

Source: DCMI Metadata Terms (2020-01-20); Guidelines for implementing Dublin Core in XML (2003); OAI-PMH 2.0, oai_dc.
"""

from __future__ import annotations

import re

from solander.encoding.w3c import uri_reference, w3c_date
from solander.encoding.xml_text import DECLARATION, attributes, escape_text
from solander.model.bag_layout import DUBLIN_CORE_NAME, TERMS_NAME
from solander.model.description import ELEMENTS, Description, Statement
from solander.model.document import Document
from solander.model.language_tags import language_tag

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
RECORD = "http://dublincore.org/xml/dc-record/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

_REFINED = {
    "title": "alternative",
    "description": "abstract tableOfContents",
    "date": "available created dateAccepted dateCopyrighted dateSubmitted issued modified valid",
    "format": "extent medium",
    "identifier": "bibliographicCitation",
    "relation": "conformsTo hasFormat hasPart hasVersion isFormatOf isPartOf isReferencedBy isReplacedBy isRequiredBy "
    "isVersionOf references replaces requires",
    "coverage": "spatial temporal",
    "rights": "accessRights license",
    "": "audience educationLevel mediator provenance rightsHolder",
}
TERMS = {term: element for element, terms in _REFINED.items() for term in terms.split()}
"""Terms that are written by their own name, and the element that each refines (none: empty).

Any other refinement falls back on its statement's element.
"""

TYPES = frozenset(
    (
        *("Collection", "Dataset", "Event", "Image", "InteractiveResource", "MovingImage", "PhysicalObject", "Service"),
        *("Software", "Sound", "StillImage", "Text"),
    )
)
"""The DCMI Type Vocabulary."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TIME_WITHOUT_ZONE = re.compile(r"T[0-9:.]+\Z")
_BLANK = " \t\r\n"


def dc_element(description: Description, indent: str = "") -> str:
    """The ``oai_dc:dc`` element, each line after ``indent``: the record as it stands in the TEI header."""
    lines = [f'{indent}<oai_dc:dc xmlns:oai_dc="{OAI_DC}" xmlns:dc="{DC}">']
    # Of the dates only the one of publication: without its refinement nobody could tell it from a correction's. Where
    # none is known, that of the last change is the page's one date (DCMI: ``modified`` refines ``date``).
    dated = (None, "issued") if description.of("date") else ("modified",)
    for statement in _chosen(description):
        if statement.element == "date" and statement.refinement not in dated:
            continue
        language = attributes({"xml:lang": _language(statement)})
        lines.append(
            f"{indent}  <dc:{statement.element}{language}>{escape_text(statement.value)}</dc:{statement.element}>"
        )
    lines.append(f"{indent}</oai_dc:dc>")
    return "".join(f"{line}\n" for line in lines)


def encode_dc(description: Description) -> Document:
    """The record in the fifteen elements: ``metadata/dc.xml``."""
    return Document(name=DUBLIN_CORE_NAME, namespace=OAI_DC, content=(DECLARATION + dc_element(description)).encode())


def encode_dcterms(description: Description) -> Document:
    """The record in the refined terms, values typed where they keep the type: ``metadata/dcterms.xml``."""
    namespaces = {"xmlns": RECORD, "xmlns:dc": DC, "xmlns:dcterms": DCTERMS, "xmlns:xsi": XSI}
    lines = [f"<qualifieddc{attributes(namespaces)}>"]
    for statement in _chosen(description):
        name = f"dc:{statement.element}"
        if statement.refinement in TERMS:
            name = f"dcterms:{statement.refinement}"
        # The encoding schemes of the DCMI's XSD prohibit xml:lang: what is in a code is in no language.
        encoding = _type(statement)
        known = attributes({"xsi:type": encoding, "xml:lang": None if encoding else _language(statement)})
        lines.append(f"  <{name}{known}>{escape_text(statement.value)}</{name}>")
    lines.append("</qualifieddc>")
    content = DECLARATION + "".join(f"{line}\n" for line in lines)
    return Document(name=TERMS_NAME, namespace=RECORD, content=content.encode())


def _chosen(description: Description) -> list[Statement]:
    """The statements of the record, by element in the order of the standard; each value once."""
    order = {element: place for place, element in enumerate(ELEMENTS)}
    chosen: dict[tuple[str, str | None, str], Statement] = {}
    for statement in description.statements:
        if statement.chosen and statement.element in order and statement.value.strip(_BLANK):
            chosen.setdefault((statement.element, statement.refinement, statement.value), statement)
    return sorted(chosen.values(), key=lambda one: order[one.element])


def _language(statement: Statement) -> str | None:
    return language_tag(statement.language) if statement.language else None


def _type(statement: Statement) -> str | None:
    """The syntax of the value, claimed only where it is kept."""
    value, refinement = statement.value, statement.refinement
    element = TERMS.get(refinement or "", statement.element)
    if element == "date" and w3c_date(value) == value and not _TIME_WITHOUT_ZONE.search(value):
        return "dcterms:W3CDTF"
    if element in ("identifier", "source", "relation") or refinement == "license":
        return "dcterms:URI" if _SCHEME.match(value) and uri_reference(value) == value else None
    if element == "language" and language_tag(value) == value:
        return "dcterms:RFC4646"
    if element == "type" and value in TYPES:
        return "dcterms:DCMIType"
    return None

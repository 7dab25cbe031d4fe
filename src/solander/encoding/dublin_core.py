"""A description as Dublin Core: the fifteen elements (oai_dc), and the terms that refine them (qualified Dublin Core).

Source: DCMI Metadata Terms (2020-01-20); Guidelines for implementing Dublin Core in XML (2003); OAI-PMH 2.0, oai_dc.
"""

from __future__ import annotations

import re

from solander.encoding.w3c import uri_reference, w3c_date
from solander.encoding.xml_text import DECLARATION, attributes, escape_text
from solander.model.description import ELEMENTS, Description, Statement
from solander.model.document import Document

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
RECORD = "http://dublincore.org/xml/dc-record/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

TERMS = frozenset(
    [
        "abstract",
        "alternative",
        "available",
        "bibliographicCitation",
        "created",
        "dateSubmitted",
        "hasPart",
        "hasVersion",
        "isPartOf",
        "isVersionOf",
        "issued",
        "license",
        "modified",
        "provenance",
        "references",
        "rightsHolder",
        "spatial",
        "temporal",
        "tableOfContents",
    ]
)
"""Refinements that are written as terms of their own; any other falls back on its element."""

_TYPES = frozenset(
    ("Text", "Collection", "Dataset", "Image", "InteractiveResource", "MovingImage", "Sound", "StillImage")
)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*\Z")


def dc_element(description: Description, indent: str = "") -> str:
    """The ``oai_dc:dc`` element, each line after ``indent``: the record as it stands in the TEI header."""
    lines = [f'{indent}<oai_dc:dc xmlns:oai_dc="{OAI_DC}" xmlns:dc="{DC}">']
    for statement in _chosen(description):
        language = attributes({"xml:lang": _language(statement)})
        lines.append(
            f"{indent}  <dc:{statement.element}{language}>{escape_text(statement.value)}</dc:{statement.element}>"
        )
    lines.append(f"{indent}</oai_dc:dc>")
    return "".join(f"{line}\n" for line in lines)


def encode_dc(description: Description) -> Document:
    """The record in the fifteen elements: ``metadata/dc.xml``."""
    return Document(name="metadata/dc.xml", namespace=OAI_DC, content=(DECLARATION + dc_element(description)).encode())


def encode_dcterms(description: Description) -> Document:
    """The record in the refined terms, values typed where they keep the type: ``metadata/dcterms.xml``."""
    namespaces = {"xmlns": RECORD, "xmlns:dc": DC, "xmlns:dcterms": DCTERMS, "xmlns:xsi": XSI}
    lines = [f"<qualifieddc{attributes(namespaces)}>"]
    for statement in _chosen(description):
        name = f"dc:{statement.element}"
        if statement.refinement in TERMS:
            name = f"dcterms:{statement.refinement}"
        typed = attributes({"xsi:type": _type(statement), "xml:lang": _language(statement)})
        lines.append(f"  <{name}{typed}>{escape_text(statement.value)}</{name}>")
    lines.append("</qualifieddc>")
    content = DECLARATION + "".join(f"{line}\n" for line in lines)
    return Document(name="metadata/dcterms.xml", namespace=DCTERMS, content=content.encode())


def _chosen(description: Description) -> list[Statement]:
    """The statements of the record, by element in the order of the standard; each value once."""
    order = {element: place for place, element in enumerate(ELEMENTS)}
    chosen: dict[tuple[str, str | None, str], Statement] = {}
    for statement in description.statements:
        if statement.chosen and statement.element in order:
            chosen.setdefault((statement.element, statement.refinement, statement.value), statement)
    return sorted(chosen.values(), key=lambda one: order[one.element])


def _language(statement: Statement) -> str | None:
    return statement.language if statement.language and _LANGUAGE.match(statement.language) else None


def _type(statement: Statement) -> str | None:
    """The syntax of the value, claimed only where it is kept."""
    if statement.element == "date" and w3c_date(statement.value) == statement.value:
        return "dcterms:W3CDTF"
    if statement.element in ("identifier", "source", "relation") or statement.refinement == "license":
        has_scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", statement.value)
        return "dcterms:URI" if has_scheme and uri_reference(statement.value) == statement.value else None
    if statement.element == "language" and _LANGUAGE.match(statement.value):
        return "dcterms:RFC4646"
    if statement.element == "type" and statement.value in _TYPES:
        return "dcterms:DCMIType"
    return None

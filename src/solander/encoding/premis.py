"""Objects, events and agents as PREMIS: what was done to the page, when, by what.

Source: PREMIS Data Dictionary 3.0; Library of Congress vocabularies of event types, relationship types and
cryptographic hash functions; PRONOM.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from solander.encoding.xml_text import Outline
from solander.model.capture import written_moment
from solander.model.document import Document
from solander.model.fixity import VOCABULARY_NAMES, Digest
from solander.model.identifiers import named
from solander.model.provenance import Agent, Event, agent_name

PREMIS = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

PRONOM = {
    "application/gzip": "x-fmt/266",
    "application/json": "fmt/817",
    "application/tei+xml": "fmt/101",
    "application/xml": "fmt/101",
    "text/html": "fmt/96",
    "text/plain": "x-fmt/111",
}
"""The format's PUID, by media type; where the version is not certain, that of the family (HTML of any version)."""


class PremisObject(NamedTuple):
    """A file, as PREMIS wants to know it."""

    name: str
    """The path within the bag."""
    media_type: str
    size_bytes: int | None = None
    """``None`` of a file that is written after this record: its digest stands in the tag manifest alone."""
    digests: tuple[Digest, ...] = ()
    original_name: str | None = None
    """The name of the file in which it was received."""
    derived_from: str | None = None
    """The path of the file from which it was made."""


def encode_premis(*, identifier: str, objects: Sequence[PremisObject], events: Sequence[Event]) -> Document:
    """Write ``metadata/premis.xml``: the intellectual entity, its files, the events, the agents.

    Args:
        identifier: the object's ``urn:uuid``.
        objects: the files that the bag holds.
        events: in the order in which they happened.
    """
    out = Outline()
    out.open("premis", xmlns=PREMIS, xmlns__xsi=XSI, version="3.0")
    out.open("object", xsi__type="intellectualEntity")
    _identifier(out, "object", "URN", identifier)
    out.close()
    for one in objects:
        _file(out, one, identifier, events)
    for event in events:
        _event(out, event, identifier)
    for agent in dict.fromkeys(event.agent for event in events if event.agent):
        _agent(out, agent)
    out.close()
    return Document(name="metadata/premis.xml", namespace=PREMIS, content=out.document())


def event_identifier(event: Event, whole: str) -> str:
    """The ``urn:uuid`` of an event: another for each version and moment, the same for the same event.

    Args:
        whole: the object's ``urn:uuid``.
    """
    moment = written_moment(event.at) if event.at else ""
    return named("\n".join((whole, str(event.version or ""), event.kind, moment)))


def capture_told(content: bytes) -> tuple[str, ...]:
    """What a record of ours tells of the capture, in sentences, who captured first; nothing where it tells nothing.

    Raises:
        ValueError: it is no XML.
    """
    from lxml import etree  # late: only who looks into a bag reads this back

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is not well-formed XML, or nests too deep; line {error.position[0]}") from error
    for event in root.iterfind(f"{{{PREMIS}}}event"):
        if event.findtext(f"{{{PREMIS}}}eventType") == "capture":
            detail = event.findtext(f"{{{PREMIS}}}eventDetailInformation/{{{PREMIS}}}eventDetail") or ""
            agent = event.findtext(f"{{{PREMIS}}}linkingAgentIdentifier/{{{PREMIS}}}linkingAgentIdentifierValue")
            by = (f"Captured by {agent}.",) if agent else ()
            return (*by, *re.split(r"(?<=\.) (?=[A-Z])", detail))
    return ()


def _identifier(out: Outline, kind: str, identifier_type: str, value: str) -> None:
    out.open(f"{kind}Identifier")
    out.leaf(f"{kind}IdentifierType", identifier_type)
    out.leaf(f"{kind}IdentifierValue", value)
    out.close()


def _file(out: Outline, one: PremisObject, whole: str, events: Sequence[Event]) -> None:
    out.open("object", xsi__type="file")
    _identifier(out, "object", "bag path", one.name)
    out.open("objectCharacteristics")
    for digest in one.digests:
        out.open("fixity")
        out.leaf("messageDigestAlgorithm", VOCABULARY_NAMES.get(digest.algorithm, digest.algorithm))
        out.leaf("messageDigest", digest.value)
        out.close()
    if one.size_bytes is not None:
        out.leaf("size", str(one.size_bytes))
    out.open("format")
    out.open("formatDesignation")
    out.leaf("formatName", one.media_type)
    out.close()
    if one.media_type in PRONOM:
        out.open("formatRegistry")
        out.leaf("formatRegistryName", "PRONOM")
        out.leaf("formatRegistryKey", PRONOM[one.media_type])
        out.close()
    out.close()
    out.close()
    if one.original_name:
        out.leaf("originalName", one.original_name)
    _relationship(out, "structural", "is part of", "URN", whole)
    if one.derived_from:
        by = next((event for event in events if one.name in event.made and one.derived_from in event.used), None)
        _relationship(
            out,
            "derivation",
            "has source",
            "bag path",
            one.derived_from,
            event=event_identifier(by, whole) if by else None,
        )
    out.close()


def _relationship(
    out: Outline, kind: str, within: str, identifier_type: str, value: str, *, event: str | None = None
) -> None:
    out.open("relationship")
    out.leaf("relationshipType", kind)
    out.leaf("relationshipSubType", within)
    out.open("relatedObjectIdentifier")
    out.leaf("relatedObjectIdentifierType", identifier_type)
    out.leaf("relatedObjectIdentifierValue", value)
    out.close()
    if event:
        out.open("relatedEventIdentifier")
        out.leaf("relatedEventIdentifierType", "URN")
        out.leaf("relatedEventIdentifierValue", event)
        out.close()
    out.close()


def _event(out: Outline, event: Event, whole: str) -> None:
    out.open("event")
    _identifier(out, "event", "URN", event_identifier(event, whole))
    out.leaf("eventType", event.kind)
    # EDTF level 1: an event took place, and its moment was not recorded.
    out.leaf("eventDateTime", written_moment(event.at) if event.at else "XXXX")
    if event.detail:
        out.open("eventDetailInformation")
        out.leaf("eventDetail", event.detail)
        out.close()
    if event.outcome:
        out.open("eventOutcomeInformation")
        out.leaf("eventOutcome", event.outcome)
        out.close()
    if event.agent:
        out.open("linkingAgentIdentifier")
        out.leaf("linkingAgentIdentifierType", "local")
        out.leaf("linkingAgentIdentifierValue", agent_name(event.agent))
        out.leaf("linkingAgentRole", "executing program" if event.agent.kind == "software" else "implementer")
        out.close()
    links = [(name, "source") for name in event.used] + [(name, "outcome") for name in event.made]
    for name, role in links:
        out.open("linkingObjectIdentifier")
        out.leaf("linkingObjectIdentifierType", "URN" if name == whole else "bag path")
        out.leaf("linkingObjectIdentifierValue", name)
        out.leaf("linkingObjectRole", role)
        out.close()
    out.close()


def _agent(out: Outline, agent: Agent) -> None:
    out.open("agent")
    _identifier(out, "agent", "local", agent_name(agent))
    out.leaf("agentName", agent.name)
    out.leaf("agentType", agent.kind)
    if agent.version:
        out.leaf("agentVersion", agent.version)
    out.close()

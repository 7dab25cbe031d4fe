"""Objects, events and agents as PREMIS: what was done to the page, when, by what.

Source: PREMIS Data Dictionary 3.0; Library of Congress vocabularies of event types and relationship types.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from solander.encoding.xml_text import Outline
from solander.model.document import Document
from solander.model.fixity import Digest
from solander.model.provenance import Agent, Event

PREMIS = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


class PremisObject(NamedTuple):
    """A file, as PREMIS wants to know it."""

    name: str
    """The path within the bag."""
    size_bytes: int
    digests: tuple[Digest, ...]
    media_type: str


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
    _identifier(out, "object", "UUID", identifier)
    out.close()
    for one in objects:
        _file(out, one, identifier)
    for number, event in enumerate(events, start=1):
        _event(out, event, number, identifier)
    for agent in dict.fromkeys(event.agent for event in events):
        _agent(out, agent)
    out.close()
    return Document(name="metadata/premis.xml", namespace=PREMIS, content=out.document())


def agent_name(agent: Agent) -> str:
    """How an agent is pointed to: its name and version."""
    return f"{agent.name} {agent.version}" if agent.version else agent.name


def _identifier(out: Outline, kind: str, identifier_type: str, value: str) -> None:
    out.open(f"{kind}Identifier")
    out.leaf(f"{kind}IdentifierType", identifier_type)
    out.leaf(f"{kind}IdentifierValue", value)
    out.close()


def _file(out: Outline, one: PremisObject, whole: str) -> None:
    out.open("object", xsi__type="file")
    _identifier(out, "object", "bag path", one.name)
    out.open("objectCharacteristics")
    for digest in one.digests:
        out.open("fixity")
        out.leaf("messageDigestAlgorithm", digest.algorithm)
        out.leaf("messageDigest", digest.value)
        out.close()
    out.leaf("size", str(one.size_bytes))
    out.open("format")
    out.open("formatDesignation")
    out.leaf("formatName", one.media_type)
    out.close()
    out.close()
    out.close()
    out.open("relationship")
    out.leaf("relationshipType", "structural")
    out.leaf("relationshipSubType", "is part of")
    out.open("relatedObjectIdentifier")
    out.leaf("relatedObjectIdentifierType", "UUID")
    out.leaf("relatedObjectIdentifierValue", whole)
    out.close()
    out.close()
    out.close()


def _event(out: Outline, event: Event, number: int, whole: str) -> None:
    out.open("event")
    _identifier(out, "event", "local", f"event-{number}")
    out.leaf("eventType", event.kind)
    out.leaf("eventDateTime", _moment(event.at))
    if event.detail:
        out.open("eventDetailInformation")
        out.leaf("eventDetail", event.detail)
        out.close()
    out.open("eventOutcomeInformation")
    out.leaf("eventOutcome", event.outcome)
    out.close()
    out.open("linkingAgentIdentifier")
    out.leaf("linkingAgentIdentifierType", "local")
    out.leaf("linkingAgentIdentifierValue", agent_name(event.agent))
    out.leaf("linkingAgentRole", "executing program" if event.agent.kind == "software" else "implementer")
    out.close()
    links = [(name, "source") for name in event.used] + [(name, "outcome") for name in event.made]
    for name, role in links:
        out.open("linkingObjectIdentifier")
        out.leaf("linkingObjectIdentifierType", "UUID" if name == whole else "bag path")
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


def _moment(at: datetime | None) -> str:
    # EDTF level 1: an event took place, and its moment was not recorded.
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else "XXXX"

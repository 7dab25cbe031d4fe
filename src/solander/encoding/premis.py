"""Objects, events and agents as PREMIS: what was done to the page, when, by what.

Source: PREMIS Data Dictionary 3.0; Library of Congress vocabularies of event types, relationship types and
cryptographic hash functions; PRONOM.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from solander.encoding.xml_text import DECLARATION, escape_text
from solander.model.bag_layout import PROVENANCE_NAME
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
    names = {id(event): event_identifier(event, identifier) for event in events}
    parts = [
        f'<premis xmlns="{PREMIS}" xmlns:xsi="{XSI}" version="3.0">\n',
        f'  <object xsi:type="intellectualEntity">\n{_identifier("object", "URN", identifier)}  </object>\n',
    ]
    for one in objects:
        by = next((event for event in events if one.name in event.made and one.derived_from in event.used), None)
        parts.append(_file(one, identifier, names[id(by)] if by else None))
    parts += [_event(event, names[id(event)], identifier) for event in events]
    parts += [_agent(agent) for agent in dict.fromkeys(event.agent for event in events if event.agent)]
    content = DECLARATION + "".join(parts) + "</premis>\n"
    return Document(name=PROVENANCE_NAME, namespace=PREMIS, content=content.encode())


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


# The elements stand here as they are written: a record has hundreds, and to put each together from its name and its
# depth took four times as long.


def _identifier(kind: str, identifier_type: str, value: str) -> str:
    return f"""\
    <{kind}Identifier>
      <{kind}IdentifierType>{identifier_type}</{kind}IdentifierType>
      <{kind}IdentifierValue>{escape_text(value)}</{kind}IdentifierValue>
    </{kind}Identifier>
"""


def _file(one: PremisObject, whole: str, made_by: str | None) -> str:
    fixity = "".join([_fixity(digest) for digest in one.digests])
    size = f"      <size>{one.size_bytes}</size>\n" if one.size_bytes is not None else ""
    original = f"    <originalName>{escape_text(one.original_name)}</originalName>\n" if one.original_name else ""
    source = (
        _relationship("derivation", "has source", "bag path", one.derived_from, made_by) if one.derived_from else ""
    )
    return f"""\
  <object xsi:type="file">
{_identifier("object", "bag path", one.name)}\
    <objectCharacteristics>
{fixity}\
{size}\
      <format>
        <formatDesignation>
          <formatName>{escape_text(one.media_type)}</formatName>
        </formatDesignation>
{_registry(one.media_type)}\
      </format>
    </objectCharacteristics>
{original}\
{_relationship("structural", "is part of", "URN", whole)}\
{source}\
  </object>
"""


def _fixity(digest: Digest) -> str:
    return f"""\
      <fixity>
        <messageDigestAlgorithm>{VOCABULARY_NAMES.get(digest.algorithm, digest.algorithm)}</messageDigestAlgorithm>
        <messageDigest>{digest.value}</messageDigest>
      </fixity>
"""


def _registry(media_type: str) -> str:
    if media_type not in PRONOM:
        return ""
    return f"""\
        <formatRegistry>
          <formatRegistryName>PRONOM</formatRegistryName>
          <formatRegistryKey>{PRONOM[media_type]}</formatRegistryKey>
        </formatRegistry>
"""


def _relationship(kind: str, within: str, identifier_type: str, value: str, event: str | None = None) -> str:
    related = f"""\
      <relatedEventIdentifier>
        <relatedEventIdentifierType>URN</relatedEventIdentifierType>
        <relatedEventIdentifierValue>{event}</relatedEventIdentifierValue>
      </relatedEventIdentifier>
"""
    return f"""\
    <relationship>
      <relationshipType>{kind}</relationshipType>
      <relationshipSubType>{within}</relationshipSubType>
      <relatedObjectIdentifier>
        <relatedObjectIdentifierType>{identifier_type}</relatedObjectIdentifierType>
        <relatedObjectIdentifierValue>{escape_text(value)}</relatedObjectIdentifierValue>
      </relatedObjectIdentifier>
{related if event else ""}\
    </relationship>
"""


def _event(event: Event, name: str, whole: str) -> str:
    links = [_link(one, "source", whole) for one in event.used] + [_link(one, "outcome", whole) for one in event.made]
    # EDTF level 1: an event took place, and its moment was not recorded.
    moment = written_moment(event.at) if event.at else "XXXX"
    return f"""\
  <event>
{_identifier("event", "URN", name)}\
    <eventType>{escape_text(event.kind)}</eventType>
    <eventDateTime>{moment}</eventDateTime>
{_within("eventDetailInformation", "eventDetail", event.detail)}\
{_within("eventOutcomeInformation", "eventOutcome", event.outcome)}\
{_done_by(event.agent) if event.agent else ""}\
{"".join(links)}\
  </event>
"""


def _within(holder: str, name: str, text: str | None) -> str:
    return f"    <{holder}>\n      <{name}>{escape_text(text)}</{name}>\n    </{holder}>\n" if text else ""


def _done_by(agent: Agent) -> str:
    return f"""\
    <linkingAgentIdentifier>
      <linkingAgentIdentifierType>local</linkingAgentIdentifierType>
      <linkingAgentIdentifierValue>{escape_text(agent_name(agent))}</linkingAgentIdentifierValue>
      <linkingAgentRole>{"executing program" if agent.kind == "software" else "implementer"}</linkingAgentRole>
    </linkingAgentIdentifier>
"""


def _link(name: str, role: str, whole: str) -> str:
    return f"""\
    <linkingObjectIdentifier>
      <linkingObjectIdentifierType>{"URN" if name == whole else "bag path"}</linkingObjectIdentifierType>
      <linkingObjectIdentifierValue>{escape_text(name)}</linkingObjectIdentifierValue>
      <linkingObjectRole>{role}</linkingObjectRole>
    </linkingObjectIdentifier>
"""


def _agent(agent: Agent) -> str:
    version = f"    <agentVersion>{escape_text(agent.version)}</agentVersion>\n" if agent.version else ""
    return f"""\
  <agent>
{_identifier("agent", "local", agent_name(agent))}\
    <agentName>{escape_text(agent.name)}</agentName>
    <agentType>{agent.kind}</agentType>
{version}\
  </agent>
"""

"""Answers of OAI-PMH 2.0 as XML: the envelope, headers, records and errors.

Source: OAI-PMH 2.0 (2015-01-08), 3.2, 3.6 and 4; ``OAI-PMH.xsd``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from solander.encoding.datacite import KERNEL
from solander.encoding.datacite_xml import SCHEMA
from solander.encoding.xml_text import DECLARATION, attributes, escape_text
from solander.model.capture import written_moment
from solander.model.catalogue import Item

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"

FORMATS = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/"),
    "tei": ("https://vault.tei-c.org/P5/current/xml/tei/custom/schema/xsd/tei_all.xsd", "http://www.tei-c.org/ns/1.0"),
    "datacite": (SCHEMA, KERNEL),
}
"""Prefix, schema and namespace of what is given."""


def envelope(base: str, request: Mapping[str, str], body: str, at: datetime) -> bytes:
    """A whole answer.

    Args:
        base: the address of the provider.
        request: the arguments that are told back; none where they were bad.
        body: XML.
        at: the moment of the answer.
    """
    root = {
        "xmlns": NAMESPACE,
        "xmlns:xsi": _XSI,
        "xsi:schemaLocation": f"{NAMESPACE} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
    }
    return (
        f"{DECLARATION}<OAI-PMH{attributes(root)}>\n<responseDate>{written_moment(at)}</responseDate>\n"
        f"<request{attributes(dict(request))}>{escape_text(base)}</request>\n{body}</OAI-PMH>\n"
    ).encode()


def error(code: str, message: str) -> str:
    """An error of the protocol, which is an answer like any other."""
    return f"<error{attributes({'code': code})}>{escape_text(message)}</error>\n"


def header(item: Item) -> str:
    """An item's header."""
    status = attributes({"status": "deleted"}) if item.is_deleted else ""
    sets = "".join(f"<setSpec>{escape_text(one)}</setSpec>" for one in item.sets)
    return (
        f"<header{status}><identifier>{escape_text(item.identifier)}</identifier>"
        f"<datestamp>{written_moment(item.stamp)}</datestamp>{sets}</header>\n"
    )


def record(item: Item, metadata: str) -> str:
    """A record: the header, and what stands below ``metadata`` unless the item is gone."""
    inner = "" if item.is_deleted else f"<metadata>\n{metadata}</metadata>\n"
    return f"<record>\n{header(item)}{inner}</record>\n"


def located(dublin_core: str) -> str:
    """A record of Dublin Core with the place of its schema, which harvesters look for."""
    schema, namespace = FORMATS["oai_dc"]
    place = attributes({"xmlns:xsi": _XSI, "xsi:schemaLocation": f"{namespace} {schema}"})
    return dublin_core.replace("<oai_dc:dc", f"<oai_dc:dc{place}", 1)


def identify(name: str, base: str, email: str, earliest: datetime) -> str:
    """Who answers, and how."""
    lines = {
        "repositoryName": name,
        "baseURL": base,
        "protocolVersion": "2.0",
        "adminEmail": email,
        "earliestDatestamp": written_moment(earliest),
        "deletedRecord": "transient",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }
    return f"<Identify>\n{_leaves(lines)}</Identify>\n"


def formats(prefixes: Sequence[str]) -> str:
    """The formats of an item, or of all."""
    parts = (
        f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix><schema>{FORMATS[prefix][0]}</schema>"
        f"<metadataNamespace>{FORMATS[prefix][1]}</metadataNamespace></metadataFormat>\n"
        for prefix in prefixes
    )
    return f"<ListMetadataFormats>\n{''.join(parts)}</ListMetadataFormats>\n"


def sets(specs: Sequence[str], token: str) -> str:
    """The sets, each named by what it holds."""
    parts = (
        f"<set><setSpec>{escape_text(one)}</setSpec><setName>{escape_text(_named(one))}</setName></set>\n"
        for one in specs
    )
    return f"<ListSets>\n{''.join(parts)}{token}</ListSets>\n"


def resumption(token: str, size: int | None = None, cursor: int | None = None) -> str:
    """A resumption token; an empty one ends a list that was given in parts."""
    told = {
        "completeListSize": str(size) if size is not None else None,
        "cursor": str(cursor) if cursor is not None else None,
    }
    return f"<resumptionToken{attributes(told)}>{escape_text(token)}</resumptionToken>\n"


def _named(spec: str) -> str:
    kind, _, value = spec.partition(":")
    return f"Pages of {value}" if value else f"Pages by {kind}"


def _leaves(values: Mapping[str, str]) -> str:
    return "".join(f"<{name}>{escape_text(value)}</{name}>\n" for name, value in values.items())

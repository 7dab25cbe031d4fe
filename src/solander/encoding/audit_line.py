"""The log of audits: one JSON object a line, of one check of one bag. ``parse_audited`` undoes ``format_audited``.

A line is written whole; one that was cut, because its writer was killed or the power failed, is told from one that was
never a line of such a log by how it begins.

Source: ``schemas/solander-audit.schema.json``; RFC 8259.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from solander.encoding.json_line import is_torn_line, json_line, parse_line, text_in
from solander.model.audit import OUTCOMES, Audited
from solander.model.capture import whole_seconds, written_moment
from solander.model.identifiers import AUDIT_SCHEMA
from solander.model.provenance import Agent

_OPENING = f'{{"schema": "{AUDIT_SCHEMA}", "bag": "'.encode()


def audited_value(audited: Audited) -> dict[str, Any]:
    """A check in JSON's types; ``identifier`` is left out where there is none."""
    return {
        "schema": AUDIT_SCHEMA,
        "bag": audited.bag,
        **({"identifier": audited.identifier} if audited.identifier else {}),
        "at": written_moment(audited.at),
        "outcome": audited.outcome,
        "codes": list(audited.codes),
        "manifests": dict(audited.manifests),
        "files": audited.files,
        "bytes": audited.size_bytes,
        "agent": {"name": audited.agent.name, "version": audited.agent.version},
    }


def format_audited(audited: Audited) -> bytes:
    """A line of the log, with its line feed; lone surrogates, which no UTF-8 can hold, are written as escapes."""
    return json_line(audited_value(audited))


def parse_audited(line: bytes) -> Audited:
    """Read a line of the log; members that are not known are passed over.

    Raises:
        ValueError: it is no JSON, or not of this form.
    """
    audited = parse_line(line, _audited)
    if audited.outcome not in OUTCOMES:
        raise ValueError(f"{audited.outcome!r} is no outcome of an audit")
    return audited


def _audited(value: Any) -> Audited:
    at = datetime.fromisoformat(value["at"])
    return Audited(
        bag=text_in(value["bag"]),
        identifier=text_in(value["identifier"]) if "identifier" in value else None,
        at=whole_seconds(at) or at,
        outcome=text_in(value["outcome"]),
        codes=tuple(text_in(code) for code in value["codes"]),
        manifests=tuple(sorted((name, text_in(digest)) for name, digest in value["manifests"].items())),
        files=_number(value["files"]),
        size_bytes=_number(value["bytes"]),
        agent=Agent(text_in(value["agent"]["name"]), text_in(value["agent"]["version"])),
    )


def is_torn(line: bytes) -> bool:
    """Whether this is the beginning of a line that was never finished; the rest of it may be NULs, or nothing."""
    return is_torn_line(line, _OPENING)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(f"{value!r} is no number of files or bytes")
    return value

"""The log of audits: one JSON object a line, of one check of one bag. ``parse_audited`` undoes ``format_audited``.

A line is written whole; one that was cut, because its writer was killed or the power failed, is told from one that was
never a line of such a log by how it begins.

Source: ``schemas/solander-audit.schema.json``; RFC 8259.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

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
    value = audited_value(audited)
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode() + b"\n"


def parse_audited(line: bytes) -> Audited:
    """Read a line of the log; members that are not known are passed over.

    Raises:
        ValueError: it is no JSON, or not of this form.
    """
    try:
        value = json.loads(line)
        at = datetime.fromisoformat(value["at"])
        audited = Audited(
            bag=_text(value["bag"]),
            identifier=_text(value["identifier"]) if "identifier" in value else None,
            at=whole_seconds(at) or at,
            outcome=_text(value["outcome"]),
            codes=tuple(_text(code) for code in value["codes"]),
            manifests=tuple(sorted((name, _text(digest)) for name, digest in value["manifests"].items())),
            files=_number(value["files"]),
            size_bytes=_number(value["bytes"]),
            agent=Agent(_text(value["agent"]["name"]), _text(value["agent"]["version"])),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"it lacks what such a line says, or says it in another form ({error})") from error
    if audited.outcome not in OUTCOMES:
        raise ValueError(f"{audited.outcome!r} is no outcome of an audit")
    return audited


def is_torn(line: bytes) -> bool:
    """Whether this is the beginning of a line that was never finished; the rest of it may be NULs, or nothing."""
    written = line.rstrip(b"\0")
    if _OPENING.startswith(written):
        return True
    if not written.startswith(_OPENING):
        return False
    try:
        json.loads(written)
    except (ValueError, RecursionError):
        return True
    return False


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(f"{value!r} is no number of files or bytes")
    return value

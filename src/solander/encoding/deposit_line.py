"""The journal of deposits: one JSON object a line, of one step. ``parse_step`` undoes ``format_step``.

A line is written whole; one that was cut, because its writer was killed or the power failed, is told from one that was
never a line of such a journal by how it begins.

Source: ``schemas/solander-deposit-step.schema.json``; RFC 8259.
"""

from __future__ import annotations

import json
from datetime import datetime

from solander.model.capture import whole_seconds, written_moment
from solander.model.deposit import Step
from solander.model.identifiers import DEPOSIT_STEP_SCHEMA
from solander.model.provenance import Agent

_OPENING = f'{{"schema": "{DEPOSIT_STEP_SCHEMA}", "target": "'.encode()


def format_step(step: Step) -> bytes:
    """A line of the journal, with its line feed; lone surrogates, which no UTF-8 can hold, are written as escapes."""
    value = {
        "schema": DEPOSIT_STEP_SCHEMA,
        "target": step.target,
        "identifier": step.identifier,
        "version": step.version,
        "bag": step.bag,
        "bag_digest": step.bag_digest,
        "at": written_moment(step.at),
        "step": step.step,
        **({"record": step.record} if step.record is not None else {}),
        **({"facts": dict(step.facts)} if step.facts else {}),
        "agent": {"name": step.agent.name, "version": step.agent.version},
    }
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode() + b"\n"


def parse_step(line: bytes) -> Step:
    """Read a line of the journal; members that are not known are passed over.

    Raises:
        ValueError: it is no JSON, or not of this form.
    """
    try:
        value = json.loads(line)
        at = datetime.fromisoformat(value["at"])
        return Step(
            target=_text(value["target"]),
            identifier=_text(value["identifier"]),
            version=int(value["version"]),
            bag=_text(value["bag"]),
            bag_digest=_text(value["bag_digest"]),
            at=whole_seconds(at) or at,
            step=_text(value["step"]),
            record=_text(value["record"]) if "record" in value else None,
            facts=tuple((name, _text(fact)) for name, fact in value.get("facts", {}).items()),
            agent=Agent(_text(value["agent"]["name"]), _text(value["agent"]["version"])),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"it lacks what such a line says, or says it in another form ({error})") from error


def is_torn_step(line: bytes) -> bool:
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

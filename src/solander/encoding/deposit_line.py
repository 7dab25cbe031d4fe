"""The journal of deposits: one JSON object a line, of one step. ``parse_step`` undoes ``format_step``.

A line is written whole; one that was cut, because its writer was killed or the power failed, is told from one that was
never a line of such a journal by how it begins.

Source: ``schemas/solander-deposit-step.schema.json``; RFC 8259.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from solander.encoding.json_line import is_torn_line, json_line, parse_line, text_in
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
    return json_line(value)


def parse_step(line: bytes) -> Step:
    """Read a line of the journal; members that are not known are passed over.

    Raises:
        ValueError: it is no JSON, or not of this form.
    """
    return parse_line(line, _step)


def _step(value: Any) -> Step:
    at = datetime.fromisoformat(value["at"])
    return Step(
        target=text_in(value["target"]),
        identifier=text_in(value["identifier"]),
        version=int(value["version"]),
        bag=text_in(value["bag"]),
        bag_digest=text_in(value["bag_digest"]),
        at=whole_seconds(at) or at,
        step=text_in(value["step"]),
        record=text_in(value["record"]) if "record" in value else None,
        facts=tuple((name, text_in(fact)) for name, fact in value.get("facts", {}).items()),
        agent=Agent(text_in(value["agent"]["name"]), text_in(value["agent"]["version"])),
    )


def is_torn_step(line: bytes) -> bool:
    """Whether this is the beginning of a line that was never finished; the rest of it may be NULs, or nothing."""
    return is_torn_line(line, _OPENING)

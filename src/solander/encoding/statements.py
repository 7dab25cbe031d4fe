"""The description in full: every candidate with its evidence, what a person said, and what else shaped the TEI.

``metadata/description.json`` is what a bag needs, beside the original's bytes, to be derived again; and it is the one
place where statements that lost are kept. ``parse_statements`` undoes ``encode_statements``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from solander.encoding.canonical_json import canonical
from solander.model.bag_layout import STATEMENTS_NAME
from solander.model.description import Description, Evidence, Statement
from solander.model.document import Document
from solander.model.identifiers import DESCRIPTION_SCHEMA


class Recorded(NamedTuple):
    """What a bag's ``description.json`` says."""

    description: Description
    said: tuple[Statement, ...]
    """What a person said at packing."""
    options: dict[str, str]
    """What else shaped the TEI, by name."""

    @property
    def packed_at(self) -> datetime | None:
        """The moment of packing, aware; ``None`` where none is recorded that can be read."""
        try:
            moment = datetime.fromisoformat(self.options.get("at", ""))
        except ValueError:
            return None
        return moment if moment.tzinfo else None


def encode_statements(description: Description, *, said: Sequence[Statement], options: Mapping[str, str]) -> Document:
    """Write ``metadata/description.json``."""
    value = {
        "schema": DESCRIPTION_SCHEMA,
        "statements": [_written(statement) for statement in description.statements],
        "said": [_written(statement) for statement in said],
        "options": dict(sorted(options.items())),
    }
    return Document(name=STATEMENTS_NAME, namespace=DESCRIPTION_SCHEMA, content=canonical(value))


def parse_statements(content: bytes) -> Recorded:
    """Read ``description.json``.

    Raises:
        ValueError: it is no JSON, or not of this form.
    """
    try:
        value = json.loads(content)
        return Recorded(
            Description(statements=tuple(_read(one) for one in value["statements"])),
            tuple(_read(one) for one in value["said"]),
            {str(name): str(option) for name, option in value["options"].items()},
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"this is no description as Solander writes it ({error})") from error


def _written(statement: Statement) -> dict[str, Any]:
    value: dict[str, Any] = {"element": statement.element}
    if statement.refinement:
        value["refinement"] = statement.refinement
    value["value"] = statement.value
    if statement.language:
        value["language"] = statement.language
    value["chosen"] = statement.chosen
    value["evidence"] = {"origin": statement.evidence.origin, "detail": statement.evidence.detail}
    if statement.evidence.source:
        value["evidence"]["source"] = statement.evidence.source
    return value


def _read(value: dict[str, Any]) -> Statement:
    evidence = value["evidence"]
    return Statement(
        element=str(value["element"]),
        value=str(value["value"]),
        evidence=Evidence(str(evidence["origin"]), str(evidence["detail"]), str(evidence.get("source", ""))),
        language=value.get("language"),
        refinement=value.get("refinement"),
        chosen=bool(value["chosen"]),
    )

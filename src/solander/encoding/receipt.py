"""A receipt in JSON. ``parse_receipt`` undoes ``encode_receipt``.

Source: ``schemas/solander-receipt.schema.json``; docs/format.md, "Deposits".
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from solander.encoding.canonical_json import canonical
from solander.model.capture import written_moment
from solander.model.deposit import ACCESSES, STATES, Access, Compared, Receipt
from solander.model.identifiers import RECEIPT_SCHEMA
from solander.model.provenance import Agent


def receipt_value(receipt: Receipt) -> dict[str, Any]:
    """A receipt in JSON's types."""
    until = receipt.access.until
    return {
        "schema": RECEIPT_SCHEMA,
        "target": receipt.target,
        "identifier": receipt.identifier,
        "version": receipt.version,
        "bag": receipt.bag,
        "bag_digest": receipt.bag_digest,
        "record": receipt.record,
        **({"url": receipt.url} if receipt.url else {}),
        **({"linkset": receipt.linkset} if receipt.linkset else {}),
        "state": receipt.state,
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in receipt.identifiers],
        "access": {"policy": receipt.access.policy, **({"until": until.isoformat()} if until else {})},
        "at": written_moment(receipt.at),
        "files": [
            {
                "name": one.name,
                "size_bytes": one.size_bytes,
                "checksums": dict(one.checksums),
                "compared": {"by": one.by, "algorithm": one.algorithm},
            }
            for one in receipt.files
        ],
        "agent": {"name": receipt.agent.name, "version": receipt.agent.version},
    }


def encode_receipt(receipt: Receipt) -> bytes:
    """A receipt's bytes."""
    return canonical(receipt_value(receipt))


def parse_receipt(content: bytes) -> Receipt:
    """Read a receipt.

    Raises:
        ValueError: it is none.
    """
    try:
        value = json.loads(content)
        until = value["access"].get("until")
        receipt = Receipt(
            target=str(value["target"]),
            identifier=str(value["identifier"]),
            version=int(value["version"]),
            bag=str(value["bag"]),
            bag_digest=str(value["bag_digest"]),
            record=str(value["record"]),
            url=value.get("url"),
            linkset=value.get("linkset"),
            state=str(value["state"]),
            identifiers=tuple((str(one["scheme"]), str(one["value"])) for one in value["identifiers"]),
            access=Access(str(value["access"]["policy"]), date.fromisoformat(until) if until else None),
            at=datetime.fromisoformat(value["at"]),
            files=tuple(
                Compared(
                    str(one["name"]),
                    int(one["size_bytes"]),
                    tuple((str(name), str(digits)) for name, digits in one["checksums"].items()),
                    str(one["compared"]["by"]),
                    str(one["compared"]["algorithm"]),
                )
                for one in value["files"]
            ),
            agent=Agent(str(value["agent"]["name"]), value["agent"]["version"]),
        )
        is_receipt = value["schema"] == RECEIPT_SCHEMA
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"it lacks what a receipt says, or says it in another form ({error})") from error
    if not is_receipt or receipt.state not in STATES or receipt.access.policy not in ACCESSES:
        raise ValueError("its schema, state or access is none that a receipt has")
    return receipt

"""URIs that Solander coins: all of them here, each derived from a name that can be read.

They are ``urn:uuid``s until the project owns a domain: version 5 in ``NAMESPACE``, of the file name of the schema that
they name. Whoever doubts one reckons it again: ``uuid5(NAMESPACE, "solander-report.schema.json")``.

Source: RFC 9562, section 5.5.
"""

from __future__ import annotations

import hashlib

NAMESPACE = "6f4f1c7e-0d0b-5c0e-9b6a-3d1b9f5a7c21"
"""The name space in which Solander names schemas, objects and events; it was drawn once and is for ever."""

_SPACE = bytes.fromhex(NAMESPACE.replace("-", ""))


def named(name: str) -> str:
    """The ``urn:uuid`` of a name."""
    # Not ``uuid.uuid5``: every command would pay for importing ``uuid``, and ``platform`` with it.
    content = bytearray(hashlib.sha1(_SPACE + name.encode(), usedforsecurity=False).digest()[:16])
    content[6] = content[6] & 0x0F | 0x50  # the version
    content[8] = content[8] & 0x3F | 0x80  # the variant
    digits = content.hex()
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


PROFILE_IDENTIFIER = named("bagit-profile.json")
"""``BagIt-Profile-Identifier`` of the bags that Solander makes: ``schemas/bagit-profile.json``."""

CRAWL_PROFILE_IDENTIFIER = named("bagit-profile-crawl.json")
"""``BagIt-Profile-Identifier`` of bags of many pages: ``schemas/bagit-profile-crawl.json``."""

ITEMS_NAMESPACE = named("items")
"""The XML namespace of the file that holds the Dublin Core of many pages: of its ``items`` and ``item``."""

PROFILE_SCHEMA = named("bagit-profile.schema.json")
"""The JSON Schema of BagIt profiles."""

TOML_SCHEMA = named("solander-toml.schema.json")
"""The JSON Schema of ``solander.toml``."""

REPORT_SCHEMA = named("solander-report.schema.json")
"""The JSON Schema of a report (``validation.json``)."""

DESCRIPTION_SCHEMA = named("solander-description.schema.json")
"""The JSON Schema of ``description.json``."""

BASELINE_SCHEMA = named("solander-baseline.schema.json")
"""The JSON Schema of a baseline (``validate --baseline``)."""

AUDIT_SCHEMA = named("solander-audit.schema.json")
"""The JSON Schema of a line of the log of audits (``audit-log.jsonl``)."""

DATACITE_SCHEMA = named("solander-datacite.schema.json")
"""The JSON Schema of ``datacite.json``."""

SCHEMA_ORG_SCHEMA = named("solander-schema-org.schema.json")
"""The JSON Schema of ``schema.jsonld``."""

RECEIPT_SCHEMA = named("solander-receipt.schema.json")
"""The JSON Schema of a receipt of a deposit."""

DEPOSIT_STEP_SCHEMA = named("solander-deposit-step.schema.json")
"""The JSON Schema of a line of the journal of deposits (``deposit-log.jsonl``)."""

DEPOSIT_NOTE_SCHEMA = named("solander-deposit-note.schema.json")
"""The JSON Schema of the note that a storage keeps beside a deposit (``deposit.json``)."""

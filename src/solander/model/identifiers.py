"""URIs that Solander coins for its JSON: urn:uuids until the project owns a domain (RFC 9562).

The BagIt profile's own is in ``model.bag``.
"""

from __future__ import annotations

TOML_SCHEMA = "urn:uuid:0b5e0c3a-6f0e-5f57-9d64-6a7f6d0c1e02"
"""The JSON Schema of ``solander.toml``."""

REPORT_SCHEMA = "urn:uuid:0b5e0c3a-6f0e-5f57-9d64-6a7f6d0c1e03"
"""The JSON Schema of a report (``validation.json``)."""

DESCRIPTION_SCHEMA = "urn:uuid:0b5e0c3a-6f0e-5f57-9d64-6a7f6d0c1e04"
"""The JSON Schema of ``description.json``."""

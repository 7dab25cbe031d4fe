"""Which settings a target has: what may be said of it on the command line, or stand under its name."""

from __future__ import annotations

EVERYWHERE = ("access", "form", "verify", "user", "token_env", "token_file", "token_keyring")
"""Settings that every target has."""

_REACHED = ("public_address",)
_INVENIO = ("community", "resource_type")

SETTINGS: dict[str, tuple[str, ...]] = {
    "aptrust": (
        *("endpoint", "region", "storage_option", "seen_by", "registry", "registry_user"),
        *("registry_token_env", "registry_token_file", "registry_token_keyring"),
    ),
    "archivematica": ("folder", "location", "path", "processing_config", "accession", "auto_approve"),
    "dataverse": ("collection", "contact_email", "contact_name", "subject", "review", "direct_upload"),
    "dir": _REACHED,
    "dspace": ("collection", "grant_license"),
    "invenio": _INVENIO,
    "ocfl": _REACHED,
    "s3": ("endpoint", "region", *_REACHED),
    "saf": ("group", *_REACHED),
    "sftp": ("key_file", "known_hosts", *_REACHED),
    "sword": ("collection", "checks_md5"),
    "webdav": _REACHED,
    "zenodo": _INVENIO,
    "zenodo-sandbox": _INVENIO,
}
"""The settings that only some targets have, by scheme."""

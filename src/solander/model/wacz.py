"""A WACZ file: records in a ZIP file, with lists of pages and of digests, and perhaps a signature.

Source: WACZ 1.1.1 (Webrecorder), sections 4 and 5; WACZ Auth 0.1.0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from solander.model.warc import Met


class Resource(NamedTuple):
    """A file that ``datapackage.json`` lists, or that stands in the ZIP file without being listed."""

    path: str
    verdict: str
    """``match``, ``mismatch``, ``no-digest``, ``unlisted`` or ``missing``."""
    expected: str | None = None
    found: str | None = None
    sizes: tuple[int, int] | None = None
    """The listed and the true size in bytes, where they differ."""


@dataclass(frozen=True, kw_only=True)
class WaczSeen:
    """What there is to judge of a WACZ file."""

    software: str = ""
    """As ``datapackage.json`` names who made it."""

    resources: tuple[Resource, ...] = ()
    archives: tuple[str, ...] = ()
    """The files of records in it."""

    package_digest: str | None = None
    """``match`` or ``mismatch`` of ``datapackage-digest.json``; ``None`` where there is none."""

    signature: str | None = None
    """``valid``, ``invalid`` or ``cannot-tell``; ``None`` where it is not signed."""

    signature_said: str = ""
    """By whom, or why it cannot be told."""

    pages: tuple[str, ...] = ()
    """Addresses of the listed pages."""

    lost_pages: tuple[str, ...] = ()
    """Those of which no record is in the file."""

    met: tuple[Met, ...] = ()

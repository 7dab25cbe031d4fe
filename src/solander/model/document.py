"""Documents that Solander writes, and the imprint under which it writes them."""

from __future__ import annotations

from typing import NamedTuple


class Document(NamedTuple):
    """Canonical bytes with a name: the same values give the same bytes."""

    name: str
    """The file's name within the bag, with forward slashes: ``data/tei/page.xml``."""

    namespace: str
    """The XML namespace of the root element, or the identifier of the JSON Schema."""

    content: bytes


class Imprint(NamedTuple):
    """Who makes the archival files and on what terms; from ``solander.toml``, never from the page."""

    organization: str | None = None
    """``Source-Organization`` in bag-info, ``distributor`` in TEI."""

    contact_email: str | None = None
    """``Contact-Email`` in bag-info."""

    licence: str | None = None
    """The licence of the TEI *file*, in words; the page's own rights are another thing."""

    licence_target: str | None = None
    """The licence's address."""

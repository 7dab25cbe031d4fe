"""Signposts of a bag's page as a document of their own.

Source: RFC 9264, 4.2 (``application/linkset+json``); Signposting, "FAIR Signposting Profile", level 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

from solander.model.catalogue import SignedLink
from solander.model.linkset import format_linkset


def encode_linkset(links: Sequence[SignedLink], here: str) -> bytes:
    """Write the linkset.

    Args:
        links: of the page.
        here: the page's address; relative, where it has none.
    """
    page: dict[str, list[dict[str, str]]] = {}
    for one in links:
        if one.relation != "linkset":
            target = {"href": urljoin(here, one.target)} | ({"type": one.media_type} if one.media_type else {})
            page.setdefault(one.relation, []).append(target)
    return format_linkset(here, page, media_type="text/html")

"""Signposts of a bag's page as a document of their own, with the way back from each thing to the page.

Source: RFC 9264, 4.2 (``application/linkset+json``); Signposting, "FAIR Signposting Profile", level 2.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import urljoin

from solander.model.catalogue import SignedLink

MEDIA_TYPE = "application/linkset+json"


def encode_linkset(links: Sequence[SignedLink], here: str) -> bytes:
    """Write the linkset.

    Args:
        links: of the page.
        here: the page's address; relative, where it has none.
    """
    page: dict[str, list[dict[str, str]]] = {}
    others: list[dict[str, object]] = []
    for one in links:
        if one.relation == "linkset":
            continue
        target = {"href": urljoin(here, one.target)} | ({"type": one.media_type} if one.media_type else {})
        page.setdefault(one.relation, []).append(target)
        back = {"item": "collection", "describedby": "describes"}.get(one.relation)
        if back is not None:
            others.append({"anchor": target["href"], back: [{"href": here, "type": "text/html"}]})
    return (json.dumps({"linkset": [{"anchor": here, **page}, *others]}, ensure_ascii=False, indent=1) + "\n").encode(
        "utf-8", "replace"
    )

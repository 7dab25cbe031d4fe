"""A linkset: the links of a page or a deposit as a document of their own, with the way back from each thing to it.

Source: RFC 9264, 4.2 (``application/linkset+json``); Signposting, "FAIR Signposting Profile", level 2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

LINKSET_NAME = "linkset.json"
LINKSET_TYPE = "application/linkset+json"

_BACK = {"item": "collection", "describedby": "describes"}
"""By which relation a thing leads back to what leads to it."""


def format_linkset(
    anchor: str, links: Mapping[str, Sequence[Mapping[str, str]]], *, media_type: str | None = None
) -> bytes:
    """Write the document: the same links give the same bytes.

    Args:
        anchor: the address of the page or the deposit; relative, where it has none.
        links: what it leads to, by relation: targets with ``href`` and what else is said of each.
        media_type: of what stands at ``anchor``, if it is a document.
    """
    ours = {"href": anchor} | ({"type": media_type} if media_type else {})
    back = [
        {"anchor": target["href"], _BACK[relation]: [ours]}
        for relation, targets in links.items()
        if relation in _BACK
        for target in targets
    ]
    written = json.dumps({"linkset": [{"anchor": anchor, **links}, *back]}, ensure_ascii=False, indent=1)
    return f"{written}\n".encode("utf-8", "replace")

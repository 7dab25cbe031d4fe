"""Licences that give a page to the public: anybody may copy it and hand it on.

Source: Open Definition 2.1 (conformant licences); Creative Commons, the six licences and the two public domain tools,
of which every one allows verbatim copies.
"""

from __future__ import annotations

import re

_OPEN = re.compile(
    r"creativecommons\.org/(?:licenses/by|publicdomain/(?:zero|mark))"
    r"|rightsstatements\.org/vocab/NoC-US"
    r"|opensource\.org/licenses/|gnu\.org/licenses/(?:fdl|gpl|lgpl)|nationalarchives\.gov\.uk/doc/open-government-licence"
    r"|\bCC[ -](?:BY(?:-NC)?(?:-SA|-ND)?|0|Zero)\b|\bpublic domain\b|\bgemeinfrei\b|\bdomaine public\b"
    r"|\bGNU Free Documentation License\b|\bOpen Government Licence\b|\bcreative commons\b",
    re.IGNORECASE,
)


def gives_to_the_public(rights: str) -> bool:
    """Whether a statement of rights names a licence by which anybody may copy and hand on."""
    return _OPEN.search(rights) is not None

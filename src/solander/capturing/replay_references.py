"""What a page needs to be shown again, beside what a reader of it sees: its scripts, and what its links preload.

Source: HTML Standard, 4.6.7 (link types) and 4.12.1 (the script element).
"""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin

from solander.capturing.tags import ATTRIBUTES, attributes_of

_TAG = re.compile(rb"<(script|link|base)\b" + ATTRIBUTES, re.IGNORECASE)
_KINDS = frozenset(("manifest", "preload", "modulepreload", "prefetch"))
_LIMIT = 500


def replay_references(content: bytes, uri: str) -> list[str]:
    """The addresses of a page's scripts, manifest and preloads, absolute, each once."""
    base: str | None = None
    written: list[str] = []
    for tag in _TAG.finditer(content):
        said = attributes_of(tag[2])
        name = tag[1].lower()
        if name == b"base":
            # The first base holds for the whole page, wherever it stands.
            base = said.get("href") if base is None else base
        elif name == b"script":
            written.append(said.get("src", ""))
        elif _KINDS & set(said.get("rel", "").lower().split()):
            written.append(said.get("href", ""))
    found: dict[str, None] = {}
    for one in written:
        try:
            address = urldefrag(urljoin(urljoin(uri, base or ""), one))[0]
        except ValueError:
            continue
        if one and address.startswith(("http://", "https://")) and len(found) < _LIMIT:
            found[address] = None
    return list(found)

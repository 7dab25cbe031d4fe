"""Pictures, sound and film of a page that were captured with it: the TEI points to the files in the bag.

``@url`` leads to the file, from where the TEI stands; ``@n`` keeps the address as the page has it.

Source: TEI P5, att.resourced (``@url``); the design, section 4 (``data/media``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import quote

from solander.encoding.xml_text import escape_attribute
from solander.model.capture import Medium
from solander.model.normal_addresses import normal_address

# No text of a page can hold such a tag: its "<" is escaped.
_SHOWN = re.compile(r'<(graphic|media) url="([^"]*)"((?: mimeType="[^"]*")?)( n="[^"]*")?')
_FROM = "data/"


def with_media(text: str, media: Iterable[Medium]) -> str:
    """The text with each ``graphic`` and ``media`` that was captured pointing to its file."""
    files = {normal_address(one.uri): one.name for one in media}

    def pointed(tag: re.Match[str]) -> str:
        name = files.get(normal_address(unescape(tag[2])))
        if name is None:
            return tag[0]
        written = tag[4] or f' n="{tag[2]}"'
        return f'<{tag[1]} url="../{escape_attribute(quote(name.removeprefix(_FROM)))}"{tag[3]}{written}'

    return _SHOWN.sub(pointed, text)

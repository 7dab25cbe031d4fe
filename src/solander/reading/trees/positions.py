"""Where in the markup each element begins, by the XPath that pointers have for it.

Source: XPath 1.0, section 5; the parser's source locations.
"""

from __future__ import annotations

import re
from typing import Any

import turbohtml
from turbohtml import Element

_PLAIN_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
_BODY = "/html/body"


def positions(markup: str) -> dict[str, int]:
    """The offset behind the name in the start tag of each element, by XPath; of elements without a tag there is none.

    Args:
        markup: the whole page, as characters; offsets count them.
    """
    root = turbohtml.parse(markup, source_locations=True, allow_declarative_shadow_roots=False).root
    body = (
        next((one for one in root.children if isinstance(one, Element) and one.tag == "body"), None) if root else None
    )
    found: dict[str, int] = {}
    waiting: list[tuple[Element, str]] = [(body, _BODY)] if body is not None else []
    while waiting:
        element, path = waiting.pop()
        location: Any = element.source_location
        name = str(element.tag)
        if location is not None and location.start_tag is not None:
            begin = location.start_tag.start_offset + 1
            if markup[begin : begin + len(name)].lower() == name:
                found[path] = begin + len(name)
        counts: dict[str, int] = {}
        number = 0
        for child in element.children:
            if isinstance(child, Element):
                number += 1
                tag = str(child.tag)
                counts[tag] = counts.get(tag, 0) + 1
                # As pointers have it: a name of another vocabulary is told by its place.
                plain = _PLAIN_NAME.match(tag) and tag not in ("svg", "math")
                step = f"{tag}[{counts[tag]}]" if plain else f"*[{number}]"
                waiting.append((child, f"{path}/{step}"))
    return found

"""SEC rules for TEI: what a browser or a viewer would do with the file beyond showing its words.

Source: URL Standard, 4.4; Associating Style Sheets with XML documents 1.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from solander.checking.grammars.xml_bearing import bearing
from solander.checking.rules import Check, Fault, rule
from solander.model.finding import Place

_SCRIPT = re.compile(r"[\x00-\x20]*(?:j\s*a\s*v\s*a|v\s*b|l\s*i\s*v\s*e)\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.IGNORECASE)
_ADDRESSES = ("target", "url", "source", "facs", "ref", "corresp")


@rule("SEC013", "tei-script-address", severity="error", source="URL Standard, 4.4; TEI P5, att.pointing")
def tei_script_address(path: str, root: Any) -> Iterator[Fault]:
    """An address in the TEI is a script (``javascript:``).

    Why: whatever shows the text makes links of its addresses, and who follows this one runs it.

    Remedy: take the address out and keep it in ``n`` as written; make the bag again from its original.
    """
    for element in bearing(root, *_ADDRESSES):
        for name in _ADDRESSES:
            value = element.get(name)
            if value is not None and _SCRIPT.match(value):
                yield Fault(Place(path, element.sourceline), f"@{name} is a script", None, value[:120])


@rule("SEC014", "tei-stylesheet-called", severity="error", source="Associating Style Sheets with XML documents 1.0, 2")
def tei_stylesheet_called(path: str, root: Any) -> Iterator[Fault]:
    """The TEI calls for a stylesheet by a processing instruction.

    Why: a browser that opens the file fetches and applies it, and then shows what the stylesheet says, not the text.

    Remedy: take the instruction out; stylesheets belong to whoever shows the text.
    """
    before = root.getprevious()
    while before is not None:
        if getattr(before, "target", None) == "xml-stylesheet":
            yield Fault(Place(path, before.sourceline), "a stylesheet would be loaded", None, (before.text or "")[:120])
        before = before.getprevious()


SAFETY_RULES: tuple[Check[[str, Any]], ...] = (tei_script_address, tei_stylesheet_called)

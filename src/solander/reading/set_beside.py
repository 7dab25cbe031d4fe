"""What stands in the line beside its words: a second showing of a formula, and the control that edits a section.

A formula that a script has set stands twice in a page: in MathML for whoever listens, and in boxes for whoever looks,
which listeners are spared. The boxes are its ``twin``. Both stay; whoever reads on reads the formula once.

Source: WAI-ARIA 1.2, 6.6 (``aria-hidden``); the output of KaTeX, and of MathJax 2 and 3 with assistive MathML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from turbohtml import Element

_NEIGHBOURS = 4
"""So many nodes to either side are looked at: the two showings stand side by side."""

_BOXES = re.compile(r"(?:^|\s)katex-html(?!\S)")
_PREVIEW = re.compile(r"(?:^|\s)MathJax_Preview(?!\S)")
_SET = re.compile(r"(?:^|\s)(?:MathJax(?:_Display|_SVG|_SVG_Display|_CHTML)?|mjx-chtml|MJXc-display)(?!\S)")
_EDITS = re.compile(r"(?:^|\s)(?:mw-editsection|editsection|edit-section|section-edit)(?!\S)")


def set_beside(node: Element, attributes: Mapping[str, Any], classes: str) -> str | None:
    """Say what an element of the line is to the words beside it: ``twin``, ``control``, or nothing.

    Args:
        node: the element.
        attributes: its attributes.
        classes: the names of its ``class``, a space between them.
    """
    # Most names have nothing of the kind, and a look for a word costs a tenth of the pattern.
    if "edit" in classes and _EDITS.search(classes):
        return "control"
    hidden = "aria-hidden" in attributes and attributes["aria-hidden"] == "true"
    if (hidden or ("katex-html" in classes and _BOXES.search(classes))) and any(map(_holds_formula, _beside(node))):
        return "twin"
    if "MathJax_Preview" in classes and _PREVIEW.search(classes):
        # What stood there until the script came: a script that has done its work has set the formula right behind.
        shown = next(iter(_beside(node, before=False)), None)
        if shown is not None and _SET.search(_classes(shown)) and shown.text.strip():
            return "twin"
    return None


def is_control(node: Element) -> bool:
    """Whether an element is the control by which a section is edited."""
    names = node.attr("class")
    return names is not None and _EDITS.search(names) is not None


def _beside(node: Element, *, before: bool = True) -> list[Element]:
    found: list[Element] = []
    for side in ("next_sibling", "previous_sibling") if before else ("next_sibling",):
        other: Any = node
        for _ in range(_NEIGHBOURS):
            other = getattr(other, side)
            if other is None:
                break
            if type(other) is Element:
                found.append(other)
    return found


def _holds_formula(element: Element) -> bool:
    """Whether it is a formula, or an element around one that says something."""
    inner = next((child for child in element.children if type(child) is Element), None)
    formula = element if element.tag == "math" else inner
    return formula is not None and formula.tag == "math" and bool(formula.text.strip())


def _classes(element: Element) -> str:
    written = element.attrs.get("class") or ""
    return " ".join(written) if isinstance(written, list) else str(written)

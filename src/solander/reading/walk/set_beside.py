"""What stands in the line beside its words: a formula shown twice, the control of a section, numbers, margin notes.

A formula that a script has set stands twice in a page: in MathML for whoever listens, and in boxes for whoever looks,
which listeners are spared. The boxes are its ``twin``. Both stay; whoever reads on reads the formula once.

Source: WAI-ARIA 1.2, 6.6 (``aria-hidden``); the output of KaTeX, and of MathJax 2 and 3 with assistive MathML;
LaTeXML, whose footnotes stand where their marks do.
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
_PAGE_NUMBER = re.compile(r"(?:^|\s)(?:pagenum|pageno)(?!\S)", re.IGNORECASE)
_NUMBER_CHARACTERS = 20
_NUMBER = re.compile(r"[0-9]+|\b[ivxlcdm]+\b", re.IGNORECASE)
_LINE_NUMBER = re.compile(r"(?:^|\s)(?:ln|lineno|linenos|line-number|linenumber)(?!\S)")
_MARGIN = re.compile(r"(?:^|\s)(?:sidenote|side-note|marginnote|margin-note)(?!\S)")
_IN_LINE = re.compile(r"(?:^|[\s_-])(?:foot)?note[_-](?:content|text|body)(?!\S)")
_MARK_CHARACTERS = 6
_CODE_CELL = re.compile(r"(?:^|\s)(?:blob-code|hljs-ln-code|code-line|line-code)(?!\S)")
_SPOKEN = re.compile(
    r"(?:^|[\s_])(?:(?:sr|screen-?reader)-?only|(?:visually|accessibly)-?hidden|screen-?reader(?:-?text)?|a-offscreen|"
    r"element-invisible)(?!\S)",
    re.IGNORECASE,
)
_EDITS = re.compile(r"(?:^|\s)(?:mw-editsection|editsection|edit-section|section-edit)(?!\S)")


SAID_BESIDE: Mapping[str, tuple[str, dict[str, str]]] = {
    "page-number": ("running", {"place": "pageNum"}),
    "line-number": ("running", {"place": "lineNum"}),
    "margin": ("note", {"place": "margin"}),
}
"""What stands among the words and belongs to none of them: the mark of each, with what it says."""


def set_beside(node: Element, attributes: Mapping[str, Any], classes: str, preserved: bool) -> str | None:
    """Say what an element of the line is to the words beside it: ``twin``, ``control``, or nothing.

    Or one of ``SAID_BESIDE``: the number of a page of paper, or of a line of code, or a note in the margin. Or
    ``spoken``: words for those who listen alone, which are apart from what is shown beside them.

    Args:
        node: the element.
        attributes: its attributes.
        classes: the names of its ``class``, a space between them.
        preserved: it stands in a text that is set as it was written.
    """
    if classes and is_spoken(classes):
        return "spoken"
    # Most names have nothing of the kind, and a look for a word costs a tenth of the pattern.
    if "edit" in classes and _EDITS.search(classes):
        return "control"
    if preserved:
        return "line-number" if "l" in classes and _LINE_NUMBER.search(classes) else None
    if "pag" in classes and _PAGE_NUMBER.search(classes):
        return "page-number" if 0 < len(node.text.strip()) <= _NUMBER_CHARACTERS else None
    if "note" in classes:
        if _MARGIN.search(classes) or (_IN_LINE.search(classes) and _opens_with_mark(node)):
            return "margin"
        if _repeats_mark(node):
            return "twin"
    hidden = "aria-hidden" in attributes and attributes["aria-hidden"] == "true"
    if (hidden or ("katex-html" in classes and _BOXES.search(classes))) and any(map(_holds_formula, _beside(node))):
        return "twin"
    if "MathJax_Preview" in classes and _PREVIEW.search(classes):
        # What stood there until the script came: a script that has done its work has set the formula right behind.
        shown = next(iter(_beside(node, before=False)), None)
        if shown is not None and _SET.search(_classes(shown)) and shown.text.strip():
            return "twin"
    return None


def is_spoken(classes: str) -> bool:
    """Whether the names of a ``class`` say that its words are for those who listen alone."""
    return (
        "only" in classes or "idden" in classes or "eader" in classes or "isible" in classes or "offs" in classes
    ) and _SPOKEN.search(classes) is not None


def number_of(node: Element) -> str | None:
    """The number in a page's number: "[Pg 12]"."""
    found = _NUMBER.findall(node.text)
    return found[-1] if found else None


def is_code_cell(classes: str) -> bool:
    """Whether a cell's class says that it holds a line of code."""
    return _CODE_CELL.search(classes) is not None


def is_unset_formula(script: Element) -> bool:
    """Whether a script is a formula in TeX that nothing beside it shows: the script that would have, did not run."""
    kind = str(script.attrs.get("type") or "").strip().lower()
    if not kind.startswith("math/tex"):
        return False
    before = [one for one in _beside(script) if (_SET.search(_classes(one)) or _PREVIEW.search(_classes(one)))]
    return not any(one.text.strip() for one in before)


def is_control(node: Element) -> bool:
    """Whether an element is the control by which a section is edited."""
    names = node.attr("class")
    return names is not None and _EDITS.search(names) is not None


def _opens_with_mark(node: Element) -> bool:
    """Whether the first thing that an element holds is the raised mark of a note."""
    first = next((child for child in node.children if type(child) is Element or str(child.text).strip()), None)
    return type(first) is Element and first.tag == "sup" and 0 < len(first.text.strip()) <= _MARK_CHARACTERS


def _repeats_mark(node: Element) -> bool:
    """Whether it says again, unraised, the mark of a note that stands right before it."""
    before: Any = node.previous_sibling
    return (
        type(before) is Element
        and before.tag == "sup"
        and 0 < len(before.text.strip()) <= _MARK_CHARACTERS
        and node.text.strip() == before.text.strip()
    )


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

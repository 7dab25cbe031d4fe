"""Whose a quotation is: "— Ann Lee, Letters" below its words, within it or right behind it, is its source.

HTML has the source of a quotation stand outside of it, in the caption of its figure; generators set it in a box of its
own behind the words, and writers in a paragraph that begins with a dash. A dash opens what is said in a dialogue as
well: a sentence is no source, nor is a line where another begins with a dash beside it.

Promise: in time linear in the drafts; no word moves; a source that nothing else names goes with its quotation.

Source: HTML Standard, 4.4.4 (``blockquote``: attribution must be placed outside); TEI P5 4.12.0, 3.3.3 (``cit``).
"""

from __future__ import annotations

import re
from collections.abc import MutableSequence, Sequence

from solander.model.late_pattern import late
from solander.model.page import LINE_KINDS, plain
from solander.reading.divisions import Draft, DraftLeaf
from solander.reading.survey import Survey

SOURCE_CHARACTERS = 160
"""A longer line says more than whose the words are."""

_DASHES = ("—", "–", "―", "--", "⸺")
_NAME = late(r"(?:[—–―⸺]+|--+)\s?[\"'“‘«„(]?(?P<word>[^\W\d_]+)")
_SMALL = frozenset(("d", "de", "da", "di", "du", "la", "le", "van", "von", "zu", "al", "el", "bin", "ibn", "the"))
"""What names of people and books begin with, and is written small."""

_SENTENCE = late(r"(?:[!?…！？。]|(?<![\s.,][^\W\d_])(?<![JS]r)(?<!\d)\.)[\"'”’»)\]]*\Z")
_CALLED = late(
    r"(?:^|[\s_-])(?:attribution|quote[-_]?(?:author|source|credit|by|cite)|blockquote[-_]?(?:footer|author|source))"
    r"(?![^\s])",
    re.IGNORECASE,
)
_ELEMENTS_UP = 1
"""How many elements above its own may call a line an attribution."""

_HOLDERS = frozenset(("item", "cell", "definition", "details", "list", "table", "row", "glossary", "figure", "quote"))
"""Containers in which quotations stand."""


def attribute(drafts: list[Draft | DraftLeaf], zones: MutableSequence[str], survey: Survey) -> None:
    """Give each quotation the line that says whose it is, in place.

    Args:
        drafts: the page's.
        zones: a zone a leaf; a source goes with its quotation.
        survey: the page's.
    """
    stack = [drafts]
    while stack:
        children = stack.pop()
        kept: list[Draft | DraftLeaf] = []
        for at, each in enumerate(children):
            child = each
            if isinstance(child, Draft):
                if child.kind == "figure" and (quotation := _captioned(child)):
                    child = quotation
                elif child.kind in _HOLDERS:
                    stack.append(child.children)
                if child.kind == "quote":
                    _name_last(child, survey)
            elif (
                kept
                and isinstance(before := kept[-1], Draft)
                and before.kind == "quote"
                and _is_source(child, before, zones, survey)
                and not _goes_on(children, at)
            ):
                before.children.append(_named(child))
                before.last = child.last
                zones[child.first] = zones[before.first]
                continue
            kept.append(child)
        children[:] = kept


def _captioned(figure: Draft) -> Draft | None:
    """The quotation that a figure shows, with the caption below it as its source; ``None`` for any other figure."""
    if len(figure.children) != 2 or figure.attributes:
        return None
    quotation, caption = figure.children
    if not isinstance(quotation, Draft) or quotation.kind != "quote" or not isinstance(caption, DraftLeaf):
        return None
    if caption.leaf.kind != "caption" or len(plain(caption.leaf)) > SOURCE_CHARACTERS:
        return None
    caption.leaf = caption.leaf._replace(kind="text")
    quotation.children.append(_named(caption))
    quotation.last = caption.last
    return quotation


def _name_last(quotation: Draft, survey: Survey) -> None:
    """The last of several lines of a quotation is its source, if a dash or a class says so."""
    if len(quotation.children) < 2:
        return
    last, before = quotation.children[-1], quotation.children[-2]
    if not isinstance(last, DraftLeaf) or not isinstance(before, DraftLeaf) or _opens_with_dash(before):
        return
    if _may_be(last) and (_is_called(last, survey) or _is_name(plain(last.leaf))):
        _named(last)


def _is_source(line: DraftLeaf, before: Draft, zones: Sequence[str], survey: Survey) -> bool:
    if not _may_be(line) or before.first == before.last:
        return False
    if zones[line.first] not in (zones[before.first], "other") or _has_source(before):
        return False
    return _is_called(line, survey) or _is_name(plain(line.leaf))


def _may_be(line: DraftLeaf) -> bool:
    return (
        line.first < line.last
        and line.leaf.kind in LINE_KINDS
        and not (line.leaf.attributes or {}).get("role")
        and not (line.leaf.attributes or {}).get("note")
        and len(plain(line.leaf)) <= SOURCE_CHARACTERS
    )


def _is_name(text: str) -> bool:
    """Whether a line is a dash and what may be a name, and no sentence."""
    name = _NAME.match(text) if text.startswith(_DASHES) else None
    if name is None or _SENTENCE.search(text):
        return False
    return not name["word"][0].islower() or name["word"] in _SMALL


def _is_called(line: DraftLeaf, survey: Survey) -> bool:
    element = survey.elements[line.first]
    for _ in range(_ELEMENTS_UP + 1):
        if survey.last[element] - survey.first[element] > 2:
            return False
        if survey.classes[element] and _CALLED.search(survey.classes[element]):
            return True
        element = survey.parents[element]
    return False


def _goes_on(children: Sequence[Draft | DraftLeaf], at: int) -> bool:
    """Whether the line behind begins with a dash too, as those of a dialogue do."""
    return at + 1 < len(children) and _opens_with_dash(children[at + 1])


def _opens_with_dash(draft: Draft | DraftLeaf) -> bool:
    return isinstance(draft, DraftLeaf) and plain(draft.leaf).startswith((*_DASHES, "-"))


def _has_source(quotation: Draft) -> bool:
    last = quotation.children[-1]
    return isinstance(last, DraftLeaf) and (last.leaf.attributes or {}).get("role") == "attribution"


def _named(line: DraftLeaf) -> DraftLeaf:
    line.leaf = line.leaf._replace(attributes={**(line.leaf.attributes or {}), "role": "attribution"})
    return line

"""What a class says of boxes in the text (notes, warnings, tips): their title is the box's, and heads no section.

A generator writes "Note" above a box as a heading of the third rank, whatever stands around it, or as a paragraph: all
that follows the box would be the note's section, or the word would stand in the text like one of its own. It is the
box's caption. Zones are settled before: nothing moves.

Promise: in time linear in the drafts; a page none of whose classes names a box costs one look.

Source: HTML Standard, 4.3.11 (a heading heads its section); the boxes of DocBook, docutils, Markdown and Bootstrap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from solander.reading.divisions import Draft, DraftLeaf
from solander.reading.naming.zones import Ancestry
from solander.reading.survey import Survey

TITLE_CHARACTERS = 120
"""A longer line is no title of a box."""

LEAST_LEVEL = 3
"""A heading above this rank heads a section, whatever it stands in."""

_ELEMENTS_UP = 7
"""So many elements around a title its box is looked for."""

_BOXES = frozenset(
    (
        *("note", "warning", "caution", "tip", "important", "danger", "hint", "attention", "error", "seealso"),
        *("admonition", "admonitionblock", "callout", "notecard", "alert", "markdown-alert", "theme-admonition"),
        *("custom-block", "confluence-information-macro", "panel-macro", "textbox", "info-box", "note-box"),
    )
)
"""Classes of boxes, whole: ``note-list`` is none."""

_PARTS = frozenset(
    (
        *("sidebar", "example", "figure", "table", "procedure", "topic", "literal-block-wrapper"),
        *("exampleblock", "listingblock", "literalblock", "imageblock", "tableblock", "sidebarblock"),
    )
)
"""Classes of what has a title if a class calls it so: a heading in one of them is a heading."""

_CALLED = _BOXES | _PARTS

_STANDING = _BOXES | frozenset(("exampleblock", "sidebarblock", "example", "sidebar"))
"""Classes of what stands in the text as a box, titled or not; of figures and listings the title alone is told."""

_SECTIONS = frozenset(("section", "article", "main"))
"""A section that is about notes bears ``note`` as its id."""

_TITLES = frozenset(("title", "heading", "header", "caption", "code-block-caption"))
_TITLED = tuple(
    f"{box}-{part}" for box in ("admonition", "alert", "callout", "custom-block") for part in ("title", "heading")
)
"""Classes of a box's title."""

_HEADS = ("admonitionHeading", "admonitionTitle")


def with_titles(zones: list[str], survey: Survey, around: Ancestry) -> list[str]:
    """The zones, where each box in the text has its title ("Note"), which hardly reads like text."""
    # One look through all names costs less than one at each.
    if _CALLED.isdisjoint(" ".join([classes for _, classes, _ in around.names]).split()):
        return zones
    boxes = {
        number for number, (tag, classes, _) in enumerate(around.names) if classes and _is_box(tag, classes.split())
    }
    titled = list(zones)
    for element, number in enumerate(around.named):
        if number not in boxes:
            continue
        called = around.names[number][1].split()
        # A run of text that came to nothing may have been counted at an element's end.
        first, last = survey.first[element], min(survey.last[element], len(zones))
        if last - first == 1 and "imageblock" in called:
            # The title of an image is all that its block says.
            if first > 0 and last < len(zones) and titled[first - 1] == "main" == zones[last]:
                titled[first] = "main"
            continue
        if (
            1 < last - first <= len(zones) // 2
            and titled[first + 1] == "main" != titled[first]
            and (
                not _BOXES.isdisjoint(called) or not _TITLES.isdisjoint(survey.classes[survey.elements[first]].split())
            )
            and len(survey.texts[first]) <= TITLE_CHARACTERS
            and not survey.link_characters[first]
            and around.kinds[survey.elements[first]] == around.kinds[survey.elements[first + 1]]
        ):
            titled[first] = "main"
    return titled


def is_box(tag: str, classes: Sequence[str], role: str) -> bool:
    """Whether an element is a box in the text, by what is said of it; no section is one."""
    if tag in _SECTIONS or "section" in classes:
        return False
    return role == "note" or not _STANDING.isdisjoint(classes)


def is_called_box(classes: str) -> bool:
    """Whether a class calls an element a note, a warning or the like."""
    return not _BOXES.isdisjoint(classes.split())


def may_have_boxes(names: Iterable[str], survey: Survey) -> bool:
    """Whether anything of a page is said to be a box: one look through all names costs less than one at each."""
    together = " ".join(names)
    if not _STANDING.isdisjoint(together.split()) or "aside" in survey.element_tags or "note" in survey.roles:
        return True
    return "shape" in together and "Mso" in together


def has_boxes(names: Iterable[str]) -> bool:
    """Whether a class of the page calls something a box, or what has a title."""
    return not _CALLED.isdisjoint(" ".join(names).split())


def name_titles(drafts: Sequence[Draft | DraftLeaf], zones: Sequence[str], survey: Survey) -> None:
    """Make captions of what titles a box, in place.

    Args:
        drafts: the page's.
        zones: a zone a leaf.
        survey: the page's.
    """
    stack = list(drafts)
    while stack:
        draft = stack.pop()
        if isinstance(draft, Draft):
            stack += draft.children
        elif draft.first < draft.last and zones[draft.first] == "main" and _titles_box(draft, survey):
            leaf = draft.leaf
            said = {name: value for name, value in (leaf.attributes or {}).items() if name != "level"}
            draft.leaf = leaf._replace(kind="caption", attributes=said or None)


def _titles_box(draft: DraftLeaf, survey: Survey) -> bool:
    kind = draft.leaf.kind
    if kind == "heading":
        if int((draft.leaf.attributes or {}).get("level", "1")) < LEAST_LEVEL:
            return False
    elif kind not in ("paragraph", "text"):
        return False
    first = draft.first
    element = survey.elements[first]
    called = kind == "heading"
    for _ in range(_ELEMENTS_UP):
        # A box begins with its title and holds more than it, and not most of the page.
        if not element or survey.first[element] != first:
            return False
        classes = survey.classes[element].split()
        called = called or not _TITLES.isdisjoint(classes) or any(map(_is_title, classes))
        if kind == "heading":
            is_box = not _BOXES.isdisjoint(classes)
        else:
            is_box = not (_BOXES.isdisjoint(classes) and _PARTS.isdisjoint(classes))
        if is_box and not any(map(_is_title, classes)):
            if survey.element_tags[element] in _SECTIONS or "section" in classes:
                return False
            held = survey.last[element] - first
            short = len(survey.texts[first]) <= TITLE_CHARACTERS
            return called and short and held > 1 and 2 * held <= len(survey.texts)
        element = survey.parents[element]
    return False


def _is_box(tag: str, classes: list[str]) -> bool:
    return not (_CALLED.isdisjoint(classes) or tag in _SECTIONS or "section" in classes)


def _is_title(name: str) -> bool:
    # A style sheet bound to its part of the page gives names an ending of its own.
    return name.endswith(_TITLED) or name.startswith(_HEADS)

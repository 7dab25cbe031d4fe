"""What classes say of lines that stand side by side: a title, its subtitle, an image's caption, the points of a list.

A headline's second line is often a heading of its own, and all that follows would be its section; a caption stands in
no ``figcaption`` on most pages, and a word processor writes its lists as paragraphs. Zones are settled before: nothing
moves, and no word is another's.

Source: HTML Standard, 4.3.11 (headings that are subtitles), 4.4.13 (``figcaption``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from solander.model.page import LINE_KINDS, Block, Inline, InlineContent
from solander.reading.dividing.attributed import attribute
from solander.reading.dividing.contents_label import label_contents
from solander.reading.dividing.versed import make_stanzas
from solander.reading.divisions import Draft, DraftLeaf
from solander.reading.naming.boxes import has_boxes, name_titles
from solander.reading.survey import Survey

_SUBTITLE = re.compile(r"sub[-_]?title|sub-?headline|(?:^|[\s_-])(?:dek|deck|standfirst)(?:$|[\s_-])", re.IGNORECASE)
_SUBTITLES = ("subtitle", "sub-title", "sub_title", "subheadline", "sub-headline", "dek", "deck", "standfirst")
_CAPTION = re.compile(r"caption(?:s?$|s?[\s_-]|[-_]?text)|(?:^|\s)gallerytext(?!\S)", re.IGNORECASE)
_POINT = re.compile(r"(?:^|\s)MsoListParagraph")
_TITLE = re.compile(r"(?:^|\s)MsoTitle(?!\S)")
_STEP = re.compile(r"/[^/]+")
_WRAPPERS = frozenset(("item", "cell", "definition", "details", "list", "table", "row", "glossary"))
"""Containers in which images with their captions stand side by side."""

_STEPS_APART = 3
"""How many steps of a caption's pointer its image need not share: the caption's element, one around it, one within."""

_ELEMENTS_UP = 2
"""How many elements above its own may call a line a caption."""


def regroup(drafts: list[Draft | DraftLeaf], zones: list[str], survey: Survey, names: Iterable[str]) -> None:
    """Name subtitles; put captions to images, lines to stanzas, points into lists, sources to quotations, in place.

    Args:
        drafts: the page's.
        zones: a zone a leaf; that of a label of contents is put right.
        survey: the page's.
        names: each ``class`` that the page has, once.
    """
    # One look through all names costs less than one at each.
    lowered = "\n".join(names).lower()
    if any(word in lowered for word in _SUBTITLES):
        _name_subtitles(drafts, zones, survey)
    if "caption" in lowered or "gallerytext" in lowered or "imageblock" in lowered:
        _caption(drafts, survey)
    if has_boxes(names):
        name_titles(drafts, zones, survey)
    if "toc" in lowered or "contents" in lowered:
        label_contents(drafts, zones, survey)
    if "poe" in lowered:
        make_stanzas(drafts, zones, survey)
    if "mso" in lowered:
        _name_titles(drafts, survey)
        _list_points(drafts, zones, survey)
    if "blockquote" in survey.element_tags:
        attribute(drafts, zones, survey)


# -------------------------------------------------------------------------------------------------------- subtitles


def _name_subtitles(drafts: Sequence[Draft | DraftLeaf], zones: Sequence[str], survey: Survey) -> None:
    """A heading that a class calls a subtitle is one, directly below a title; not where others bear its name too."""
    found: list[DraftLeaf] = []
    elsewhere: set[str] = set()
    before: Draft | DraftLeaf | None = None
    for draft in drafts:
        if isinstance(draft, DraftLeaf) and draft.leaf.kind == "heading" and draft.first < draft.last:
            classes = survey.classes[survey.elements[draft.first]]
            if classes and _SUBTITLE.search(classes):
                if _is_title_of(before, draft, zones):
                    found.append(draft)
                else:
                    elsewhere.add(classes)
        before = draft
    for draft in found:
        if survey.classes[survey.elements[draft.first]] not in elsewhere:
            attributes = {name: value for name, value in (draft.leaf.attributes or {}).items() if name != "level"}
            draft.leaf = draft.leaf._replace(kind="subtitle", attributes=attributes or None)


def _is_title_of(before: Draft | DraftLeaf | None, heading: DraftLeaf, zones: Sequence[str]) -> bool:
    return (
        isinstance(before, DraftLeaf)
        and before.leaf.kind == "heading"
        and before.first < before.last
        and _level(before.leaf) < _level(heading.leaf)
        and zones[before.first] == zones[heading.first]
    )


def _level(leaf: Block) -> str:
    return (leaf.attributes or {}).get("level", "1")


# --------------------------------------------------------------------------------------------------------- captions


def _caption(drafts: list[Draft | DraftLeaf], survey: Survey) -> None:
    """Make figures of images and of what a class calls the caption right behind each."""
    stack = [drafts]
    while stack:
        children = stack.pop()
        kept: list[Draft | DraftLeaf] = []
        figure: Draft | None = None
        captioned = 0
        for child in children:
            if isinstance(child, Draft):
                figure = None
                if child.kind in _WRAPPERS:
                    stack.append(child.children)
            elif figure is not None or (kept and _is_image(kept[-1])):
                element = _calls_caption(child, survey)
                if element and figure is None and kept and _is_image_of(kept[-1], child):
                    image = kept.pop()
                    figure = Draft("figure", _source(image), None, image.first, None)
                    figure.children.append(image)
                    kept.append(figure)
                if element and figure is not None and (len(figure.children) == 1 or element == captioned):
                    captioned = element
                    child.leaf = child.leaf._replace(kind="caption")
                    figure.children.append(child)
                    figure.last = child.last
                    continue
                figure = None
            kept.append(child)
        children[:] = kept


def _calls_caption(draft: DraftLeaf, survey: Survey) -> int:
    """The element that calls a line a caption; 0 where none does."""
    if draft.first == draft.last or draft.leaf.kind not in LINE_KINDS:
        return 0
    element = survey.elements[draft.first]
    for _ in range(_ELEMENTS_UP + 1):
        if survey.classes[element] and _is_caption(survey.classes[element], survey.classes[survey.parents[element]]):
            return element
        element = survey.parents[element]
    return 0


def _is_caption(classes: str, around: str) -> bool:
    """Whether classes call a line a caption; Asciidoctor calls it the title of its block."""
    return _CAPTION.search(classes) is not None or ("title" in classes.split() and "imageblock" in around.split())


def _is_image(draft: Draft | DraftLeaf) -> bool:
    """Whether it is a leaf that holds no words and an image."""
    return isinstance(draft, DraftLeaf) and draft.first == draft.last and _shows_image(draft.leaf.content)  # type: ignore[arg-type]


def _is_image_of(before: Draft | DraftLeaf, caption: DraftLeaf) -> bool:
    """Whether a leaf holds images alone, and stands in the element that the caption stands in."""
    if not isinstance(before, DraftLeaf) or not _is_image(before):
        return False
    steps = _STEP.findall(caption.leaf.source.removesuffix(")"))
    around = "".join(steps[:-_STEPS_APART]) or "/html"
    return before.leaf.source.removeprefix("xpath(").removesuffix(")").startswith(f"{around}/")


def _shows_image(content: InlineContent) -> bool:
    return any(
        isinstance(part, Inline) and (part.kind == "image" or (part.kind == "link" and _shows_image(part.content)))
        for part in content
    )


def _source(draft: Draft | DraftLeaf) -> str:
    return draft.leaf.source if isinstance(draft, DraftLeaf) else draft.source


# ------------------------------------------------------------------------------------------- what a word processor says


def _name_titles(drafts: Sequence[Draft | DraftLeaf], survey: Survey) -> None:
    """Name the title, where it is called so, and no heading of the first rank is beside it."""
    found = [one for one in drafts if isinstance(one, DraftLeaf) and one.first < one.last]
    titles = [one for one in found if one.leaf.kind in LINE_KINDS and _is_called(_TITLE, one, survey)]
    if len(titles) == 1 and not any(one.leaf.kind == "heading" and _level(one.leaf) == "1" for one in found):
        leaf = titles[0].leaf
        titles[0].leaf = leaf._replace(kind="heading", attributes={**(leaf.attributes or {}), "level": "1"})


def _list_points(drafts: list[Draft | DraftLeaf], zones: Sequence[str], survey: Survey) -> None:
    """Make a list of paragraphs side by side that a word processor calls the points of one."""
    kept: list[Draft | DraftLeaf] = []
    points: Draft | None = None
    for draft in drafts:
        if not isinstance(draft, DraftLeaf) or not _is_point(draft, survey):
            if draft.first < draft.last or isinstance(draft, Draft):
                points = None
            kept.append(draft)
            continue
        if points is None or zones[points.first] != zones[draft.first]:
            points = Draft("list", draft.leaf.source, {"rend": "simple"}, draft.first, None)
            kept.append(points)
        item = Draft("item", draft.leaf.source, None, draft.first, None)
        item.last = points.last = draft.last
        draft.leaf = draft.leaf._replace(kind="text")
        item.children.append(draft)
        points.children.append(item)
    drafts[:] = kept


def _is_point(draft: DraftLeaf, survey: Survey) -> bool:
    return draft.first < draft.last and draft.leaf.kind in LINE_KINDS and _is_called(_POINT, draft, survey)


def _is_called(name: re.Pattern[str], draft: DraftLeaf, survey: Survey) -> bool:
    return name.search(survey.classes[survey.elements[draft.first]]) is not None

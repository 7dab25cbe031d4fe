"""Byline and dateline of a page's text, named where the page says so: by a class, or by the form of the line.

Only the lines right below the headline are looked at, and only those of the text proper. No word moves; a date and a
place in a line get their marks.

Source: TEI P5 4.12.0, 4.2.2 (openers).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.model.late_pattern import late
from solander.model.page import LINE_KINDS, Block, Inline, InlineContent
from solander.model.places import dateline_places
from solander.reading.dateline import find_dates, read_dateline
from solander.reading.dividing.letters import is_speaker, opens_byline
from solander.reading.divisions import Draft, DraftLeaf
from solander.reading.survey import Survey
from solander.reading.zoning.pieces import says_byline
from solander.reading.zoning.who_and_when import who_and_when

REACH_LEAVES = 8
"""How many lines below the headline, or from the beginning, may belong to the head."""

BYLINE_CHARACTERS = 160
"""A longer line is a sentence about its author."""

ELEMENTS_UP = 2
"""How many elements above its own may call a line a byline."""

_SITE_BEHIND = late(r"\s*(?:[|｜–—·•»«_:]|-)")
_SITE_BEFORE = re.compile(r"(?:[|｜–—·•»«_:]|-)\s*\Z")
_TO_MORE = late(
    r"(?:(?:view|see|show|read|zeige|voir|ver|vedi|bekijk|zobacz)\s(?:\w+\s)?)?"
    r"(?:all|alle|more|mehr|weitere|tous|toutes|plus|tod[oa]s|más|mais|tutti|altri|meer|wszystkie|więcej|все|其他|更多)\s?"
    r"(?:(?:the|les|los|las|os|as|gli|i|de|d[’']|of|from|by|my|von|her|his|their|ses|leurs|sus|suoi|seine|ihre)\s?){0,2}"
    r"(?:articles?|posts?|stories|entries|news|artikel|beiträge|texte|artículos|entradas|artigos|articoli|artykuły|"
    r"wpisy|статьи|文章)\b",
    re.IGNORECASE,
)
"""What leads to all that an author wrote."""


def name_openings(drafts: Sequence[Draft | DraftLeaf], zones: Sequence[str], survey: Survey) -> None:
    """Give the lines of the head their kinds, in place."""
    main = [draft for draft in drafts if draft.first < draft.last and zones[draft.first] == "main"]
    _name_headline(main[: 2 * REACH_LEAVES], survey)
    headings = (at for at, draft in enumerate(main[: 2 * REACH_LEAVES]) if _kind(draft) == "heading")
    begin = next(headings, -1) + 1
    for draft in main[begin : begin + REACH_LEAVES]:
        if not isinstance(draft, DraftLeaf) or draft.leaf.kind not in LINE_KINDS:
            if isinstance(draft, DraftLeaf) and draft.leaf.kind != "subtitle":
                return
            continue
        text = survey.texts[draft.first]
        if len(text) > 2 * BYLINE_CHARACTERS:
            return
        posted = who_and_when(text)
        if posted != "byline" and (posted or read_dateline(text) is not None):
            draft.leaf = _dated(draft.leaf, "dateline", text)
        elif posted or _names_author(text, survey.elements[draft.first], survey):
            draft.leaf = _dated(draft.leaf, "byline", text)


def _name_headline(main: Sequence[Draft | DraftLeaf], survey: Survey) -> None:
    """A line that is the page's title opens the text as its heading, if nothing but short lines stand before it."""
    title = " ".join(survey.title.split()).casefold()
    if not title and main and _is_set_as_title(main, survey):
        _make_headline(main[0])
        return
    for draft in main:
        if not isinstance(draft, DraftLeaf) or draft.leaf.kind == "heading":
            return
        text = survey.texts[draft.first]
        if draft.leaf.kind in LINE_KINDS and is_title_line(text, title):
            _make_headline(draft)
            return
        if len(text) > BYLINE_CHARACTERS:
            return


def _make_headline(draft: Draft | DraftLeaf) -> None:
    if isinstance(draft, DraftLeaf):
        attributes = {**(draft.leaf.attributes or {}), "level": "1"}
        draft.leaf = draft.leaf._replace(kind="heading", attributes=attributes)


def _is_set_as_title(main: Sequence[Draft | DraftLeaf], survey: Survey) -> bool:
    """Whether the first line of a page without a title is bold as a whole, and its headings head but sections of it.

    So a word processor writes a title, which it knows by its letters alone: two sections of the first rank have none.
    """
    first = main[0]
    if not isinstance(first, DraftLeaf) or first.first or first.leaf.kind not in LINE_KINDS:
        return False
    text = survey.texts[first.first]
    if len(text) > BYLINE_CHARACTERS or text.endswith((".", "!", "?", ":", "。", "！", "？", "：", "…")):
        return False
    content: InlineContent = first.leaf.content  # type: ignore[assignment]
    if not all(_is_bold(part) for part in content) or survey.link_characters[first.first]:
        return False
    return survey.tags.count("h1") > 1


def _is_bold(part: Inline | str) -> bool:
    """Whether all words of a part are in bold, whatever other marks they bear."""
    if isinstance(part, str):
        return not part.strip()
    if part.kind in ("bold", "strong", "break", "anchor"):
        return True
    return bool(part.content) and all(map(_is_bold, part.content))


def is_title_line(text: str, title: str) -> bool:
    """Whether a line is the page's title, or that without the site's name.

    Args:
        text: the line.
        title: the page's ``title``, case-folded, white space collapsed.
    """
    if len(text) > 250:
        return False
    # A title's words are held together by no-break spaces in one place and not in the other.
    line = " ".join(text.split()).casefold()
    if len(line) < (6 if not line.isascii() else 12):
        return False
    if line == title:
        return True
    return (title.startswith(line) and _SITE_BEHIND.match(title, len(line)) is not None) or (
        title.endswith(line) and _SITE_BEFORE.search(title[: -len(line)]) is not None
    )


def opens_text(text: str, element: int, survey: Survey) -> bool:
    """Whether a line of an element is a byline or a dateline, and not what else stands beneath a headline."""
    return _names_author(text, element, survey) or (
        len(text) <= 2 * BYLINE_CHARACTERS and read_dateline(text) is not None
    )


def _names_author(text: str, element: int, survey: Survey) -> bool:
    if len(text) > BYLINE_CHARACTERS:
        return False
    return _is_byline(text) or (_called_byline(element, survey) and not _is_of_box(text))


def _is_of_box(text: str) -> bool:
    """Whether a line stands in the box about an author and names none: a label, a way to more of hers."""
    return text.rstrip()[-1:] in (":", "：") or _TO_MORE.match(text) is not None


def _kind(draft: Draft | DraftLeaf) -> str:
    return draft.leaf.kind if isinstance(draft, DraftLeaf) else draft.kind


def _is_byline(text: str) -> bool:
    """Whether the form of a line proves it: "By" and a name, or an office and a name."""
    if is_speaker(text):
        return True
    if not opens_byline(text) or text.endswith((".", "!", "?", "…", ":")):
        return False
    words = text.split()[1:8]
    return bool(words) and words[0][0].lower() != words[0][0]


def _called_byline(element: int, survey: Survey) -> bool:
    for _ in range(ELEMENTS_UP + 1):
        if survey.last[element] - survey.first[element] > 3:
            return False
        if says_byline(survey.classes[element]):
            return True
        element = survey.parents[element]
    return False


def _dated(leaf: Block, kind: str, text: str) -> Block:
    """The leaf as what it is, its one date marked, and in a dateline its places."""
    content: InlineContent = leaf.content  # type: ignore[assignment]
    dates = list(find_dates(text))
    if len(dates) == 1:
        when, begin, end = dates[0]
        content = _marked(content, text[begin:end], Inline("date", (text[begin:end],), {"when": when}))
        if kind == "dateline":
            for place in dateline_places(text[:begin], text[end:]):
                content = _marked(content, place, Inline("place", (place,)))
    return leaf._replace(kind=kind, content=content)


def _marked(content: InlineContent, words: str, mark: Inline) -> InlineContent:
    """Mark the first stretch that is these words, where they stand in one piece."""
    parts: list[Inline | str] = []
    for at, part in enumerate(content):
        if isinstance(part, str):
            before, found, after = part.partition(words)
            if found:
                return (*parts, *((before,) if before else ()), mark, *((after,) if after else ()), *content[at + 1 :])
        elif part.kind == mark.kind:
            if part.content == (words,) and not part.attributes:
                return (*parts, mark, *content[at + 1 :])
        elif part.content:
            inner = _marked(part.content, words, mark)
            if inner != part.content:
                return (*parts, part._replace(content=inner), *content[at + 1 :])
        parts.append(part)
    return tuple(parts)

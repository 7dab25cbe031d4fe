"""Links that say what they lead to, weighed by where they stand: a picture's licence is not the page's.

A licence within a figure, or in the line that credits a picture, is the picture's. One of Creative Commons is the
page's without ``rel`` too, in the page's foot or where the words about it speak of the page. Tags of other posts, and
those of a cloud, are no subjects of this page.

Source: HTML Standard, 4.6.6.6 (``license``), 4.6.6.18 (``tag``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.kinds import Kind
from solander.describing.lines import Lines
from solander.describing.word_list import holds_any, words_of
from solander.model.late_pattern import late
from solander.model.page import Block, Inline, plain

FOOT_LINES = 60
"""Lines at the page's end that are searched for a licence."""

LINE_CHARACTERS = 400
"""A line that states a licence is not longer."""

CLOUD = 25
"""More tags than these are the site's."""

LIST = 3
"""So many places with tags of their own are posts of a list."""

_FIGURES = ("/figure[", "/figcaption[", "/picture[")
_CC = late(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses/[a-z-]{2,12}/\d\.\d|publicdomain/(?:zero|mark)/\d\.\d)(?:/|\Z)",
    re.IGNORECASE,
)
# Words of what is not the page's text, but for a credit at the line's head.
_THINGS = (
    r"photo(?:s|graph\w*)?|fotos?|fotografi\w*|pictures?|images?|bild(?:er)?|imagen(?:es)?|immagin[ei]|icons?|logos?|"
    r"illustrations?|videos?|music|musik|sounds?|maps?|karten?|kuvat?|zdjęci\w*|фото|写真|图|圖"
)
_OF_PICTURE = late(rf"(?:\A|[|•·.;(]\s*)(?:{_THINGS})\s?(?:credits?|by|von|par|por|de|source|:|：|/|©)", re.IGNORECASE)
_OTHERS = late(rf"\b(?:{_THINGS}|code|software|source|font|dataset)\b", re.IGNORECASE)
_SPEAKS_OF_PAGE = late(
    r"\b(?:th(?:is|e)\s(?:\w+\s){0,2}?(?:work|article|page|text|post|content|site|website|blog|document|book|chapter)s?|content|"
    r"text|articles?|except\swhere\sotherwise|dies(?:er|e|es)\s(?:\w+\s){0,2}?(?:werk|artikel|text|seite|beitrag|inhalt)|inhalte?|"
    r"ce(?:tte|t)?\s(?:œuvre|article|texte|page)|est[ea]\s(?:obra|artículo|texto|artigo|página)|quest[oa']\s?(?:opera|testo))\b",
    re.IGNORECASE,
)
_LICENSED = re.compile(
    r"licen[cs]|lizenz|lisens|lizenc|licença|лиценз|授权|授權|ライセンス|creative commons|\bcc[\s-]", re.IGNORECASE
)
_LETTERS = ("icen", "ICEN", "izen", "isens", "CC", "ommons", "OMMONS", "иценз", "授", "ライセンス")
_NO_SUBJECTS = words_of(
    "uncategorized uncategorised unkategorisiert allgemein allgemeines aktuell aktuelles sonstiges general tags tag "
    "news nachrichten blog post posts article articles featured"
)
_IN_LIST = re.compile(r"(?:/(?:li|span)\[\d+\])*/a\[\d+\]\)?\Z")
_INDEX = re.compile(r"\[\d+\]")
_ARTICLE = re.compile(r"/article\[\d+\]")
_NOT_THE_PAGES = frozenset(("comments", "related", "sidebar", "dialog"))


def weigh_links(candidates: list[Candidate], lines: Lines, title_at: int | None) -> list[Candidate]:
    """Mark the licences of pictures and the tags of other pages, and add the page's licence that no ``rel`` tells.

    Args:
        candidates: any; others than those of marked links are handed back as they are.
        lines: the page's.
        title_at: the number of the title's line.
    """
    tags = [one for one in candidates if one.mark == (Kind.REL, "tag")]
    others = _tags_of_others(tags, lines, title_at) if tags else frozenset()
    weighed = [
        one._replace(noise=True)
        if one.statement.evidence.source in others or (_is_licence(one) and _is_pictures(one, lines))
        else one
        for one in candidates
    ]
    if not any(one.statement.refinement == "license" and not one.noise for one in weighed):
        weighed.extend(_stated(lines))
    return weighed


def _is_licence(one: Candidate) -> bool:
    statement = one.statement
    return statement.refinement == "license" and statement.evidence.origin in ("markup", "microdata")


def _is_pictures(one: Candidate, lines: Lines) -> bool:
    """Whether a licence in the body stands by a picture, or in the line that credits one."""
    source = one.statement.evidence.source
    if "/head[" in source or not source:
        return False
    if any(part in source for part in _FIGURES):
        return True
    number = lines.number_of(source)
    if number is None:
        return False
    return (
        lines.blocks[number].kind == "caption" or _OF_PICTURE.search(lines.text(number)[:LINE_CHARACTERS]) is not None
    )


def _stated(lines: Lines) -> Iterator[Candidate]:
    """The one licence of Creative Commons that lines of the foot link to, if they speak of the page."""
    found: dict[str, str] = {}
    for number in range(max(0, len(lines) - FOOT_LINES), len(lines)):
        block = lines.blocks[number]
        if block.kind in ("caption", "preformatted") or lines.zones[number] in _NOT_THE_PAGES:
            continue
        text = lines.text(number)
        # Looking for a few letters costs a tenth of looking for links, and most lines speak of no licence.
        if len(text) > LINE_CHARACTERS or (text and not holds_any(text, _LETTERS)):
            continue
        if number in lines.of_others or any(part in block.source for part in _FIGURES):
            continue
        for target, before in _licences(block):
            if _is_pages(text, before, lines.zones[number]):
                found.setdefault(target, block.source)
    if len(found) == 1:
        ((target, source),) = found.items()
        yield candidate("rights", target, Kind.LINK_TO_LICENCE, source, refinement="license", preference=5)


def _is_pages(text: str, before: str, zone: str) -> bool:
    """Whether a line that links to a licence says that the page is under it."""
    if _OTHERS.search(before) and not _SPEAKS_OF_PAGE.search(before):
        return False
    if _OF_PICTURE.search(text):
        return False
    if zone == "footer":
        return not text or _LICENSED.search(text) is not None
    return _SPEAKS_OF_PAGE.search(before) is not None and _LICENSED.search(text) is not None


def _licences(block: Block) -> Iterator[tuple[str, str]]:
    """Links to licences in a line, each with the words before it."""
    before: list[str] = []
    stack: list[Inline | str | Block] = list(reversed(block.content))
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            before.append(part)
            continue
        target = (part.attributes or {}).get("target", "") if part.kind == "link" else ""
        if "creativecommons.org/" in target and _CC.match(target):
            yield target, " ".join("".join(before).split())
            before.append(plain(Block("text", "", part.content)))
        else:
            stack.extend(reversed(part.content))


def _tags_of_others(tags: list[Candidate], lines: Lines, title_at: int | None) -> frozenset[str]:
    """Pointers to the tags that are not the page's: of other posts, of a cloud, or said for want of any."""
    title = lines.blocks[title_at].source if title_at is not None else ""
    own = _ARTICLE.findall(title)
    article = title[: title.rindex(own[-1]) + len(own[-1])] if own else ""
    places: dict[str, set[str]] = {}
    for one in tags:
        place = _IN_LIST.sub("", one.statement.evidence.source)
        places.setdefault(_INDEX.sub("", place), set()).add(place)
    found: set[str] = set()
    for one in tags:
        source = one.statement.evidence.source
        number = lines.about(source)
        zone = lines.zones[number] if number is not None else ""
        place = _IN_LIST.sub("", source)
        if (
            len(tags) > CLOUD
            or one.statement.value.casefold() in _NO_SUBJECTS
            or zone in _NOT_THE_PAGES
            or "/aside[" in source
            or (number is not None and number in lines.of_others)
            or (article and "/article[" in source and not source.startswith(f"{article}/"))
            or (not article and len(places[_INDEX.sub("", place)]) >= LIST)
        ):
            found.add(source)
    return frozenset(found)

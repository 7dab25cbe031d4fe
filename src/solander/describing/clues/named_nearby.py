"""Who is named near the title without a byline: by a link to an author's page, or under a label in a block of its own.

Source: HTML Standard, 4.6.6 (``rel="author"``), of which these links are the older form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.clues.labels import credited
from solander.describing.days.dates import find_date
from solander.describing.kinds import Kind
from solander.describing.lines import Lines
from solander.describing.names.no_names import is_noise, is_role
from solander.describing.names.people import looks_personal
from solander.describing.word_list import words_of
from solander.model.late_pattern import late
from solander.model.page import Block, Inline, plain

NEAR = 6
"""Lines after the title in which a link to an author's page is this page's."""

LAST = 4
"""Lines at the end of the text proper in which a name may stand alone as a signature."""

_LINE_CHARACTERS = 160
_PARAGRAPH_CHARACTERS = 120
"""A signature stands beneath a paragraph; beneath a heading or a link the same words are a heading or a link."""

_NO_NAMES = words_of(
    "mehr more read see related latest all weitere weiterlesen themen share follow next previous continue keep learn "
    "get contact about click download view watch listen subscribe join find our the your this that und et y und leer "
    "más lire voir plus suite leggi tutti czytaj więcej читать ещё quelle source sources ende end fin note notes"
)
_AUTHORS_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|i|zy)?|auteurs?|autore|redakteure?|redaktion|redaccion|journalistes?|journalists?|"
    r"contributors?|writers?|columnists?|reporters?|staff|bylines?|profiles?/authors?|avtor|avtory)/[^/?#]",
    re.IGNORECASE,
)
_LABEL_ALONE = re.compile(
    r"(?:(?:written|posted|published|story|words|text|article|report|by)\s)?(?:by|von|par|por|di|da|door|av|af)|"
    r"authors?|autor(?:[:*]?in(?:nen)?|en|es|a)?|auteure?s?|autore|writer|verfasser(?:in)?|author\(s\)|auteur\(s\)|"
    r"автор(?:ы)?|συντάκτης|作者|撰稿|记者|記者|글",
    re.IGNORECASE,
)
# Boards name who began a thread: "Thread starter", "Erstellt von", "Автор темы". A user's name may have any form.
_STARTER = re.compile(
    r"(?:(?:thread|topic|discussion)\s(?:starter|author|creator)|(?:started|asked|opened|created)\sby|"
    r"themen?starter(?:in)?|thread-?ersteller(?:in)?|ersteller(?:in)?|erstellt von|thema von|gestartet von|"
    r"auteur du sujet|initiateur|iniciado por|tema de|autor del tema|autor tematu|założyciel tematu|"
    r"автор темы|楼主|樓主)"
    r"\s?[:：]?",
    re.IGNORECASE,
)
_USER = late(r"[^\s,;:|•]{2,30}(?:\s[^\s,;:|•]{1,20}){0,2}")
_MID_LINE = re.compile(
    r"\s[-–—|•·/]\s?(?P<label>(?:Redaktion|Text|Autor(?:in)?|Author|Auteur|Texte|Texto|Words|Story|Von|By)\s?[:：])\s?"
    r"(?P<who>[^|•·/]{3,60})"
)
_PICTURES = re.compile(r"(?:фото|foto|photo|fot\.|zdj|kuva|bild)", re.IGNORECASE)
_FAMILIES = words_of("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đoàn")
_MARKS = frozenset(("strong", "emphasis", "bold", "italic"))
_SIGN = " ,;:|·•–—-/*()\u00a0"


def named_nearby(lines: Lines, near: list[int], others: frozenset[int]) -> Iterator[Candidate]:
    """Candidates for people from the lines about the title.

    Args:
        lines: the page's.
        near: the numbers of those lines, the nearest first.
        others: numbers of lines that speak of other pages.
    """
    for distance, number in enumerate(near):
        if number in others or number in lines.of_others or lines.zones[number] in ("comments", "related"):
            continue
        block = lines.blocks[number]
        text = lines.text(number)
        if len(text) > _LINE_CHARACTERS:
            continue
        if distance <= NEAR:
            yield from _linked(block, distance)
        yield from _starter(lines, number, text, distance)
        if _LABEL_ALONE.fullmatch(text.strip(_SIGN)) and number + 1 < len(lines):
            yield from _beneath(lines, number + 1, text.strip(_SIGN), distance)
        for match in _MID_LINE.finditer(text):
            for role, person in credited(f"{match['label']} {match['who']}"):
                if looks_personal(person) and not is_role(person):
                    name = match["label"].rstrip(":： ")
                    yield candidate(role, person, Kind.LABEL, block.source, name=name, preference=1 + distance)


def _starter(lines: Lines, number: int, text: str, distance: int) -> Iterator[Candidate]:
    """Who began a thread, behind the label or in the line beneath it; a template may say the label twice."""
    label = _STARTER.match(text)
    if label is None:
        return
    rest = text[label.end() :].strip(_SIGN)
    if again := _STARTER.match(rest):
        rest = rest[again.end() :].strip(_SIGN)
    source = lines.blocks[number].source
    if not rest and number + 1 < len(lines):
        rest, source = lines.text(number + 1).strip(_SIGN), lines.blocks[number + 1].source
    if dated := find_date(rest):
        rest = rest[: dated.start].strip(_SIGN)
    if _USER.fullmatch(rest) and not is_noise(rest):
        yield candidate("creator", rest, Kind.LABEL, source, name=label[0].strip(": "), preference=1 + distance)


def signed(lines: Lines) -> Iterator[Candidate]:
    """Names in the last lines of the text proper: under a label of their own, or alone and set off by their type."""
    main = lines.main
    for number in main[-2 * LAST :]:
        text = lines.text(number)
        if text.endswith((":", "：")) and _LABEL_ALONE.fullmatch(text.strip(_SIGN)) and number + 1 < len(lines):
            yield from _beneath(lines, number + 1, text.strip(_SIGN), 40)
    for at in range(len(main) - 1, max(0, len(main) - LAST - 1), -1):
        number = main[at]
        # The last paragraph may be a short one.
        above = [number for number in main[max(0, at - 2) : at] if lines.blocks[number].kind == "paragraph"]
        if not any(len(lines.text(number)) >= _PARAGRAPH_CHARACTERS for number in above):
            continue
        block = lines.blocks[number]
        text = _without_credit(lines.text(number).strip(_SIGN))
        parts = [part for part in block.content if not isinstance(part, str) or part.strip(_SIGN)]
        set_off = len(parts) == 1 and isinstance(parts[0], Inline) and parts[0].kind in _MARKS
        if set_off and block.kind in ("paragraph", "text") and len(text.split()) in (2, 3) and _is_name(text):
            # In Vietnamese most parts of a name are words as well; a family's name tells it.
            if text.isupper() or (text.split()[0] not in _FAMILIES and lines.writes_small(text.split())):
                continue  # "ZOBACZ TAKŻE", "Stay Connected": words of the language
            yield candidate("creator", text, Kind.NAME_AT_END, block.source, preference=60)
            return


def _without_credit(text: str) -> str:
    """A signature without what stands behind its comma: "Ann Lee, photographs by the author"."""
    name, comma, rest = text.partition(", ")
    return name if comma and (_PICTURES.match(rest) or is_role(rest)) else text


def _linked(block: Block, distance: int) -> Iterator[Candidate]:
    for target, text in _links(block):
        if _AUTHORS_PAGE.search(target) and len(text) <= 60:
            for role, person in credited(text):
                yield candidate(
                    role,
                    person,
                    Kind.LINK_TO_AUTHOR,
                    block.source,
                    preference=4 + distance,
                    noise=is_noise(person) or is_role(person) or not person[:1].isalpha(),
                )


def _links(block: Block) -> Iterator[tuple[str, str]]:
    stack: list[Inline | str | Block] = list(reversed(block.content))
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            continue
        if part.kind == "link":
            yield (part.attributes or {}).get("target", ""), plain(Block("text", "", part.content))
        else:
            stack.extend(reversed(part.content))


def _beneath(lines: Lines, number: int, label: str, distance: int) -> Iterator[Candidate]:
    text = lines.text(number)
    if len(text) > 80 or find_date(text):
        return
    for role, person in credited(f"{label}: {text}" if not label.isascii() or " " not in label else f"{label} {text}"):
        if looks_personal(person) and not is_noise(person) and not is_role(person):
            yield candidate(role, person, Kind.LABEL, lines.blocks[number].source, name=label, preference=1 + distance)


def _is_name(text: str) -> bool:
    if not _NO_NAMES.isdisjoint(text.casefold().split()):
        return False
    return looks_personal(text) and not is_noise(text) and not is_role(text) and find_date(text) is None

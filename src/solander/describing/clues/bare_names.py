"""Persons who are named without a label: beside the title, in the box about the author, as the text's signature.

That words are a person's name is told by a given name; that the person is the author, by the place. Who stands in the
title is whom the page speaks of, and a link to a collection of pages is a subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.days.dates import find_date
from solander.describing.kinds import Kind
from solander.describing.lines import Lines, broken_lines, opening_line
from solander.describing.names.given_names import is_given
from solander.describing.names.given_places import is_given_place
from solander.describing.names.no_names import is_bodys, is_generic, is_noise, is_role
from solander.describing.names.people import looks_personal
from solander.describing.titles.by_rules import is_site
from solander.describing.word_list import holds_any, words_of
from solander.model.late_pattern import late
from solander.model.membership import is_membership_label, tells_membership
from solander.model.page import Block, Inline

ABOVE, BENEATH = 3, 8
"""Lines above and beneath the title in which a person named is its author."""

BESIDE = 4
"""Lines beneath the title in which a zone, being a guess, is not believed."""

LINE_CHARACTERS = 100
PARTS = 4
"""Such a line is not longer, and has no more parts."""

LATER = 5
"""Preference added to a name above the title."""

END = 4
"""Lines at the end of the text proper, and behind it, in which its author signs."""

PARAGRAPH_CHARACTERS = 100
BOX_WITHIN = 1_000
"""Lines from the title on in which the box about the author stands."""

BOX_CHARACTERS = 300
LABEL_CHARACTERS = 36

_LISTS = frozenset(("navigation", "sidebar", "comments", "related", "form", "footer", "dialog"))
_PARTS = re.compile(r"\s*[|•·⋅●►»,]\s*|\s+[-–—/]+\s+|\s{2,}|\s(?=\()")
_TITLES = re.compile(
    r"(?:(?:Prof|Dr|Mag|Dipl|Ing|Univ|PD|Priv|Doz|Sir|Dame|Rev|Fr|Mr|Mrs|Ms|Herr|Frau)\.?-?\s?)+(?=[A-ZÄÖÜ])"
)
_TIME = re.compile(
    r"(?:[\s,]|\b(?:at|um|à|om|kl)\b)*\b\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?(?:[ap]\.?m\.?|uhr|h\b|[A-Z]{2,4}\b))?|"
    r"\b\d+\s?(?:min(?:ute|uten)?s?|comments?|kommentare?|views?)\b(?:\.|\s(?:read|lesezeit|de lecture))?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"\s@\w{2,30}")
_SAYS = re.compile(
    r"(?:(?:first|zuletzt|last|originally)\s)?\b(?:updated|published|posted|modified|geändert|aktualisiert|veröffentlicht|"
    r"stand|publié|mis à jour|publicado|actualizado|aggiornato|pubblicato)\b:?(?:\s(?:on|am|le|el|il))?\s*\Z",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:photo|foto|image|bild|picture|credit|illustration|grafik|quelle|source|©|video|symbolbild|getty|reuters|"
    r"associated press|\b(?:dpa|afp|ap|epa)\b)",
    re.IGNORECASE,
)
_COLLECTION = late(
    r"/(?:tags?|topics?|themen?|thema|categor(?:y|ies)|kategorien?|schlagwort|keywords?|labels?|subjects?|search|suche|"
    r"stars?|persons?|personen|people|celebrit\w+|players?|spieler|artists?|kuenstler|teams?|dossiers?|sujet)[/?=]",
    re.IGNORECASE,
)
_BOX = late(
    r"(?:about|meet|über|zum|zur|a propos d[eu]|à propos d[eu]|sobre|o|об)\s"
    r"(?:the\s|our\s|den\s|die\s|el\s|la\s|l['’])?"
    r"(?:(?:post|blog|article|guest)\s)?(?:authors?|writer|autor(?:in|a|ze)?|auteure?|autore|авторе)|"
    r"(?:the\s|der\s|die\s|l['’])?(?:authors?|autor(?:[:*]?in)?|auteure?|autore)|author bio(?:graphy)?|autoreninfo|"
    r"written by|article by|story by|geschrieben von|verfasst von|关于作者|作者简介|作者介绍",
    re.IGNORECASE,
)
# In each such label one of these stands among the first letters: most lines are none, and are not looked at.
_MAY_LABEL = ("aut", "by", "von", "par", "por")
_MAY_LABEL_AS_WRITTEN = ("oor", "rit", "rti", "tor", "przez", "作者", "авт", "συντ", "Авт", "Συντ")
# "A contribution by", and beneath it whose.
_BY_ALONE = re.compile(r"(?:\w+\s){0,3}(?:by|von|par|por|door|przez)|(?:автор|συντάκτης)", re.IGNORECASE)
_NOT_BY = late(
    r"\b(?:edited|reviewed|checked|translated|illustrated|powered|designed|developed|photographed|photos?|fotos?|images?|"
    r"bild(?:er)?|video|compiled|curated|sponsored|presented|produced|directed|recommended|sort(?:ed)?|filter|liked|"
    r"präsentiert|übersetzt|geprüft|zuletzt)\b",
    re.IGNORECASE,
)
_IS = re.compile(
    r"\s(?:is|was|has|writes|works|lives|covers|ist|war|hat|schreibt|arbeitet|lebt|studierte|est|écrit|es|escribe|è|scrive|"
    r"jest|pisze)\s"
)
# "Virginia Beach", "Jordan Valley", "Orlando Sentinel": given names that towns, rivers and papers have too.
_LAST_OF_PLACES = words_of(
    "beach river valley county country state palace island islands highlands falls bay city region province district "
    "airport hotel hotels sentinel monitor alert university florida texas italy usa uk"
)
_WORDS = re.compile(r"[^\W\d_][\w-]+")
_SIGN = re.compile(r"\A[\s(\[–—*/-]*|[\s)\]*/.]*\Z")


def person_in(text: str) -> str:
    """The person that a text names and says nothing besides; empty if it names none that is known for one."""
    text = text.strip(" ,;:.\u00a0")
    untitled = _TITLES.sub("", text)
    words = untitled.split()
    if not 2 <= len(words) <= 4 or len(untitled) > 40 or not is_given(words[0]) or is_given_place(untitled):
        return ""
    if words[-1].casefold() in _LAST_OF_PLACES:
        return ""
    spelled = untitled if not untitled.isupper() else untitled.title()
    if not looks_personal(spelled) or any(map(str.isdigit, text)):
        return ""
    return "" if is_noise(text) or is_role(text) or is_bodys(text) or is_generic(text) else text


def person_by_the_title(
    lines: Lines, title: str, title_at: int | None, others: frozenset[int], sites: frozenset[str]
) -> Iterator[Candidate]:
    """The person named in the lines beside the title, where they name one.

    Args:
        lines: the page's.
        title: the page's.
        title_at: the number of its line; without one no line is beside it.
        others: numbers of lines that speak of other pages.
        sites: names of the site, folded.
    """
    if title_at is None:
        return
    subjects = frozenset(title.casefold().split())
    found: dict[str, tuple[int, str]] = {}
    for number in range(max(0, title_at - ABOVE), min(len(lines), title_at + BENEATH + 1)):
        distance = number - title_at
        zone, text = lines.zones[number], lines.text(number)
        if not distance or not 4 < len(text) <= LINE_CHARACTERS or "/fig" in lines.blocks[number].source:
            continue
        # Most lines have no given name in them, and are not looked at any further.
        if not any(map(is_given, _WORDS.findall(text))):
            continue
        # "Ann Lee", and beneath it in the same block the town that she writes from.
        if not (names := _named(" | ".join(broken_lines(lines.blocks[number])) or text)):
            continue
        if (zone in _LISTS or number in others) and not 0 < distance <= BESIDE:
            continue
        if number in lines.of_others or lines.is_said_again(number):
            continue
        if _CREDIT.search(text) or lines.blocks[number].kind in ("caption", "item"):
            continue
        above = lines.text(number - 1) if number else ""
        if above.endswith(":") and _CREDIT.search(above):
            continue
        if _is_members(lines, number) or not _is_dated(lines, number):
            continue
        for name in names:
            if subjects.isdisjoint(name.casefold().split()) and not is_site(name, sites):
                if leads_to_collection(lines.blocks[number]):
                    continue
                found.setdefault(name, (distance if distance > 0 else LATER - distance, lines.blocks[number].source))
    # Several persons in lines of their own are those whom other pages are about.
    if found and len({source for _, source in found.values()}) == 1:
        for name, (distance, source) in found.items():
            if not is_told_of(lines, name):
                yield candidate("creator", name, Kind.PERSON_BY_TITLE, source, preference=45 + distance)


def _is_members(lines: Lines, number: int) -> bool:
    """Whether the next line tells since when somebody is a member: then the name is a reader's."""
    beneath = lines.text(number + 1) if number + 1 < len(lines) else ""
    first = next((position for position, one in enumerate(beneath) if one.isdigit()), len(beneath))
    return is_membership_label(beneath) or tells_membership(beneath[:first])


def _is_dated(lines: Lines, number: int) -> bool:
    """Whether a line or one of the next to it, above or beneath, tells a day, an hour or an office."""
    around = [near for near in range(max(0, number - 2), min(len(lines), number + 3)) if lines.text(near)]
    return any(
        _TIME.search(lines.text(near)) or find_date(lines.text(near), "day-month") or is_role(lines.text(near))
        for near in around
        if len(lines.text(near)) <= LINE_CHARACTERS
    )


def is_told_of(lines: Lines, name: str) -> bool:
    """Whether the text proper speaks of a person: who writes does not call herself by her name."""
    given, *_, surname = name.split() if " " in name else ("", "")
    for number in lines.main if surname else ():
        # Capitals are no less a name in running text.
        text = lines.text(number)
        if len(text) >= PARAGRAPH_CHARACTERS and surname.casefold() in text.casefold() and not text.startswith(given):
            return True
    return False


def _named(text: str) -> list[str]:
    """The persons that are parts of a line; none where the rest of it is more than a day, an hour and an office."""
    if dated := find_date(text, "day-month"):
        before, after = text[: dated.start], text[dated.end :]
        text = f"{_SAYS.sub('', before)} | {after}"
    parts = [
        part for part in _PARTS.split(_TIME.sub(" | ", _HANDLE.sub("", text))) if part and any(map(str.isalpha, part))
    ]
    if len(parts) > PARTS:
        return []
    names = [name for part in parts if (name := person_in(_SAYS.sub("", part)))]
    return names if len(parts) - len(names) <= 1 else []


def leads_to_collection(block: Block) -> bool:
    """Whether a line links to a collection of pages: its words are a subject then."""
    return any(
        isinstance(part, Inline)
        and part.kind == "link"
        and _COLLECTION.search((part.attributes or {}).get("target", ""))
        for part in block.content
    )


def person_in_the_box(lines: Lines, title_at: int | None, sites: frozenset[str]) -> Iterator[Candidate]:
    """The person in the box about the author: beneath its heading, alone or with what she is."""
    found: dict[str, Candidate] = {}
    first = max(0, (title_at or 0) - ABOVE)
    for number in range(first, min(len(lines) - 1, first + BOX_WITHIN)):
        if lines.zones[number] in ("comments", "related") or number in lines.of_others:
            continue
        opening = lines.openings[number]
        if not (holds_any(opening.lower(), _MAY_LABEL) or holds_any(opening, _MAY_LABEL_AS_WRITTEN)):
            continue
        if not _labels_person(lines.text(number).strip(" :")):
            continue
        beneath = next((below for below in range(number + 1, min(len(lines), number + 4)) if lines.text(below)), None)
        if beneath is None:
            continue
        text = opening_line(lines.blocks[beneath]) or lines.text(beneath)[:BOX_CHARACTERS]
        told = _IS.search(text)
        name = person_in(text.partition("(")[0]) or (person_in(text[: told.start()]) if told else "")
        if name and not is_site(name, sites):
            source = lines.blocks[beneath].source
            found.setdefault(name, candidate("creator", name, Kind.AUTHOR_BOX, source, preference=50))
    if len(found) == 1:
        yield from found.values()


def _labels_person(text: str) -> bool:
    if len(text) > LABEL_CHARACTERS:
        return False
    return _BOX.fullmatch(text) is not None or (_BY_ALONE.fullmatch(text) is not None and not _NOT_BY.search(text))


def person_at_the_end(lines: Lines, sites: frozenset[str]) -> Iterator[Candidate]:
    """The person who signs the text: alone in a line beneath its last paragraphs."""
    if not lines.main:
        return
    last = lines.main[-1]
    for number in [*reversed(lines.main[-END:]), *range(last + 1, min(len(lines), last + 3))]:
        block = lines.blocks[number]
        if block.kind not in ("paragraph", "text") or lines.zones[number] in _LISTS or number in lines.of_others:
            continue
        text = lines.text(number) if len(lines.text(number)) <= 48 else opening_line(block)
        # A name alone may be a link's, or the next article's person; a dash or brackets make it a signature.
        signed = _SIGN.sub("", text)
        name = person_in(signed) if len(text) <= 48 and signed != text else ""
        if not name or is_site(name, sites):
            continue
        # A day and a source may stand between the text and its signature.
        before = [above for above in range(number - 1, max(-1, number - 5), -1) if lines.text(above)][:END]
        if any(
            len(lines.text(above)) >= PARAGRAPH_CHARACTERS and lines.blocks[above].kind == "paragraph"
            for above in before
        ):
            yield candidate("creator", name, Kind.NAME_AT_END, block.source, preference=60)
            return

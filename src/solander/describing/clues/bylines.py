"""Lines that name an author outright: "By Ann Lee", "Sport | By Ann Lee | 5 May 2020", "posted by ann_lee".

A line that breaks part counts as several, and the words that open a paragraph before a break are one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.clues.copyright_line import claims
from solander.describing.clues.labels import facts
from solander.describing.clues.names_by_the_day import behind_hour
from solander.describing.clues.posted_by import posted_by
from solander.describing.days.dates import find_date
from solander.describing.kinds import Kind
from solander.describing.lines import PARTS_OF_A_LINE, opening_line
from solander.describing.names.given_places import is_given_place
from solander.describing.names.no_names import is_generic, is_noise, is_role
from solander.describing.names.people import has_label, is_editors, looks_personal, people
from solander.describing.titles.by_rules import fold
from solander.model.page import Block

USER_LINES = 4
"""Lines about the title in which "by ann" names a user of the site."""

LINE_CHARACTERS = 160

SMALL_WORDS = 3
"""So many words that are written small make a line that ends in a full stop a sentence."""

# "by ann_lee": a user's name knows no capitals, so that only the whole line tells that it is one.
_BY_USER = re.compile(r"(?:posted |written |submitted )?(?:by|von|par) (?P<name>[a-z][a-z0-9_.-]{2,24})", re.IGNORECASE)
_FILED_BY = re.compile(
    r"(?:posted|filed|published|veröffentlicht|publié|publicado) (?:in|under|en|dans) .{2,60}? "
    r"(?:by|von|par|por) (?P<name>[\w.-]+(?: [\w.-]+){0,3}),? (?:on|am|le|el) (?P<when>.{6,40})",
    re.IGNORECASE,
)
_POSTING = re.compile(
    r"\b(?:posted|published|written|submitted|entry|eintrag|veröffentlicht|geschrieben|publié|publicad|pubblicat|geplaatst)",
    re.IGNORECASE,
)
_SIGN = re.compile("[|•·⋅●►»–—/-]")


def byline(text: str, block: Block, distance: int, houses: frozenset[str] = frozenset()) -> Iterator[Candidate]:
    """Candidates from a line near the title.

    Args:
        text: the line.
        block: it, with its mark-up.
        distance: how many lines near the title are nearer.
        houses: names of the site, folded: the house that somebody writes for is no author beside her.
    """
    part = _part_to_read(text, block)
    if part is None:
        return
    text = part
    is_byline = block.kind == "byline"
    if is_editors(text):
        # "Medically reviewed by Bo May — Written by Ann Lee": each part has a label of its own.
        written = _parts_with_label(text)
        for person in people(text):
            if looks_personal(person.split(",")[0]):
                yield candidate("contributor", person, Kind.BYLINE, block.source, preference=1 + distance)
        if not written:
            return
        text = written[0]
    if distance <= USER_LINES and (user := _BY_USER.fullmatch(text) or _FILED_BY.fullmatch(text)):
        name = user["name"]
        if not is_noise(name) and (user.re is _BY_USER or find_date(user["when"])):
            yield candidate("creator", name, Kind.BYLINE, block.source, preference=1 + distance)
            return
    # "Copyright 2019 by Ann Lee" says whose the right is.
    told = is_sentence(text) or claims(text)
    if not told and not has_label(text) and (name := posted_by(text)):
        yield candidate("creator", name, Kind.BYLINE, block.source, preference=1 + distance)
        return
    behind = "" if told else behind_hour(text)
    parts = [text, *_parts_with_label(text), behind] if not has_label(text) else [text]
    part = next((one for one in parts if is_byline or has_label(one)), None)
    if part is None:
        return
    # "By the end of 2020" opens like a byline: without a day or a break in the line, only a full name is one.
    broken = part != text or PARTS_OF_A_LINE.search(text) is not None or any(map(str.isdigit, text))
    for person in _without_house(people(part), houses):
        # "Ann Lee, PhD" is a name with its degree.
        is_name = looks_personal(person.split(",")[0])
        if is_byline or is_name or (broken and person.isalpha() and person[:1].isupper()):
            yield candidate(
                "creator",
                person,
                Kind.BYLINE,
                block.source,
                preference=1 + distance,
                noise=is_noise(person) or is_given_place(person) or (is_role(person) and not is_generic(person)),
            )


def _part_to_read(text: str, block: Block) -> str | None:
    """What of a line may be a byline: it, or how it opens; ``None`` where it is none, or was taken apart already."""
    if len(text) > LINE_CHARACTERS:
        text = opening_line(block)
        if not has_label(text) or len(text) > LINE_CHARACTERS:
            return None
    if any(fact.kind in ("creator", "contributor") for fact in facts(text)):
        return None  # taken apart by its labels already
    # What stands behind a colon may be asked, or quoted: "Interview: Ann Lee", and beneath it who took the pictures.
    if (opening := opening_line(block)) and ":" not in opening and has_label(opening):
        named = people(opening)
        # "By Ann Lee", and beneath it her house and a way to all that she wrote.
        return opening if named and all(map(looks_personal, named)) else text
    return text


def _without_house(persons: tuple[str, ...], houses: frozenset[str]) -> tuple[str, ...]:
    """Persons without the house behind them: "Ann Lee, The Quay" and "Ann Lee The Quay" on the pages of The Quay."""
    return tuple(
        _without_house_behind(person, houses)
        for index, person in enumerate(persons)
        if not (index and looks_personal(persons[0]) and fold(person) in houses)
    )


def _without_house_behind(person: str, houses: frozenset[str]) -> str:
    """A name without the house that is glued to it."""
    words = person.split()
    for length in range(2, min(len(words), 4)):
        name = " ".join(words[:length])
        # "The team of The Quay" is whole with its house alone.
        if words[length - 1][0].islower():
            continue
        if fold(" ".join(words[length:])) in houses and looks_personal(name) and fold(name) not in houses:
            return name
    return person


def is_sentence(text: str) -> bool:
    """Whether a line tells of something else done on a day: "The pier was opened on 5 May 1921 by Ann Lee" and a stop.

    It ends in a full stop, and writes more words small than a byline has; "This entry was posted on …" is a byline.
    """
    return (
        text.endswith((".", "!", "?"))
        and sum(word[0].islower() for word in text.split()) >= SMALL_WORDS
        and _POSTING.search(text) is None
    )


def _parts_with_label(text: str) -> list[str]:
    """Parts of a line that open like a byline: "Sport | By Ann Lee | 5 May 2020"."""
    if _SIGN.search(text) is None:
        return []
    return [part for part in PARTS_OF_A_LINE.split(text) if part != text and has_label(part)]

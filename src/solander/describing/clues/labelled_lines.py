"""What the lines about the title say under labels: title, people, days, the page's address.

A label beside the title is the page's own word on itself; the same label in a list of other pages is theirs, so only
the neighbourhood of the title and the first lines of the text are read, and never lists, menus and comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.clues.bare_names import person_in
from solander.describing.clues.labels import Fact, facts, may_label_title, says_published
from solander.describing.clues.posted_by import OPENS_SENTENCE, opens_post, opens_sentence, posted_by
from solander.describing.days.dates import may_hold_date
from solander.describing.days.forms import DayOrder
from solander.describing.kinds import Kind
from solander.describing.lines import NOT_OF_THE_PAGE, OF_OTHERS, Lines, broken_lines
from solander.describing.names.no_names import is_noise, is_role
from solander.describing.names.people import has_label, looks_personal, may_be_japanese, people

FIRST_LINES = 12
"""Lines at the beginning of the text proper in which a labelled title may stand."""

NAMING_LINES = 600
"""Lines among which one that names the author outright is looked for."""

LABELLED_CHARACTERS = 240
"""A line is not longer in which a label far from the title names the author."""

NAMES_CHARACTERS = 80
"""Names under such a label are not longer."""

_WRITTEN_BY = (
    "Written by ",
    "Article by ",
    "Story by ",
    "Text by ",
    "Words by ",
    "Autoren ",
    "Autor ",
    "Autorin ",
    "Authors ",
    "Geschrieben von ",
    "Verfasst von ",
    "Ein Beitrag von ",
    "Escrito por ",
    "Publié par ",
    "Écrit par ",
    "Scritto da ",
)
"""How a line opens that names the author without a colon."""

_BY = (
    "By ",
    "by ",
    "BY ",
    "Von ",
    "von ",
    "VON ",
    "Por ",
    "Par ",
    "Door ",
    "Text: ",
    "Posted by ",
    "Published by ",
    "Erstellt von ",
)
"""How a line opens that names a person without saying of what, where nothing by the title does."""

_ALONE = frozenset((*_BY, *_WRITTEN_BY))
_BEGINNINGS = frozenset(one[:2] for one in (*_BY, *_WRITTEN_BY))

_LABEL_LINE, _DAY_LINE = 30, 40
"""Characters of a line that is a label, and of one beneath it that is a day."""

FARTHER = 40
"""Added to the preference of a name that stands farther from the title."""

LATER = 5
"""Added once more to that of a user's name in the line that tells when something was posted."""

_OF_TEXTS = re.compile(r"(?:text|tekst|teksti|texto|testo|testi|words|haber|bài|文|글)\w*\s?[:：]", re.IGNORECASE)


def labelled_titles(lines: Lines) -> Iterator[Candidate]:
    """Titles that a line at the beginning of the text gives under a label: "Title: The Harbour at Night"."""
    for number in lines.main[:FIRST_LINES]:
        text = lines.text(number)
        for fact in facts(text) if may_label_title(text) else ():
            if fact.kind == "title":
                yield candidate("title", fact.value, Kind.LABEL, lines.blocks[number].source, name=_name(fact))
                return


def labelled_facts(lines: Lines, near: list[int], order: DayOrder | None) -> list[Candidate]:
    """Candidates from labels in the lines about the title.

    Args:
        lines: the page's.
        near: the numbers of those lines, the nearest first.
        order: the order of day and month in the page's language, where that is settled.
    """
    found: list[Candidate] = []
    for distance, number in enumerate(near):
        if lines.zones[number] in OF_OTHERS or number in lines.of_others:
            continue
        source = lines.blocks[number].source
        said = facts(lines.text(number), order) or _in_its_lines(lines, number, order)
        for fact in said or _under_label(lines, number, order):
            if fact.kind in ("issued", "modified"):
                found.append(
                    candidate(
                        "date",
                        fact.value,
                        Kind.LABEL,
                        source,
                        name=_name(fact),
                        refinement=fact.kind,
                        preference=distance,
                    )._replace(labelled=fact.kind == "issued" and says_published(fact.label))
                )
            elif fact.kind == "identifier":
                found.append(
                    candidate("identifier", fact.value, Kind.LABEL, source, name=_name(fact), preference=distance)
                )
            elif fact.kind in ("creator", "contributor"):
                found.extend(_people(fact, source, 1 + distance))
    return found


def _in_its_lines(lines: Lines, number: int, order: DayOrder | None) -> tuple[Fact, ...]:
    """What the lines of a block say that breaks part: a title, and "Text: Ann Lee" beneath it."""
    if len(lines.text(number)) > LABELLED_CHARACTERS:
        return ()
    return tuple(fact for line in broken_lines(lines.blocks[number]) for fact in facts(line, order))


def _under_label(lines: Lines, number: int, order: DayOrder | None) -> tuple[Fact, ...]:
    """What a day says of which the label stands alone in the line above: ``dt`` and ``dd``."""
    label = lines.opening(number - 1) if number else ""
    text = lines.opening(number)
    if not 3 < len(label) <= _LABEL_LINE or any(map(str.isdigit, label)) or not may_hold_date(text):
        return ()
    if len(lines.text(number)) > _DAY_LINE or lines.text(number - 1) != label:
        return ()
    return tuple(
        fact for fact in facts(f"{label.rstrip(' :：')}: {text}", order) if fact.kind in ("issued", "modified")
    )


def names_far_off(lines: Lines) -> Iterator[Candidate]:
    """A line anywhere but in comments and lists that is a label, a colon and a name: "Author: Ann Lee"."""
    text_proper = [
        number
        for number, zone in enumerate(lines.zones)
        if zone not in NOT_OF_THE_PAGE and number not in lines.of_others
    ]
    written_by: list[Candidate] = []
    bylines: dict[str, Candidate] = {}
    posted: dict[str, Candidate] = {}
    for number in text_proper[:NAMING_LINES]:
        opening = lines.openings[number]
        opens = opens_post(opening) or (opening[:2] in OPENS_SENTENCE and opens_sentence(lines.text(number)))
        if opens and (name := posted_by(lines.text(number))):
            posted.setdefault(
                name,
                candidate("creator", name, Kind.FAR_BYLINE, lines.blocks[number].source, preference=FARTHER + 5),
            )
        begins = opening[:2] in _BEGINNINGS
        if begins and f"{opening} " in _ALONE and lines.blocks[number].kind == "byline":
            opening = f"{opening} "  # the name is a link: the words before it are all that the opening has
        if begins and opening.startswith(_BY) and lines.zones[number] != "footer":
            text = lines.text(number)
            named = people(text) if len(text) <= NAMES_CHARACTERS and has_label(text) else ()
            for person in named if all(map(person_in, named)) else ():
                source = lines.blocks[number].source
                bylines.setdefault(person, candidate("creator", person, Kind.FAR_BYLINE, source, preference=FARTHER))
        elif ":" in opening or "：" in opening:
            text = lines.text(number)
            for fact in facts(text) if len(text) <= LABELLED_CHARACTERS else ():
                if fact.kind in ("creator", "contributor") and len(fact.value) <= NAMES_CHARACTERS:
                    yield from _people(fact, lines.blocks[number].source, FARTHER)
        elif begins and opening.startswith(_WRITTEN_BY) and len(lines.text(number)) <= NAMES_CHARACTERS:
            fact = Fact("creator", lines.text(number), "byline")
            written_by.extend(_people(fact, lines.blocks[number].source, FARTHER))
    # Several such lines are reviews or letters, each by somebody else.
    if len({one.statement.evidence.source for one in written_by}) == 1:
        yield from written_by
    if len({one.statement.evidence.source for one in bylines.values()}) == 1:
        yield from bylines.values()
    if len(posted) == 1:
        yield from posted.values()


def _people(fact: Fact, source: str, preference: int) -> Iterator[Candidate]:
    for person in people(fact.value):
        # "Text: Second Corinthians" far from the title: such labels stand before what is read as well.
        if preference >= FARTHER and _OF_TEXTS.match(fact.label) and not person_in(person):
            continue
        # "Constitución de" has lost what it is of.
        is_name = looks_personal(person) or may_be_japanese(person)
        if is_name and not person.split()[-1][0].islower():
            yield candidate(
                fact.kind,
                person,
                Kind.LABEL,
                source,
                name=_name(fact),
                preference=preference,
                noise=is_noise(person) or is_role(person),
            )


def _name(fact: Fact) -> str:
    return fact.label.rstrip(":： ")

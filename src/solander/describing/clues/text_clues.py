"""What the text itself says: the title line, the dateline beneath it, a byline, a copyright line.

Only the neighbourhood of the title and the foot of the page are read, line by line and bounded. A copyright line's
year is no date of publication: it is the year in which a template was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.clues.bylines import USER_LINES, byline
from solander.describing.clues.copyright_line import copyright_candidates, may_claim
from solander.describing.clues.days_far_off import days_far_off, last_change
from solander.describing.clues.labelled_lines import NAMING_LINES
from solander.describing.clues.labels import facts
from solander.describing.clues.named_nearby import named_nearby
from solander.describing.clues.title_line import TitleLine, said_by_title
from solander.describing.clues.unsure_names import add_unsure_names
from solander.describing.days.dates import Dated, find_date
from solander.describing.days.forms import DayOrder, is_whole_day
from solander.describing.days.periods import HOUR, HOUR_BEFORE, ends_period, is_history, is_of_else, says_modified
from solander.describing.kinds import Kind
from solander.describing.lines import PARTS_OF_A_LINE, Lines
from solander.describing.names.no_names import is_bodys, is_noise, is_role
from solander.describing.names.people import has_label, looks_personal
from solander.describing.names.prepositions import named_behind
from solander.model.membership import tells_membership
from solander.model.page import Block, Inline, plain
from solander.model.places import dateline_places, names_place

BEFORE, AFTER = 3, 10
"""Lines before and after the title in which a dateline or a byline may stand."""

FOOT_LINES = 60
"""Lines at the page's end that are read for a copyright line and a day of change."""

_LINE_CHARACTERS = 160
_BEHIND_DAY = re.compile(r"\s?[-–—|•·]\s(?P<name>[^\W\d_]\S+(?:\s\S+){1,3}?)(?:\s(?:in|für|auf)\s.{3,40})?")
# Above the title, months and names stand in menus.
_LISTS = frozenset(("navigation", "sidebar", "comments", "related"))
_INDEX = re.compile(r"\[\d+\]")
# "Porto is a town" presents nobody: who is presented does what people do, or is what people are.
_SAYS_WHO = re.compile(
    r",?\s(?:(?:has\s|hat\s)?(?:writes|wrote|written|schreibt|arbeitet|studied|studierte|holds|teaches|lives|works|écrit|"
    r"escribe|scrive|pisze)\b|(?:is|was|has\sbeen|ist|war|est|es|è|jest)\b[^.]{0,90}?(?:writer|author|journalist|editor|"
    r"reporter|blogger|columnist|correspondent|contributor|founder|professor|teacher|student|lecturer|researcher|"
    r"scientist|historian|engineer|lawyer|attorney|physician|doctor|nurse|therapist|psychologist|coach|consultant|"
    r"director|manager|officer|expert|specialist|analyst|developer|designer|photographer|artist|poet|critic|"
    r"strategist|marketer|enthusiast|fellow|member|owner|president|ceo|autor|redakt|schriftsteller|journaliste|"
    r"auteur|rédact|periodista|giornalista|dziennikar|gründer|dozent|wissenschaft|passionate|lover|freelance)"
    r")",
    re.IGNORECASE,
)
_SPEAKS_OF_HERSELF = re.compile(r"\b(?:I'm|I’m|I am|my name is|ich bin|je suis|mein name ist)\b", re.IGNORECASE)
_BUTTON = re.compile(r"\s(?:Follow|Folgen|Suivre|Seguir)\Z")
_PRESENTS = re.compile(
    r"(?:about|über|by|von|par|por|author:?|autor:?|posts by|more from|mehr von)\s(?:the author:?\s)?", re.IGNORECASE
)
_OTHERS_WORDS = ("caption", "preformatted")
"""Who is named beneath a picture, or in code that is quoted, claims no rights in the page."""
_FIGURES = ("/figure[", "/figcaption[", "/picture[")
# In the text proper "© Ann Lee" is a picture's; with a year or in full words it is the page's.
_CLAIMS = re.compile(r"\d{4}|copyright|rights|rechte|droits|derechos|diritti|版|حقوق|права|זכויות", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(（]([^()（）]{6,120})[)）]\Z")
_AGENCY = re.compile(
    r"(?P<place>[A-Z][A-Z.'’ -]{2,30}[A-Z.])(?:,\s[A-Z][\w. ]{1,20})?,?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}\s)?"
    r"\([A-Z][\w ]{1,12}\)\s?[-–—]"
)
_ADDRESS = re.compile(r"https?://\S+\s?")
_OPENS_TEXT = re.compile(r"\s*(?:[-–—:|]|\.\s)")


def clues(
    lines: Lines,
    title: str | None,
    title_line: TitleLine,
    order: DayOrder | None,
    *,
    nameless: bool = True,
    undated: bool = True,
    others: frozenset[int] = frozenset(),
    sites: frozenset[str] = frozenset(),
    language: str | None = None,
    houses: frozenset[str] = frozenset(),
) -> list[Candidate]:
    """All candidates from the text but those under labels (``labelled_facts``).

    Args:
        lines: the page's.
        title: the title that was chosen.
        title_line: the line that it is.
        order: the order of day and month in the page's language, where that is settled.
        others: numbers of lines that speak of other pages.
        undated: nothing else tells the day of publication, so that labels far from the title are worth a search.
        nameless: nothing else names an author, so that a bare name beneath the title is worth a search.
        sites: names of the site, folded.
        houses: the same, and what may be one: the ends of the page's titles.
        language: the page's; which prepositions name an author depends on it.
    """
    found: list[Candidate] = []
    if title:
        found.extend(said_by_title(lines, title, title_line, order))
    about = near(lines, title_line)
    for distance, number in enumerate(about):
        text, block = lines.text(number), lines.blocks[number]
        # What is quoted bears the day and the name of whoever is quoted.
        if number in others or number in lines.of_others or "/blockquote[" in block.source or lines.is_members(number):
            continue
        found.extend(_dateline(text, block, order, distance))
        found.extend(byline(text, block, distance, houses))
        if name := named_behind(text, language):
            found.append(candidate("creator", name, Kind.BYLINE, block.source, preference=1 + distance))
        if nameless:
            places = frozenset(one.statement.value for one in found if one.statement.element == "coverage")
            found.extend(_bare_name(lines, number, distance, places))
    found = _without_lists(found, lines, title_line.number)
    if undated and not any(_tells_whole_day(one) for one in found):
        found.extend(days_far_off(lines, order, title_line.number))
    found.extend(named_nearby(lines, about, others))
    if nameless:
        add_unsure_names(found, lines, about, title or "", title_line.number, others, sites)
    found.extend(copyright_candidates(_of_page(lines)))
    found.extend(last_change(lines, order, _foot(lines)))
    return found


def near(lines: Lines, title_line: TitleLine) -> list[int]:
    """Numbers of the lines about the title, the nearest first."""
    number = title_line.number
    # Where the title is no line, the one above the text is as near as the first of it.
    title_at = number if number is not None else lines.main[0] - 1 if lines.main else -1
    around = range(max(0, title_at - BEFORE), min(len(lines), title_at + 1 + AFTER))
    beside = [one for one in around if one != number and (one >= title_at - 1 or lines.zones[one] not in _LISTS)]
    return sorted(beside, key=lambda one: (abs(one - title_at), one < title_at))


def _of_page(lines: Lines) -> Iterator[tuple[str, str]]:
    """Lines of the foot in which the page claims a right: beneath a picture and in its text others' rights are told."""
    for number in _foot(lines):
        block, text = lines.blocks[number], lines.text(number)
        if not may_claim(text):
            continue
        if (
            block.kind in _OTHERS_WORDS
            or lines.zones[number] == "comments"
            or any(one in block.source for one in _FIGURES)
        ):
            continue
        if lines.zones[number] == "main" and not _CLAIMS.search(text[:600]):
            continue
        yield text, block.source


def _foot(lines: Lines) -> range:
    return range(len(lines) - 1, max(-1, len(lines) - 1 - FOOT_LINES), -1)


def _without_lists(found: list[Candidate], lines: Lines, title_at: int | None) -> list[Candidate]:
    """The clues, days as noise that stand one above the other in like places, none of them right by the title.

    They are those of other pages, whatever stands above them.
    """
    days: dict[str, set[str]] = {}
    places: dict[int, str] = {}
    for place, one in enumerate(found):
        source = one.statement.evidence.source
        if not _tells_whole_day(one) or one.kind is not Kind.DATELINE:
            continue
        number = lines.number_of(source)
        if number is None or (title_at is not None and abs(number - title_at) <= BEFORE):
            continue
        places[place] = _INDEX.sub("", source)
        days.setdefault(places[place], set()).add(one.statement.value)
    return [
        one._replace(noise=True) if len(days.get(places.get(place, ""), ())) > 1 else one
        for place, one in enumerate(found)
    ]


def _tells_whole_day(one: Candidate) -> bool:
    """Whether a clue is a day of publication: of a month alone the day may be told farther off."""
    statement = one.statement
    return statement.refinement == "issued" and not one.noise and is_whole_day(statement.value)


def _dateline(text: str, block: Block, order: DayOrder | None, distance: int) -> Iterator[Candidate]:
    if (agency := _AGENCY.match(text[:120])) and names_place(agency["place"].title()):
        place = " ".join(word.capitalize() for word in agency["place"].split())
        yield _spatial(place, block, distance)
    if block.kind == "dateline" and (marked := list(_marked_dateline(text, block, distance))):
        yield from marked
        return
    if "://" in text[:_LINE_CHARACTERS]:
        text = _ADDRESS.sub("", text[: 2 * _LINE_CHARACTERS])  # a template's own, before the day
    dated = find_date(text[:_LINE_CHARACTERS], order)
    if dated is None or len(dated.value) < 7 or not _is_dateline(text, dated, block, order):
        return
    refinement = "modified" if says_modified(text[max(0, dated.start - 40) : dated.start]) else "issued"
    yield candidate("date", dated.value, Kind.DATELINE, block.source, refinement=refinement, preference=distance)
    for place in dateline_places(text[: dated.start], text[dated.end :]):
        yield _spatial(place, block, distance)


def _is_dateline(text: str, dated: Dated, block: Block, order: DayOrder | None) -> bool:
    """Whether a line with a date says when the text is from, and is not a sentence that mentions a day."""
    before, written = text[: dated.start], text[dated.start : dated.end]
    if ends_period(before) or is_of_else(before, text[dated.end :]):
        return False
    if len(text) > _LINE_CHARACTERS:
        # "27.1.2022 - In the night to …": a date that opens a text, set off from it.
        # "Wellington, 8 December 2021 -- The embassy …": the place may stand before it.
        opens = not before.strip() or bool(dateline_places(before, ""))
        return opens and is_whole_day(dated.value) and bool(_OPENS_TEXT.match(text[dated.end :]))
    share = len(written) / len(text)
    if not is_whole_day(dated.value):
        return share > 0.6
    return (
        share > 0.3
        or (
            share > 0.2
            and len(text) <= 90
            and not text.endswith((".", "!", "?", "…", ":"))
            and not is_history(dated.value)
        )
        or _IN_BRACKETS.match(text) is not None
        or block.kind == "byline"
        or (len(text) <= 90 and HOUR.match(text[dated.end :]) is not None)
        or HOUR_BEFORE.search(before) is not None
        or says_modified(before)
        or has_label(text)
        # "07/02/2018, 6:00. Updated 08/02/2018": a day without a word before the day of a change is the first one.
        or (not before.strip() and any(fact.kind == "modified" for fact in facts(text, order)))
        or any(len(written) > 0.6 * len(part) for part in PARTS_OF_A_LINE.split(text) if written in part)
    )


def _marked_dateline(text: str, block: Block, distance: int) -> Iterator[Candidate]:
    """A dateline that the reader has marked: its ``date``, and the places that its form proves."""
    for part in _marked_days(block):
        written = plain(Block("text", "", part.content))
        before, _, after = text.partition(written)
        when = (part.attributes or {}).get("when")
        if when and not tells_membership(before):
            refinement = "modified" if says_modified(before[-40:]) else "issued"
            # A statement is to the day; the minute stays in the text.
            when = when[: len("2021-12-08")]
            yield candidate("date", when, Kind.DATELINE, block.source, refinement=refinement, preference=distance)
        for place in dateline_places(before, after):
            yield _spatial(place, block, distance)
        return


def _marked_days(block: Block) -> Iterator[Inline]:
    """The days that the reader has marked in a line, in its order, however deep in links and emphasis they stand."""
    stack: list[Inline | str | Block] = list(reversed(block.content))
    while stack:
        part = stack.pop()
        if isinstance(part, Inline) and part.kind == "date":
            yield part
        elif not isinstance(part, str):
            stack.extend(reversed(part.content))


def _spatial(place: str, block: Block, distance: int) -> Candidate:
    return candidate("coverage", place, Kind.DATELINE, block.source, refinement="spatial", preference=distance)


def _bare_name(lines: Lines, number: int, distance: int, places: frozenset[str]) -> Iterator[Candidate]:
    """A name that stands alone beneath the title, or beside the day, and that the page presents further on."""
    if distance > 6 or len(lines.text(number)) > 90:
        return
    after_day = _after_day(lines.text(number)) if distance <= USER_LINES else ""
    if after_day and any(
        lines.opening(other) == after_day[:20] and lines.text(other) == after_day for other in range(len(lines))
    ):
        after_day = ""  # what stands alone in a menu as well is a section of the site
    parts = [after_day] if after_day else PARTS_OF_A_LINE.split(HOUR.sub(" ", lines.text(number)))
    # "Ann Lee | Senior Writer | 2 July": her office presents her.
    in_office = any(is_role(part.strip(" ,")) for part in parts)
    for part in parts:
        name = _BUTTON.sub("", part.strip(" ,"))
        if dated := find_date(name):
            name = (name[: dated.start] + name[dated.end :]).strip(" ,.")
        if (
            " " in name
            and len(name) <= 40
            and looks_personal(name)
            and not is_noise(name)
            and not is_role(name)
            and (name not in places or after_day)
            and (after_day or in_office or _is_presented(lines, name, number))
        ):
            block = lines.blocks[number]
            yield candidate("creator", name, Kind.NAME_BY_TITLE, block.source, preference=20 + distance)
            return


def _after_day(text: str) -> str:
    """The name in "11.12.2019 - Ann Lee", if the line says nothing else: a place would stand before its day."""
    dated = find_date(text, "day-month")
    if dated is None or dated.start or not is_whole_day(dated.value):
        return ""
    behind = _BEHIND_DAY.fullmatch(text, dated.end)
    name = behind["name"] if behind else ""
    return name if name and not (names_place(name, alone=True) or is_bodys(name)) else ""


def _is_presented(lines: Lines, name: str, number: int) -> bool:
    """Whether another line says who it is: "Ann Lee is a …", "About Ann Lee", "By Ann Lee"."""
    for other in range(min(len(lines), NAMING_LINES)):
        if other == number:
            continue
        text = lines.text(other)
        if name not in text:
            continue
        if text == name and other > number and lines.blocks[other].kind == "heading" and other + 1 < len(lines):
            # The box about the author has her name for a heading, and says who she is.
            box = lines.text(other + 1)[:200]
            if _SAYS_WHO.match(box.removeprefix(name.split()[0])) or _SPEAKS_OF_HERSELF.search(box):
                return True
        before, found, after = text[:200].partition(name)
        if found and (_SAYS_WHO.match(after) if not before else _PRESENTS.fullmatch(before)):
            return True
    return False

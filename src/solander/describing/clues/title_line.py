"""The title's line: where it stands, and what it says besides: who speaks, on which day, in which place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from solander.describing.candidate import Candidate, candidate
from solander.describing.clues.labelled_lines import labelled_titles
from solander.describing.clues.mail_head import mail_subject
from solander.describing.clues.speech import speakers
from solander.describing.days.dates import find_date
from solander.describing.days.forms import DayOrder, is_whole_day
from solander.describing.kinds import Kind
from solander.describing.lines import Lines
from solander.describing.names.no_names import is_noise, is_role
from solander.describing.names.people import has_label, looks_personal, people
from solander.describing.titles.by_rules import HEADINGS, fold
from solander.describing.titles.cleaned import DAY_AND_DASH
from solander.describing.titles.likeness import likeness
from solander.model.places import names_place

TITLE_LINES = 120
"""Lines among which a title is looked for that no heading has."""

ALIKE = 0.6
"""How many words a heading must share with the title to stand for its line (the cosine)."""

SUBTITLE_CHARACTERS = 160
_LISTS = frozenset(("navigation", "sidebar", "comments", "related", "footer"))
_WORDS_LINES = 40
_FIRST = 4
_UNSEEN = re.compile(r"/html/head/|/(?:script|meta|title|link)\[\d+\]\)?\Z")


class TitleLine(NamedTuple):
    """Where the title stands in the text."""

    number: int | None
    """The number of its line; ``None`` if it stands nowhere."""
    source: str
    """A pointer to it; empty if it stands nowhere."""


def title_lines(lines: Lines, harvested: Iterable[Candidate]) -> Iterator[Candidate]:
    """Titles that stand in the text: under a label, and first-level headings of the main text, in order.

    Args:
        lines: the page's.
        harvested: what its markup says; a heading says the same as line and as element.
    """
    yield from labelled_titles(lines)
    yield from mail_subject(lines)
    told = [one.statement for one in harvested if one.kind is Kind.H1]
    said = {one.evidence.source: one.value for one in told}
    for number in lines.headings:
        block = lines.blocks[number]
        if (block.attributes or {}).get("level") == "1" and lines.zones[number] == "main":
            yield candidate("title", said.get(block.source, lines.text(number)), Kind.TITLE_LINE, block.source)


def find_title(lines: Lines, title: str | None, source: str) -> TitleLine:
    """Find the line that the title is.

    Args:
        lines: the page's.
        title: what was chosen.
        source: where the evidence for it points.
    """
    if title is None:
        return TitleLine(None, "")
    # What no reader sees stands in no line, wherever a template puts it.
    number = None if not source or _UNSEEN.search(source) else lines.number_of(source)
    if number is None:
        number = _equal(lines, title)
        if number is None:
            number = _like(lines, title)
    return TitleLine(number, lines.blocks[number].source if number is not None else "")


def _equal(lines: Lines, title: str) -> int | None:
    """The line that says the title: the first heading; else, of other lines, the nearest to the text proper.

    Tickers and menus say it too, and mostly before the page does: their lines stand back.
    """
    folded = fold(title)
    equal = [
        number for number in lines.headings if _may_be(lines.text(number), title) and fold(lines.text(number)) == folded
    ]
    if equal:
        # A zone is a guess: a heading may stand in what looks like a menu, and a teaser's is called one.
        return next(
            (number for number in equal if lines.zones[number] == "navigation" or lines.zones[number] not in _LISTS),
            equal[0],
        )
    start = lines.main[0] if lines.main else 0
    opening = " ".join(title.split())[:20]
    near = [number for number in range(TITLE_LINES, min(len(lines), start + 3)) if lines.opening(number) == opening]
    first = (*range(min(len(lines), TITLE_LINES)), *near)
    equal = [number for number in first if _may_be(lines.text(number), title) and fold(lines.text(number)) == folded]
    return max(
        equal, key=lambda number: (lines.zones[number] not in _LISTS, -abs(number - start), -number), default=None
    )


def _like(lines: Lines, title: str) -> int | None:
    """The heading that says nearly what the title says, where none says it: templates word it in two ways."""
    headings = [number for number in lines.headings if len(lines.text(number)) <= 300]
    alike = [(likeness(fold(lines.text(number)), fold(title)), -number) for number in headings[:HEADINGS]]
    best = max(alike, default=(0.0, 0))
    return -best[1] if best[0] >= ALIKE else None


def _may_be(text: str, title: str) -> bool:
    """Whether two texts are so alike in length that comparing them is worth its time."""
    return abs(len(text) - len(title)) <= 4


def said_by_title(lines: Lines, title: str, title_line: TitleLine, order: DayOrder | None) -> Iterator[Candidate]:
    """Candidates for the speaker, the day and the place that a title and its subtitle name.

    Args:
        lines: the page's.
        title: what stands, or what a person says.
        title_line: where it stands in the text.
        order: the order of day and month in the page's language, where that is settled.
    """
    # The text is asked of what stands behind a colon alone.
    for who in speakers(title, _words(lines) if ":" in title else ""):
        yield candidate("creator", who, Kind.TITLE_LINE, title_line.source)
    yield from _subtitle(lines, title_line)
    yield from _behind_title(lines, title, title_line.number)
    yield from _title_date(title, title_line.source, order)
    if title_line.number is not None and (dated := _around_title(lines.text(title_line.number), title, order)):
        yield candidate("date", dated, Kind.TITLE_LINE, title_line.source, refinement="issued", preference=31)


def _subtitle(lines: Lines, title_line: TitleLine) -> Iterator[Candidate]:
    """The speaker in a line beneath the title that a dash opens, as Chinese subtitles are set."""
    for number in (
        range(title_line.number + 1, min(title_line.number + 3, len(lines))) if title_line.number is not None else ()
    ):
        text = lines.text(number)
        if text.startswith(("—", "–")) and len(text) <= SUBTITLE_CHARACTERS:
            for who in speakers(text.lstrip("—– ")):
                yield candidate("creator", who, Kind.SUBTITLE, lines.blocks[number].source)


def _behind_title(lines: Lines, title: str, number: int | None) -> Iterator[Candidate]:
    """Whom the title's own line names behind it: a title and "by Ann Lee" with but a break between them."""
    opening = " ".join(title.split())[:20]
    for at in (number,) if number is not None else range(min(len(lines), _FIRST)):
        if lines.opening(at) != opening.rstrip() and lines.opening(at) != opening:
            continue
        text = lines.text(at)
        if lines.zones[at] in _LISTS or not text.startswith(f"{title} ") or len(text) > len(title) + 80:
            continue
        behind = text[len(title) :].strip(" -–—|,")
        for person in people(behind) if has_label(behind) else ():
            if looks_personal(person.split(",")[0]) and not (is_noise(person) or is_role(person)):
                yield candidate("creator", person, Kind.BYLINE, lines.blocks[at].source, preference=1)


def _words(lines: Lines) -> str:
    return " ".join(lines.text(number) for number in lines.main[:_WORDS_LINES])


def _around_title(line: str, title: str, order: DayOrder | None) -> str | None:
    """The day that stands in the title's line before or behind it: "Harbour opens 04.05.2020 • News"."""
    if len(line) > len(title) + SUBTITLE_CHARACTERS:
        return None
    before, found, behind = line.partition(title)
    for part in (before, behind) if found else ():
        dated = find_date(part, order)
        if dated and is_whole_day(dated.value) and not part[: dated.start].strip(" |•·–—-,:("):
            return dated.value
    return None


def opens_with_day(titles: Iterable[Candidate], order: DayOrder | None) -> Iterator[Candidate]:
    """The day with which a template opens a title: "04.05.2020 - Harbour opens"."""
    for one in titles:
        value, evidence = one.statement.value, one.statement.evidence
        day = DAY_AND_DASH.match(value)
        dated = find_date(day[0], order) if day else None
        if dated:
            yield candidate("date", dated.value, Kind.TITLE_LINE, evidence.source, refinement="issued", preference=32)
            return


def _title_date(title: str, source: str, order: DayOrder | None) -> Iterator[Candidate]:
    """The day with which a title ends, and the place before it: "Remarks by …, Riga, 8 December 2021"."""
    dated = find_date(title, order)
    if dated is None or not is_whole_day(dated.value) or title[dated.end :].strip(" .)]"):
        return
    before = title[: dated.start].rstrip()
    if before and before[-1] in ",(，（–—-|":
        yield candidate("date", dated.value, Kind.TITLE_LINE, source, refinement="issued", preference=30)
        place = before[:-1].rpartition(",")[2].strip() if before[-1] == "," else ""
        if place and "," in before[:-1] and names_place(place, alone=True):
            yield candidate("coverage", place, Kind.TITLE_LINE, source, refinement="spatial", preference=30)

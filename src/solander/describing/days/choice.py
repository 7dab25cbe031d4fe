"""Which day of publication stands, where a page names several.

The strongest evidence stands, but for two cases that pages with a date by hand show. The line that readers see beside
the title outranks what stands in the head where they are a day apart, for a moment in another time zone is another
day; and where JSON-LD is alone with its day: templates fill it with the day of a change, or of the first draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from solander.describing.candidate import Candidate
from solander.describing.days.forms import is_whole_day
from solander.describing.kinds import Kind

_HIDDEN = ("meta", "json-ld", "open-graph")


def day_of(rivals: Sequence[Candidate], changes: Sequence[Candidate]) -> set[int]:
    """The place, among its rivals, of the day that stands; none where none may stand.

    Args:
        rivals: days of publication, the strongest first.
        changes: days of modification: of these none is taken for the day of publication because readers see it.
    """
    fit = [(at, one) for at, one in enumerate(rivals) if not one.noise]
    if not fit:
        return set()
    first, strongest = fit[0]
    if strongest.kind is Kind.DATELINE and not is_whole_day(strongest.statement.value):
        # A month by the title may be what the page is about: "Events in May 2020".
        return {next((at for at, one in fit if is_whole_day(one.statement.value)), first)}
    origin, day = strongest.statement.evidence.origin, strongest.statement.value
    if strongest.kind is Kind.DATELINE and (before := _before_change(fit, day, changes)) is not None:
        return {before}
    if origin not in _HIDDEN or not is_whole_day(day):
        return {first}
    others = [pair for pair in fit if is_whole_day(pair[1].statement.value)]
    seen = next((pair for pair in others if _is_seen(pair[1])), None)
    if seen is not None:
        value = seen[1].statement.value
        changed = {one.statement.value for one in changes if one.statement.evidence.origin in _HIDDEN} - {day}
        backed = any(one.statement.value == value for _, one in others if not _is_seen(one))
        near = _days_between(value, day) <= 1
        # "11.01.2021": which is the month the line does not say, and the head does.
        swapped = value == f"{day[:4]}-{day[8:]}-{day[5:7]}"
        stands = near or backed or (origin == "json-ld" and value not in changed)
        return {seen[0] if stands and not swapped else first}
    if origin == "json-ld":
        # Where a template's two clocks differ, the card for those who share the page is right.
        card = next((at for at, one in others if one.statement.evidence.origin == "open-graph"), first)
        return {card}
    return {first}


def _before_change(fit: Sequence[tuple[int, Candidate]], day: str, changes: Sequence[Candidate]) -> int | None:
    """The place of a day that a told change allows, where the strongest is later than it: that is a masthead's."""
    told = [one.statement.value for one in changes if not one.noise and one.kind is Kind.LABEL]
    change = max(filter(is_whole_day, told), default="")
    if not change or day <= change:
        return None
    return next((at for at, one in fit if is_whole_day(one.statement.value) and one.statement.value <= change), None)


def _is_seen(one: Candidate) -> bool:
    return one.labelled or one.kind is Kind.DATELINE


def _days_between(one: str, other: str) -> int:
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return 10_000

"""The day on which a page was delivered: mastheads print today's, and it is no day of publication.

A masthead says of itself nothing by which it could be told, but it bears the day of the capture, above the title. The
line right above the title, in what holds the title too, is the page's own: blogs set the day there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from solander.describing.candidate import Candidate
from solander.describing.kinds import Kind
from solander.describing.lines import Lines

_SEEN = frozenset(("text", "markup", "microdata"))


def without_delivery_day(
    candidates: Sequence[Candidate], lines: Lines, title_at: int | None, captured_at: datetime | None
) -> list[Candidate]:
    """The candidates, days of publication that only a masthead tells and the capture explains as noise.

    Args:
        candidates: any.
        lines: the page's.
        title_at: the number of the title's line.
        captured_at: when the page was captured; ``None`` where nobody knows it.
    """
    if captured_at is None or title_at is None:
        return list(candidates)
    # Clocks west and east of ours print another day.
    number = captured_at.toordinal()
    days = {
        date.fromordinal(day).isoformat()
        for day in (number - 1, number, number + 1)
        if date.min.toordinal() <= day <= date.max.toordinal()
    }
    return [one._replace(noise=True) if _is_delivery(one, days, lines, title_at) else one for one in candidates]


def _is_delivery(one: Candidate, days: set[str], lines: Lines, title_at: int) -> bool:
    element, value, evidence, *_ = one.statement
    if element != "date" or value not in days or one.labelled or evidence.origin not in _SEEN:
        return False
    if one.statement.refinement != "issued" or "/head[" in evidence.source or one.kind is Kind.LABEL:
        return False
    number = lines.number_of(evidence.source) if evidence.source else None
    if number is None or number >= title_at:
        return False
    own, title = lines.blocks[number].source, lines.blocks[title_at].source
    is_beside = number == title_at - 1 and own.rpartition("/")[0] == title.rpartition("/")[0]
    return not is_beside or lines.zones[number] in ("banner", "navigation")

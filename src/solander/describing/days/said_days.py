"""The day that readers are shown under a label, where the ``time`` around the very words has another one.

"Published on 29 June" in a ``time`` whose ``datetime`` is days later: a template put there when the page was last
touched. One day more or less is another clock's, and stays.

Source: HTML Standard, 4.5.14 (``time``: its ``datetime`` is its text in the form of a machine).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from solander.describing.candidate import Candidate
from solander.describing.days.forms import is_whole_day
from solander.describing.kinds import Kind
from solander.describing.lines import Lines

_MARKS = (Kind.TIME, Kind.DATELINE)
"""What repeats the ``datetime``: the mark itself, and the line in which the reader has marked it."""


def without_mistimed(candidates: Sequence[Candidate], labelled: Sequence[Candidate], lines: Lines) -> list[Candidate]:
    """The candidates, days of publication as noise that the label in their line gainsays.

    Args:
        candidates: any.
        labelled: those that the labels of lines tell.
        lines: the page's.
    """
    said: dict[str, set[str]] = {}
    for one in labelled:
        if one.statement.refinement == "issued" and is_whole_day(one.statement.value) and not one.noise:
            said.setdefault(one.statement.evidence.source, set()).add(one.statement.value)
    if not said:
        return list(candidates)
    return [one._replace(noise=True) if _is_gainsaid(one, said, lines) else one for one in candidates]


def _is_gainsaid(one: Candidate, said: dict[str, set[str]], lines: Lines) -> bool:
    element, value, evidence, _, refinement, _ = one.statement
    if element != "date" or refinement != "issued" or one.kind not in _MARKS or not is_whole_day(value):
        return False
    number = lines.number_of(evidence.source)
    days = said.get(lines.blocks[number].source, set()) if number is not None else set()
    if len(days) != 1 or value in days:
        return False
    return abs((date.fromisoformat(value) - date.fromisoformat(next(iter(days)))).days) > 1

"""What the scripts of a page hold, which no reader sees: the day of publication that all of them agree on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solander.describing.candidate import Candidate, candidate
from solander.describing.days.dates import parse_date
from solander.describing.kinds import Kind
from solander.model.page import Signal


def harvest_scripts(signals: Sequence[Signal]) -> Iterator[Candidate]:
    """The days that scripts name; where they name several they speak of other pages too, and none may stand."""
    held = {one.value: one for one in reversed(signals) if one.origin == "script"}
    for day, one in sorted(held.items()):
        if parse_date(day):
            noise = len(held) > 1
            yield candidate("date", day, Kind.SCRIPT, one.source, name=one.name, refinement="issued", noise=noise)

"""What the lines at the top of a plain text say of it: its title, or who sent a letter and when."""

from __future__ import annotations

from collections.abc import Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.days.dates import find_date
from solander.describing.days.forms import DayOrder
from solander.describing.kinds import Kind
from solander.describing.names.no_names import is_noise, is_role
from solander.describing.names.people import sender
from solander.model.page import Signal


def harvest_line(signal: Signal, order: DayOrder | None, _: int) -> Iterator[Candidate]:
    """The candidates of one such line.

    Args:
        signal: a line; its name is ``title``, ``from`` or ``sent``.
        order: the order of day and month in the text's language, where that is settled.
    """
    if signal.name == "from":
        if name := sender(signal.value):
            yield candidate(
                "creator", name, Kind.LABEL, signal.source, name="From", noise=is_noise(name) or is_role(name)
            )
    elif signal.name == "sent":
        if found := find_date(signal.value, order):
            yield candidate("date", found.value, Kind.LABEL, signal.source, name="Date", refinement="issued")
    else:
        yield candidate("title", signal.value, Kind.TITLE_LINE, signal.source)

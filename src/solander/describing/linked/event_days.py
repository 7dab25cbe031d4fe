"""Days that a page's JSON-LD says are an event's, an offer's or a person's: they are none of its publication.

Source: schema.org, ``startDate``, ``validThrough``, ``birthDate`` and the like.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from solander.describing.candidate import Candidate
from solander.model.late_pattern import late
from solander.model.page import Signal

_DAYS = late(
    r"\"(?:startDate|endDate|doorTime|previousStartDate|validFrom|validThrough|validUntil|availabilityStarts|"
    r"availabilityEnds|availableFrom|birthDate|deathDate|foundingDate|expires|priceValidUntil)\"\s*:\s*"
    r"\"(\d{4}-\d{2}-\d{2})"
)
_OF_LINES = frozenset(("text", "markup"))
_SAID = ("meta", "published")


def without_event_days(candidates: Sequence[Candidate], signals: Iterable[Signal]) -> list[Candidate]:
    """The candidates, days of publication that lines alone tell and JSON-LD gives to something else as noise."""
    days = {day for signal in signals if signal.origin == "json-ld" for day in _DAYS.findall(signal.value)}
    if not days:
        return list(candidates)
    return [one._replace(noise=True) if _is_events(one, days) else one for one in candidates]


def _is_events(one: Candidate, days: set[str]) -> bool:
    statement = one.statement
    return (
        statement.element == "date"
        and statement.refinement == "issued"
        and statement.value in days
        and statement.evidence.origin in _OF_LINES
        and not one.labelled
        and not any(word in one.name.lower() for word in _SAID)
    )

"""How near to the title a name or a date stands: a page names the authors of other pages and of comments too.

What templates mark as an author or a date is weighed by its distance from the title, in lines, and by its zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from solander.describing.candidate import Candidate
from solander.describing.lines import Lines

BEFORE, AFTER = 8, 25
"""Lines before and after the title within which a mark is taken to speak of this page."""

FAR = 100
"""Added to the preference of what stands elsewhere."""

_OTHERS = frozenset(("comments", "related", "dialog"))
_AROUND = frozenset(("navigation", "sidebar", "footer", "form"))


def weigh_by_place(candidates: Iterable[Candidate], lines: Lines, title_at: int | None) -> list[Candidate]:
    """Weigh candidates for creator and date that point into the body.

    Args:
        candidates: any; those that do not point at a line are handed back as they are.
        lines: the page's.
        title_at: the number of the title's line; ``None`` if it stands nowhere.
    """
    weighed: list[Candidate] = []
    far: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in candidates:
        number = _line(one, lines)
        if number is None:
            weighed.append(one)
            continue
        statement = one.statement
        zone = lines.zones[number]
        distance = number - title_at if title_at is not None else number
        if zone != "comments" and -BEFORE <= distance <= AFTER:
            more = abs(distance) + (FAR // 2 if zone in _AROUND or zone in _OTHERS else 0)
        else:
            more = FAR + min(abs(distance), FAR)
            far[statement.element, statement.evidence.detail].add(statement.value)
        weighed.append(
            one._replace(preference=one.preference + more, noise=one.noise or (zone in _OTHERS and more >= FAR))
        )
    return [
        one._replace(noise=True)
        # Three names or days under one mark, far from the title, are a list of others.
        if one.preference >= FAR and len(far[one.statement.element, one.statement.evidence.detail]) > 2
        else one
        for one in weighed
    ]


def _line(one: Candidate, lines: Lines) -> int | None:
    statement = one.statement
    if statement.element not in ("creator", "date") or statement.evidence.origin not in ("markup", "microdata"):
        return None
    source = statement.evidence.source
    return lines.number_of(source) if source and "/head" not in source else None

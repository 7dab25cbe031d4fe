"""Who may have written a page on which nothing names an author: the surest first, the least sure for want of others.

Each way of naming somebody has a file of its own beside this one; here is the order in which they are asked.
"""

from __future__ import annotations

from solander.describing.candidate import Candidate
from solander.describing.clues.agencies import agencies_by_the_title
from solander.describing.clues.bare_names import person_at_the_end, person_by_the_title, person_in_the_box
from solander.describing.clues.labelled_lines import names_far_off
from solander.describing.clues.named_nearby import signed
from solander.describing.clues.names_by_the_day import han_bylines, names_by_the_day
from solander.describing.lines import Lines


def add_unsure_names(
    found: list[Candidate],
    lines: Lines,
    about: list[int],
    title: str,
    title_at: int | None,
    others: frozenset[int],
    sites: frozenset[str],
) -> None:
    """Add who may have written a page that names nobody; what is least sure only where all before found nobody."""
    days = frozenset(
        one.statement.evidence.source for one in found if one.statement.element == "date" and not one.noise
    )
    found.extend(names_by_the_day(lines, about, days, others, sites))
    found.extend(han_bylines(lines, about, others, sites))
    found.extend(names_far_off(lines))
    found.extend(signed(lines))
    found.extend(person_by_the_title(lines, title, title_at, others, sites))
    if not _names_author(found):
        found.extend(person_in_the_box(lines, title_at, sites))
        found.extend(person_at_the_end(lines, sites))
    if not _names_author(found):
        found.extend(agencies_by_the_title(lines, about, others))


def _names_author(found: list[Candidate]) -> bool:
    return any(one.statement.element == "creator" and not one.noise for one in found)

"""Candidates -> the record: for each element the strongest evidence is chosen, and all the rest is kept beside it.

The order of evidence is ``ORIGINS``. Three elements have rules of their own, each said where it is applied: the title
(``titles``), the language (``language``), and people, of whom all that the strongest evidence names are chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from solander.describing.candidate import Candidate
from solander.describing.titles import fold
from solander.model.description import ELEMENTS, ORIGINS, Description, Evidence, Statement

REPEATABLE = frozenset(("creator", "contributor", "subject", "coverage"))
"""Elements of which the record takes every value that the strongest evidence gives."""

_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S")
_KNOWN_FROM_WITHOUT = frozenset(("type", "format", "identifier"))
"""What the capture knows better than the page does; a DOI stands beside the address."""


def reconcile(
    candidates: Sequence[Candidate],
    *,
    said: Sequence[Statement],
    title: tuple[str, Evidence] | None,
    language: tuple[str, Evidence] | None,
    sites: frozenset[str],
) -> Description:
    """Choose among candidates.

    Args:
        candidates: all of them, in the order of the page.
        said: what a person says; it outranks every machine.
        title: what ``choose_title`` chose.
        language: the tag that stands, with its evidence.
        sites: names of the site, folded: as an author such a name is the last resort.
    """
    spoken = {_slot(one.element, one.refinement) for one in said if one.chosen}
    statements = [one for one in said if one.chosen]
    slots: dict[tuple[str, str], list[Candidate]] = {}
    for one in _unique(candidates):
        slots.setdefault(_slot(one.statement.element, one.statement.refinement), []).append(one)
    for chosen, slot in ((title, ("title", "")), (language, ("language", ""))):
        if chosen and slot not in spoken:
            statements.append(Statement(slot[0], chosen[0], chosen[1]))
    taken = {(one.element, one.refinement, one.value, one.evidence) for one in statements}
    for slot, rivals in slots.items():
        decided = slot in spoken or slot[0] == "language" or slot == ("title", "")
        winners = set() if decided else _winners(slot, rivals, sites)
        for at, one in enumerate(rivals):
            statement = one.statement._replace(chosen=at in winners)
            if (statement.element, statement.refinement, statement.value, statement.evidence) not in taken:
                statements.append(statement)
    statements += [one for one in said if not one.chosen]
    _drop_stale_modification(statements)
    return Description(statements=tuple(sorted(statements, key=_place)))


def _slot(element: str, refinement: str | None) -> tuple[str, str]:
    """What competes with what: a date of publication with others of its kind, never with one of modification."""
    if element == "date":
        return element, "" if refinement in (None, "issued") else str(refinement)
    if element in ("title", "rights", "relation") and refinement is not None:
        return element, refinement
    return element, ""


def _unique(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The same value from the same kind of evidence is one candidate: the strongest of them."""
    best: dict[tuple[str, str | None, str, str], Candidate] = {}
    for one in candidates:
        statement = one.statement
        if not statement.value:
            continue
        key = (statement.element, statement.refinement, fold(statement.value), statement.evidence.origin)
        if key not in best or one.strength < best[key].strength:
            best[key] = one
    return sorted(best.values(), key=lambda one: one.strength)


def _winners(slot: tuple[str, str], rivals: Sequence[Candidate], sites: frozenset[str]) -> set[int]:
    """Which of the rivals for a slot stand; they come the strongest first."""
    fit = [(at, one) for at, one in enumerate(rivals) if not one.noise]
    if slot[0] == "creator":
        # A site's name as its author is what a template says for want of one.
        fit = [pair for pair in fit if fold(pair[1].statement.value) not in sites] or fit
    if not fit:
        return set()
    if slot[0] in _KNOWN_FROM_WITHOUT and (ours := [at for at, one in fit if _origin(one) == "capture"]):
        dois = [at for at, one in fit if slot[0] == "identifier" and _DOI.match(one.statement.value)]
        return {*ours, *dois[:1]}
    first = fit[0][1].statement
    if slot[0] not in REPEATABLE:
        return {fit[0][0]}
    same = [at for at, one in fit if one.statement.evidence[:2] == first.evidence[:2]]
    if slot[0] != "creator" or first.evidence.origin in ("person", "meta", "json-ld"):
        return set(same)
    # Markup names the authors of other pages too: those who stand by the first are this page's.
    reach = fit[0][1].preference + 1
    return {at for at in same if rivals[at].preference <= reach}


def _origin(one: Candidate) -> str:
    return one.statement.evidence.origin


def _drop_stale_modification(statements: list[Statement]) -> None:
    """A modification on the very day of publication says nothing: it is kept as a candidate."""
    issued = {one.value for one in statements if one.chosen and _slot(one.element, one.refinement) == ("date", "")}
    for at, one in enumerate(statements):
        if one.chosen and one.refinement == "modified" and one.value in issued and one.evidence.origin != "person":
            statements[at] = one._replace(chosen=False)


def _place(statement: Statement) -> tuple[int, bool, int]:
    """Order by element, then what stands before what does not, then strength of evidence."""
    return ELEMENTS.index(statement.element), not statement.chosen, ORIGINS.index(statement.evidence.origin)

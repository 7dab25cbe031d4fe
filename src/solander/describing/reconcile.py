"""Candidates -> the record: for each element the strongest evidence is chosen, and all the rest is kept beside it.

The order of evidence is ``ORIGINS``. Three elements have rules of their own, each said where it is applied: the title
(``titles``), the language (``language``), and people, of whom all that the strongest evidence names are chosen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from solander.describing.candidate import Candidate
from solander.describing.clues.bare_names import person_in
from solander.describing.clues.fuller_line import contributing_authors, fuller_line
from solander.describing.days.choice import day_of
from solander.describing.kinds import Kind
from solander.describing.names.no_names import is_bodys, is_generic, is_role
from solander.describing.names.people import looks_personal
from solander.describing.titles.by_rules import bare, fold
from solander.model.description import ELEMENTS, ORIGINS, Description, Statement
from solander.model.late_pattern import late

REPEATABLE = frozenset(("creator", "contributor", "subject", "coverage"))
"""Elements of which the record takes every value that the strongest evidence gives."""

_AUTHOR = (Kind.META, "author")
_OF_AUTHORS = (_AUTHOR, (Kind.CATALOGUE, "citation_author"))
_OF_BODIES = (Kind.NODE, Kind.ITEMPROP, Kind.PROPERTY, Kind.CLASS, Kind.REL)
_OF_USERS = ((Kind.CLASS, "author"), (Kind.REL, "author"))
_RANKS = {origin: rank for rank, origin in enumerate(ORIGINS)}
_ELEMENTS = {element: place for place, element in enumerate(ELEMENTS)}
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S")
_POSTAL = re.compile(r"\d|@|\b(?:street|str\.|straße|strasse|road|avenue|ave\.|p\.?o\.? box|postfach)\b", re.IGNORECASE)
"""An address for letters has a number in it; the name of a place has none."""
_HOST = late(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.IGNORECASE)
_USER = re.compile(r"[._]|\A[a-z]{6,}\Z")
_KNOWN_FROM_WITHOUT = frozenset(("type", "format", "identifier"))
"""What the capture knows better than the page does; a DOI stands beside the address."""


def reconcile(
    candidates: Sequence[Candidate],
    *,
    said: Sequence[Statement],
    title: Candidate | None,
    language: Candidate | None,
    sites: frozenset[str],
) -> Description:
    """Choose among candidates.

    Args:
        candidates: all of them, in the order of the page.
        said: what a person says; it outranks every machine.
        title: what ``choose_title`` chose.
        language: what ``choose_language`` chose.
        sites: names of the site, folded: as an author such a name is nobody's.
    """
    spoken = {_slot(one.element, one.refinement) for one in said if one.chosen}
    candidates = [_fit(one, title.statement.value if title else None) for one in candidates]
    statements = [one for one in said if one.chosen]
    slots: dict[tuple[str, str], list[Candidate]] = {}
    for one in _unique(candidates):
        slots.setdefault(_slot(one.statement.element, one.statement.refinement), []).append(one)
    for chosen, slot in ((title, ("title", "")), (language, ("language", ""))):
        if chosen and slot not in spoken:
            statements.append(Statement(slot[0], chosen.statement.value, chosen.statement.evidence))
    taken = {(one.element, one.refinement, one.value, one.evidence) for one in statements}
    for slot, rivals in slots.items():
        # An identifier that a person states is one more name of the page, and takes its address from nobody.
        decided = (slot in spoken and slot[0] != "identifier") or slot[0] == "language" or slot == ("title", "")
        # Whoever states the rights states all of them: a licence of the page's beside hers would contradict her.
        decided = decided or (slot[0] == "rights" and any(element == "rights" for element, _ in spoken))
        if decided:
            winners: set[int] = set()
        elif slot == ("date", ""):
            winners = day_of(rivals, slots.get(("date", "modified"), ()))
        else:
            winners = _winners(slot, rivals, sites)
        for at, one in enumerate(rivals):
            statement = one.statement
            if statement.chosen != (at in winners):
                statement = statement._replace(chosen=at in winners)
            if (statement.element, statement.refinement, statement.value, statement.evidence) not in taken:
                statements.append(statement)
    statements = contributing_authors(statements, candidates)
    statements += [one for one in said if not one.chosen]
    _drop_stale_modification(statements)
    return Description(statements=tuple(sorted(statements, key=_place)))


def _slot(element: str, refinement: str | None) -> tuple[str, str]:
    """What competes with what: a date of publication with others of its kind, never with one of modification."""
    if element == "date":
        return element, "" if refinement in (None, "issued") else str(refinement)
    if element in ("title", "rights", "relation") and refinement is not None:
        return element, refinement
    if element == "coverage" and refinement == "temporal":
        return element, refinement  # a text is about a time beside a place
    return element, ""


def _unique(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The same value from the same kind of evidence is one candidate: the strongest of them.

    What differs in case, quotation marks or dashes alone is kept as well, and cannot stand beside the stronger one.
    """
    best: dict[tuple[str, str | None, str, str], Candidate] = {}
    for one in candidates:
        statement = one.statement
        if not statement.value:
            continue
        key = (statement.element, statement.refinement, statement.value, statement.evidence.origin)
        if key not in best or (one.noise, one.strength) < (best[key].noise, best[key].strength):
            best[key] = one
    seen: set[tuple[str, str | None, str, str]] = set()
    found: list[Candidate] = []
    for one in sorted(best.values(), key=lambda one: one.strength):
        statement = one.statement
        folded = (statement.element, statement.refinement, fold(statement.value), statement.evidence.origin)
        found.append(one._replace(noise=True) if folded in seen else one)
        if not one.noise:
            seen.add(folded)
    return found


def _fit(one: Candidate, title: str | None) -> Candidate:
    """Mark what its element cannot mean: the title as a subject, a postal address as a place that the text is about."""
    statement = one.statement
    if statement.element == "subject":
        unfit = title is not None and fold(statement.value) == fold(title)
    elif statement.element == "coverage" and statement.refinement != "temporal":
        unfit = _POSTAL.search(statement.value) is not None or len(statement.value) > 100
    else:
        unfit = False
    return one._replace(noise=True) if unfit else one


def _winners(slot: tuple[str, str], rivals: Sequence[Candidate], sites: frozenset[str]) -> set[int]:
    """Which of the rivals for a slot stand; they come the strongest first."""
    fit = [(at, one) for at, one in enumerate(rivals) if not one.noise]
    if slot[0] == "creator":
        fit = _fit_creators(fit, rivals, sites)
    if not fit:
        return set()
    if slot[0] in _KNOWN_FROM_WITHOUT and (ours := [at for at, one in fit if one.kind is Kind.CAPTURE]):
        dois = [at for at, one in fit if slot[0] == "identifier" and _DOI.match(one.statement.value)]
        addresses: list[int] = []
        if slot[0] == "identifier" and not any("://" in rivals[at].statement.value for at in ours):
            # The capture knows no address: what the page says of itself stands beside the digest's name.
            addresses = [at for at, one in fit if "://" in one.statement.value and at not in dois]
        return {*ours, *dois[:1], *addresses[:1]}
    first = fit[0][1]
    if slot[0] not in REPEATABLE:
        return {fit[0][0]}
    if slot[0] == "creator" and (line := fuller_line(fit)):
        return line
    same = [at for at, one in fit if _is_as_strong(one, first)]
    if slot[0] != "creator" or first.kind.origin in ("meta", "json-ld"):
        return set(same)
    # Markup names the authors of other pages too: those who stand by the first are this page's.
    reach = fit[0][1].preference + 1
    beside = {at for at in same if rivals[at].preference <= reach}
    # Beside a person's name stands what she is: "Ann Lee", "a professor of harbours".
    people = {at for at in beside if looks_personal(rivals[at].statement.value)}
    return people or beside


def _fit_creators(
    fit: list[tuple[int, Candidate]], rivals: Sequence[Candidate], sites: frozenset[str]
) -> list[tuple[int, Candidate]]:
    """Of an author's candidates those who may stand: a site or a house only where nobody is named."""
    fit = [pair for pair in fit if not is_initials(pair[1], rivals) and not _is_outdone(pair[1], fit)]
    # A site's name in an author's place is what a template says for want of one. It stands only where the article
    # itself or the line that readers see names no other: a body may well write.
    named = [pair for pair in fit if not is_sites(pair[1], sites)]
    if any(_names_another(one, sites) for _, one in named):
        named = [pair for pair in named if pair[1].mark != _AUTHOR or fold(pair[1].statement.value) not in sites]
    users = [pair for pair in fit if _is_users(pair[1])]
    hosts = [pair for pair in fit if fold(pair[1].statement.value) not in sites]
    fit = named or [pair for pair in fit if _is_bodys(pair[1])] or users or hosts
    # "The team" gives way to whoever is named, and not to words that are nobody's name.
    if fit and is_generic(fit[0][1].statement.value):
        fit = [pair for pair in fit if _names_a_person(pair[1])] or fit
    # A template's meta names the house; whom the page itself names near its title wrote it.
    if fit and fit[0][1].mark == _AUTHOR and is_bodys(fit[0][1].statement.value):
        fit = [pair for pair in fit if not is_bodys(pair[1].statement.value)] or fit
    return _by_line(fit) or _person_in_line(fit) or fit


def _is_as_strong(one: Candidate, first: Candidate) -> bool:
    """Whether one value stands beside the first: said under the same name, or under another term of a catalogue's.

    ``DCTERMS.temporal`` is no rival of ``DCTERMS.spatial``, nor a subject from a thesaurus one of a free subject.
    """
    if one.mark == first.mark:
        return True
    return one.statement.element in ("subject", "coverage") and one.kind is first.kind is Kind.DUBLIN_CORE


def _by_line(fit: Sequence[tuple[int, Candidate]]) -> list[tuple[int, Candidate]]:
    """The byline, where a template's ``author`` is the strongest evidence and names somebody else altogether."""
    if not fit or fit[0][1].mark != _AUTHOR:
        return []
    template = {fold(one.statement.value) for _, one in fit if one.mark == _AUTHOR}
    line = [pair for pair in fit if pair[1].kind is Kind.BYLINE]
    values = [one.statement.value for _, one in line]
    named = all(value.replace(" ", "").isalpha() and not is_generic(value) for value in values)
    return line if named and template.isdisjoint(map(fold, values)) else []


def _person_in_line(fit: Sequence[tuple[int, Candidate]]) -> list[tuple[int, Candidate]]:
    """The byline's person, where a mark in the body is the strongest evidence and names nobody known for a person.

    Classes are given to sections, to whole boxes and to houses as well.
    """
    if not fit or fit[0][1].kind.origin not in ("microdata", "markup"):
        return []
    strongest = [one for _, one in fit if one.mark == fit[0][1].mark]
    if any(person_in(one.statement.value.partition(",")[0]) for one in strongest):
        return []
    return [pair for pair in fit if pair[1].kind is Kind.BYLINE and person_in(pair[1].statement.value)]


def _names_a_person(one: Candidate) -> bool:
    """Whether an author has the form of a person's name, and no capitals throughout, as labels have."""
    value = one.statement.value
    return looks_personal(value) and not (value.isupper() or is_generic(value) or is_bodys(value) or is_role(value))


def is_sites(one: Candidate, sites: frozenset[str]) -> bool:
    """Whether an author is but the site: it bears its name, and nothing shows that the site bears an author's."""
    statement = one.statement
    if fold(statement.value) not in sites and not _is_hosts(statement.value, sites):
        return False
    own = one.person or one.mark in _OF_AUTHORS
    return not (own and " " in statement.value and looks_personal(statement.value) and not is_bodys(statement.value))


def _names_another(one: Candidate, sites: frozenset[str]) -> bool:
    """Whether a mark beside the text, or its byline, names a person who does not bear the site's name."""
    value = one.statement.value
    marked = one.kind in _OF_BODIES or one.kind in (Kind.BYLINE, Kind.LINK_TO_AUTHOR)
    return marked and fold(value) not in sites and bool(person_in(value))


def _is_hosts(name: str, sites: frozenset[str]) -> bool:
    """Whether a name is a host's, its dots and spaces aside: "Coast Weekly" on coastweekly.example."""
    if " " in name and looks_personal(name) and not is_bodys(name):
        return False  # who keeps a site of her own gives it her name
    letters = bare(name)
    return len(letters) > 4 and any(letters == bare(site) for site in sites)


def _is_bodys(one: Candidate) -> bool:
    """Whether an article's own node or a byline names a body, and not a host, as the author."""
    return one.kind in _OF_BODIES and not _HOST.fullmatch(one.statement.value)


def _is_users(one: Candidate) -> bool:
    """Whether a byline names the site's user: who keeps a journal alone signs with its name."""
    return one.kind in (Kind.ON_CARD, Kind.BYLINE) or one.mark in _OF_USERS


def is_initials(one: Candidate, rivals: Sequence[Candidate]) -> bool:
    """Whether an author is the letters of another one's picture: "AL" beside "Ann Lee"."""
    value = one.statement.value
    return (
        len(value) <= 3
        and value.isalpha()
        and value.isupper()
        and any(_initials(rival.statement.value).startswith(value) for rival in rivals if rival is not one)
    )


def _is_outdone(one: Candidate, fit: Sequence[tuple[int, Candidate]]) -> bool:
    """Whether another author's name is this one's without what is glued to it, or with the surname that it lacks."""
    value = fold(one.statement.value)
    words = value.split()
    letters = _letters(value) if len(words) == 1 and _USER.search(value) else ""
    if " " in value and _is_of_several(value, {fold(one.statement.value) for _, one in fit} - {value}):
        return True
    for _, rival in fit:
        other = fold(rival.statement.value)
        if other == value:
            continue
        if letters and " " in other and _letters(other) == letters:
            return True  # "ann_lee" is Ann Lee's account
        if len(words) == 1 and other.startswith(f"{value} ") and len(other.split()) <= 3:
            if looks_personal(rival.statement.value) and not is_role(other):
                return True
        elif " " in other and looks_personal(rival.statement.value) and not is_role(other):
            # "Ann Lee Former Harbour Master": a bishop's "Jr." or a degree is a name's own.
            more = value.removeprefix(other) if value.startswith(other) else value.removesuffix(other)
            if more != value and more[:1] + more[-1:] != "" and " " in (more[0], more[-1]) and len(more) > 5:
                return True
    return False


def _is_of_several(value: str, others: set[str]) -> bool:
    """Whether a name is others' names side by side: "Ann LeeBo Day" around "Ann Lee" and "Bo Day"."""
    for _ in range(6):
        first = next((other for other in others if " " in other and value.startswith(other)), None)
        if first is None:
            return False
        value = value.removeprefix(first).lstrip(" ,;&")
        if value in others:
            return True
    return False


def _letters(name: str) -> str:
    """The letters of a name without their marks: an account has no others."""
    return "".join(one for one in unicodedata.normalize("NFKD", name) if one.isalpha())


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split() if len(part) > 1)


def _drop_stale_modification(statements: list[Statement]) -> None:
    """A modification on the very day of publication says nothing: it is kept as a candidate."""
    if not any(one.chosen and one.refinement == "modified" for one in statements):
        return
    issued = {one.value for one in statements if one.chosen and _slot(one.element, one.refinement) == ("date", "")}
    for at, one in enumerate(statements):
        if one.chosen and one.refinement == "modified" and one.value in issued and one.evidence.origin != "person":
            statements[at] = one._replace(chosen=False)


def _place(statement: Statement) -> tuple[int, bool, bool, int]:
    """Order by element, then what stands before what does not, then strength of evidence; a second title comes last."""
    return (
        _ELEMENTS[statement.element],
        not statement.chosen,
        statement.refinement == "alternative",
        _RANKS[statement.evidence.origin],
    )

"""How near to the title a name or a date stands: a page names the authors of other pages and of comments too.

What templates mark as an author or a date is weighed by its distance from the title, in lines, by its zone, and by
the elements around it: what stands in an ``aside``, in another ``article`` or in a list of like things is another
page's. Such a candidate is kept and never chosen.

Source: HTML Standard, 4.3.2 (``article``: a nested one is a comment) and 4.3.5 (``aside``).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from solander.describing.candidate import Candidate
from solander.describing.clues.bare_names import person_in
from solander.describing.days.forms import is_whole_day
from solander.describing.kinds import Kind
from solander.describing.lines import OF_OTHERS, Lines
from solander.describing.names.people import people
from solander.model.description import Statement

BEFORE, AFTER = 8, 25
"""Lines before and after the title within which a mark is taken to speak of this page."""

FAR = 100
"""Added to the preference of what stands elsewhere."""

ABOVE = 15
"""Added to the preference of a day above the title, outside the text proper."""

LIST = 3
"""So many marks of one kind at like places of the tree are a list of others' names or days."""

LABEL_CHARACTERS = 12
"""A label before a name in its line is shorter."""

HEAD_CHARACTERS = 5

REVIVED = 3
"""So many lines above the title, and twice as many beneath, a mark that is believed for want of others may stand."""

PARAGRAPH_CHARACTERS = 100
"""A line longer than this is text, and what follows it does not head the page."""

TEASER_CHARACTERS = 400
"""A teaser of another page is shorter than this, between its mark and the next."""

_AROUND = frozenset(("navigation", "sidebar", "footer", "form"))
_ASIDE = re.compile(r"/aside\[")
_ARTICLE = re.compile(r"/article\[\d+\]")
_INDEX = re.compile(r"\[\d+\]")
_HIDDEN = ("/meta[", "/link[", "/data[")


def weigh_by_place(
    candidates: Iterable[Candidate], lines: Lines, title_at: int | None, *, labelled: bool = False
) -> list[Candidate]:
    """Weigh candidates for people and dates that point into the body.

    Args:
        candidates: any; those that do not point at a line are handed back as they are.
        lines: the page's.
        title_at: the number of the title's line; ``None`` if it stands nowhere.
        labelled: a label by the title tells the day: a mark that is not by the title tells another's.
    """
    candidates = list(candidates)
    numbers = [_line(one, lines) for one in candidates]
    scale = _Scale(lines, title_at, _listed(candidates, numbers, lines, title_at), labelled=labelled)
    weighed = [
        one if number is None else scale.weighed(one, number) for one, number in zip(candidates, numbers, strict=True)
    ]
    weighed = [
        one._replace(noise=True)
        # Three names or days under one mark, far from the title, are a list of others.
        if one.preference >= FAR and len(scale.far[one.statement.element, *one.mark]) >= LIST
        else one
        for one in weighed
    ]
    near = range(-REVIVED, 2 * REVIVED + 1)
    return weighed if labelled or title_at is None else _revived(weighed, lines, title_at, near, scale.listed)


class _Scale:
    """What candidates of a page are weighed by, one after the other."""

    def __init__(self, lines: Lines, title_at: int | None, listed: frozenset[str], *, labelled: bool) -> None:
        self.far: dict[tuple[str, Kind, str], set[str]] = defaultdict(set)
        """What was told far from the title, by element and mark."""
        self.listed = listed
        self._lines, self._title_at, self._labelled = lines, title_at, labelled
        self._title_path = _path(lines.blocks[title_at].source) if title_at is not None else ""

    def weighed(self, one: Candidate, number: int) -> Candidate:
        """Weigh a candidate by the line that it points at."""
        lines, title_at = self._lines, self._title_at
        one = _named_first(one, lines, number)
        statement = one.statement
        zone = lines.zones[number]
        distance = number - title_at if title_at is not None else number
        source = statement.evidence.source
        # A zone is a guess, and right beneath the title it is a bold one.
        beside = 0 <= distance <= LIST and (zone != "comments" or _shares_parent(source, self._title_path))
        within = _is_elsewhere(
            _path(source),
            self._title_path,
            lines,
            beside=beside and title_at is not None and _is_short(lines, title_at + 1, number),
        )
        elsewhere = within or (zone in OF_OTHERS and not beside)
        if one.labelled and not within and zone != "comments" and source not in self.listed:
            # "Published on 4 May" is said of the page, wherever a template puts it.
            return one._replace(preference=one.preference + min(abs(distance), AFTER))
        if (zone != "comments" or beside) and -BEFORE <= distance <= AFTER:
            more = abs(distance) + (FAR // 2 if zone in _AROUND or elsewhere else 0)
        else:
            more = FAR + min(abs(distance), FAR)
            self.far[statement.element, *one.mark].add(statement.value)
        noise = elsewhere or source in self.listed or number in lines.of_others
        if statement.element == "date":
            noise = noise or lines.is_members(number)
            if title_at is not None and distance < 0 and zone != "main":
                # A masthead bears the day of delivery; a day just above the title may be the page's, if none is
                # beneath.
                more += ABOVE
                noise = noise or distance < -LIST
            if self._labelled:
                noise = noise or more >= FAR // 2 or (distance < 0 and zone not in ("main", "banner"))
        return one._replace(preference=one.preference + more, noise=one.noise or noise)


def day_above(candidates: list[Candidate], lines: Lines, title_at: int | None) -> list[Candidate]:
    """The one day that is marked some lines above the title, where neither marks nor lines tell another.

    A picture, a section's name or a row of buttons may stand between the two.
    """
    if title_at is None or any(_is_issued(one) and not one.noise for one in candidates):
        return candidates
    listed = _listed(candidates, [_line(one, lines) for one in candidates], lines, title_at)
    return _in_own_foot(_revived(candidates, lines, title_at, range(-BEFORE, -REVIVED), listed), lines, title_at)


def _in_own_foot(candidates: list[Candidate], lines: Lines, title_at: int) -> list[Candidate]:
    """The one day that is marked in the foot of the title's own article, where no other is believed.

    Source: HTML Standard, 4.3.9 (``footer``: who wrote a section, and when, may stand there).
    """
    title = _path(lines.blocks[title_at].source)
    own = [title[: match.end()] for match in _ARTICLE.finditer(title)]
    if not own or any(_is_issued(one) and not one.noise for one in candidates):
        return candidates
    foot = f"{own[-1]}/footer["
    found = {
        index: one
        for index, one in enumerate(candidates)
        if _is_issued(one) and _is_placed(one.statement) and _path(one.statement.evidence.source).startswith(foot)
        if is_whole_day(one.statement.value)
    }
    if len({one.statement.value for one in found.values()}) != 1:
        return candidates
    return [one._replace(noise=False) if index in found else one for index, one in enumerate(candidates)]


def _revived(
    weighed: list[Candidate], lines: Lines, title_at: int, near: range, listed: frozenset[str]
) -> list[Candidate]:
    """The one day that is marked near the title, where no other is believed: an ``aside`` may be the page's own."""
    if any(_is_issued(one) and not one.noise for one in weighed):
        return weighed
    found: dict[int, Candidate] = {}
    for index, one in enumerate(weighed):
        number = _line(one, lines) if _is_issued(one) and is_whole_day(one.statement.value) else None
        if number is None or number - title_at not in near:
            continue
        if one.statement.evidence.source in listed or number in lines.of_others or lines.is_members(number):
            continue
        if lines.zones[number] not in ("comments", "related"):
            found[index] = one
    if len({one.statement.value for one in found.values()}) != 1:
        return weighed
    return [one._replace(noise=False) if index in found else one for index, one in enumerate(weighed)]


def _is_issued(one: Candidate) -> bool:
    return one.statement.element == "date" and one.statement.refinement in (None, "issued")


def _named_first(one: Candidate, lines: Lines, number: int) -> Candidate:
    """A mark around several lines without those beneath the name: "Ann Lee", "Harbour Reporter", "Follow"."""
    value = one.statement.value
    if one.statement.element != "creator" or one.kind is not Kind.CLASS:
        return one
    text = lines.text(number)
    # Most marks are their line: only where the line is shorter, and part of what the mark says, is it asked for a name.
    if text == value or len(text) >= len(value) + LABEL_CHARACTERS or value[:HEAD_CHARACTERS] not in text:
        return one
    first = people(text)
    if (
        len(first) != 1
        or len(first[0]) >= len(value)
        or not value.startswith(f"{first[0]} ")
        or not person_in(first[0])
    ):
        return one
    return one._replace(statement=one.statement._replace(value=first[0]))


def lines_of_others(candidates: Iterable[Candidate], lines: Lines) -> frozenset[int]:
    """The lines in which a mark tells another page's day: their words tell none of this page either."""
    marks = [one for one in candidates if one.noise and one.statement.element == "date"]
    return frozenset(number for one in marks if (number := _line(one, lines)) is not None)


def _is_short(lines: Lines, first: int, last: int) -> bool:
    """Whether no paragraph stands between the title and a mark."""
    return all(len(lines.text(number)) < PARAGRAPH_CHARACTERS for number in range(first, last))


def _is_elsewhere(path: str, title: str, lines: Lines, *, beside: bool) -> bool:
    """Whether an element stands in an ``aside`` or an ``article`` that is not the title's.

    An ``aside`` right beneath the title, in what holds the title too, is where some templates put day and author.
    """
    if "/aside[" not in path and "/article[" not in path:
        return False
    asides = [match for match in _ASIDE.finditer(path) if not title.startswith(path[: match.end()])]
    if asides and not (beside and title and title.startswith(path[: asides[0].start() + 1])):
        return True
    articles = [path[: match.end()] for match in _ARTICLE.finditer(path)]
    if not articles:
        return False
    innermost = articles[-1] + "/"
    if title.startswith(innermost):
        return False
    if _ARTICLE.search(title) or len(articles) > 1:
        return True
    # The title stands in no article: one alone in its place is the page's, several side by side are a list.
    return lines.are_several(f"xpath({articles[-1].rpartition('[')[0]}[")


def _listed(
    candidates: Sequence[Candidate], numbers: Sequence[int | None], lines: Lines, title_at: int | None
) -> frozenset[str]:
    """Where marks of one kind repeat at like places of the tree, and none is right beneath the title: those places."""
    alike: dict[tuple[str, tuple[Kind, str], str], dict[str, int]] = defaultdict(dict)
    values: dict[tuple[str, tuple[Kind, str], str], set[str]] = defaultdict(set)
    marks = Counter(one.mark for one in candidates if _is_placed(one.statement))
    for one, number in zip(candidates, numbers, strict=True):
        # Two of a kind are no list, and most marks are alone.
        if number is not None and marks[one.mark] >= LIST:
            source = one.statement.evidence.source
            key = (one.statement.element, one.mark, _INDEX.sub("", source))
            alike[key][source] = number
            values[key].add(one.statement.value)
    found: set[str] = set()
    for key, places in alike.items():
        parents = {source.rpartition("/")[0] for source in places}
        if len(parents) >= LIST and len(values[key]) > 1 and _is_brief(lines, sorted(places.values())):
            found.update(
                source for source, number in places.items() if title_at is None or not 0 <= number - title_at <= LIST
            )
    return frozenset(found)


def _is_brief(lines: Lines, numbers: list[int]) -> bool:
    """Whether little stands between marks: teasers, not the posts of a thread, of which the first is the page's."""
    between = sum(len(lines.text(number)) for number in range(numbers[0], numbers[-1]))
    return between < TEASER_CHARACTERS * (len(numbers) - 1)


def _shares_parent(source: str, title: str) -> bool:
    """Whether an element stands in what holds the title: then it is no reader's word, whatever the zone is called.

    The title's own article holds it, too: "comment" is what papers call an opinion, and readers' words stand in
    articles of their own, if in any.
    """
    if not title:
        return False
    path = _path(source)
    if path.startswith(title.rpartition("/")[0] + "/"):
        return True
    own = [title[: match.end()] for match in _ARTICLE.finditer(title)]
    return bool(own) and path.startswith(f"{own[-1]}/") and not _ARTICLE.search(path, len(own[-1]))


def _path(source: str) -> str:
    return source.removeprefix("xpath(").rstrip(")")


def _line(one: Candidate, lines: Lines) -> int | None:
    if not _is_placed(one.statement):
        return None
    source = one.statement.evidence.source
    return lines.number_of(source) if source.startswith(_HIDDEN, source.rfind("/")) else lines.about(source)


def _is_placed(statement: Statement) -> bool:
    """Whether a name or a day is told by a mark in the body."""
    origin, _, source = statement.evidence
    return (
        statement.element in ("creator", "contributor", "date")
        and origin in ("markup", "microdata")
        and source != ""
        and "/html/head/" not in source
    )

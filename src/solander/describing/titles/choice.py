"""Which of a page's titles, or part of one, is its title: what the rules choose, weighed against all others.

The rules (``titles``) find one title and know why. Whether the page means another is told by traits that no single rule
holds for: how many places agree, whether the address says the same words, what was cut off. Each trait has a weight,
learnt from pages with a title by hand (``training/titles.py``); the weights are numbers alone (``title_weights``).
Nothing is composed: what is chosen stands on the page or in its head, letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from solander.describing.candidate import Candidate
from solander.describing.kinds import OG_TITLE, TITLE_MARKS, Kind
from solander.describing.lines import Lines
from solander.describing.titles.by_rules import (
    bare,
    breaks_of,
    fold,
    headings_of,
    is_site,
    sites_in,
    without_half_quotation,
)
from solander.describing.titles.cleaned import fit
from solander.describing.titles.weights import WEIGHTS

TITLES = 16
"""So many of a page's titles are weighed, the strongest first."""

BREAKS = 5
"""A title is cut at so many signs at most."""

SECTIONS = 3
"""So many headings of the first rank are sections: NAME, SYNOPSIS and DESCRIPTION of a page of a manual."""

CHARACTERS = 400
"""A title is not longer."""

_PLACES = {(Kind.H1, ""): "h1", OG_TITLE: "og:title"} | dict.fromkeys(TITLE_MARKS, "title")
_WORDS = re.compile(r"\w+")
_BAR = re.compile(r"[|｜]")
_ARCHIVED = re.compile(r"^/web/\d+[a-z_]*/https?:/+[^/]+")


class Part(NamedTuple):
    """A title, or a part of one, with all that it was taken from."""

    value: str
    told: Candidate
    """The strongest title that it was taken from."""
    kinds: frozenset[tuple[str, str]]
    """Of which place it is what: ``("h1", "whole")``, ``("title", "tail")``."""
    cut_off: tuple[str, ...]
    """What stood beside it where it is but a part."""


def weigh_titles(
    chosen: Candidate, candidates: Sequence[Candidate], sites: frozenset[str], lines: Lines, uri: str | None
) -> Candidate:
    """The title that weighs most, with its evidence; what the rules chose, where that was written for a catalogue.

    Args:
        chosen: by the rules.
        candidates: those of ``title``, the strongest first.
        sites: what ``site_names`` found.
        lines: the page's.
        uri: where the page was.
    """
    machine = any(one.kind.origin != "text" for one in candidates)
    if not machine or (chosen.kind is Kind.CATALOGUE and chosen.name.startswith("citation_")):
        return chosen
    if chosen.kind is Kind.TITLE_LINE and all(one.kind.origin == "text" or one.kind is Kind.H1 for one in candidates):
        return chosen  # above the headings of the first rank, on a page without another title, they are its sections
    title = chosen.statement.value
    all_of = parts(chosen, candidates)
    if len(all_of) < 2 or not any(one.value == title for one in all_of):
        return chosen
    headings = headings_of(lines)
    known = headings | {bare(one.statement.value) for one in candidates if one.kind is Kind.H1}
    sites = sites | sites_in([one for one in candidates if one.mark in TITLE_MARKS], known, headings, sites)
    weights = [
        sum([WEIGHTS.get(name, 0.0) * value for name, value in one.items()])
        for one in traits(title, all_of, sites, lines, uri)
    ]
    beside = _beside(title, all_of, headings) if chosen.mark in TITLE_MARKS else set()
    # What is known for the site's name is no page's but the first one's, and without an address this may be that.
    named = sites if uri and fold(title) not in sites else frozenset()
    cut_off = named.intersection(fold(rest) for one in all_of if one.value == title for rest in one.cut_off)
    # A line of the text has readings and marks in it that are no words of the title: it bears others out, no more.
    may_stand = [
        place
        for place, one in enumerate(all_of)
        if one.value == title
        or (
            one.told.kind.origin != "text"
            and bare(one.value) not in beside
            and fold(one.value) not in named
            and not _bears(one.value, title, cut_off)
        )
    ]
    best = all_of[max(may_stand, key=weights.__getitem__)]
    return chosen if best.value == title else best.told.valued(best.value)


def _beside(title: str, all_of: Sequence[Part], headings: Container[str]) -> set[str]:
    """What stands beside the chosen title, bare, and is none: the name of its manual, or headings of sections."""
    if bare(title) in headings:
        # A chapter under its own heading, on a page that bears the manual's name above and behind it.
        return {bare(rest) for one in all_of if one.value == title for rest in one.cut_off}
    return _sections(title, all_of)


def _bears(value: str, title: str, sites: frozenset[str]) -> bool:
    """Whether a title is the chosen one with the site's name: "Harbour Notes: The Pier"."""
    return len(value) > len(title) and title in value and any(site in fold(value) for site in sites)


def _sections(title: str, all_of: Sequence[Part]) -> set[str]:
    """The headings of the first rank, bare, where a page has several and none shares a word with its title."""
    found = [one.value for one in all_of if ("h1", "whole") in one.kinds]
    words = set(_WORDS.findall(fold(title)))
    if len(found) < SECTIONS or any(words.intersection(_WORDS.findall(fold(value))) for value in found):
        return set()
    return {bare(value) for value in found}


def parts(chosen: Candidate, candidates: Sequence[Candidate]) -> list[Part]:
    """All titles of a page and their parts, each once, in order of the strength of their evidence."""
    found: dict[str, tuple[Candidate, set[tuple[str, str]], list[str]]] = {}

    def add(value: str, told: Candidate, place: str, kind: str, rest: str = "") -> None:
        value = value if kind in ("whole", "chosen") else without_half_quotation(value)
        if 1 < len(value) <= CHARACTERS:
            known = found.setdefault(value, (told, set(), []))
            known[1].add((place, kind))
            if rest:
                known[2].append(rest)

    add(chosen.statement.value, chosen, "", "chosen")
    for one in _titles(candidates):
        value, place = one.statement.value, _place(one)
        add(value, one, place, "whole")
        for number, separator in enumerate(breaks_of(value[:CHARACTERS])):
            if number == BREAKS:
                break
            head, tail = value[: separator.start()], value[separator.end() :]
            add(head, one, place, "head", tail)
            add(tail, one, place, "tail", head)
    return [Part(value, told, frozenset(kinds), tuple(rest)) for value, (told, kinds, rest) in found.items()]


def traits(
    chosen: str, all_of: Sequence[Part], sites: frozenset[str], lines: Lines, uri: str | None
) -> Iterator[dict[str, float]]:
    """The traits of each part, by the names that ``WEIGHTS`` has."""
    whole = [one for one in all_of if any(kind == "whole" for _, kind in one.kinds)]
    folded = [(fold(one.value), bare(one.value)) for one in whole]
    words_of = {fold(one.value): frozenset(_WORDS.findall(fold(one.value))) for one in all_of}
    firsts = [words_of[fold(one.value)] for one in whole if ("h1", "whole") in one.kinds]
    places: dict[str, set[str]] = {}
    for one in all_of:
        places.setdefault(bare(one.value), set()).update(place for place, kind in one.kinds if kind != "chosen")
    headings = headings_of(lines)
    slug = _slug(uri)
    for one in all_of:
        letters, text = bare(one.value), fold(one.value)
        words = _WORDS.findall(text)
        own = words_of[text]
        number = len(words) if one.value.isascii() else max(len(words), len(letters) // 3)
        shared = len(own & slug)
        agreeing = len(places[letters])
        others = [other for other, _ in folded if other != text]
        yield {
            "chosen by the rules": one.value == chosen,
            "places that agree": agreeing,
            "one place only": agreeing == 1,
            "bar": _BAR.search(one.value) is not None,
            "colon": ": " in one.value,
            "like the address": shared / (len(own) * len(slug)) ** 0.5 if shared else 0.0,
            "all of the address": shared / len(slug) if slug else 0.0,
            "heading of the text": letters in headings,
            "whole title": ("title", "whole") in one.kinds,
            "end of title": ("title", "tail") in one.kinds,
            "end of h1": ("h1", "tail") in one.kinds,
            "whole headline": ("headline", "whole") in one.kinds,
            "one word": number <= 1,
            "two words": number == 2,
            "ends others": sum(other.endswith(f" {text}") for other in others),
            "begins others": sum(other.startswith(f"{text} ") for other in others),
            "ends with others": sum(len(other) > 5 and text.endswith(f" {other}") for other in others),
            "begins with others": sum(len(other) > 5 and text.startswith(f"{other} ") for other in others),
            "like h1": max((_likeness(own, first) for first in firsts), default=0.0),
            "like another": max(
                (_likeness(own, words_of[other]) for other, its in folded if its != letters), default=0.0
            ),
            "site cut off": any(is_site(rest, sites) for rest in one.cut_off),
        }


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """``titles.likeness`` of titles whose words are known."""
    if one == other:
        return 1.0
    return float(len(one & other) / (len(one) * len(other)) ** 0.5) * 0.99 if one and other else 0.0


def _titles(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    for number, one in enumerate(fit(candidates)):
        if number == TITLES:
            return
        yield one


def _place(one: Candidate) -> str:
    """By what a title is told: places of one name count as one."""
    if one.kind in (Kind.NODE, Kind.PAGE_NODE):
        return "headline" if one.name.endswith("headline") else "name"
    return "title line" if one.kind is Kind.TITLE_LINE else _PLACES.get(one.mark, one.kind.origin)


def _slug(uri: str | None) -> frozenset[str]:
    """The words of the last part of an address."""
    try:
        path = unquote(urlsplit(uri or "").path)
    except ValueError:
        return frozenset()
    last = next((part for part in reversed(_ARCHIVED.sub("", path).split("/")) if part), "")
    return frozenset(_WORDS.findall(last.casefold().replace("_", " ").rsplit(".", 1)[0]))

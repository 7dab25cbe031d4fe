"""All authors of a page, where the strongest evidence has room for one: by the byline, or by the card for sharers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from solander.describing.candidate import Candidate
from solander.describing.kinds import Kind
from solander.describing.names.people import looks_personal
from solander.describing.titles.by_rules import fold
from solander.model.description import Statement

_NEAR = 50
"""What stands by the title is preferred to this: see ``nearness``."""

_AUTHORS = 6
"""A byline names no more; what names more is a list of others."""


def fuller_line(fit: Sequence[tuple[int, Candidate]]) -> set[int]:
    """The authors of the byline, where they are those of the strongest evidence and more, or it named but a user.

    A template has room for one author, and the page's node often names who put the text in.
    """
    first = fit[0][1]
    if first.kind.origin not in ("json-ld", "open-graph"):
        return set()
    strongest = {fold(one.statement.value) for _, one in fit if one.mark == first.mark}
    seen = [(index, one) for index, one in fit if one.kind in (Kind.BYLINE, Kind.LABEL)]
    # One line, or it is no byline: the next may say who checked the facts.
    seen = [pair for pair in seen if pair[1].statement.evidence.source == seen[0][1].statement.evidence.source]
    line = {fold(one.statement.value) for _, one in seen}
    if not all(looks_personal(one.statement.value) for _, one in seen):
        return _on_the_card(fit, strongest)
    more = strongest < line and len(line) <= _AUTHORS
    another = first.mark == (Kind.PAGE_NODE, "WebPage.author") and bool(line) and not strongest & line
    if more or another:
        return {index for index, _ in seen}
    return _in_one_mark(fit, strongest) or _on_the_card(fit, strongest)


def _in_one_mark(fit: Sequence[tuple[int, Candidate]], strongest: set[str]) -> set[int]:
    """The authors in one mark by the title, where they are those of the strongest evidence and more.

    "Ann Lee, Bo Day" in a byline by its class, of whom a template's node has room for the first.
    """
    marks = [pair for pair in fit if pair[1].kind is Kind.CLASS and pair[1].preference < _NEAR]
    source = marks[0][1].statement.evidence.source if marks else ""
    one_mark = [pair for pair in marks if pair[1].statement.evidence.source == source]
    names = {fold(one.statement.value) for _, one in one_mark}
    if not strongest < names or len(names) > _AUTHORS:
        return set()
    return (
        {index for index, _ in one_mark} if all(looks_personal(one.statement.value) for _, one in one_mark) else set()
    )


def _on_the_card(fit: Sequence[tuple[int, Candidate]], strongest: set[str]) -> set[int]:
    """The authors on the card for those who share a link, where they are those of the strongest evidence and more.

    What the card says twice is one candidate, perhaps under another of its names: all of its kind are asked.
    """
    card = [(index, one) for index, one in fit if one.statement.evidence.origin == "open-graph"]
    more = {index for index, one in card if one.kind is Kind.ON_CARD and fold(one.statement.value) not in strongest}
    named = {fold(one.statement.value) for _, one in card}
    if not more or not strongest <= named or len(named) > _AUTHORS:
        return set()
    if not all(looks_personal(one.statement.value) for _, one in card):
        return set()
    return {index for index, one in card if index in more or fold(one.statement.value) in strongest}


def contributing_authors(statements: Sequence[Statement], candidates: Iterable[Candidate]) -> list[Statement]:
    """The statements, in which no template calls somebody a contributor who is an author as well.

    Args:
        statements: those chosen, and those that lost.
        candidates: what they were chosen from.
    """
    by_template = {one.statement.evidence for one in candidates if one.name.endswith(".contributor")}
    authors = {fold(one.value) for one in statements if one.chosen and one.element == "creator"}
    return [
        one._replace(chosen=False)
        if one.chosen and one.element == "contributor" and one.evidence in by_template and fold(one.value) in authors
        else one
        for one in statements
    ]

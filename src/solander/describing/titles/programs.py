"""The program that a page was made with is not its publisher, though a template says so: ``publisher: Blogger``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from solander.describing.candidate import Candidate
from solander.describing.titles.by_rules import bare
from solander.model.page import Signal


def without_program(candidates: Iterable[Candidate], signals: Sequence[Signal]) -> list[Candidate]:
    """Mark a publisher that bears the name of the page's ``generator``.

    Source: HTML Standard, 4.2.5.1 (``generator``).
    """
    programs = {bare(_name(one.value)) for one in signals if one.origin == "meta" and one.name == "generator"} - {""}
    if not programs:
        return list(candidates)
    return [
        one._replace(noise=True)
        if one.statement.element == "publisher" and bare(one.statement.value) in programs
        else one
        for one in candidates
    ]


def _name(generator: str) -> str:
    """A program's name, without its version: "WordPress 6.4"."""
    return generator.partition(" ")[0]

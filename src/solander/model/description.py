"""A description: statements about the page in the terms of Dublin Core, every candidate kept with its evidence.

Source: DCMI Metadata Terms (2020-01-20).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

ELEMENTS = (
    "title",
    "creator",
    "subject",
    "description",
    "publisher",
    "contributor",
    "date",
    "type",
    "format",
    "identifier",
    "source",
    "language",
    "relation",
    "coverage",
    "rights",
)
"""The fifteen elements, in the order in which records are written."""

ORIGINS = (
    "person",
    "meta",
    "json-ld",
    "open-graph",
    "microdata",
    "markup",
    "text",
    "script",
    "uri",
    "transport",
    "capture",
)
"""Kinds of evidence, the strongest first: what a person says outranks every machine."""


class Evidence(NamedTuple):
    """Why a statement is believed: the kind of evidence, what exactly was read, and where it stands."""

    origin: str
    """One of ``ORIGINS``."""
    detail: str
    """What was read, in the page's own words: ``citation_author``, ``html lang``, ``title line``, ``dateline``."""
    source: str = ""
    """A fragment that points into the original; empty where the evidence lies outside it."""


class Statement(NamedTuple):
    """One statement: an element, perhaps refined, and its value."""

    element: str
    """One of ``ELEMENTS``."""
    value: str
    evidence: Evidence
    language: str | None = None
    """The language of the value (BCP 47); ``None`` if unknown or none."""
    refinement: str | None = None
    """A DCMI term that refines the element: ``issued``, ``modified``, ``spatial``, ``license``, ``abstract`` …"""
    chosen: bool = True
    """Whether it stands in the record; candidates that lost are kept with ``False``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """All statements, ordered by element and then by strength of evidence."""

    statements: tuple[Statement, ...] = ()

    def first(self, element: str) -> str | None:
        """The value that stands for an element (``title``) or a refinement (``modified``); ``None`` if there is none.

        For ``date`` this is the date of publication (``issued``) where one is known, never a date of modification.
        """
        return next(iter(self.values(element)), None)

    def values(self, element: str) -> tuple[str, ...]:
        """All chosen values of an element or a refinement, the strongest first."""
        return tuple([statement.value for statement in self.of(element)])

    def of(self, element: str) -> tuple[Statement, ...]:
        """All chosen statements of an element or a refinement, the strongest first."""
        if element in ELEMENTS:
            found = [one for one in self.statements if one.chosen and one.element == element]
        else:
            found = [one for one in self.statements if one.chosen and one.refinement == element]
        if element == "date":
            found = [one for one in found if one.refinement in (None, "issued")]
        return tuple(found)

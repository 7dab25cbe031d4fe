"""Findings: what a check has to say of the material, each with a place and a code; and reports, which collect them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

SEVERITIES = ("info", "warning", "error")
"""The severities, the mildest first."""

IN_PART = "in-part-"
"""How a count begins that says how many bags were judged in part, as was asked; the mode follows: ``fast``."""

SELECTED = "select"
"""The mode of a run that told of some rules only, as was asked."""

IGNORED = "ignored-"
"""How a count begins that says how often a rule was passed over, as was asked; its code follows."""

CHANGED = "milder-"
"""How a count begins that says how many findings are taken less gravely than their rule means it, as was asked."""

KNOWN, KNOWN_ERRORS = "known", "known-errors"
"""Counts of findings that are known by a baseline and not told again, and of the errors among them."""

OPINIONS, OPINIONS_LACKING = "second-opinions", "second-opinions-lacking"
"""Counts of bags that another program judged as well, and of those on which it was not asked or came to no verdict."""


class Place(NamedTuple):
    """Where a finding lies, as exactly as is known."""

    path: str
    """The file, relative to what was checked (``data/tei/page.xml``); ``-`` for standard input."""
    line: int | None = None
    """From 1."""
    column: int | None = None
    """From 1, in characters."""
    xpath: str | None = None

    def __str__(self) -> str:
        """``path:line:column``, as far as known: the form that terminals and editors make a link of."""
        return ":".join(str(part) for part in (self.path, self.line, self.column if self.line else None) if part)


class Rule(NamedTuple):
    """A rule: its code and name are for ever, and never used again for anything else."""

    code: str
    """Prefix and number: ``BAG003``."""
    name: str
    """In words, joined by hyphens: the section's, the specimen's and the anchor's name too."""
    severity: str
    """One of ``SEVERITIES``."""
    source: str
    """The clause of the standard that it serves."""
    what: str
    """What it finds."""
    why: str
    """Why that matters."""
    remedy: str
    """How to put it right."""


class Finding(NamedTuple):
    """One fault in the material: a value, never an exception."""

    place: Place
    code: str
    name: str
    severity: str
    message: str
    """What is so, in one line."""
    expected: str | None = None
    """The value that was recorded or required."""
    found: str | None = None
    """The value that is there."""


class SchemaUsed(NamedTuple):
    """A schema that judged: identified so that the judgement can be repeated."""

    name: str
    version: str
    sha256: str
    engine: str
    """The program that applied it, with its version: ``libxml2 2.14.6``."""


class Report(NamedTuple):
    """What was checked, by which rules and schemas, and what was found."""

    subject: str
    """The path or identifier of what was judged."""

    findings: tuple[Finding, ...] = ()
    """In order of place, then code."""

    rules: tuple[str, ...] = ()
    """Codes of the rules that ran, in order."""

    schemas: tuple[SchemaUsed, ...] = ()

    unchecked: tuple[str, ...] = ()
    """What could not be checked and why, a line each: "not checked" is never "valid"."""

    counts: tuple[tuple[str, int], ...] = ()
    """Sizes worth telling, by name: ``files``, ``bytes``, ``bags``, ``words`` …"""

    def at_or_above(self, severity: str) -> tuple[Finding, ...]:
        """Findings at least as grave as ``severity``."""
        least = SEVERITIES.index(severity)
        return tuple(one for one in self.findings if SEVERITIES.index(one.severity) >= least)

    @property
    def passed(self) -> bool:
        """No error was found, nor is one known of old, and nothing was left unchecked, be it on request."""
        known_errors = dict(self.counts).get(KNOWN_ERRORS, 0)
        return not self.unchecked and not self.in_part and not known_errors and not self.at_or_above("error")

    @property
    def in_part(self) -> tuple[str, ...]:
        """The modes in which bags were judged in part, as was asked: ``fast``, ``completeness``."""
        return tuple(name.removeprefix(IN_PART) for name, _ in self.counts if name.startswith(IN_PART))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by place, then code, then message; repeats are kept."""
    return tuple(
        sorted(
            findings,
            key=lambda one: (one.place.path, one.place.line or 0, one.place.column or 0, one.code, one.message),
        )
    )

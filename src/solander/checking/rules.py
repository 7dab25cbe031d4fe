"""Rules: how a check gets its code, and where ``explain`` finds what it says.

A rule is a generator of faults under ``@rule``. Its docstring has three parts, each a paragraph or more: what it
finds; ``Why:``; ``Remedy:``. ``run`` turns the faults of several rules into findings.

Where Python is told to leave docstrings out (``-OO``), rules judge as ever, and only their explanations are missing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, ParamSpec

from solander.model.finding import SEVERITIES, Finding, Place, Rule

Subject = ParamSpec("Subject")

FINDING_LIMIT = 1000
"""As many findings of one rule are told of the lines of one file, and of files as such; of the rest their number."""

_PARTS = re.compile(r"\A(?P<what>.+?)\n\s*Why:\s*(?P<why>.+?)\n\s*Remedy:\s*(?P<remedy>.+)\Z", re.DOTALL)
_CODE = re.compile(r"[A-Z]{3}[0-9]{3}\Z")

LAWS = (
    "nothing is lost, and it is proved",
    "stages record facts, and only checks judge them",
    "the same capture, options, version and moment give the same bytes",
    "a bag is whole, or it is not there",
    "faults in the material are findings",
    "no network unless asked, and what comes from outside is bounded",
    "not checked is never valid",
)
"""Solander's own laws (docs/design.md), which some rules serve, in words for whoever has only the rule."""

_FORMAT = {"4": "the bag", "5": "the TEI", "7": "reports"}
_LAW = re.compile(r"(?:design, )?law (?P<number>[1-7])(?:: [^;]*)?", re.IGNORECASE)
_SECTION = re.compile(r"design, section (?P<number>[0-9])", re.IGNORECASE)


class Fault(NamedTuple):
    """What a rule has to say of one place; the rule's code and severity are added to it."""

    place: Place
    message: str
    expected: str | None = None
    found: str | None = None


class Check(Generic[Subject]):
    """A rule with the function that applies it; calling it yields findings."""

    def __init__(self, rule: Rule, faults: Callable[Subject, Iterable[Fault]]) -> None:
        self.rule, self.faults = rule, faults

    def __call__(self, *args: Subject.args, **kwargs: Subject.kwargs) -> Iterator[Finding]:
        """Apply the rule to its subject."""
        code, name, severity = self.rule.code, self.rule.name, self.rule.severity
        for place, message, expected, found in self.faults(*args, **kwargs):
            yield Finding(place, code, name, severity, message, expected, found)


def rule(
    code: str, name: str, *, severity: str, source: str
) -> Callable[[Callable[Subject, Iterable[Fault]]], Check[Subject]]:
    """Make a rule of a generator of faults.

    Args:
        code: prefix and three digits, never used before.
        name: in words, joined by hyphens.
        severity: one of ``SEVERITIES``.
        source: the clause of the standard, or the law of the design, that it serves.

    Raises:
        ValueError: the code or severity is none, or the docstring lacks one of its three parts.
    """
    if not _CODE.match(code) or severity not in SEVERITIES:
        raise ValueError(f"{code} {severity}: no rule is written so")

    def make(faults: Callable[Subject, Iterable[Fault]]) -> Check[Subject]:
        # How its lines are indented is no matter: they become one. ``inspect`` costs as much to load as all rules.
        parts = _PARTS.match((faults.__doc__ or "").strip())
        if parts is not None:
            what, why, remedy = (_sentence(parts[name]) for name in ("what", "why", "remedy"))
        elif sys.flags.optimize > 1:
            what = why = remedy = "(not told, for Python was started with -OO)"
        else:
            raise ValueError(f"{code}: the docstring says what, Why: and Remedy:, in this order")
        return Check(Rule(code, name, severity, _spelt_out(source), what, why, remedy), faults)

    return make


def _sentence(text: str) -> str:
    """A part of a docstring in one line, with a capital at its beginning wherever it is shown."""
    line = " ".join(text.split())
    return line[:1].upper() + line[1:]


def _spelt_out(source: str) -> str:
    """A source with laws and sections of our own design in words that need no other page."""
    source = _LAW.sub(lambda law: f"Solander's law {law['number']}: {LAWS[int(law['number']) - 1]}", source)
    return _SECTION.sub(lambda found: f"Solander's format, {_FORMAT.get(found['number'], 'in general')}", source)


def run(checks: Iterable[Check[Subject]], *args: Subject.args, **kwargs: Subject.kwargs) -> list[Finding]:
    """Apply several rules to one subject, in their order."""
    return [finding for check in checks for finding in check(*args, **kwargs)]


def codes(checks: Iterable[Check[...]]) -> tuple[str, ...]:
    """The codes of rules, for the report's list of what ran."""
    return tuple(check.rule.code for check in checks)


def bounded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first of many findings of one rule, and how many more there are: a million would help nobody.

    Those about the lines of one file are counted by file, those about files as such together.
    """
    counts: dict[str, int] = {}
    beyond: dict[str, Finding] = {}
    for one in findings:
        where = "." if one.place.line is None else one.place.path
        counts[where] = counts.get(where, 0) + 1
        if counts[where] <= FINDING_LIMIT:
            yield one
        else:
            beyond[where] = one
    for where, one in beyond.items():
        more = f"and {counts[where] - FINDING_LIMIT:,} more of this kind"
        yield one._replace(place=Place(where), message=more, expected=None, found=None)

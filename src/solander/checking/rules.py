"""Rules: how a check gets its code, and where ``explain`` finds what it says.

A rule is a generator of faults under ``@rule``. Its docstring has three parts, each a paragraph or more: what it
finds; ``Why:``; ``Remedy:``. ``run`` turns the faults of several rules into findings.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, ParamSpec

from solander.model.finding import SEVERITIES, Finding, Place, Rule

Subject = ParamSpec("Subject")

_PARTS = re.compile(r"\A(?P<what>.+?)\n\s*Why:\s*(?P<why>.+?)\n\s*Remedy:\s*(?P<remedy>.+)\Z", re.DOTALL)
_CODE = re.compile(r"[A-Z]{3}[0-9]{3}\Z")


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
        parts = _PARTS.match(inspect.getdoc(faults) or "")
        if parts is None:
            raise ValueError(f"{code}: the docstring says what, Why: and Remedy:, in this order")
        what, why, remedy = (" ".join(parts[name].split()) for name in ("what", "why", "remedy"))
        return Check(Rule(code, name, severity, source, what, why, remedy), faults)

    return make


def run(checks: Iterable[Check[Subject]], *args: Subject.args, **kwargs: Subject.kwargs) -> list[Finding]:
    """Apply several rules to one subject, in their order."""
    return [finding for check in checks for finding in check(*args, **kwargs)]


def codes(checks: Iterable[Check[...]]) -> tuple[str, ...]:
    """The codes of rules, for the report's list of what ran."""
    return tuple(check.rule.code for check in checks)

"""A verdict: what one run has to say of everything that it was asked to judge, in whatever form it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from solander.model.finding import Report, Rule

_NONE: Mapping[str, Rule] = {}


class Verdict(NamedTuple):
    """The reports of a run, each by itself and all together."""

    whole: Report
    """All reports in one; what could not be read is among what was not checked."""

    parts: tuple[Report, ...] = ()
    """One for each thing that was judged, or could not be, in the order in which they were named."""

    fail_on: str = "error"
    """The mildest severity that makes the run fail."""

    rules: Mapping[str, Rule] = _NONE
    """What is known of rules, by code; forms that explain rules need those of the findings."""

    folder: str = ""
    """Where the run was started: a path below it is told from there, as CI systems show it."""

    def with_rules(self, rules: Iterable[Rule]) -> Verdict:
        """The same verdict, for forms that explain rules."""
        return self._replace(rules={rule.code: rule for rule in rules})

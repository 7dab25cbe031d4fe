"""Reports of many things, kept until the last is judged: what they say alike is kept once.

Nearly all bags of an archive are judged by the same rules and schemas, and a report that another process sent has them
all anew: measured, nine tenths of what a report takes.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable
from typing import TypeVar

from solander.model.finding import Finding, Report

Value = TypeVar("Value", bound=Hashable)


class Keeping:
    """What was said in reports so far."""

    def __init__(self) -> None:
        self._said: dict[Hashable, Hashable] = {}

    def kept(self, report: Report) -> Report:
        """An equal report, which shares with those before it what they say alike."""
        return report._replace(
            rules=self._once(report.rules),
            schemas=self._once(report.schemas),
            findings=tuple(map(_kept, report.findings)),
            counts=tuple([(sys.intern(name), number) for name, number in report.counts]),
        )

    def _once(self, value: Value) -> Value:
        return self._said.setdefault(value, value)  # type: ignore[return-value]  # equal, and so of one kind


def _kept(finding: Finding) -> Finding:
    code, name, severity = map(sys.intern, (finding.code, finding.name, finding.severity))
    return finding._replace(code=code, name=name, severity=severity)

"""One report of several: findings in order, rules and schemas each once, counts added up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from solander.model.finding import Finding, Report, in_order


def merge(reports: Iterable[Report], *, subject: str) -> Report:
    """Put reports together as the judgement of one subject."""
    parts = tuple(reports)
    counts: dict[str, int] = {}
    for part in parts:
        for name, number in part.counts:
            counts[name] = counts.get(name, 0) + number
    return Report(
        subject=subject,
        findings=in_order(finding for part in parts for finding in part.findings),
        rules=tuple(dict.fromkeys(code for part in parts for code in part.rules)),
        schemas=tuple(dict.fromkeys(schema for part in parts for schema in part.schemas)),
        unchecked=tuple(dict.fromkeys(line for part in parts for line in part.unchecked)),
        counts=tuple(counts.items()),
    )


def placed(report: Report, folder: str) -> Report:
    """The same report with every place as it is seen from outside: below ``folder``."""

    def moved(finding: Finding) -> Finding:
        return finding._replace(place=finding.place._replace(path=f"{folder}/{finding.place.path}"))

    return replace(
        report,
        subject=folder,
        findings=tuple(moved(finding) for finding in report.findings),
        unchecked=tuple(f"{folder}: {line}" for line in report.unchecked),
    )

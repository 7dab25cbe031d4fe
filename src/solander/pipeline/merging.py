"""One report of several: findings in order, rules and schemas each once, counts added up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from solander.model.bag_layout import ORIGINAL_FOLDER
from solander.model.finding import IGNORED, Finding, Report, in_order


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


def placed(report: Report, folder: str, *, mark: str = "/") -> Report:
    """The same report with every place as it is seen from outside: below ``folder``, and parted from it by ``mark``."""
    return _moved(report, folder, lambda path: folder if path == "." else f"{folder}{mark}{path}")


def placed_at_page(report: Report, page: str) -> Report:
    """The same report, of a page that stands in no bag: what would be in one is named behind the page."""
    return _moved(report, page, lambda path: page if path.startswith(ORIGINAL_FOLDER) else f"{page} ({path})")


def _moved(report: Report, subject: str, move: Callable[[str], str]) -> Report:
    def moved(finding: Finding) -> Finding:
        return finding._replace(place=finding.place._replace(path=move(finding.place.path)))

    return report._replace(
        subject=subject,
        findings=tuple(moved(finding) for finding in report.findings),
        unchecked=tuple(f"{subject}: {line}" for line in report.unchecked),
    )


def without(report: Report, ignored: Collection[str]) -> Report:
    """The same report without the rules that an archive's keeper does not want to hear of.

    They did not run, as far as the report tells; how often each would have spoken is counted. An error is never
    passed over, whoever asks.
    """
    grave = {finding.code for finding in report.at_or_above("error")}
    silenced = [code for code in report.rules if code in ignored and code not in grave]
    if not silenced:
        return report
    numbers = tuple((f"{IGNORED}{code}", sum(finding.code == code for finding in report.findings)) for code in silenced)
    return report._replace(
        findings=tuple(finding for finding in report.findings if finding.code not in silenced),
        rules=tuple(code for code in report.rules if code not in silenced),
        counts=(*report.counts, *numbers),
    )

"""What is added up over the pages of a crawl, and the findings of all of them, bounded.

A report of a hundred thousand pages must stay one that a person and a program can read: of each rule the first
thousand findings are told, and of the rest their number.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from solander.checking.rules import FINDING_LIMIT
from solander.model.finding import Finding, Place, Report, SchemaUsed, in_order
from solander.model.item import INDEX_NAME, Item

LANGUAGES_TOLD = 20


@dataclass(kw_only=True)
class Totals:
    """What the pages of a crawl come to."""

    pages: int = 0
    """With TEI."""
    failed: int = 0
    """Without."""
    words: int = 0
    same: int = 0
    """Of the same bytes as one before."""
    alike: int = 0
    begin: str = ""
    end: str = ""
    hosts: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    _findings: dict[str, list[Finding]] = field(default_factory=dict)
    _beyond: Counter[str] = field(default_factory=Counter)
    _rules: dict[str, None] = field(default_factory=dict)
    _schemas: dict[SchemaUsed, None] = field(default_factory=dict)
    _unchecked: dict[str, None] = field(default_factory=dict)

    def add(self, item: Item, report: Report | None, host: str) -> None:
        """Add one page.

        Args:
            item: its row of the index; a page without TEI counts as one that was not made.
            report: what was found in it; ``None`` where nothing was judged.
            host: of its address; empty where it has none.
        """
        if not item.tei:
            self.failed += 1
        else:
            self.pages += 1
            self.words += item.words
            self.same += item.same_as is not None
            self.alike += item.like is not None
            self.hosts[host] += 1
            if item.language:
                self.languages[item.language] += 1
            if item.captured:
                self.begin = min(self.begin or item.captured, item.captured)
                self.end = max(self.end, item.captured)
        if report is not None:
            self.note(report)

    def note(self, report: Report) -> None:
        """Add what was judged."""
        for one in report.findings:
            self.severities[one.severity] += 1
            kept = self._findings.setdefault(one.code, [])
            if len(kept) < FINDING_LIMIT:
                kept.append(one)
            else:
                self._beyond[one.code] += 1
        self._rules |= dict.fromkeys(report.rules)
        self._schemas |= dict.fromkeys(report.schemas)
        if len(self._unchecked) < FINDING_LIMIT:
            self._unchecked |= dict.fromkeys(report.unchecked)
        self.counts.update(dict(report.counts))

    def report(self, subject: str, *, counts: bool = True) -> Report:
        """The judgement of all; with ``counts`` of pages, or of words alone."""
        findings = [one for kept in self._findings.values() for one in kept]
        for code, number in self._beyond.items():
            last = self._findings[code][-1]
            what = f"and {number:,} more of this kind"
            findings.append(last._replace(place=Place(INDEX_NAME), message=what, expected=None, found=None))
        numbers = {"pages": self.pages, "pages-not-made": self.failed}
        numbers |= {"pages-the-same": self.same, "pages-alike": self.alike}
        told = {**(numbers if counts else {}), **self.counts}
        return Report(
            subject=subject,
            findings=in_order(findings),
            rules=tuple(sorted(self._rules)),
            schemas=tuple(self._schemas),
            unchecked=tuple(self._unchecked),
            counts=tuple(told.items()),
        )

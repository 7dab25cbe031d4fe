"""Reports for GitLab: a code quality report, which merge requests show beside the lines that changed.

What was not checked is told as a finding of the gravest kind, for the form knows nothing else.

Source: GitLab documentation, "Code Quality", "Import Code Quality results from a CI/CD job".
"""

from __future__ import annotations

from typing import Any

from solander.model.finding import Finding, Place
from solander.model.fingerprint import fingerprints
from solander.model.verdict import Verdict
from solander.reporting.json_text import render_json
from solander.reporting.places import located
from solander.reporting.text import visible
from solander.reporting.told import NOT_CHECKED, told

_SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}


def render_gitlab(verdict: Verdict) -> str:
    """Tell a verdict as a code quality report."""
    unread = [
        Finding(Place(part.subject), NOT_CHECKED, NOT_CHECKED, NOT_CHECKED, line)
        for part in verdict.parts
        for line in part.unchecked
    ]
    findings = [*verdict.whole.findings, *unread]
    prints = fingerprints(findings, lambda path: located(Place(path), verdict.folder).file)
    return render_json([_issue(one, mark, verdict.folder) for one, mark in zip(findings, prints, strict=True)])


def _issue(finding: Finding, fingerprint: str, folder: str) -> dict[str, Any]:
    where = located(finding.place, folder)
    inner = f"{visible(where.inner)}: " if where.inner else ""
    return {
        "description": f"{finding.name}: {inner}{told(finding)}".replace("\n", "; "),
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES.get(finding.severity, "blocker"),
        "location": {"path": where.file, "lines": {"begin": where.line or 1}},
    }

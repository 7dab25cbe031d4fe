"""Reports for GitHub Actions: annotations beside the lines of a change, and the summary of a job.

A step shows ten annotations of each kind and drops the others; the gravest come first here, and the summary has more.

Source: GitHub documentation, "Workflow commands for GitHub Actions"; GitHub Flavored Markdown 0.29.
"""

from __future__ import annotations

import html

from solander.model.finding import SEVERITIES, Finding
from solander.model.verdict import Verdict
from solander.reporting.places import located
from solander.reporting.text import closing_line, visible
from solander.reporting.told import told

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_SIGNS = {"error": "error", "warning": "warning", "info": "remark"}

SUMMARY_ROWS = 200
"""As many findings the summary of a job has: GitHub drops a summary that is larger than a mebibyte."""

_CELL = 300
"""As many characters a cell of the summary has of each value."""


def render_annotations(verdict: Verdict, *, remarks: bool) -> str:
    """Tell a verdict as workflow commands, a line each, the gravest first."""
    lines = [f"::error title=not checked::{_data(visible(line))}" for line in verdict.whole.unchecked]
    lines += [_annotation(one, verdict.folder) for one in _gravest_first(verdict, remarks=remarks)]
    return "".join(f"{line}\n" for line in lines)


def _gravest_first(verdict: Verdict, *, remarks: bool) -> list[Finding]:
    findings = verdict.whole.findings if remarks else verdict.whole.at_or_above("warning")
    return sorted(findings, key=lambda one: -SEVERITIES.index(one.severity))


def _annotation(finding: Finding, folder: str) -> str:
    where = located(finding.place, folder)
    inner = f"{visible(where.inner)}: " if where.inner else ""
    properties: list[tuple[str, object]] = [("file", visible(where.file))]
    properties += [("line", where.line)] if where.line else []
    properties += [("col", where.column)] if where.column else []
    properties += [("title", f"{finding.code} {finding.name}")]
    told_of = ",".join(f"{name}={_property(str(value))}" for name, value in properties)
    return f"::{_COMMANDS[finding.severity]} {told_of}::{_data(inner + told(finding))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def without_commands(text: str, token: str) -> str:
    """Text for a person within a job's log, in which no line is taken for a workflow command.

    Args:
        text: what is told; it may quote the material.
        token: what ends that; nobody who wrote the material can have known it.
    """
    return f"::stop-commands::{token}\n{text}::{token}::\n" if text else ""


def render_summary(verdict: Verdict, *, remarks: bool) -> str:
    """Tell a verdict in Markdown, for the summary of a job."""
    whole = verdict.whole
    lines = ["### Solander", "", _cell(closing_line(whole)), ""]
    lines += [f"- not checked: {_cell(visible(line))}" for line in whole.unchecked[:SUMMARY_ROWS]]
    lines += [""] if whole.unchecked else []
    findings = _gravest_first(verdict, remarks=remarks)
    if findings:
        lines += ["| | rule | where | what is so |", "|---|---|---|---|"]
        lines += [_row(one, verdict.folder) for one in findings[:SUMMARY_ROWS]]
        lines += [""]
    beyond = len(findings) - SUMMARY_ROWS
    if beyond > 0:
        lines += [f"and {beyond:,} more; the log of the step has them all.", ""]
    if findings:
        codes = dict.fromkeys(one.code for one in findings)
        lines += [f"What a rule means: `solander explain {' '.join(list(codes)[:10])}`", ""]
    return "\n".join(lines)


def _row(finding: Finding, folder: str) -> str:
    where = located(finding.place, folder)
    place = ":".join(str(part) for part in (where.file, where.line, where.column) if part)
    inner = f" ({where.inner})" if where.inner else ""
    what = "<br>".join(_cell(line) for line in told(finding).split("\n"))
    rule = f"{finding.code} {finding.name}"
    return f"| {_SIGNS[finding.severity]} | {rule} | <code>{_cell(visible(place + inner))}</code> | {what} |"


def _cell(text: str) -> str:
    """Text in which nothing is Markdown or HTML, cut where it is long."""
    short = text if len(text) <= _CELL else f"{text[:_CELL]}…"
    escaped = html.escape(short, quote=False)
    return "".join(f"&#{ord(one)};" if one in "\\`*_{}[]()#+!|~@:" else one for one in escaped)

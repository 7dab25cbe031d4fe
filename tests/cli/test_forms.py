"""``validate --format``: in what forms a verdict is told, and where to."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import junitparser
import pytest

FORMS = ("text", "json", "sarif", "junit", "github", "gitlab", "tap")


@pytest.fixture
def broken(bag: Path) -> Path:
    """A bag of which a tag file was altered."""
    (bag / "README.txt").write_text("")
    return bag


def test_files_are_written_beside_what_a_person_reads(run, broken: Path, tmp_path: Path):
    alone = run("validate", broken)
    words = [word for form in FORMS for word in ("--format", f"{form}:{tmp_path / form}")]
    ran = run("validate", broken, *words)
    assert (ran.status, ran.out, ran.err) == (alone.status, alone.out, alone.err) == (1, alone.out, alone.err)
    assert (tmp_path / "text").read_text() == alone.out
    assert (tmp_path / "json").read_text() == run("validate", broken, "--json").out
    for form in FORMS[2:]:
        assert (tmp_path / form).read_text() == run("validate", broken, "--format", form).out
        assert "BAG006" in (tmp_path / form).read_text()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted([*FORMS, "ferry.html"])


@pytest.mark.parametrize("form", FORMS)
def test_each_form_tells_of_a_good_bag_too(run, bag: Path, form: str):
    ran = run("validate", bag, "--format", form)
    assert ran.status == 0
    assert not re.search('(?m)^not ok|<failure|"level": "error",\n *"message', ran.out)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--format", "xml"), "there is no form 'xml'; there are text, json, sarif"),
        (("--format", "sarif:"), "name a file behind the colon"),
        (("--format", "sarif", "--json"), "two forms would go to standard output"),
        (("--format", "sarif:a", "--format", "junit:./a"), "two forms would go to"),
    ],
)
def test_what_cannot_be_had_is_said_before_anything_is_judged(run, bag: Path, words, why: str):
    ran = run("validate", bag, *words)
    assert (ran.status, ran.out) == (2, "")
    assert why in ran.err


def test_a_report_that_cannot_be_written_is_said_and_the_others_are(run, bag: Path, tmp_path: Path):
    missing, good = tmp_path / "no" / "a.sarif", tmp_path / "b.xml"
    ran = run("validate", bag, "--format", f"sarif:{missing}", "--format", f"junit:{good}")
    assert ran.status == 3
    assert f"{missing.parent}: there is no such folder" in ran.err
    assert junitparser.JUnitXml.fromfile(str(good)).tests == 1


def test_no_report_is_written_over_what_is_no_file(run, bag: Path, tmp_path: Path):
    for place in (tmp_path, Path("/dev/null")):
        before = place.stat()
        ran = run("validate", bag, "--format", f"sarif:{place}")
        assert (ran.status, place.stat().st_ino) == (3, before.st_ino)
        assert "it is no file" in ran.err


def test_a_report_replaces_the_last_one_whole(run, bag: Path, tmp_path: Path):
    report = tmp_path / "report.json"
    report.write_text("old" * 100_000)
    assert run("validate", bag, "--format", f"json:{report}").status == 0
    assert json.loads(report.read_bytes())["passed"]


def test_what_could_not_be_judged_is_in_every_form(run, bag: Path, tmp_path: Path):
    for form in FORMS:
        ran = run("validate", bag, tmp_path / "missing", "--format", form)
        assert ran.status == 3
        assert "there is no such file" in ran.out + ran.err


# -------------------------------------------------------------------------------------------------- GitHub Actions


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file of a job's summary."""
    summary = tmp_path / "summary.md"
    summary.write_text("what another step wrote\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.chdir(tmp_path)
    return summary


def test_in_actions_annotations_and_a_summary_come_by_themselves(run, broken: Path, job: Path):
    ran = run("validate", "archive")
    assert ran.status == 1
    lines = ran.out.splitlines()
    token = re.fullmatch("::stop-commands::([0-9a-f]{32})", lines[0])
    assert token is not None
    end = lines.index(f"::{token[1]}::")
    assert any(" BAG006 " in line for line in lines[1:end])
    assert all(line.startswith("::error file=archive/") for line in lines[end + 1 :])
    assert job.read_text().startswith("what another step wrote\n### Solander\n")
    assert "BAG006 tag-file-digest-mismatch" in job.read_text()
    assert run("validate", "archive").out != ran.out


def test_in_actions_a_form_that_was_asked_for_is_all_that_is_told(run, broken: Path, job: Path):
    for form in ("json", "sarif", "tap"):
        assert "::stop-commands" not in run("validate", "archive", "--format", form).out
    assert job.read_text() == "what another step wrote\n"
    assert "::error" in run("validate", "archive", "--format", "sarif:a.sarif").out


def test_a_summary_that_cannot_be_written_is_no_silence(run, bag: Path, job: Path):
    os.environ["GITHUB_STEP_SUMMARY"] = str(job.parent / "no" / "summary.md")
    ran = run("validate", "archive")
    assert ran.status == 3
    assert "summary.md" in ran.err


def test_elsewhere_nothing_of_it_is_told(run, broken: Path):
    assert "::" not in run("validate", broken).out


# ---------------------------------------------------------------------------------------------- the lines of a file


def test_a_line_of_xml_is_shown_with_what_is_meant(run, tmp_path: Path, bag: Path):
    tei = tmp_path / "page.xml"
    tei.write_bytes((bag / "data/tei/page.xml").read_bytes().replace(b"</TEI>", b"</TEI>\n  <a\x1b/>"))
    ran = run("validate", tei)
    found = re.search(r"page\.xml:(\d+):(\d+)  TEI101.*\n +(\d+) \|   <a\\x1b/>\n      \| ( *)\^\n", ran.out)
    assert found is not None, ran.out
    assert found[1] == found[3]
    assert "\x1b" not in ran.out

"""A faulty bag and a faulty file of records through every form at once: all tell the same findings."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.false_crawls import digest, record
from tests.reporting.test_forms import GITLAB, SARIF, from_github, from_junit, from_sarif, from_tap

from solander.encoding.report_json import parse_report
from solander.reporting.places import located
from solander.reporting.text import visible
from solander.reporting.told import told

PROGRAMS = ("json", "sarif", "junit", "github", "gitlab", "tap")


def faulty_records(folder: Path) -> Path:
    wrong = record(number=2, WARC_Block_Digest=digest(b"another"))
    (folder / "crawl.warc").write_bytes(record() + wrong + record(version="WARC/9.9", number=3) + wrong)
    return folder / "crawl.warc"


def faulty_bag(bag: Path) -> Path:
    """A bag with faults in its bytes, its TEI, its records and its tags, of every severity."""
    tei = bag / "data/tei/page.xml"
    tei.write_bytes(tei.read_bytes().replace(b"<body>", b"<body><wall/>").replace(b"seven", b"eight", 1))
    view = bag / "data/access/page.html"
    view.write_bytes(view.read_bytes().replace(b"</main>", b"<script>1</script></main>"))
    (bag / "metadata/datacite.json").write_bytes(b'{"a": 1,\n}')
    (bag / "data/a, b% c: \u00e9.txt").write_bytes(b"nobody lists this")
    with (bag / "bag-info.txt").open("ab") as info:
        info.write(b"Payload-Oxum: 1.1\r\n")
    (bag / "data/original/capture.warc").write_bytes(record() + b"rubbish" * 9)
    return bag


@pytest.fixture(params=["records", "bag", "zip"])
def subject(request: pytest.FixtureRequest, bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # As in a checkout: places are told from here.
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    if request.param == "records":
        return faulty_records(tmp_path).relative_to(tmp_path)
    faulty_bag(bag)
    if request.param == "zip":
        import shutil

        return Path(shutil.make_archive(bag.name, "zip", bag.parent, bag.name)).relative_to(tmp_path)
    return bag.relative_to(tmp_path)


def test_every_form_of_one_run_tells_the_same(subject: Path, tmp_path: Path, run: Any) -> None:
    wishes = [word for form in PROGRAMS for word in ("--format", f"{form}:told.{form}")]
    ran = run("validate", subject, "--remarks", *wishes)
    assert ran.status in (1, 3), ran.err
    text = {form: (tmp_path / f"told.{form}").read_text(encoding="utf-8") for form in PROGRAMS}

    report = parse_report(text["json"].encode())
    found = report.findings
    assert len(found) >= 4
    assert len({one.code for one in found}) >= 3
    # What is told of a file within an archive file stands at that file there, and has no line.
    places = {one: located(one.place) for one in found}
    within = {one: f"{visible(places[one].inner)}: " if places[one].inner else "" for one in found}
    exact = Counter((one.code, one.severity, visible(one.place.path), one.place.line, told(one)) for one in found)
    here = Counter((one.code, one.severity, visible(places[one].file), places[one].line, told(one)) for one in found)
    named = Counter(
        (one.code, one.severity, visible(places[one].file), places[one].line, within[one] + told(one)) for one in found
    )
    unchecked = Counter(map(visible, report.unchecked))

    SARIF.validate(json.loads(text["sarif"]))
    assert from_sarif(text["sarif"]) == (here, unchecked)
    assert from_junit(text["junit"]) == (here, unchecked)
    assert from_github(text["github"]) == (named, unchecked)
    assert from_tap(text["tap"]) == (exact, unchecked)
    issues = json.loads(text["gitlab"])
    assert Counter(
        (one["check_name"], GITLAB[one["severity"]], one["location"]["path"], one["description"].partition(": ")[2])
        for one in issues
        if one["check_name"] != "not-checked"
    ) == Counter(
        (one.code, one.severity, places[one].file, (within[one] + told(one)).replace("\n", "; ")) for one in found
    )
    assert sum(one["check_name"] == "not-checked" for one in issues) == len(report.unchecked)

    # For a person: a line a finding, in the same order, and the counts of all.
    firsts = re.findall(r"(?m)^(?! )(.*?)  ([A-Z]{3}[0-9]{3}) ([a-z0-9-]+)  (?:\((warning|info)\) )?(.*)$", ran.out)
    assert [(code, severity or "error", said) for _, code, _, severity, said in firsts] == [
        (one.code, one.severity, visible(one.message)) for one in found
    ]
    counted = Counter(one.severity for one in found)
    assert re.search(rf"\b{counted['error']:,} errors?\b", ran.out.splitlines()[-1])


def test_each_form_alone_on_standard_output_is_what_goes_into_a_file(bag: Path, run: Any, tmp_path: Path) -> None:
    faulty_bag(bag)
    for form in PROGRAMS:
        alone = run("validate", bag, "--remarks", "--format", form)
        in_file = run("validate", bag, "--remarks", "--format", f"{form}:{tmp_path / form}", "--quiet")
        assert alone.out == (tmp_path / form).read_text(encoding="utf-8")
        assert alone.status == in_file.status
        assert (tmp_path / form).stat().st_size > 1000

"""What ``solander audit`` prints, and with which status it ends."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import jsonschema
import pytest
from tests.permissions import without_privilege

from solander.pipeline import make_bag, open_audit
from solander.profiles import SCHEMAS

LOG = "audit-log.jsonl"
AT = ("--at", "2026-01-01T00:00:00Z")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/letter.txt").write_bytes(b"Dear Ines")
    for name in ("a", "b", "c"):
        make_bag(tmp_path / "letters", into=tmp_path / "archive", name=name)
    return tmp_path / "archive"


def test_the_closing_line_tells_what_was_checked_passed_by_and_left(run, archive: Path):
    first = run("audit", archive, "--limit", 1, *AT)
    assert first.status == 0
    assert first.out.startswith("1 bag checked (5 files, ")
    assert first.out.endswith("; 0 passed by, 2 left for the next run\n")
    second = run("audit", archive, "--every", 30, *AT)
    assert second.out.startswith("2 bags checked (10 files, ")
    assert second.out.endswith("; 1 passed by (valid within 30 days), 0 left for the next run\n")
    assert first.err == second.err == ""
    assert run("audit", archive, "--all", "--bytes", "1kB", *AT).out.endswith(
        "; 0 passed by, 1 left for the next run\n"
    )


def test_findings_are_told_as_validate_tells_them(run, archive: Path):
    (archive / "b/data/letter.txt").write_bytes(b"Dear Iris")
    ran, validated = run("audit", archive, *AT), run("validate", archive / "b")
    assert ran.status == validated.status == 1
    assert ran.out.splitlines()[:-1] == validated.out.splitlines()[:-1]
    assert ", 1 not valid; " in ran.out
    assert ran.err == "see: solander explain BAG003\n"


def test_quiet_is_silent_where_all_is_well_and_tells_findings_alone(run, archive: Path):
    assert run("audit", archive, "--quiet", *AT) == (0, "", "")
    (archive / "b/data/letter.txt").write_bytes(b"Dear Iris")
    ran = run("audit", archive, "--quiet", "--all", *AT)
    assert ran.status == 1
    assert [line.split("  ")[1] for line in ran.out.splitlines() if "BAG" in line] == ["BAG003 payload-digest-mismatch"]
    assert ran.err == ""


def test_json_says_the_same_and_keeps_the_schemas(run, archive: Path):
    (archive / "b/data/letter.txt").write_bytes(b"Dear Iris")
    ran = run("audit", archive, "--limit", 2, "--json", *AT)
    told = json.loads(ran.out)
    assert (ran.status, ran.err, told["passed"], told["passed_by"], told["left"]) == (1, "", False, 0, 1)
    assert told["checked"] == [json.loads(line) for line in (archive / LOG).read_text().splitlines()]
    assert [one["code"] for one in told["report"]["findings"]] == ["BAG003"]
    jsonschema.validate(told["report"], json.loads(SCHEMAS.read("solander-report.schema.json")))
    for line in told["checked"]:
        jsonschema.validate(line, json.loads(SCHEMAS.read("solander-audit.schema.json")))


def test_a_bag_that_was_made_anew_counts_where_warnings_do(run, archive: Path, tmp_path: Path):
    run("audit", archive, *AT)
    shutil.rmtree(archive / "c")
    (tmp_path / "letters/letter.txt").write_bytes(b"Dear Iris")
    make_bag(tmp_path / "letters", into=archive, name="c")
    ran = run("audit", archive, "--all", "--fail-on", "warning", *AT)
    assert ran.status == 1
    assert ran.out.startswith(f"{archive}/c/tagmanifest-sha512.txt  PRM017 bag-changed-since-audit  (warning) ")
    assert ran.out.splitlines()[1].startswith("    expected ")
    assert run("audit", archive, "--all", "--fail-on", "warning", *AT).status == 0


def test_a_bag_that_is_gone_is_an_error_until_it_is_said_to_be_withdrawn(run, archive: Path, tmp_path: Path):
    run("audit", archive, *AT)
    make_bag(tmp_path / "letters", into=archive, name="d", info=(("Source-Organization", "The harbour office"),))
    run("audit", archive, *AT)
    shutil.rmtree(archive / "d")
    ran = run("audit", archive, *AT)
    assert ran.status == 1
    assert ran.out.startswith(f"{archive}/d  PRM018 audited-bag-missing  ")
    assert ", 1 bag missing; " in ran.out
    said = run("audit", archive, "--withdrawn", "d", *AT)
    assert (said.status, said.out) == (0, "")
    assert said.err == "1 bag withdrawn; the log keeps that, and nothing was checked\n"
    assert run("audit", archive, *AT).status == 0


def test_a_folder_that_is_no_bag_is_counted_apart(run, archive: Path):
    (archive / "notes").mkdir()
    ran = run("audit", archive, *AT)
    assert ran.status == 1
    assert "3 bags checked" in ran.out
    assert ", 1 folder that is no bag; " in ran.out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("a",),
        (".", "--all", "--every", "3"),
        (".", "--limit", "0"),
        (".", "--bytes", "much"),
        (".", "--minutes", "0"),
        (".", "--every", "-1"),
        (".", "--at", "2026-01-01"),
        (".", "--withdrawn", "a"),
        (".", "--withdrawn", "nobody"),
    ],
)
def test_what_cannot_be_meant_is_misuse_in_one_line(run, archive: Path, words: tuple[str, ...], monkeypatch):
    monkeypatch.chdir(archive)
    ran = run("audit", *words)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("content", ["no log\n", "{}\n"])
def test_a_log_that_is_none_is_said_to_be_so_and_nothing_is_checked(run, archive: Path, content: str):
    (archive / LOG).write_text(content)
    ran = run("audit", archive, *AT)
    assert (ran.status, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert f"{archive}/{LOG}: line 1 is no line of a log of audits" in ran.err
    assert (archive / LOG).read_text() == content


def test_settings_that_cannot_be_used_are_told_once_and_the_bags_are_checked_all_the_same(run, archive: Path):
    (archive / "solander.toml").write_text("colour = 3\n")
    ran = run("audit", archive, *AT)
    assert ran.status == 2
    assert ran.err.count("colour is not a setting") == 1
    assert len((archive / LOG).read_text().splitlines()) == 3


@pytest.mark.parametrize("has_log", [False, True])
def test_an_archive_that_may_not_be_written_is_said_to_be_so_before_anything_is_read(archive: Path, has_log: bool):
    if has_log:
        (archive / LOG).write_text("")
        (archive / LOG).chmod(0o444)
    archive.chmod(0o555)
    try:
        ran = without_privilege("audit", archive)
    finally:
        archive.chmod(0o755)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr == f"solander: {archive}/{LOG}: no permission to write here\n"


def test_a_bag_that_cannot_be_read_is_not_checked_and_tried_again_in_the_next_run(archive: Path):
    (archive / "a").chmod(0)
    try:
        first, second = (without_privilege("audit", archive, *AT) for _ in range(2))
    finally:
        (archive / "a").chmod(0o755)
    assert first.returncode == second.returncode == 3
    assert ", 1 could not be checked; 0 passed by" in first.stdout
    assert second.stdout.startswith("1 bag checked")
    lines = [json.loads(line) for line in (archive / LOG).read_text().splitlines()]
    assert [(line["bag"], line["outcome"]) for line in lines if line["bag"] == "a"] == [("a", "unchecked")] * 2


def test_a_second_audit_does_not_wait(outside, archive: Path):
    with open_audit(archive):
        process = outside("audit", archive)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (3, b"")
    assert os.fsdecode(err).endswith("another audit of this archive is under way; wait until it is done\n")

"""``validate``: which findings are told, how grave each is taken, and what is known of old."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import jsonschema
import pytest

from solander.cli import validate as face
from solander.files.hashing import processors_here
from solander.pipeline.judgement import judging_many
from solander.pipeline.judgement.judging_workers import Workers
from solander.pipeline.subject import Subject, subjects
from solander.profiles import SCHEMAS


def codes(run, *words: object) -> tuple[int, set[str], dict]:
    ran = run("validate", *words, "--json")
    report = json.loads(ran.out)
    jsonschema.validate(report, json.loads(SCHEMAS.read("solander-report.schema.json")))
    return ran.status, {one["code"] for one in report["findings"]}, report


@pytest.fixture
def harmed(bag: Path) -> Path:
    """An archive with a bag that has two errors (BAG006, PRF010), a warning (BAG008) and a remark (DCM009)."""
    (bag / "README.txt").write_text("")
    (bag / "metadata/notes.txt").write_text("")
    return bag.parent


def test_the_archive_has_findings_of_each_kind(run, harmed: Path):
    status, found, _ = codes(run, harmed)
    assert status == 1
    assert found == {"BAG006", "PRF010", "BAG008", "DCM009"}


# --------------------------------------------------------------------------------------------- which, and how grave


def test_only_what_is_selected_is_told_and_the_run_has_not_passed(run, harmed: Path):
    status, found, report = codes(run, harmed, "--select", "DCM")
    assert (status, report["passed"]) == (0, False)
    assert found == {"DCM009"}
    assert {code[:3] for code in report["rules"]} == {"DCM"}
    assert codes(run, harmed, "--select", "dcm,BAG00")[1] == {"DCM009", "BAG006", "BAG008"}
    assert "; only the rules of --select" in run("validate", harmed, "--select", "DCM").out


def test_what_is_ignored_is_counted_and_an_error_never_is(run, harmed: Path):
    status, found, report = codes(run, harmed, "--ignore", "BAG,DCM", "--fail-on", "info")
    assert (status, found) == (1, {one for one in codes(run, harmed)[1] if one not in ("BAG008", "DCM009")})
    assert "BAG006" in found
    assert report["counts"]["ignored-BAG008"] == 1
    assert "BAG003" in report["rules"]
    ran = run("validate", harmed, "--ignore", "BAG006")
    assert (ran.status, ran.out) == (2, "")
    assert "BAG006 is an error" in ran.err


def test_a_severity_is_as_was_asked_and_one_that_is_milder_is_counted(run, harmed: Path):
    milder = ("--severity", "BAG006=warning", "--severity", "PRF=info")
    status, _, report = codes(run, harmed, *milder)
    assert (status, report["totals"]["error"], report["counts"]["milder-BAG006"]) == (0, 0, 1)
    assert "2 rules made milder (2 findings)" in run("validate", harmed, *milder).out
    assert codes(run, harmed, *milder, "--severity", "DCM009=error")[0] == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--select", "ZZZ"), "no rule's code is 'ZZZ', or begins so"),
        (("--ignore", "BAG999"), "no rule's code is 'BAG999'"),
        (("--select", "BAG,"), "no rule's code is ''"),
        (("--severity", "BAG006"), "write CODE=info|warning|error"),
        (("--severity", "BAG006=grave"), "write CODE=info|warning|error"),
        (("--severity", "BAG999=info"), "no rule's code is 'BAG999'"),
        (("--baseline", "a", "--write-baseline", "b"), "say --baseline or --write-baseline"),
    ],
)
def test_a_wish_that_means_nothing_is_misuse(run, harmed: Path, words, why: str):
    ran = run("validate", harmed, *words)
    assert (ran.status, ran.out) == (2, "")
    assert why in ran.err


def test_settings_hold_for_some_paths_only(run, harmed: Path):
    (bag,) = (path for path in harmed.iterdir() if path.is_dir())
    other = harmed / "other"
    shutil.copytree(bag, other)
    (harmed / "solander.toml").write_text(
        "[check]\n"
        'severity = { DCM009 = "warning" }\n'
        f'paths = [{{ path = ["{bag.name}"], ignore = ["BAG008"] }},\n'
        '  { path = ["o*/README.txt", "other/tagmanifest-*"], severity = { BAG006 = "info" } }]\n'
    )
    _, _, report = codes(run, harmed)
    by_bag = {
        (Path(one["place"]["path"]).relative_to(harmed).parts[0], one["code"]): one["severity"]
        for one in report["findings"]
    }
    assert (bag.name, "BAG008") not in by_bag
    assert by_bag["other", "BAG008"] == "warning"
    assert (by_bag[bag.name, "BAG006"], by_bag["other", "BAG006"]) == ("error", "info")
    assert by_bag["other", "DCM009"] == "warning"
    assert report["counts"]["ignored-BAG008"] == 1
    assert report["counts"]["milder-BAG006"] == 1
    # What a run is asked outranks what an archive wants.
    assert codes(run, harmed, "--severity", "BAG006=error")[2]["totals"]["error"] > report["totals"]["error"]


def test_a_setting_for_a_rule_that_does_not_exist_is_said(run, harmed: Path):
    (harmed / "solander.toml").write_text('[check]\nseverity = { BAG999 = "info" }\n')
    ran = run("validate", harmed)
    assert ran.status == 2
    assert "there is no rule BAG999" in ran.err


# ---------------------------------------------------------------------------------------------------------- baselines


def test_known_findings_pass_and_new_ones_fail(run, harmed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    baseline = tmp_path / "known.json"
    ran = run("validate", harmed, "--write-baseline", baseline)
    assert ran.status == 0
    assert "known by the baseline" in ran.out
    value = json.loads(baseline.read_bytes())
    jsonschema.validate(value, json.loads(SCHEMAS.read("solander-baseline.schema.json")))
    assert {one["code"] for one in value["findings"]} >= {"BAG006", "BAG008", "DCM009"}
    status, found, report = codes(run, harmed, "--baseline", baseline)
    # Known or not, an error is one: the run does not fail for it, and the archive has not passed.
    assert (status, found, report["passed"]) == (0, set(), False)
    assert (report["counts"]["known"], report["counts"]["known-errors"]) == (len(value["findings"]), 2)
    # From another folder, by another path, they are the same.
    monkeypatch.chdir(harmed)
    assert codes(run, ".", "--baseline", "../known.json")[0] == 0
    (bag,) = (path for path in harmed.iterdir() if path.is_dir())
    (bag / "data/original/page.html").write_bytes(b"another page")
    status, found, _ = codes(run, harmed, "--baseline", baseline)
    assert status == 1
    assert "BAG003" in found
    assert "BAG006" not in found


def test_a_baseline_never_knows_what_could_not_be_checked(run, harmed: Path, tmp_path: Path):
    (bag,) = (path for path in harmed.iterdir() if path.is_dir())
    (bag / "data/tei/page.xml").write_text("<")
    baseline = tmp_path / "known.json"
    assert run("validate", harmed, "--write-baseline", baseline).status == 3
    assert run("validate", harmed, "--baseline", baseline).status == 3


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": "urn:a", "findings": []}', "[" * 100_000])
def test_what_is_no_baseline_is_refused_in_one_line(run, bag: Path, tmp_path: Path, content: str):
    (tmp_path / "known.json").write_text(content)
    ran = run("validate", bag, "--baseline", tmp_path / "known.json")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "this is no baseline" in ran.err
    assert run("validate", bag, "--baseline", tmp_path / "missing.json").status == 3


# ----------------------------------------------------------------------------------------------- what changed, by git


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=Ines", "-c", "user.email=ines@harbour.example", "-c", "init.defaultBranch=main")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *identity, *words], cwd=folder, env=surroundings, check=True, capture_output=True)


@pytest.fixture
def kept(harmed: Path) -> tuple[Path, Path]:
    """Two bags in an archive in a repository, all of it committed."""
    (first,) = (path for path in harmed.iterdir() if path.is_dir())
    shutil.copytree(first, harmed / "second")
    (harmed / "solander.toml").write_text("")
    git(harmed.parent, "init")
    git(harmed.parent, "add", ".")
    git(harmed.parent, "commit", "-m", "bags")
    return first, harmed / "second"


def judged(run, *words: object) -> int:
    return json.loads(run("validate", *words, "--json").out)["counts"].get("bags", 0)


def test_only_what_changed_since_a_commit_is_judged(run, kept):
    archive = kept[0].parent
    assert judged(run, archive) == 2
    assert judged(run, archive, "--since", "HEAD") == 0
    (kept[1] / "metadata/new.txt").write_text("")
    assert judged(run, archive, "--since", "HEAD") == 1
    (kept[0] / "README.txt").unlink()
    assert judged(run, archive, "--since", "main") == 2
    git(archive, "add", ".")
    git(archive, "commit", "-m", "more")
    assert (judged(run, archive, "--since", "HEAD"), judged(run, archive, "--since", "HEAD~1")) == (0, 2)
    # Where what is wanted of them changed, all bags are judged.
    (archive / "solander.toml").write_text("[check]\n")
    assert judged(run, archive, "--since", "HEAD") == 2


def test_a_commit_that_git_does_not_know_is_misuse(run, kept, bag: Path, tmp_path_factory: pytest.TempPathFactory):
    for name in ("no-such-branch", "--output=/tmp/x", "HEAD; true", "-h"):
        ran = run("validate", kept[0], f"--since={name}")
        assert (ran.status, ran.out) == (2, ""), name
        assert "there is no commit" in ran.err
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "bag"
    shutil.copytree(kept[0], elsewhere)
    ran = run("validate", elsewhere, "--since", "HEAD")
    assert ran.status == 2
    assert "in no git repository" in ran.err


def test_a_hook_has_the_bags_judged_that_hold_what_changed(run, kept):
    first, second = kept
    page = first.parent.parent / "ferry.html"
    ran = codes(run, "--changed-files", first / "data/tei/page.xml", first / "README.txt", page)
    assert ran[2]["counts"]["bags"] == 1
    assert judged(run, "--changed-files", second / "gone/away.txt", first / "bagit.txt") == 2
    ran = run("validate", "--changed-files", page)
    assert (ran.status, ran.out) == (0, "no bags\n")
    assert judged(run, "--changed-files", first.parent / "solander.toml") == 2
    (second / "bagit.txt").unlink()
    assert codes(run, "--changed-files", second / "data/tei/page.xml")[1] == {"BAG001"}


# ---------------------------------------------------------------------------------------------------- each by itself


def test_several_processes_say_what_one_says(run, harmed: Path):
    (bag,) = (path for path in harmed.iterdir() if path.is_dir())
    for number in range(5):
        shutil.copytree(bag, harmed / f"copy-{number}")
    (harmed / "stray").mkdir()
    (harmed / "copy-3/data/tei/page.xml").write_text("<")
    alone = run("validate", harmed, "--jobs", 1, "--remarks")
    together = run("validate", harmed, "--jobs", 3, "--remarks")
    assert together == alone
    assert alone.status == 3
    # Neither the TEI nor the view that should say the same.
    assert alone.out.count("not checked: ") == 2


def test_one_process_is_enough_for_few_bags_and_no_more_are_started_than_there_are_bags():
    few = [Subject(Path(str(number)), "bag") for number in range(judging_many.WORTH_IT - 1)]
    many = [*few, Subject(Path("z"), "serialised"), Subject(Path("stray"), "stray")]
    assert judging_many.jobs_for(few, None) == judging_many.jobs_for([], 4) == 1
    assert judging_many.jobs_for(many, None) == processors_here()
    assert judging_many.jobs_for(few[:3], 64) == 3


def test_a_process_that_dies_takes_one_thing_with_it(harmed: Path):
    (bag,) = (path for path in harmed.iterdir() if path.is_dir())
    for number in range(3):
        shutil.copytree(bag, harmed / f"copy-{number}")
    pieces = [one for one in subjects(harmed) if one.kind == "bag"]
    with Workers(2, {"threads": 1}) as workers:
        for worker in workers.running:
            worker.process.send_signal(signal.SIGSEGV)
            worker.process.wait()
        outcomes = list(workers.judge(pieces))
        started = [worker.process for worker in workers.running]
    assert [one.subject for one in outcomes] == pieces
    assert [one.exit_status for one in outcomes] == [3, 3, 0, 0]
    assert "SIGSEGV" in (outcomes[0].error or "")
    assert outcomes[2].report is not None
    assert all(process.poll() is not None for process in started)


def test_a_fault_of_ours_hides_no_other_thing(run, harmed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (bag,) = (path for path in harmed.iterdir() if path.is_dir())
    for name in ("a", "z"):
        shutil.copytree(bag, harmed / name)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    judge = judging_many.validate

    def validate(subject, **wishes):
        if subject.path == bag:
            raise RuntimeError("a slip")
        return judge(subject, **wishes)

    monkeypatch.setattr(judging_many, "validate", validate)
    ran = run("validate", harmed)
    assert ran.status == 70
    assert f"{bag}: a fault of ours: RuntimeError: a slip; the details are in" in ran.err
    assert "1 thing not checked" in ran.out
    assert ran.out.count("BAG006") == 2
    (log,) = tmp_path.glob("solander/*.log")
    assert "RuntimeError: a slip" in log.read_text()


def test_the_help_names_every_form():
    words = next(one for one in face.command.params if one.name == "wishes")
    assert all(form in (words.help or "") for form in ("sarif", "junit", "gitlab", "github", "tap"))

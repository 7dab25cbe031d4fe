"""``validate``: what is passed over, by settings or by what was asked for, is said and never counts as checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.reports import reported

from solander.files.folder import Folder

# -------------------------------------------------------------------------------------------------- what is passed over


def test_no_settings_silence_an_error(run, bag: Path):
    original = bag / "data/original/page.html"
    original.write_bytes(original.read_bytes().replace(b"seven", b"eleven"))
    (bag.parent / "solander.toml").write_text('[check]\nignore = ["BAG003", "BAG015"]\n')
    ran = run("validate", bag.parent)
    assert ran.status == 2
    assert "check.ignore: BAG003 cannot be ignored" in ran.err
    assert "BAG003" in ran.out
    assert run("verify", bag).status == 1


def test_what_is_ignored_is_counted_and_not_listed_as_run(run, bag: Path):
    (bag.parent / "solander.toml").write_text('[check]\nignore = ["DCM009", "BAG039"]\n')
    assert run("validate", bag.parent).out.endswith("; 2 rules ignored (1 finding)\n")
    status, report = reported(run, bag.parent)
    assert (status, report["counts"]["ignored-DCM009"], report["counts"]["ignored-BAG039"]) == (0, 1, 0)
    assert not {"DCM009", "BAG039"} & set(report["rules"])


def test_settings_that_cannot_be_used_are_told_of_a_bag_by_itself_too(run, bag: Path):
    (bag.parent / "solander.toml").write_text('[check]\nfail_on = "eror"\n')
    for path in (bag, bag.parent):
        ran = run("validate", path)
        assert ran.status == 2
        assert ran.err.count("check.fail_on knows no 'eror'") == 1
        assert "no errors" not in ran.out


# ------------------------------------------------------------------------------------------- a bag judged in part


def test_what_was_not_asked_for_is_said_not_to_be_checked(run, foreign: Path):
    (foreign / "data" / "1.txt").write_bytes(b"Dear B.")
    for mode in ("--completeness", "--fast"):
        ran = run("validate", foreign, mode)
        assert (ran.status, ran.out) == (0, f"no errors in 1 bag (6 files, 2.9 kB); fixity not checked ({mode})\n")
        status, report = reported(run, foreign, mode)
        assert (status, report["passed"]) == (0, False)
        assert "BAG003" not in report["rules"]
        assert report["counts"][f"in-part-{mode[2:]}"] == 1
    assert run("validate", foreign).status == 1


def test_without_a_payload_oxum_there_is_nothing_to_go_by_in_haste(run, foreign: Path):
    info = foreign / "bag-info.txt"
    info.write_text(info.read_text().replace("Payload-Oxum", "Payload-Sum"))
    status, report = reported(run, foreign, "--fast")
    assert status == 3
    assert report["unchecked"] == [f"{foreign}: bag-info.txt: it has no Payload-Oxum to go by"]


def test_in_part_a_page_is_judged_as_a_bag_alone(run, bag: Path):
    (bag / "metadata" / "premis.xml").write_bytes(b"<premis/>")
    assert run("validate", bag, "--completeness").status == 0
    (bag / "data" / "tei" / "page.xml").unlink()
    assert "BAG004" in run("validate", bag, "--completeness").out


def test_one_part_is_asked_for_at_a_time(run, bag: Path):
    ran = run("validate", bag, "--fast", "--completeness")
    assert (ran.status, ran.out) == (2, "")


@pytest.mark.parametrize(("threads", "status"), [("0", 2), ("1", 0), ("2", 0), ("64", 0), ("65", 2), ("x", 2)])
def test_any_number_of_threads_comes_to_the_same(run, bag: Path, threads: str, status: int):
    assert run("validate", bag, "--threads", threads).status == status


def test_a_file_that_changed_was_not_checked(run, foreign: Path, monkeypatch: pytest.MonkeyPatch):
    listed = Folder.entries
    monkeypatch.setattr(
        Folder, "entries", lambda tree: (one._replace(size_bytes=one.size_bytes // 2) for one in listed(tree))
    )
    ran = run("validate", foreign)
    assert ran.status == 3
    assert "BAG090 file-changed-while-read" in ran.out

"""``verify``: every bag of an archive is accounted for, and what is told of one says what is wrong with it alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest


@pytest.fixture
def archive(run, page: Path, tmp_path: Path) -> Path:
    """An archive of three bags."""
    for number in range(3):
        uri = f"https://harbour.example/{number}"
        assert run("pack", page, "--uri", uri, "--into", tmp_path / "archive", "--quiet").status == 0
    return tmp_path / "archive"


def test_an_archive_ends_with_the_count_of_its_bags(run, archive: Path):
    assert run("verify", archive).out.splitlines()[-1] == "3 bags: all as they were packed"
    assert run("verify", "--rederive", archive).out.splitlines()[-1] == "3 bags: all what their originals say"


@pytest.mark.parametrize("options", [(), ("--rederive",)])
def test_a_folder_that_is_no_bag_any_more_is_an_error(run, archive: Path, options: tuple[str, ...]):
    lost = sorted(archive.iterdir())[1]
    (lost / "bagit.txt").unlink()
    ran = run("verify", *options, archive)
    assert ran.status == 1
    assert f"{lost}/bagit.txt  BAG001 bagit-txt-missing" in ran.out
    assert f"{lost}: no bag\n" in ran.out
    assert ran.out.splitlines()[-1].startswith("2 bags: all ")
    assert ran.out.splitlines()[-1].endswith("; 1 folder that is no bag")
    assert ran.err == "see: solander explain BAG001\n"
    assert json.loads(run("verify", archive, "--json").out)["passed"] is False


def test_an_archive_without_bags_says_so(run, tmp_path: Path):
    run("init", tmp_path / "archive")
    ran = run("verify", "--rederive", tmp_path / "archive")
    assert (ran.status, ran.out, ran.err) == (0, "no bags\n", "")


def test_a_bag_without_its_original_is_told_by_its_fixity_and_is_not_checked(run, bag: Path):
    (bag / "data/original/page.html").unlink()
    ran = run("verify", "--rederive", bag)
    assert ran.status == 3
    for words in ("  BAG004 payload-file-missing  ", "  BAG015 payload-oxum-mismatch  "):
        assert words in ran.out
    assert f"not checked: could not be derived again: {bag}/data/original/page.html: there is no such file" in ran.out
    assert ran.out.endswith(f"{bag}: not as it was packed; could not be derived again\n")
    (value,) = json.loads(run("verify", "--rederive", bag, "--json").out)["bags"]
    assert value["passed"] is False
    assert {one["code"] for one in value["findings"]} == {"BAG004", "BAG015"}


def test_an_altered_readme_is_no_fault_of_the_originals(run, bag: Path):
    (bag / "README.txt").write_text("hello")
    ran = run("verify", "--rederive", bag)
    assert ran.status == 1
    assert f"{bag}: not as it was packed, but what its original says; made by solander " in ran.out


def test_an_altered_text_is_both(run, bag: Path):
    tei = bag / "data/tei/page.xml"
    tei.write_bytes(tei.read_bytes().replace(b"at seven", b"at eleven"))
    ran = run("verify", "--rederive", bag)
    assert f"{bag}: not as it was packed, and not what its original says; made by solander " in ran.out
    assert "at seven" in ran.out
    assert "at eleven" in ran.out


def test_one_bag_that_cannot_be_read_does_not_hide_the_others(run, archive: Path, tmp_path: Path):
    ran = run("verify", tmp_path / "missing", archive)
    assert ran.status == 3
    assert ran.err == f"solander: {tmp_path}/missing: there is no such file\n"
    assert ran.out.splitlines()[-1] == "3 bags: all as they were packed; 1 thing not checked"
    value = json.loads(run("verify", tmp_path / "missing", archive, "--json").out)
    assert (value["passed"], [one["passed"] for one in value["bags"]]) == (False, [False, True, True, True])


def test_a_description_of_another_form_is_no_fault_of_ours(run, bag: Path):
    path = bag / "metadata/description.json"
    value = json.loads(path.read_bytes())
    value["statements"][0]["refinement"] = {}
    path.write_text(json.dumps(value))
    ran = run("verify", "--rederive", bag)
    assert ran.status == 3
    assert "could not be derived again" in ran.out


def test_the_data_folder_may_be_gone_altogether(run, bag: Path):
    shutil.rmtree(bag / "data")
    ran = run("verify", "--rederive", bag)
    assert ran.status == 3
    assert "BAG027" in ran.out
    assert "could not be derived again" in ran.out

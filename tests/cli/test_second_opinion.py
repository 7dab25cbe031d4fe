"""``solander validate --second-opinion``: what is told of bagit's verdict, and the exit statuses."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from solander.files.folder import Folder
from solander.files.serialising import write_serialised
from solander.files.whole import write_folder
from solander.model.bag import BagInfo
from solander.packing import lay_out


def bag_of(folder: Path, path: str) -> Path:
    return write_folder(folder, "bag", lay_out(info=BagInfo(), payload=[(path, b"")]))


def test_the_closing_line_says_that_bagit_judged_too(run, tmp_path: Path):
    ran = run("validate", bag_of(tmp_path, "data/a"), "--second-opinion")
    assert ran.status == 0
    assert ran.out.endswith("; bagit judged it too\n")


def test_a_disagreement_names_both_verdicts(run, tmp_path: Path):
    bag = bag_of(tmp_path, "data/100%")
    ran = run("validate", bag, "--second-opinion")
    assert ran.status == 1
    assert ran.out.startswith(f"{bag}  BAG092 refused-by-bagit-alone  bagit ")
    assert "expected valid" in ran.out
    assert "found invalid: " in ran.out
    assert "see: solander explain BAG092" in ran.err


def test_a_pipe_is_refused_by_us_and_bagit_is_not_asked(run, tmp_path: Path):
    bag = bag_of(tmp_path, "data/a")
    os.mkfifo(bag / "data" / "b")
    ran = run("validate", bag, "--second-opinion")
    assert ran.status == 1
    assert "bagit was not asked, or came to no verdict, on 1 of 1 bag" in ran.out


def test_an_archive_file_is_left_without_a_second_opinion_and_so_not_checked(run, tmp_path: Path):
    file = write_serialised(tmp_path / "bag.tar", Folder(bag_of(tmp_path, "data/a")), "bag", "tar")
    ran = run("validate", file, "--second-opinion")
    assert ran.status == 3
    assert f"not checked: {file}: second opinion: bagit was not asked" in ran.out


def test_a_program_is_told_which_bagit_judged(run, tmp_path: Path):
    value = json.loads(run("validate", bag_of(tmp_path, "data/a"), "--second-opinion", "--json").out)
    assert [one["name"] for one in value["schemas"]] == ["bagit"]
    assert value["counts"]["second-opinions"] == 1


@pytest.mark.parametrize("mode", ["--fast", "--completeness"])
def test_a_second_opinion_is_not_asked_for_in_part(run, tmp_path: Path, mode: str):
    ran = run("validate", bag_of(tmp_path, "data/a"), mode, "--second-opinion")
    assert ran.status == 2
    assert f"leave {mode} out" in ran.err


def test_of_a_page_there_is_no_second_opinion(run, tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_text("<title>A</title><p>Words")
    assert run("validate", page, "--second-opinion").status == 2

"""A refusal says what is so, and advises only what helps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from solander.pipeline import make_bag

NO_PAGE = "this bag keeps no page: it was not made by solander pack"


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    """A bag of files, none of which was packed as a page."""
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "a.txt").write_text("A letter.\n", encoding="utf-8")
    path = make_bag(letters, into=tmp_path / "bags").path
    assert path is not None
    return path


def in_one_file(bag: Path, place: Path, form: str = "zip") -> Path:
    return Path(shutil.make_archive(str(place / bag.name), form, bag.parent, bag.name))


@pytest.mark.parametrize("plan", [(), ("--plan",)])
def test_a_folder_whose_bags_are_all_archive_files_is_not_done(run, bag: Path, tmp_path: Path, plan):
    (tmp_path / "packed").mkdir()
    told = in_one_file(bag, tmp_path / "packed")
    ran = run("deposit", told.parent, "--to", f"dir:{tmp_path / 'shelf'}", *plan)
    assert (ran.status, ran.out) == (3, "")
    last = "nothing was deposited: its bags are archive files; unpack them first"
    assert ran.err.splitlines()[-1] == f"solander: {told.parent}: {last}"
    assert not (tmp_path / "shelf").exists()


def test_an_archive_with_nothing_in_it_has_nothing_to_deposit(run, tmp_path: Path):
    assert run("init", tmp_path / "new").status == 0
    ran = run("deposit", tmp_path / "new", "--to", f"dir:{tmp_path / 'shelf'}")
    assert (ran.status, ran.err) == (0, "no bags to deposit\n")


def test_of_a_bag_without_a_page_it_is_said_that_it_has_none(run, payload: Path, tmp_path: Path):
    packed = in_one_file(payload, tmp_path)
    for words in ((payload,), (payload, "--to", tmp_path / "v.html"), (packed, "--to", tmp_path / "v.html")):
        assert run("view", *words) == (3, "", f"solander: {words[0]}: {NO_PAGE}\n")
    assert f"could not be derived again: {payload}: {NO_PAGE}\n" in run("verify", "--rederive", payload).out
    assert not (tmp_path / "v.html").exists()


def test_a_bag_that_lost_the_record_of_its_page_is_not_said_to_keep_none(run, bag: Path, tmp_path: Path):
    (bag / "metadata/description.json").unlink()
    ran = run("view", bag, "--to", tmp_path / "v.html")
    assert ran == (3, "", f"solander: {bag}/metadata/description.json: there is no such file or folder\n")

"""A refusal says what is so, and advises only what helps."""

from __future__ import annotations

import os
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


@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz"])
def test_a_file_that_was_cut_off_is_said_to_be_and_nobody_is_sent_to_unpack_it(run, tmp_path: Path, bag: Path, form):
    path = in_one_file(bag, tmp_path, {"tar.gz": "gztar"}.get(form, form))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 7 // 10 // 512 * 512 + 100])
    why = run("validate", path).out.splitlines()[0].partition("serialised-unreadable  ")[2]
    assert "cut off" in why
    for words in (("view", path), ("view", path, "--to", tmp_path / "v.html"), ("bag", "update", path)):
        told = f"solander: {path}: this archive file cannot be read whole: {why}; see: solander validate\n"
        assert run(*words) == (3, "", told)
    assert not (tmp_path / "v.html").exists()


def test_an_archive_that_is_no_folder_is_said_to_have_to_be_one(run, page: Path, tmp_path: Path):
    before = page.read_bytes()
    os.mkfifo(tmp_path / "pipe")
    for place in (page, page / "below", Path("/dev/null"), tmp_path / "pipe"):
        ran = run("pack", page, "--into", place)
        assert ran.status == 3
        assert ran.err == f"solander: {place}: an archive is a folder, and this is none; name a folder with --into\n"
    assert page.read_bytes() == before


def test_what_is_never_fetched_is_refused_before_it_is_asked_who_asks(run, tmp_path: Path):
    ran = run("pack", "ftp://harbour.example/a", "--into", tmp_path / "archive")
    assert ran.status == 3, "it could not be had, and nothing was found"
    told = "its scheme ftp is not one that pages are fetched by (http, https)"
    assert ran.err.splitlines()[0] == f"solander: ftp://harbour.example/a: {told}"
    assert "contact_email" not in ran.err
    assert not (tmp_path / "archive").exists()
    assert "contact_email" in run("pack", "https://harbour.example/a", "--into", tmp_path / "archive").err


def test_where_a_bag_may_be_a_file_both_are_said_not_to_be_there(run, tmp_path: Path):
    ran = run("bag", "unbag", tmp_path / "none", "--into", tmp_path / "out")
    assert ran == (3, "", f"solander: {tmp_path}/none: there is no such file or folder\n")


@pytest.mark.parametrize("to", [(), ("--to", "v.html")])
def test_the_view_of_an_archive_is_that_of_one_of_its_bags(run, bag: Path, to):
    archive = bag.parent
    ran = run("view", archive, *to)
    assert (ran.status, ran.out) == (3, "")
    what = "this is an archive; a view is of one of its bags"
    ways = f"solander view {bag}; of all its bags: solander serve {archive}"
    assert ran.err == f"solander: {archive}: {what}: {ways}\n"
    assert run("view", bag).status == 0


def test_a_folder_that_is_no_archive_is_not_called_one(run, tmp_path: Path):
    (tmp_path / "notes").mkdir()
    assert "this is no bag" in run("view", tmp_path / "notes").err


def test_following_links_is_advised_only_where_it_would_help(run, tmp_path: Path):
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.txt").write_text("A note.\n", encoding="utf-8")
    (notes / "again").symlink_to("a.txt")
    make = ("bag", "make", notes, "--into", tmp_path / "bags")
    assert run(*make).err.endswith("or keep links with --links record or --links follow\n")
    (notes / "all").symlink_to("../notes")
    for words in (make, (*make, "--links", "follow")):
        ran = run(*words)
        assert ran.status == 3
        assert f"solander: {notes}/all: a symbolic link" in ran.err
        assert ran.err.endswith("or keep links with --links record\n")
    assert run(*make, "--links", "record").status == 0


def test_validate_says_that_it_reads_no_standard_input(run, page: Path, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = run("validate", "-", stdin=page.read_bytes())
    told = "validate reads no standard input; name a file: solander validate page.html"
    assert ran == (2, "", f"solander: {told}\n")
    (tmp_path / "-").write_bytes(page.read_bytes())
    assert "1 page" in run("validate", "-").out

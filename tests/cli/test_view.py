"""``view``: where a bag's view lies, a view of any page, and three columns that are linked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


def test_a_bag_says_where_its_view_lies(run, bag: Path):
    ran = run("view", bag)
    assert (ran.status, ran.out, ran.err) == (0, f"{bag}/data/access/page.html\n", "")


def test_a_view_made_anew_is_the_one_in_the_bag(run, bag: Path, tmp_path: Path):
    target = tmp_path / "view.html"
    assert run("view", bag, "--to", target).out == f"{target}\n"
    assert target.read_bytes() == (bag / "data/access/page.html").read_bytes()
    assert run("view", bag, "--to", "-").out.encode() == target.read_bytes()


def test_a_bag_of_before_the_view_is_valid_and_gets_one_when_asked(run, bag: Path, tmp_path: Path):
    older = Path(__file__).parents[1] / "faults" / "PRM020-event-moment-differs" / "bag"
    if not older.is_dir() or (older / "data/access").exists():
        older = tmp_path / "older"
        shutil.copytree(bag, older)
        shutil.rmtree(older / "data/access")
    ran = run("view", older)
    assert ran.status == 3
    assert ran.err == f"solander: {older}: it has no view; make one: solander view BAG --to FILE\n"
    assert run("view", older, "--to", tmp_path / "view.html").status == 0


def test_a_page_is_told_where_a_view_of_it_may_go(run, page: Path):
    ran = run("view", page)
    assert ran.status == 3
    assert ran.err.endswith(f"a view of a page goes into a file: solander view {page} --to view.html\n")


def test_a_page_without_a_bag_has_a_view_too(run, page: Path):
    ran = run("view", page, "--to", "-")
    assert ran.status == 0
    assert "The ferry timetable" in ran.out
    assert run("view", "-", "--to", "-", stdin=page.read_bytes()).out.count("<main") == 1


def test_columns_are_written_and_nothing_is_overwritten(run, bag: Path, tmp_path: Path):
    target = tmp_path / "beside.html"
    assert run("view", bag, "--side-by-side", "--to", target).status == 0
    assert '<iframe name="original"' in target.read_text(encoding="utf-8")
    before = target.read_bytes()
    again = run("view", bag, "--to", target)
    assert again.status == 3
    assert len(again.err.splitlines()) == 1
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--side-by-side"], 2),
        (["--to", "view.html", "--uri", "https://example.org/"], 2),
        (["--to", "nowhere/at/all/view.html"], 3),
    ],
)
def test_what_cannot_be_done_is_one_line(run, bag: Path, tmp_path: Path, monkeypatch, words: list[str], status: int):
    monkeypatch.chdir(tmp_path)
    ran = run("view", bag, *words)
    assert ran.status == status
    assert len(ran.err.strip().splitlines()) == 1
    assert run("view", tmp_path / "nothing").status == 3


def test_an_altered_view_is_found_by_its_words_and_by_deriving_it_again(run, bag: Path):
    view = bag / "data/access/page.html"
    view.write_bytes(view.read_bytes().replace(b"leaves at seven", b"leaves at eight"))
    assert "PAG090 view-words-differ" in run("validate", bag).out
    assert "PAG091 view-not-rederived" in run("verify", "--rederive", bag).out

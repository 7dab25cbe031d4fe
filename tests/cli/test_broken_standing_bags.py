"""A bag that is not whole is none that is there already: its page is told, with what to do, and nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import URI

REMEDY = "restore it, or move it away and pack again; see: solander validate\n"


@pytest.mark.parametrize("name", ["data/original/page.html", "data/access/page.html", "metadata/datacite.json"])
def test_a_bag_that_lacks_a_file_is_not_there_already(run, bag: Path, page: Path, name: str):
    (bag / name).unlink()
    ran = run("pack", page, "--uri", URI, "--into", bag.parent)
    assert (ran.status, ran.out) == (3, "")
    told = f"solander: {bag}: this page's bag is not whole ({name} is not there); {REMEDY}"
    assert ran.err == f"{told}"
    assert [one.name for one in bag.parent.iterdir()] == [bag.name]


def test_nor_is_one_of_which_a_file_was_cut(run, bag: Path, page: Path):
    recorded = next(line for line in (bag / "bag-info.txt").read_text().splitlines() if line.startswith("Payload-Oxum"))
    (bag / "data/original/page.html").write_bytes(b"")
    ran = run("pack", page, "--uri", URI, "--into", bag.parent)
    assert ran.status == 3
    assert f"this page's bag is not whole (its payload: recorded {recorded.split()[1]}, found " in ran.err


def test_moved_away_it_is_packed_again(run, bag: Path, page: Path, tmp_path: Path):
    (bag / "data/original/page.html").unlink()
    shutil.move(bag, tmp_path / "away")
    ran = run("pack", page, "--uri", URI, "--into", bag.parent)
    assert (ran.status, ran.out) == (0, f"{bag}\n")


def test_a_file_more_takes_nothing_from_a_bag(run, bag: Path, page: Path):
    (bag / "data/.DS_Store").write_bytes(b"x")
    ran = run("pack", page, "--uri", URI, "--into", bag.parent)
    assert (ran.status, ran.out, ran.err) == (0, f"{bag}\n", "1 page: 0 bags made, 1 already there\n")


@pytest.mark.parametrize("content", [b"garbage\n", b"", None])
def test_a_bag_whose_bag_info_is_damaged_is_told_as_this_pages_own(run, bag: Path, page: Path, content: bytes | None):
    if content is None:
        (bag / "bag-info.txt").unlink()
    else:
        (bag / "bag-info.txt").write_bytes(content)
    ran = run("pack", page, "--uri", URI, "--into", bag.parent)
    assert (ran.status, ran.out) == (3, "")
    what = "this page's bag does not say what it holds (bag-info.txt is damaged)"
    assert ran.err == f"solander: {bag}: {what}; {REMEDY}"


def test_what_is_no_bag_is_still_something_else(run, page: Path, bag: Path):
    for one in bag.rglob("*.txt"):
        one.unlink()
    ran = run("pack", page, "--uri", URI, "--into", bag.parent)
    assert "something else has this name; move it away" in ran.err

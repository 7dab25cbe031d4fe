"""What killed runs leave is put right by the next, and nothing of anybody else's is taken for it."""

from __future__ import annotations

from pathlib import Path

from solander.files.leftovers import old_name
from solander.files.whole import write_folder


def folder(path: Path, content: str) -> Path:
    path.mkdir()
    (path / "bagit.txt").write_text(content)
    return path


def names(place: Path) -> list[str]:
    return sorted(one.name for one in place.iterdir())


def test_a_folder_that_lost_its_name_gets_it_back(tmp_path: Path) -> None:
    folder(tmp_path / old_name("bag.1", 77), "old")
    write_folder(tmp_path, "other", [])
    assert names(tmp_path) == ["bag.1", "other"]


def test_a_folder_whose_successor_has_its_name_goes(tmp_path: Path) -> None:
    new = folder(tmp_path / "bag", "new")
    folder(tmp_path / old_name("bag", new.stat().st_ino), "old")
    write_folder(tmp_path, "other", [])
    assert names(tmp_path) == ["bag", "other"]
    assert (new / "bagit.txt").read_text() == "new"


def test_a_folder_whose_name_something_else_took_stays(tmp_path: Path) -> None:
    other = folder(tmp_path / "bag", "somebody else's")
    old = folder(tmp_path / old_name("bag", other.stat().st_ino + 1), "old")
    write_folder(tmp_path, "more", [])
    assert names(tmp_path) == [old.name, "bag", "more"]
    assert (old / "bagit.txt").read_text() == "old"

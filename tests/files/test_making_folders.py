"""Folders that are made on the way: the disk has their names, whoever made them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from solander.files.making_folders import made_folder
from solander.files.whole import write_file


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders that were given to the disk."""
    told: list[str] = []
    sync = os.fsync

    def tell(file: int) -> None:
        told.append(str(Path(f"/proc/self/fd/{file}").readlink()))
        sync(file)

    monkeypatch.setattr(os, "fsync", tell)
    return told


def test_folders_that_a_killed_run_left_have_their_names_on_the_disk_too(tmp_path: Path, synced: list[str]) -> None:
    archive = tmp_path / "a" / "b" / "c"
    (archive / ".solander-0123456789abcdef.tmp").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    with made_folder(archive):
        pass
    assert synced == [str(archive.parent), str(archive.parent.parent), str(tmp_path)]


def test_above_folders_that_are_made_those_that_were_left_are_seen(tmp_path: Path, synced: list[str]) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    with made_folder(tmp_path / "a" / "b" / "c" / "d"):
        pass
    assert sorted(synced) == sorted(map(str, [tmp_path, tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a/b/c"]))


def test_where_something_stands_already_nothing_is_given_to_the_disk_again(tmp_path: Path, synced: list[str]) -> None:
    with made_folder(tmp_path / "a") as folder:
        write_file(folder / "b", b"")
    synced.clear()
    with made_folder(tmp_path / "a"):
        pass
    assert synced == []

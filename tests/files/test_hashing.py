"""Many files read once each: the digests are right however the work is dealt, and what changes meanwhile is told."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import pytest

from solander.files import hashing
from solander.files.folder import Folder
from solander.model.ports import Wanted

ALGORITHMS = ("sha256", "sha512", "md5")


def wanted(folder: Path) -> list[Wanted]:
    return [
        Wanted(entry.path, entry.size_bytes, ALGORITHMS) for entry in Folder(folder).entries() if entry.kind == "file"
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files small, middling and large, at several depths."""
    made = tmp_path / "folder"
    for number in range(80):
        path = made / f"{number % 7}" / f"{number}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(number * 37))
    (made / "middling.bin").write_bytes(os.urandom(hashing.SMALL_BYTES + 1))
    (made / "large.bin").write_bytes(os.urandom(5 * hashing.BUFFER_BYTES + 17))
    (made / "empty.bin").touch()
    return made


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("split_bytes", [1, hashing.SPLIT_BYTES])
def test_each_file_has_its_own_digests_however_many_threads_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, threads: int, split_bytes: int
) -> None:
    monkeypatch.setattr(hashing, "SPLIT_BYTES", split_bytes)
    found = {one.path: one for one in Folder(folder, threads=threads).hashed(wanted(folder))}
    assert {path: one.digests for path, one in found.items()} == {
        path.relative_to(folder).as_posix(): tuple(
            hashlib.new(name, path.read_bytes()).hexdigest() for name in ALGORITHMS
        )
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert {one.fault for one in found.values()} == {None}


@pytest.mark.parametrize("threads", [1, 2])
def test_a_file_that_has_changed_since_it_was_listed_has_no_digest(folder: Path, threads: int) -> None:
    asked = wanted(folder)
    (folder / "large.bin").write_bytes(b"short")
    (folder / "1" / "1.bin").unlink()
    (folder / "2" / "2.bin").unlink()
    (folder / "2" / "2.bin").symlink_to(folder / "empty.bin")
    told = {one.path: one.fault for one in Folder(folder, threads=threads).hashed(asked) if one.fault}
    assert sorted(told) == ["1/1.bin", "2/2.bin", "large.bin"]
    assert told["large.bin"] == "it changed while it was read"


def test_whoever_stops_early_stops_the_threads(folder: Path) -> None:
    before = set(threading.enumerate())
    results = Folder(folder, threads=3).hashed(wanted(folder))
    next(results)
    assert set(threading.enumerate()) > before
    results.close()
    assert set(threading.enumerate()) == before

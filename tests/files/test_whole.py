"""Whole or not at all: what is written stands complete under its name, and replaces nothing unasked."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.files.folders import FILES, contents, names

from solander.errors import ArchiveUnwritable, NameTaken
from solander.files import system_calls, whole
from solander.files.whole import made_folder, write_file, write_folder


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_a_folder_is_written_with_fixed_modes_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        made = write_folder(tmp_path, "bag", FILES)
    finally:
        os.umask(before)
    assert made == tmp_path / "bag"
    assert contents(made) == dict(FILES)
    assert names(tmp_path) == ["bag"]
    modes = {path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in (made, *made.rglob("*"))}
    assert modes == {True: 0o755, False: 0o644}


def test_a_file_may_come_in_pieces(tmp_path: Path) -> None:
    made = write_folder(tmp_path, "bag", [("a/b", iter([b"one ", b"", b"two"])), ("empty", iter(()))])
    assert contents(made) == {"a/b": b"one two", "empty": b""}


@pytest.mark.parametrize("path", ["", "/etc/x", "../x", "a/../../x", "a//b", "a/", "./a"])
def test_a_path_that_leads_elsewhere_is_a_mistake_of_the_caller(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="no path within"):
        write_folder(tmp_path, "bag", [("fine", b""), (path, b"")])
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", ".solander-0123456789abcdef.tmp"])
def test_a_name_that_is_none_is_a_mistake_of_the_caller(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name for a folder"):
        write_folder(tmp_path, name, FILES)


def test_the_same_path_twice_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnwritable):
        write_folder(tmp_path, "bag", [("a", b"1"), ("a", b"2")])
    assert names(tmp_path) == []


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError, OSError, MemoryError])
def test_whatever_stops_the_reading_leaves_nothing(tmp_path: Path, stop: type[BaseException]) -> None:
    def entries() -> Iterator[tuple[str, bytes]]:
        yield from FILES[:3]
        raise stop

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise stop

    with pytest.raises(stop):
        write_folder(tmp_path, "bag", entries())
    with pytest.raises(stop):
        write_folder(tmp_path, "bag", [*FILES, ("late", pieces())])
    assert names(tmp_path) == []


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, lambda path: path.symlink_to("nowhere")])
def test_a_name_that_is_taken_is_never_touched(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "bag")
    before = os.lstat(tmp_path / "bag")
    with pytest.raises(NameTaken):
        write_folder(tmp_path, "bag", FILES)
    assert os.lstat(tmp_path / "bag") == before
    assert names(tmp_path) == ["bag"]


@pytest.mark.parametrize("has_the_call", [True, False], ids=["renameat2", "without"])
def test_a_name_taken_while_the_folder_was_written_is_never_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_the_call: bool
) -> None:
    if not has_the_call:
        monkeypatch.setattr(whole, "rename_exclusively", lambda *_: False)

    def entries() -> Iterator[tuple[str, bytes]]:
        yield from FILES
        (tmp_path / "bag").mkdir()  # an empty folder, which a plain rename would replace

    with pytest.raises(NameTaken):
        write_folder(tmp_path, "bag", entries())
    assert names(tmp_path) == ["bag"]
    assert contents(tmp_path / "bag") == {}


def test_a_system_without_the_calls_has_another_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(whole, "rename_exclusively", lambda *_: False)
    monkeypatch.setattr(whole, "sync_file_system", lambda _: False)
    monkeypatch.setattr(whole.os, "fsync", synced.append)
    assert contents(write_folder(tmp_path, "bag", FILES)) == dict(FILES)
    # Each file, each folder, the folder itself, and its parent.
    assert len(synced) == len(FILES) + 9 + 1 + 1


def test_a_call_that_the_c_library_lacks_is_no_error(tmp_path: Path) -> None:
    assert system_calls.called("no_such_call", 1, lacking=()) is False
    at = os.open(tmp_path, os.O_RDONLY)
    with pytest.raises(FileNotFoundError):
        system_calls.rename_exclusively(at, "none", "some")
    os.close(at)


def test_a_folder_that_was_made_goes_if_nothing_came_into_it(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), made_folder(tmp_path / "a" / "b"):
        raise RuntimeError
    assert names(tmp_path) == []
    with contextlib.suppress(RuntimeError), made_folder(tmp_path / "a" / "b") as folder:
        (folder / "kept").touch()
        raise RuntimeError
    assert contents(tmp_path) == {"a/b/kept": b""}
    with made_folder(tmp_path / "a" / "c"), made_folder(tmp_path / "a" / "c"):
        pass
    assert names(tmp_path / "a") == ["b", "c"]


def test_a_file_is_replaced_only_when_asked_and_only_by_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "solander.toml"
    write_file(path, b"old")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    with pytest.raises(NameTaken):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    write_file(path, b"new", replace=True)
    assert path.read_bytes() == b"new"

    def refuse(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(whole.os, "fsync", refuse)
    with pytest.raises(KeyboardInterrupt):
        write_file(path, b"half", replace=True)
    assert contents(tmp_path) == {"solander.toml": b"new"}


def test_no_descriptor_stays_open(tmp_path: Path) -> None:
    write_folder(tmp_path, "first", FILES)
    before = descriptors()
    write_folder(tmp_path, "bag", FILES)
    with pytest.raises(NameTaken):
        write_folder(tmp_path, "bag", FILES)
    with pytest.raises(ArchiveUnwritable):
        write_folder(tmp_path, "other", [("a", b""), ("a", b"")])
    write_file(tmp_path / "file", b"")
    assert descriptors() == before


def test_folders_that_are_made_have_their_names_on_the_disk_when_their_files_are_written(tmp_path, monkeypatch):
    synced: list[str] = []
    sync = os.fsync

    def told(file: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{file}").readlink()))
        sync(file)

    monkeypatch.setattr(whole.os, "fsync", told)
    with made_folder(tmp_path / "a" / "b") as folder:
        write_file(folder / "c", b"c")
    assert synced[-2:] == [str(tmp_path), str(tmp_path / "a")]
    synced.clear()
    with made_folder(tmp_path / "a" / "b"):
        pass
    assert synced == []

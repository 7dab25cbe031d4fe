"""Many files read once each: the digests are right however the work is dealt, and what changes meanwhile is told."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists

from solander.files import batches, by_processes, hashing
from solander.files.copying import Copying, CopyRefused
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
    (made / "middling.bin").write_bytes(os.urandom(batches.SMALL_BYTES + 1))
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


@given(
    sizes=lists(integers(0, 3 * batches.BATCH_BYTES) | integers(0, 2 * batches.SMALL_BYTES), max_size=600),
)
def test_nobody_is_left_with_much_while_all_others_wait(sizes: list[int]) -> None:
    asked = [Wanted(f"{number}", size_bytes, ALGORITHMS) for number, size_bytes in enumerate(sizes)]
    dealt_out = batches.batches_of(asked)
    dealt = [one for batch in dealt_out for one in batch]
    large = [one for one in dealt if one.size_bytes > batches.SMALL_BYTES]
    assert sorted(dealt, key=asked.index) == asked
    assert [one.size_bytes for one in large] == sorted((one.size_bytes for one in large), reverse=True)
    assert dealt == [*large, *(one for one in asked if one.size_bytes <= batches.SMALL_BYTES)]
    left_bytes = sum(sizes)
    for batch in dealt_out:
        most_bytes = min(batches.BATCH_BYTES, max(batches.LAST_BYTES, left_bytes // batches.LAST_PARTS))
        assert 0 < len(batch) <= batches.BATCH_FILES
        # Its last file may be as large as it likes: a file is no pieces.
        assert sum(one.size_bytes for one in batch[:-1]) < most_bytes
        left_bytes -= sum(one.size_bytes for one in batch)


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
    with (folder / "long.bin").open("wb") as file:
        file.truncate(1 << 30)  # so long that no thread has come to its end when the first small files are told
    before = set(threading.enumerate())
    results = Folder(folder, threads=3).hashed(wanted(folder))
    next(results)
    assert set(threading.enumerate()) > before
    results.close()
    assert set(threading.enumerate()) == before


OTHERS: set[str] = set()
"""Processes that were there before, another test's servers for one."""


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are dealt to processes, however few they are, and whatever other threads the tests have."""
    OTHERS.clear()
    OTHERS.update(_children())
    monkeypatch.setattr(hashing, "APART_FILES", 1)
    monkeypatch.setattr(hashing, "ALONE_FILES", 1)
    monkeypatch.setattr(batches, "BATCH_FILES", 3)
    monkeypatch.setattr(by_processes, "can_fork", lambda: True)


def _children() -> set[str]:
    return set(Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split()) - OTHERS


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("split_bytes", [1, hashing.SPLIT_BYTES])
def test_processes_find_the_same_digests(folder: Path, monkeypatch: pytest.MonkeyPatch, split_bytes: int) -> None:
    monkeypatch.setattr(hashing, "SPLIT_BYTES", split_bytes)
    found = {one.path: one for one in Folder(folder, threads=3).hashed(wanted(folder))}
    assert {path: one.digests for path, one in found.items()} == {
        path.relative_to(folder).as_posix(): tuple(
            hashlib.new(name, path.read_bytes()).hexdigest() for name in ALGORITHMS
        )
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert _children() == set()


@pytest.mark.usefixtures("apart")
def test_processes_tell_what_has_changed(folder: Path) -> None:
    asked = wanted(folder)
    (folder / "large.bin").write_bytes(b"short")
    (folder / "1" / "1.bin").unlink()
    told = {one.path: one.fault for one in Folder(folder, threads=2).hashed(asked) if one.fault}
    assert sorted(told) == ["1/1.bin", "large.bin"]
    assert told["large.bin"] == "it changed while it was read"


@pytest.mark.usefixtures("apart")
def test_whoever_stops_early_stops_the_processes(folder: Path) -> None:
    results = Folder(folder, threads=3).hashed(wanted(folder))
    next(results)
    assert len(_children()) == 3
    results.close()
    assert _children() == set()


@pytest.mark.usefixtures("apart")
def test_of_a_process_that_is_killed_all_is_told_that_it_had_in_hand(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = hashing.Worker.hashed

    def killed(self: hashing.Worker, one: Wanted, ways: int) -> object:
        if one.path == "6/6.bin":
            os.kill(os.getpid(), signal.SIGKILL)
        return hashed(self, one, ways)

    monkeypatch.setattr(hashing.Worker, "hashed", killed)
    asked = wanted(folder)
    found = list(Folder(folder, threads=2).hashed(asked))
    assert sorted(one.path for one in found) == sorted(one.path for one in asked)
    unread = {one.path: one.fault for one in found if one.fault}
    assert "6/6.bin" in unread
    assert len(unread) <= batches.BATCH_FILES
    assert set(unread.values()) == {hashing.PROCESS_ENDED}
    assert [one for one in found if one.fault and one.digests] == []
    assert _children() == set()


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("call", ["fork", "pipe", "memfd_create"])
@pytest.mark.parametrize("given", [0, 1])
def test_where_the_system_gives_no_process_more_the_work_is_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, given: int
) -> None:
    real, asked_for = getattr(os, call), 0

    def refuse(*arguments: object) -> object:
        nonlocal asked_for
        asked_for += 1
        if asked_for > given:
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return real(*arguments)

    open_before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - names, not paths
    monkeypatch.setattr(os, call, refuse)
    found = list(Folder(folder, threads=3).hashed(wanted(folder)))
    assert asked_for
    assert len(found) == len(wanted(folder))
    assert {one.fault for one in found} == {None}
    assert _children() == set()
    assert len(os.listdir("/proc/self/fd")) == open_before  # noqa: PTH208


@pytest.mark.parametrize("given", range(5))
def test_where_the_system_gives_no_thread_more_the_work_is_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch, given: int
) -> None:
    real, asked_for = threading.Thread.start, 0

    def refuse(thread: threading.Thread) -> None:
        nonlocal asked_for
        asked_for += 1
        if asked_for > given:
            raise RuntimeError("can't start new thread")
        real(thread)

    monkeypatch.setattr(hashing, "SPLIT_BYTES", 1)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    found = list(Folder(folder, threads=3).hashed(wanted(folder)))
    assert {one.path: one.digests for one in found} == {
        one.path: tuple(hashlib.new(name, (folder / one.path).read_bytes()).hexdigest() for name in ALGORITHMS)
        for one in wanted(folder)
    }


@pytest.mark.usefixtures("apart")
def test_processes_tell_of_a_copy_that_could_not_be_written(folder: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "large.bin").touch()
    asked = [one for one in wanted(folder) if "/" not in one.path]
    source, into = (os.open(path, os.O_RDONLY) for path in (folder, copies))
    try:
        copying = Copying(into, lambda path: path, 0o644)
        with pytest.raises(CopyRefused) as refused:
            list(hashing.hash_files(source, asked, threads=2, copying=copying))
    finally:
        os.close(source)
        os.close(into)
    assert refused.value.path == "large.bin"
    assert isinstance(refused.value.error, FileExistsError)


def test_nothing_is_forked_beside_other_threads() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert not by_processes.can_fork()
    finally:
        stop.set()
        thread.join()

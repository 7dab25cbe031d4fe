"""Whole or not at all: whatever stops a run, a folder stands complete under its name or not at all."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.permissions import as_nobody

from solander.errors import ArchiveUnwritable, NameTaken
from solander.files import system_calls, whole
from solander.files.refusals import WHY
from solander.files.whole import TEMPORARY_NAME, locked, made_folder, write_file, write_folder

FILES = [(f"data/{number}/page.html", b"<p>Words " * 100) for number in range(8)] + [("bagit.txt", b"BagIt")]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


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
    assert system_calls._called("no_such_call", 1, lacking=()) is False
    at = os.open(tmp_path, os.O_RDONLY)
    with pytest.raises(FileNotFoundError):
        system_calls.rename_exclusively(at, "none", "some")
    os.close(at)


KILLED = """
import os, signal, sys
from pathlib import Path
from solander.files import new_folder, whole
moment, count = int(sys.argv[2]), 0

def reached():
    global count
    count += 1
    if count == moment:
        os.kill(os.getpid(), signal.SIGKILL)

def before_and_after(function):
    def call(*arguments, **named):
        reached()
        result = function(*arguments, **named)
        reached()
        return result
    return call

whole.os.mkdir = before_and_after(os.mkdir)
whole.lock = before_and_after(whole.lock)
new_folder.write_all = before_and_after(new_folder.write_all)
whole.sync_folder = before_and_after(whole.sync_folder)
whole.rename_whole = before_and_after(whole.rename_whole)
files = [("data/page.html", b"<p>Words"), ("data/more.txt", iter([b"one", b"two"])), ("bagit.txt", b"BagIt")]
whole.write_folder(Path(sys.argv[1]), "bag", files)
print(count)
"""
WHOLE = {"data/page.html": b"<p>Words", "data/more.txt": b"onetwo", "bagit.txt": b"BagIt"}


def killed_at(folder: Path, moment: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", KILLED, str(folder), str(moment)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_run_that_is_killed_leaves_a_whole_bag_or_what_the_next_run_removes(tmp_path: Path) -> None:
    complete = tmp_path / "complete"
    complete.mkdir()
    moments = int(killed_at(complete, 0).stdout)
    assert moments >= 16
    outcomes = set()
    for moment in range(1, moments + 1):
        folder = tmp_path / str(moment)
        folder.mkdir()
        assert killed_at(folder, moment).returncode == -signal.SIGKILL
        left = names(folder)
        if "bag" in left:
            assert left == ["bag"]
            assert contents(folder / "bag") == WHOLE
        else:
            assert all(TEMPORARY_NAME.fullmatch(name) for name in left)
            assert not any((folder / name / "bag").exists() for name in left)
            write_folder(folder, "bag", [("bagit.txt", b"BagIt")])
            assert names(folder) == ["bag"]
        outcomes.add(tuple("temporary" if TEMPORARY_NAME.fullmatch(name) else name for name in left))
    assert outcomes == {(), ("temporary",), ("bag",)}


KILLED_FOUNDING = """
import os, signal, sys
from pathlib import Path
from solander.files import whole
from solander.pipeline import founding
moment, count = int(sys.argv[2]), 0

def reached():
    global count
    count += 1
    if count == moment:
        os.kill(os.getpid(), signal.SIGKILL)

def before_and_after(function):
    def call(*arguments, **named):
        reached()
        result = function(*arguments, **named)
        reached()
        return result
    return call

for name in ("open", "fchmod", "fsync"):
    setattr(whole.os, name, before_and_after(getattr(os, name)))
for name in ("lock", "write_all", "rename_whole"):
    setattr(whole, name, before_and_after(getattr(whole, name)))
Path.mkdir = before_and_after(Path.mkdir)
founding.begin_archive(Path(sys.argv[1]))
print(count)
"""


def test_an_archive_whose_founding_was_killed_can_be_founded(tmp_path: Path) -> None:
    def founded(folder: Path, moment: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", KILLED_FOUNDING, str(folder), str(moment)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    # Where nothing else stands, folders above are given to the disk too: there is to be as much to do in every run.
    (tmp_path / "beside").mkdir()
    moments = int(founded(tmp_path / "complete", 0).stdout)
    assert moments >= 16
    outcomes = set()
    for moment in range(1, moments + 1):
        folder = tmp_path / str(moment)
        assert founded(folder, moment).returncode == -signal.SIGKILL
        left = names(folder) if folder.exists() else []
        outcomes.add(tuple("temporary" if TEMPORARY_NAME.fullmatch(name) else name for name in left))
        if "solander.toml" not in left:
            assert founded(folder, 0).returncode == 0
        assert contents(folder) == contents(tmp_path / "complete")
    assert outcomes == {(), ("temporary",), ("solander.toml",)}


def test_a_file_that_another_run_still_writes_is_not_removed(tmp_path: Path) -> None:
    written = tmp_path / ".solander-0123456789abcdef.tmp"
    written.write_bytes(b"half")
    with written.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        write_file(tmp_path / "one.toml", b"")
        assert names(tmp_path) == [written.name, "one.toml"]
    write_file(tmp_path / "two.toml", b"")
    assert names(tmp_path) == ["one.toml", "two.toml"]


def test_what_another_run_still_writes_is_not_removed(tmp_path: Path) -> None:
    begun, ended = threading.Event(), threading.Event()

    def slowly() -> Iterator[tuple[str, bytes]]:
        yield from FILES
        begun.set()
        assert ended.wait(30)

    slow = threading.Thread(target=write_folder, args=(tmp_path, "slow", slowly()))
    slow.start()
    assert begun.wait(30)
    write_folder(tmp_path, "quick", FILES)
    temporary, quick = names(tmp_path)
    assert (bool(TEMPORARY_NAME.fullmatch(temporary)), quick) == (True, "quick")
    ended.set()
    slow.join()
    assert names(tmp_path) == ["quick", "slow"]
    assert contents(tmp_path / "slow") == dict(FILES)


def test_only_what_bears_the_temporary_name_is_swept(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    archive = tmp_path / "archive"
    left = archive / ".solander-0123456789abcdef.tmp"
    (left / "deep" / "down").mkdir(parents=True)
    (left / "deep" / "link").symlink_to(outside)
    os.mkfifo(left / "deep" / "down" / "pipe")
    (archive / ".solander-0123456789ABCDEF.tmp").mkdir()
    (archive / ".solander-fedcba9876543210.tmp").symlink_to(outside)
    write_folder(archive, "bag", FILES)
    assert names(archive) == [".solander-0123456789ABCDEF.tmp", ".solander-fedcba9876543210.tmp", "bag"]
    assert names(outside) == ["kept"]


def test_of_two_runs_at_once_one_has_the_name_and_the_other_is_told(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from solander.errors import NameTaken; from solander.files.whole import *\n"
        "sys.stdin.readline()\n"
        "try: write_folder(Path(sys.argv[1]), 'bag', [(f'{n}', sys.argv[2].encode()) for n in range(200)])\n"
        "except NameTaken: sys.exit(7)"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(number)], stdin=subprocess.PIPE)
        for number in range(4)
    ]
    for run in runs:
        assert run.stdin is not None
        run.stdin.write(b"\n")
        run.stdin.flush()
    for run in runs:
        run.communicate()
    assert sorted(run.returncode for run in runs) == [0, 7, 7, 7]
    assert names(tmp_path) == ["bag"]
    assert len(contents(tmp_path / "bag")) == 200
    assert len(set(contents(tmp_path / "bag").values())) == 1


def test_a_lock_keeps_others_out_and_lets_the_same_thread_in(tmp_path: Path) -> None:
    order: list[str] = []

    def other() -> None:
        with locked(tmp_path):
            order.append("other")

    with locked(tmp_path), locked(tmp_path):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(0.2)
        write_folder(tmp_path, "bag", FILES)
        order.append("first")
    thread.join()
    assert order == ["first", "other"]
    assert names(tmp_path) == ["bag"]


def test_the_lock_of_a_run_that_died_is_free(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from solander.files.whole import locked\n"
        "with locked(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode == -signal.SIGKILL
    with locked(tmp_path):
        pass


def test_a_file_system_without_locks_is_still_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(folder: int, operation: int) -> None:
        raise OSError(errno.EOPNOTSUPP, "none")

    monkeypatch.setattr(fcntl, "flock", none)
    (tmp_path / ".solander-0123456789abcdef.tmp").mkdir()
    with locked(tmp_path):
        write_folder(tmp_path, "bag", FILES)
    # Whose it is cannot be told there, so it stays.
    assert names(tmp_path) == [".solander-0123456789abcdef.tmp", "bag"]


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk of 256 KiB: a real one where the system lets us mount it, else one that only says it is full."""
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(tmp_path)]
    if os.geteuid() == 0 and subprocess.run(command, check=False, capture_output=True).returncode == 0:
        yield tmp_path
        subprocess.run(["umount", str(tmp_path)], check=True)
        return
    left, write = 256 * 1024, os.write

    def bounded(file: int, content: bytes) -> int:
        nonlocal left
        if not left:
            raise OSError(errno.ENOSPC, "full")
        wrote = write(file, content[:left])
        left -= wrote
        return wrote

    monkeypatch.setattr(whole.os, "write", bounded)
    yield tmp_path


def test_a_full_disk_is_told_in_one_line_and_leaves_nothing(small_disk: Path) -> None:
    with pytest.raises(ArchiveUnwritable, match="the disk is full; nothing was kept") as caught:
        write_folder(small_disk, "bag", [*FILES, ("large", [b"x" * 65536] * 8)])
    assert "\n" not in str(caught.value)
    assert names(small_disk) == []
    with pytest.raises(ArchiveUnwritable, match="the disk is full"):
        write_file(small_disk / "large", b"x" * 512 * 1024)
    assert names(small_disk) == []


@pytest.mark.parametrize("number", [errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES])
def test_a_refusal_at_the_last_moment_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(_: int) -> bool:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(whole, "sync_file_system", refuse)
    with pytest.raises(ArchiveUnwritable) as caught:
        write_folder(tmp_path, "bag", FILES)
    assert caught.value.what == WHY[number]
    assert names(tmp_path) == []


def test_no_permission_is_told_in_one_line() -> None:
    with tempfile.TemporaryDirectory() as name:
        archive = Path(name)
        archive.chmod(0o555)
        with as_nobody():
            for act in (
                lambda: write_folder(archive, "bag", FILES),
                lambda: write_file(archive / "x", b""),
                lambda: made_folder(archive / "a" / "b").__enter__(),
            ):
                with pytest.raises(ArchiveUnwritable, match="no permission to write here"):
                    act()
        assert names(archive) == []


def test_an_archive_that_is_missing_or_a_file_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveUnwritable, match="there is no such folder"):
        write_folder(tmp_path / "none", "bag", FILES)
    with pytest.raises(ArchiveUnwritable, match="this is no folder"):
        write_folder(tmp_path / "file", "bag", FILES)
    with pytest.raises(ArchiveUnwritable, match="this is no folder"), made_folder(tmp_path / "file" / "below"):
        pass


def test_another_file_system_is_written_to_like_any(tmp_path: Path) -> None:
    # Shared memory is a file system of its own on every Linux; nothing is ever renamed across.
    here = tmp_path.stat().st_dev
    other = next(one for one in (Path("/dev/shm"), Path(__file__).parent) if one.stat().st_dev != here)
    with tempfile.TemporaryDirectory(dir=other) as name:
        assert contents(write_folder(Path(name), "bag", FILES)) == dict(FILES)
        assert names(Path(name)) == ["bag"]


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


def test_a_file_is_nobodys_leftover_until_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who writes beside it sweeps the folder first: also just before the file is renamed."""
    renamed = os.rename

    def swept_before(source, target, *, src_dir_fd, dst_dir_fd):
        whole.sweep(src_dir_fd)
        renamed(source, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    monkeypatch.setattr(whole.os, "rename", swept_before)
    whole.write_file(tmp_path / "receipt.json", b"{}", replace=True)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("receipt.json", b"{}")]


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

"""A run that is killed at any moment leaves what is whole, or what the next run removes; no other run's."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.files.folders import FILES, contents, names
from tests.forked import run_forked
from tests.killed_runs import KILLING

from solander.files import whole
from solander.files.whole import TEMPORARY_NAME, write_file, write_folder

KILLED = (
    KILLING
    + """
from pathlib import Path
from solander.files import new_folder, whole
stop_at = int(sys.argv[2])

whole.os.mkdir = before_and_after(os.mkdir)
whole.lock = before_and_after(whole.lock)
new_folder.write_all = before_and_after(new_folder.write_all)
whole.sync_folder = before_and_after(whole.sync_folder)
whole.rename_whole = before_and_after(whole.rename_whole)
files = [("data/page.html", b"<p>Words"), ("data/more.txt", iter([b"one", b"two"])), ("bagit.txt", b"BagIt")]
whole.write_folder(Path(sys.argv[1]), "bag", files)
print(steps)
"""
)
WHOLE = {"data/page.html": b"<p>Words", "data/more.txt": b"onetwo", "bagit.txt": b"BagIt"}


def killed_at(folder: Path, moment: int) -> subprocess.CompletedProcess[str]:
    return run_forked(KILLED, folder, moment)


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


KILLED_FOUNDING = (
    KILLING
    + """
from pathlib import Path
from solander.files import whole
from solander.pipeline.archives import founding
stop_at = int(sys.argv[2])

for name in ("open", "fchmod", "fsync"):
    setattr(whole.os, name, before_and_after(getattr(os, name)))
for name in ("lock", "write_all", "rename_whole"):
    setattr(whole, name, before_and_after(getattr(whole, name)))
Path.mkdir = before_and_after(Path.mkdir)
founding.begin_archive(Path(sys.argv[1]))
print(steps)
"""
)


def test_an_archive_whose_founding_was_killed_can_be_founded(tmp_path: Path) -> None:
    def founded(folder: Path, moment: int) -> subprocess.CompletedProcess[str]:
        return run_forked(KILLED_FOUNDING, folder, moment)

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


def test_a_file_is_nobodys_leftover_until_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who writes beside it sweeps the folder first: also just before the file is renamed."""
    renamed = os.rename

    def swept_before(source, target, *, src_dir_fd, dst_dir_fd):
        whole.sweep(src_dir_fd)
        renamed(source, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    monkeypatch.setattr(whole.os, "rename", swept_before)
    whole.write_file(tmp_path / "receipt.json", b"{}", replace=True)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("receipt.json", b"{}")]

"""A disk that fails or fills up, at any write and in any process, leaves nothing, and the source as it was."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bagging.folders import bags_in, state

import solander
from solander.errors import ArchiveUnwritable
from solander.pipeline import make_bag


def test_a_full_disk_leaves_nothing_and_the_next_run_succeeds(source: Path, small_disk: Path, tmp_path: Path) -> None:
    before = state(source)
    with pytest.raises(ArchiveUnwritable, match="the disk is full; nothing was kept"):
        make_bag(source, into=small_disk / "bags")
    assert bags_in(small_disk) == []
    assert state(source) == before
    assert solander.validate(make_bag(source, into=tmp_path / "bags").path).passed


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("at", [1, 2, 4, 7])
def test_a_disk_that_fails_at_any_write_leaves_nothing(source: Path, tmp_path: Path, number: int, at: int) -> None:
    before, write, count = state(source), os.write, 0

    def fail(file: int, content: bytes) -> int:
        nonlocal count
        count += 1
        if count >= at:
            raise OSError(number, os.strerror(number))
        return write(file, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", fail)
        with pytest.raises(ArchiveUnwritable) as caught:
            make_bag(source, into=tmp_path / "bags", threads=1)
    assert caught.value.what.endswith("nothing was kept")
    assert not (tmp_path / "bags").exists()
    assert state(source) == before
    assert solander.validate(make_bag(source, into=tmp_path / "bags").path).passed


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """So many files that processes of their own copy them."""
    folder = tmp_path / "letters of many years"
    folder.mkdir()
    for number in range(700):
        (folder / f"{number:03}.txt").write_bytes(b"Dear friend, " * 300)
    return folder


FAILING = """
import errno, os, sys
from solander.files import by_processes
from solander.cli import main

forked, written, write = os.getpid(), 0, os.write

def fail(file, content):
    global written
    # In a process of its own, which has copied some already.
    if os.getpid() != forked and bytes(content[:4]) == b"Dear":
        written += 1
        if written > 100:
            raise OSError(int(sys.argv[1]), os.strerror(int(sys.argv[1])))
    return write(file, content)

os.write = fail
status = main(["bag", "make", *sys.argv[2:]])
sys.exit(status if by_processes.can_fork() else "it was no process of its own")
"""


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_disk_that_fails_a_process_that_copies_leaves_nothing(many: Path, tmp_path: Path, number: int) -> None:
    before, bags = state(many), tmp_path / "bags"
    words = [sys.executable, "-c", FAILING, str(number), str(many), "--into", str(bags)]
    ran = subprocess.run(words, check=False, capture_output=True, text=True)
    assert ran.returncode == 3
    assert "nothing was kept" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not bags.exists()
    assert state(many) == before
    assert solander.validate(make_bag(many, into=bags).path).passed


def test_a_disk_that_fills_up_under_processes_leaves_nothing(many: Path, small_disk: Path) -> None:
    words = [sys.executable, "-m", "solander.cli", "bag", "make", str(many), "--into", str(small_disk / "bags")]
    ran = subprocess.run(words, check=False, capture_output=True, text=True)
    assert ran.returncode == 3
    assert "the disk is full; nothing was kept" in ran.stderr
    assert bags_in(small_disk) == []

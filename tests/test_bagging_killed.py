"""Killed at any moment while 3,000 files are bagged: nothing or a whole bag, and the next run succeeds.

The program kills itself at a chosen step of its work, which the interpreter's audit events count, so that the moments
are the same on every machine. No power is cut, so memory serves as the disk: on a real one, each syncfs would wait for
whoever else writes there.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import bagit
import pytest
from tests.forked import run_forked
from tests.killed_runs import KILLING

import solander
from solander.files.whole import TEMPORARY_NAME
from solander.pipeline import make_bag

FILES = 3000
MOMENTS = 30

PROGRAM = (
    KILLING
    + """
source, into, stop_at = sys.argv[1], sys.argv[2], int(sys.argv[3])
from solander.pipeline import make_bag
make_bag  # what is imported late is imported before the steps are counted
import ctypes, solander.checking.bags.every_rule
from solander.files import whole
steps = 0

def count(event, arguments):
    if event in ("open", "os.mkdir", "os.rename", "os.chmod", "os.scandir", "os.utime", "ctypes.dlsym"):
        reached()

# These are no events of the interpreter's.
whole.sync_file_system, whole.rename_whole = and_after(whole.sync_file_system), and_after(whole.rename_whole)
os.fsync = and_after(os.fsync)
sys.addaudithook(count)
make_bag(source, into=into, threads=1)
print(steps)
"""
)


def bagged(source: Path, into: Path, stop_at: int) -> subprocess.CompletedProcess[str]:
    return run_forked(PROGRAM, source, into, stop_at)


def state(folder: Path) -> list[tuple[str, int, int, int]]:
    found = []
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        found.append((str(path), status.st_ino, status.st_size, status.st_mtime_ns))
    return found


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as name:
        yield Path(name)


@pytest.fixture
def source(disk: Path) -> Path:
    folder = disk / "letters"
    for number in range(FILES):
        path = folder / f"{number % 30:02}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%d\n" % number * (number % 50))
    return folder


def test_killed_at_any_moment_there_is_nothing_or_a_whole_bag(source: Path, disk: Path) -> None:
    before = state(source)
    ran = bagged(source, disk / "whole", 0)
    assert ran.returncode == 0, ran.stderr
    steps = int(ran.stdout)
    assert steps > 2 * FILES
    # Evenly over the copying, and each of the last steps, where the tag files are written and the bag gets its name.
    last = 12
    moments = [1 + (steps - last) * part // (MOMENTS - last) for part in range(MOMENTS - last)]
    moments += range(steps - last + 1, steps + 1)
    assert len(moments) == MOMENTS
    outcomes = set()
    for stop_at in moments:
        place = disk / "bags"
        assert bagged(source, place, stop_at).returncode == -signal.SIGKILL
        left = os.listdir(place) if place.exists() else []  # noqa: PTH208 - names, not paths
        named = [name for name in left if not TEMPORARY_NAME.fullmatch(name)]
        assert named in ([], ["letters"])
        if named:
            assert solander.validate(place / "letters").passed
            assert bagit.Bag(str(place / "letters")).validate()
            make_bag(source, into=place, name="next")
            assert sorted(os.listdir(place)) == ["letters", "next"]  # noqa: PTH208
        else:
            made = make_bag(source, into=place)
            assert made.files == FILES
            assert os.listdir(place) == ["letters"]  # noqa: PTH208
        outcomes.add(bool(named))
        shutil.rmtree(place)
    assert outcomes == {False, True}
    assert state(source) == before

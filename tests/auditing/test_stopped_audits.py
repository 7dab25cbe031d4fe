"""Killed at any moment, an audit goes on with the bag that was in hand, and has changed none."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from tests.auditing.audits import NAMES, audit, log, names
from tests.forked import run_forked
from tests.killed_runs import KILLING
from tests.small_disks import small_disk_at

from solander.errors import ArchiveUnwritable
from solander.model.audit import LOG_NAME

PROGRAM = (
    KILLING
    + """
number, stop_at, half_of = (int(word) for word in sys.argv[1:4])
from solander.cli import main
import solander.cli.audit, solander.pipeline.archives.auditing, solander.checking.bags.every_rule
steps = lines = 0

def count(event, arguments):
    if event in ("open", "os.scandir"):
        reached()

def write(file, content, write=os.write):
    global lines
    lines += bytes(content).startswith(b'{"schema"')
    if lines == half_of:
        write(file, bytes(content)[: len(content) // 2])
        os.kill(os.getpid(), signal.SIGKILL)
    return write(file, content)

os.fsync, os.write = before_and_after(os.fsync), write
sys.addaudithook(count)
status = main(sys.argv[4:])
print(steps)
sys.exit(status)
"""
)


def ran(archive: Path, *, number: int = 9, stop_at: int = 0, half_of: int = 0) -> subprocess.CompletedProcess[str]:
    words = [int(number), stop_at, half_of, "audit", archive, "--at", "2026-01-01T00:00:00Z"]
    return run_forked(PROGRAM, *words, "--threads", "1")


def test_killed_at_any_moment_the_next_run_goes_on_with_the_bag_that_was_in_hand(archive: Path):
    whole = ran(archive)
    assert whole.returncode == 0, whole.stderr
    steps = int(whole.stdout.split()[-1])
    reached = set()
    for tenth in range(11):
        number = signal.SIGINT if tenth % 3 == 1 else signal.SIGKILL
        (archive / LOG_NAME).unlink(missing_ok=True)
        stopped = ran(archive, number=number, stop_at=max(1, steps * tenth // 10))
        assert stopped.returncode == (130 if number == signal.SIGINT else -number), stopped.stderr
        before = [line["bag"] for line in log(archive)] if (archive / LOG_NAME).exists() else []
        assert before == NAMES[: len(before)]
        assert names(audit(archive)) == NAMES[len(before) :]
        assert [line["bag"] for line in log(archive)] == NAMES
        reached.add(len(before))
    assert len(reached) >= 4


def test_killed_in_the_middle_of_a_line_it_loses_that_line_alone(archive: Path):
    assert ran(archive, half_of=3).returncode == -signal.SIGKILL
    content = (archive / LOG_NAME).read_bytes()
    assert content.count(b"\n") == 2
    assert not content.endswith(b"\n")
    assert names(audit(archive)) == ["c", "d", "e"]
    assert (archive / LOG_NAME).read_bytes().startswith(content + b"\n")


def test_no_bag_is_changed_and_nothing_but_the_log_is_written(archive: Path):
    def state() -> list[tuple]:
        found = sorted(archive.rglob("*"))
        return [(path, path.stat().st_ino, path.stat().st_mtime_ns) for path in found if path.name != LOG_NAME]

    before = state()
    audit(archive)
    assert state() == before


def test_an_audit_on_a_full_disk_leaves_no_log_that_was_not_there_before(archive: Path, tmp_path: Path, monkeypatch):
    small = tmp_path / "small"
    small.mkdir()
    with small_disk_at(small, 512 * 1024, monkeypatch):
        shutil.copytree(archive, small / "archive")
        fill(small / "filling")
        with pytest.raises(ArchiveUnwritable, match=r"audit-log\.jsonl: the disk is full; nothing was kept"):
            audit(small / "archive")
        assert sorted(path.name for path in (small / "archive").iterdir()) == NAMES


def fill(path: Path) -> None:
    """Write until the disk takes no more."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT)
    with contextlib.suppress(OSError):
        while True:
            os.write(file, bytes(4096))
    os.close(file)

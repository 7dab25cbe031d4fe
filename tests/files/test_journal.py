"""A journal only grows, by whole lines; what the system refuses leaves it as it was."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small_disks import small_disk_at

from solander.errors import ArchiveError, ArchiveUnwritable
from solander.files.journal import opened_journal


@given(runs=st.lists(st.lists(st.binary().filter(lambda line: b"\n" not in line))))
def test_what_runs_append_is_read_in_order(tmp_path_factory, runs: list[list[bytes]]):
    path = tmp_path_factory.mktemp("journal") / "log"
    for lines in runs:
        with opened_journal(path, taken="taken") as journal:
            for line in lines:
                journal.append(line + b"\n")
    with opened_journal(path, taken="taken") as journal:
        assert list(journal.lines()) == [line for lines in runs for line in lines]


def test_lines_longer_than_a_piece_are_read_whole(tmp_path: Path):
    lines = [b"a" * 700_000, b"", b"b" * 300_000]
    with opened_journal(tmp_path / "log", taken="taken") as journal:
        for line in lines:
            journal.append(line + b"\n")
        assert list(journal.lines()) == lines


def test_a_file_without_lines_is_given_up_early(tmp_path: Path):
    with (tmp_path / "log").open("wb") as file:
        file.truncate(1 << 40)
    with opened_journal(tmp_path / "log", taken="taken") as journal, pytest.raises(ArchiveError, match="longer than"):
        list(journal.lines())


@pytest.mark.parametrize("at", ["write", "fsync"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_line_that_could_not_be_kept_leaves_nothing_behind(tmp_path: Path, monkeypatch, at: str, number: int):
    path = tmp_path / "log"
    with opened_journal(path, taken="taken") as journal:
        journal.append(b"first\n")
        write = os.write

        def fail(file: int, content: bytes = b"") -> int:
            if at == "write" and len(content) > 3:
                return write(file, content[:3])
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, at, fail)
        with pytest.raises(ArchiveUnwritable, match="nothing was kept"):
            journal.append(b"second\n")
        monkeypatch.undo()
        assert path.read_bytes() == b"first\n"
        journal.append(b"third\n")
    assert path.read_bytes() == b"first\nthird\n"


def test_where_what_was_written_cannot_be_taken_away_the_next_line_begins_below_it(tmp_path: Path, monkeypatch):
    path = tmp_path / "log"
    with opened_journal(path, taken="taken") as journal:
        write = os.write

        def fail(file: int, content: bytes) -> int:
            if len(content) > 6:
                return write(file, content[:3])
            raise OSError(errno.EIO, "")

        def refuse(file: int, size_bytes: int) -> None:
            raise OSError(errno.EPERM, "append only")

        monkeypatch.setattr(os, "write", fail)
        monkeypatch.setattr(os, "ftruncate", refuse)
        with pytest.raises(ArchiveUnwritable):
            journal.append(b"second\n")
        monkeypatch.undo()
        journal.append(b"third\n")
    assert path.read_bytes() == b"sec\nthird\n"


def test_who_has_it_keeps_others_out_until_it_is_closed(tmp_path: Path):
    with (
        opened_journal(tmp_path / "log", taken="taken"),
        pytest.raises(ArchiveError, match="taken"),
        opened_journal(tmp_path / "log", taken="taken"),
    ):
        pass
    with opened_journal(tmp_path / "log", taken="taken"):
        pass


def test_where_the_file_system_knows_no_locks_the_work_goes_on(tmp_path: Path, monkeypatch):
    def flock(file: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr("fcntl.flock", flock)
    with opened_journal(tmp_path / "log", taken="taken") as journal:
        journal.append(b"first\n")
    assert (tmp_path / "log").read_bytes() == b"first\n"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(ArchiveUnwritable, match="no such folder"), opened_journal(tmp_path / "a/log", taken=""):
        pass


def test_the_disk_has_the_name_of_a_journal_that_another_run_made(tmp_path: Path, monkeypatch):
    """Whoever made it may have been killed before the disk had its name; lines that are relied on would go with it."""
    synced: list[str] = []
    fsync = os.fsync

    def told(number: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{number}").readlink()))
        fsync(number)

    monkeypatch.setattr(os, "fsync", told)
    for _ in range(2):
        synced.clear()
        with opened_journal(tmp_path / "log", taken="taken") as opened:
            opened.append(b"line\n")
        assert synced == [str(tmp_path), str(tmp_path / "log")]


def test_on_a_full_disk_no_journal_is_left_that_was_not_there_before(tmp_path: Path, monkeypatch):
    with small_disk_at(tmp_path, 64 * 1024, monkeypatch):
        with (
            pytest.raises(ArchiveUnwritable, match="the disk is full"),
            opened_journal(tmp_path / "log", taken="taken") as journal,
        ):
            journal.append(b"a" * 100 * 1024 + b"\n")
        assert not list(tmp_path.iterdir())


def test_an_empty_file_that_was_there_before_stays(tmp_path: Path):
    (tmp_path / "log").touch()
    with opened_journal(tmp_path / "log", taken="taken"):
        pass
    assert (tmp_path / "log").read_bytes() == b""


def test_whoever_opened_a_journal_that_is_taken_away_has_the_next_one(tmp_path: Path, monkeypatch):
    """Between opening and having it, the run that made it may have ended without a line."""
    path = tmp_path / "log"
    path.touch()
    flock = fcntl.flock

    def late(file: int, how: int) -> None:
        monkeypatch.undo()
        path.unlink()
        flock(file, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with opened_journal(path, taken="taken") as journal:
        journal.append(b"first\n")
    assert path.read_bytes() == b"first\n"


def test_where_the_file_system_knows_no_locks_an_empty_journal_stays_for_another_run_may_have_it(
    tmp_path: Path, monkeypatch
):
    def flock(file: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", flock)
    path = tmp_path / "log"
    with ExitStack() as second:
        with opened_journal(path, taken="taken"):
            journal = second.enter_context(opened_journal(path, taken="taken"))
        journal.append(b"second's\n")
    assert path.read_bytes() == b"second's\n"


def test_where_the_file_system_counts_no_links_a_journal_is_opened_all_the_same(tmp_path: Path, monkeypatch):
    fstat = os.fstat

    def uncounted(file: int) -> os.stat_result:
        values = list(fstat(file)[:10])
        values[stat.ST_NLINK] = 0
        asked.append(file)
        assert len(asked) < 1000, "it is opened again and again"
        return os.stat_result(values)

    asked: list[int] = []
    monkeypatch.setattr(os, "fstat", uncounted)
    with opened_journal(tmp_path / "log", taken="taken") as journal:
        journal.append(b"first\n")
    assert (tmp_path / "log").read_bytes() == b"first\n"

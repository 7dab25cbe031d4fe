"""Waiting for the disk is shared: whoever waits has what it wrote on the disk, and one call serves all who wait."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from solander.files.many_files import ManyFiles
from solander.pipeline.deposits.settling import Settling


def test_whoever_waits_has_on_the_disk_what_it_wrote_and_those_who_wait_meanwhile_are_served_at_once():
    written: list[int] = []
    on_disk: set[int] = set()
    calls = []
    all_wrote, first_is_at_it = threading.Event(), threading.Event()

    def give() -> None:
        calls.append(tuple(written))
        first_is_at_it.set()
        assert all_wrote.wait(30)
        on_disk.update(calls[-1])

    settling = Settling(give)

    def work(number: int) -> bool:
        if number:
            assert first_is_at_it.wait(30)
        written.append(number)
        if len(written) == 8:
            all_wrote.set()
        settling.wait()
        return number in on_disk

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))
    assert calls[0] == (0,)
    # The seven wrote while the first was served: any later call serves all of them.
    assert all(set(one) == set(range(8)) for one in calls[1:])


def test_what_the_disk_refuses_is_told_to_each_who_waits_though_the_system_tells_of_it_once():
    answers = iter([OSError("no")])

    def give() -> None:
        for answer in answers:
            raise answer

    settling = Settling(give)
    for _ in range(3):
        with pytest.raises(OSError, match="no"):
            settling.wait()


def test_a_receipt_that_an_earlier_run_did_not_give_to_the_disk_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "receipts"
    folder.mkdir()
    (folder / "1.json").write_bytes(b"1")
    given: list[tuple[str, ...]] = []
    monkeypatch.setattr("solander.files.many_files.sync_folder", lambda _, names: given.append(tuple(names)))
    files = ManyFiles(folder)
    files.found("1.json")
    files.settle()
    files.settle()
    files.close()
    assert given == [("1.json",)]


def test_files_of_several_threads_are_whole_and_what_killed_runs_left_goes_with_the_first(tmp_path: Path):
    folder = tmp_path / "receipts"
    folder.mkdir()
    left = folder / ".solander-0123456789abcdef.tmp"
    left.write_bytes(b"half")
    files = ManyFiles(folder)
    with ThreadPoolExecutor(4) as pool:
        for path in pool.map(lambda number: files.write(f"{number % 10}.json", b"%d" % (number % 10)), range(40)):
            assert path.is_file()
    files.settle()
    files.close()
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == {f"{n}.json": b"%d" % n for n in range(10)}


def test_no_folder_is_made_before_something_is_to_be_in_it(tmp_path: Path):
    files = ManyFiles(tmp_path / "receipts")
    files.settle()
    files.close()
    assert not (tmp_path / "receipts").exists()

"""Runs at once make what one would; a run whose streams close or that is asked to end leaves nothing half done."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

import bagit
import pytest
from tests.cli.refusals import nothing_left, one_line

WORDS = b"<p>The ferry leaves at seven, and it comes back at nine.</p>\n"


def test_two_that_pack_the_same_page_at_once_make_one_bag(page: Path, tmp_path: Path, outside):
    runs = [outside("pack", page, "--into", tmp_path / "archive", "--at", "2026-01-01T00:00:00Z") for _ in range(3)]
    results = [(one.communicate(timeout=120), one.returncode) for one in runs]
    assert [status for _, status in results] == [0, 0, 0]
    assert len({out for (out, _), _ in results}) == 1
    (bag,) = (tmp_path / "archive").iterdir()
    assert bagit.Bag(str(bag)).validate()


def test_two_that_say_different_things_at_once_make_two_versions(page: Path, tmp_path: Path, outside):
    runs = [outside("pack", page, "--into", tmp_path / "archive", "--title", f"Ferry {n}") for n in range(2)]
    assert [(one.communicate(timeout=120), one.returncode)[1] for one in runs] == [0, 0]
    versions = sorted(path.joinpath("bag-info.txt").read_text().partition("Bag-Version: ")[2][0]
                      for path in (tmp_path / "archive").iterdir())  # fmt: skip
    assert versions == ["1", "2"]


def test_a_reader_that_goes_away_is_not_complained_of(page: Path, outside):
    page.write_bytes(page.read_bytes() + WORDS * 20_000)
    process = outside("normalise", page, "--quiet")
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait(timeout=120) == 141
    process.stderr.close()


def test_a_standard_input_that_is_closed_is_an_unreadable_source(page: Path, tmp_path: Path):
    command = f"exec {sys.executable} -m solander.cli pack - --into {tmp_path}/archive <&-"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert ran.returncode == 3
    one_line(ran.stderr)
    nothing_left(tmp_path, page)


def test_the_program_runs_outside_the_main_thread(run, page: Path):
    statuses: list[int] = []
    thread = threading.Thread(target=lambda: statuses.append(run("normalise", page, "--quiet").status))
    thread.start()
    thread.join()
    assert statuses == [0]


SLOW_START = """
import os, signal, sys
class Slow:
    # The first import that the command line asks for is when somebody loses patience.
    def find_spec(self, name, path=None, target=None):
        if name == "solander.cli.guard":
            os.kill(os.getpid(), int(sys.argv.pop()))
        return None
sys.meta_path.insert(0, Slow())
from solander.cli import main
sys.exit(main())
"""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_a_program_that_is_asked_to_end_as_it_starts_ends_in_good_order(
    page: Path, tmp_path: Path, number: signal.Signals
):
    ran = subprocess.run(
        [sys.executable, "-c", SLOW_START, "pack", page, "--into", tmp_path / "archive", str(int(number))],
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stdout) == (128 + number, "")
    assert "nothing unfinished was left behind" in ran.stderr
    one_line(ran.stderr)
    nothing_left(tmp_path, page)

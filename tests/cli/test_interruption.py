"""Killed, interrupted or asked to end at any moment: no bag or a whole one, and the user's files untouched.

The program kills itself at a chosen step of its work on the archive, which the interpreter's audit events count: so
the moments are the same on every machine, and lie between any two steps.
"""

import signal
import subprocess
from pathlib import Path

import bagit
import pytest
from tests.forked import run_forked

import solander

AT = "2026-01-01T00:00:00Z"

# Steps are what the interpreter does to the file system, from the first that names the archive.
PROGRAM = """
import os, signal, sys
archive, number, stop_at = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
steps = 0
begun = False

def count(event, arguments):
    global steps, begun
    if event not in ("open", "os.mkdir", "os.rename", "os.chmod", "os.scandir", "os.listdir", "ctypes.dlsym"):
        return
    if not begun:
        begun = event == "os.mkdir" and str(arguments[0]) == archive
    if begun:
        steps += 1
        if steps == stop_at:
            os.kill(os.getpid(), number)

sys.addaudithook(count)
from solander.cli import main
status = main(sys.argv[4:])
print(steps, file=sys.stderr)
sys.exit(status)
"""


def packed(page: Path, archive: Path, number: int, stop_at: int) -> subprocess.CompletedProcess[str]:
    return run_forked(PROGRAM, archive, int(number), stop_at, "pack", page, "--into", archive, "--at", AT)


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many steps it takes to write one bag, uninterrupted."""
    folder = tmp_path_factory.mktemp("uninterrupted")
    ran = packed(write_page(folder), folder / "archive", 0, 0)
    assert ran.returncode == 0, ran.stderr
    number = int(ran.stderr.split()[-1])
    assert number > 15, "the steps are not counted"
    return number


def write_page(folder: Path) -> Path:
    page = folder / "page.html"
    page.write_text("<!doctype html><html lang=en><title>A ferry</title><p>The ferry leaves at seven.</p></html>")
    return page


def bags_in(archive: Path) -> list[Path]:
    """What stands in an archive under a name that is not a temporary one."""
    if not archive.exists():
        return []
    return [
        path for path in archive.iterdir() if not (path.name.startswith(".solander-") and path.name.endswith(".tmp"))
    ]


def assert_whole_or_nothing(archive: Path) -> None:
    for bag in bags_in(archive):
        assert solander.validate(bag).passed
        assert bagit.Bag(str(bag)).validate()


@pytest.mark.parametrize("tenth", range(1, 11))
def test_killed_at_any_moment_it_leaves_no_bag_or_a_whole_one(tmp_path: Path, steps: int, tenth: int):
    page = write_page(tmp_path)
    content, state = page.read_bytes(), page.stat().st_mtime_ns
    archive = tmp_path / "archive"
    # The last of the ten is the very last step; the others lie evenly before it.
    ran = packed(page, archive, signal.SIGKILL, 1 + (steps - 1) * tenth // 10)
    assert ran.returncode == -signal.SIGKILL
    assert_whole_or_nothing(archive)
    assert (page.read_bytes(), page.stat().st_mtime_ns) == (content, state)
    # The next run makes the bag, and clears away what was left.
    again = packed(page, archive, 0, 0)
    assert again.returncode == 0, again.stderr
    (bag,) = archive.iterdir()
    assert_whole_or_nothing(archive)
    assert str(bag) == again.stdout.strip()


@pytest.mark.parametrize(
    ("number", "status", "words"),
    [
        (signal.SIGINT, 130, "solander: interrupted; nothing unfinished was left behind"),
        (signal.SIGTERM, 143, "solander: asked to end; nothing unfinished was left behind"),
        (signal.SIGHUP, 129, "solander: asked to end; nothing unfinished was left behind"),
    ],
)
@pytest.mark.parametrize("fifth", range(1, 5))
def test_interrupted_in_the_middle_it_says_so_and_cleans_up(
    tmp_path: Path, steps: int, number: int, status: int, words: str, fifth: int
):
    page = write_page(tmp_path)
    archive = tmp_path / "archive"
    ran = packed(page, archive, number, 1 + (steps - 1) * fifth // 5)
    assert ran.returncode == status, ran.stderr
    assert ran.stderr.splitlines()[0] == words
    assert "Traceback" not in ran.stderr
    assert_whole_or_nothing(archive)
    if not bags_in(archive):
        assert list(tmp_path.iterdir()) == [page]

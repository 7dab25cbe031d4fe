"""Where a bag cannot come to stand, and what may not be read: one line, the right status, and nothing left."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.refusals import nothing_left, one_line
from tests.forked import run_forked
from tests.permissions import without_privilege
from tests.small_disks import small_disk_at


def test_the_archive_may_not_lie_within_what_is_packed(run, page: Path, tmp_path: Path):
    ran = run("pack", tmp_path, "--into", tmp_path / "archive")
    assert ran.status == 2
    assert "choose another --into" in ran.err
    one_line(ran.err)
    nothing_left(tmp_path, page)


def test_an_archive_that_is_a_file_is_left_as_it_is(run, page: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    archive.write_text("a list of ferries")
    ran = run("pack", page, "--into", archive)
    assert ran.status == 3
    one_line(ran.err)
    assert archive.read_text() == "a list of ferries"


def test_a_name_that_is_taken_is_not_given_away(run, bag: Path, page: Path, tmp_path: Path):
    other = tmp_path / "other"
    (other / bag.name).mkdir(parents=True)
    (other / bag.name / "notes.txt").write_text("mine")
    ran = run("pack", page, "--uri", "https://harbour.example/ferry", "--into", other)
    assert ran.status == 3
    assert "something else has this name" in ran.err
    assert (other / bag.name / "notes.txt").read_text() == "mine"
    nothing_left(other, other / bag.name)


def test_a_bag_that_does_not_tell_how_it_was_made_is_not_packed_beside(run, bag: Path, page: Path, tmp_path: Path):
    (bag / "metadata/description.json").unlink()
    other = tmp_path / "other.html"
    other.write_bytes(page.read_bytes() + b"<p>More.</p>")
    ran = run("pack", page, other, "--captured-at", "2026-01-01T00:00:00Z", "--into", bag.parent)
    assert ran.status == 0
    ran = run("pack", page, "--uri", "https://harbour.example/ferry", "--into", bag.parent)
    assert ran.status == 3
    assert "does not tell how it was made" in ran.err
    assert len(list(bag.parent.iterdir())) == 3


@pytest.mark.parametrize("exists", [True, False])
def test_without_permission_to_write_nothing_is_written(page: Path, tmp_path: Path, exists: bool):
    above = tmp_path / "above"
    archive = above if exists else above / "archive"
    above.mkdir(mode=0o555)
    ran = without_privilege("pack", page, "--into", archive)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "no permission to write" in ran.stderr
    one_line(ran.stderr)
    nothing_left(above)


def test_without_permission_to_read_a_page_is_said_to_be_unreadable(page: Path, tmp_path: Path):
    page.chmod(0)
    ran = without_privilege("pack", page, "--into", tmp_path / "archive")
    assert ran.returncode == 3
    assert "permission denied" in ran.stderr
    nothing_left(tmp_path, page)


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch) -> Iterator[Path]:
    small = tmp_path / "small"
    small.mkdir()
    with small_disk_at(small, 16 * 1024, monkeypatch) as disk:
        yield disk


def test_a_disk_that_fills_up_leaves_nothing_behind(run, page: Path, small_disk: Path):
    ran = run("pack", page, "--into", small_disk / "archive")
    assert (ran.status, ran.out) == (3, "")
    assert "the disk is full; nothing was kept" in ran.err
    nothing_left(small_disk)


def test_another_file_system_than_the_pages_is_no_matter(run, page: Path):
    here = page.stat().st_dev
    others = [
        one
        for one in map(Path, ("/dev/shm", Path(__file__).parent, "/var/tmp", "/tmp"))
        if os.access(one, os.W_OK) and one.stat().st_dev != here
    ]
    assert others, "there is no second file system to write to"
    other = others[0]
    with tempfile.TemporaryDirectory(dir=other) as archive:
        assert run("pack", page, "--into", archive).status == 0


CLOSED = """
import os, sys, tempfile
from solander.cli import main
# Whoever one becomes may not be allowed to read Python's own files: what will be wanted is imported before.
with tempfile.TemporaryDirectory() as folder:
    main(["pack", "page.html", "--into", folder + "/archive"])
    main(["normalise", folder + "/missing"])
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
sys.stderr.write("----\\n")
os.setgroups([]); os.setgid(65534); os.setuid(65534)
raise SystemExit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make a folder that another may not enter")
@pytest.mark.parametrize(
    "words",
    [
        ["pack", "page.html", "--into", "closed/a"],
        ["pack", "page.html", "--into", "closed"],
        ["pack", "closed/page.html", "--into", "open"],
        ["normalise", "closed/page.html"],
    ],
    ids=" ".join,
)
def test_a_folder_that_one_may_not_enter_is_one_line(tmp_path: Path, page: Path, words: list[str]):
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if folder != Path(tempfile.gettempdir()):
            folder.chmod(0o755)
    page.rename(tmp_path / "page.html")
    (tmp_path / "closed").mkdir(mode=0o700)
    ran = run_forked(CLOSED, *words, cwd=tmp_path)
    assert ran.returncode == 3, ran.stderr
    one_line(ran.stderr.partition("----\n")[2])
    nothing_left(tmp_path, tmp_path / "page.html", tmp_path / "closed")


@pytest.mark.parametrize("name", ["a" * 300, "a" * 5000, "a/" * 3000])
def test_a_name_that_is_too_long_is_one_line(run, tmp_path: Path, page: Path, name: str):
    for words in (["pack", page, "--into", tmp_path / name], ["pack", tmp_path / name, "--into", tmp_path / "archive"]):
        ran = run(*words)
        assert (ran.status, ran.out) == (3, "")
        one_line("".join(line for line in ran.err.splitlines(keepends=True) if line.startswith("solander:")))
    nothing_left(tmp_path, page)


@pytest.mark.parametrize("into", ["archive", "../other"])
def test_a_working_directory_that_is_gone_is_one_line(page: Path, tmp_path: Path, into: str):
    command = (
        f"mkdir gone && cd gone && rmdir ../gone && exec {sys.executable} -m solander.cli pack {page} --into {into}"
    )
    ran = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (3, "")
    one_line(ran.stderr)
    nothing_left(tmp_path, page)


def test_where_no_file_may_be_written_the_bag_is_what_could_not_be_written(page: Path, tmp_path: Path):
    command = f"ulimit -f 0; exec {sys.executable} -m solander.cli pack {page} --into {tmp_path}/archive"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "nothing was kept" in ran.stderr
    one_line(ran.stderr)
    nothing_left(tmp_path, page)


@pytest.mark.parametrize("closed", ["metadata", "data", "data/original", "data/tei"])
def test_nothing_below_a_folder_that_one_may_not_enter_is_said_to_be_missing(bag: Path, closed: str):
    (bag / closed).chmod(0)
    try:
        ran = without_privilege("validate", bag, "--json")
    finally:
        (bag / closed).chmod(0o755)
    assert ran.returncode == 3, ran.stderr
    found = json.loads(ran.stdout)["findings"]
    assert {one["code"] for one in found if one["severity"] == "error"} == {"BAG025"}

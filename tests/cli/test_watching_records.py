"""Whoever watches a large file of records or a large bag being judged sees how far it was read; nobody else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.false_crawls import record
from tests.forked import SOLANDER, run_forked

from solander.cli.bars import LARGE_BYTES, seconds_left
from solander.pipeline import make_bag, unbag, validate

MANY = 1500


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(record(number=number) for number in range(1, MANY)))
    return path


def judged(*words: object, watched: bool, verb: str = "validate") -> tuple[int, str, str]:
    """The program in a process of its own, with a terminal for its talk, or none."""
    command = [sys.executable, "-m", "solander.cli", verb, *map(str, words)]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    if not watched:
        done = run_forked(SOLANDER, verb, *words, env=environment)
        return done.returncode, done.stdout, done.stderr
    watcher, terminal = os.openpty()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal, env=environment)
    os.close(terminal)
    shown = b""
    try:
        while piece := os.read(watcher, 65536):
            shown += piece
    except OSError:
        pass  # Linux says so when the program is gone
    os.close(watcher)
    out = process.communicate()[0]
    return process.returncode, out.decode(), shown.decode("utf-8", "replace")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals of this kind")
def test_a_terminal_shows_how_far_the_file_was_read(crawl: Path) -> None:
    status, out, shown = judged(crawl, watched=True)
    assert status == 0
    shares = [int(share) for share in re.findall(r"(\d+)%", shown)]
    assert "validating" in shown
    assert "crawl.warc" in shown
    assert shares == sorted(shares)
    assert shares[-1] >= 99
    # The result is what it is where nobody watches.
    assert out == judged(crawl, watched=False)[1]


def test_without_a_terminal_or_with_quiet_nothing_is_shown(crawl: Path) -> None:
    assert judged(crawl, watched=False)[2] == ""
    if hasattr(os, "openpty"):
        assert judged(crawl, "--quiet", watched=True)[2] == ""
        assert judged(crawl, "--json", watched=True)[2] == ""


@pytest.fixture(params=["folder", "tar"])
def large_bag(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    payload = tmp_path / "tapes"
    payload.mkdir()
    for number in range(4):
        (payload / f"tape{number}.bin").write_bytes(bytes([number]) * (LARGE_BYTES // 3))
    form = None if request.param == "folder" else request.param
    made = make_bag(payload, into=tmp_path / "bags", serialise=form).path
    assert made is not None
    return made


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals of this kind")
@pytest.mark.parametrize("verb", ["verify", "validate"])
def test_a_terminal_shows_how_far_a_large_bag_was_read(large_bag: Path, verb: str) -> None:
    status, out, shown = judged(large_bag, watched=True, verb=verb)
    assert status == 0
    shares = [int(share) for share in re.findall(r"(\d+)%", shown)]
    assert ("verifying" if verb == "verify" else "validating") in shown
    assert shares == sorted(shares)
    assert shares[-1] == 100
    # The result is what it is where nobody watches, and then nothing is shown.
    unwatched = judged(large_bag, watched=False, verb=verb)
    assert out == unwatched[1]
    assert "%" not in unwatched[2]


@pytest.mark.parametrize("form", ["tar", "zip", "tar.gz"])
def test_within_one_large_file_of_an_archive_file_it_is_told_again_and_again(tmp_path: Path, form: str) -> None:
    payload = tmp_path / "tape"
    payload.mkdir()
    (payload / "tape.bin").write_bytes(bytes(5 << 20))
    made = make_bag(payload, into=tmp_path / "bags", serialise=form).path
    assert made is not None
    told: list[tuple[str, int, int]] = []
    assert validate(made, told=lambda *one: told.append(one)).passed
    steps = [done for name, done, _ in told if name == "data/tape.bin"]
    assert len(steps) > 3
    assert steps == sorted(set(steps))
    assert told[-1][1] == told[-1][2]


def test_what_is_left_is_foretold_by_all_that_was_done_and_not_before_some_of_it_was() -> None:
    assert seconds_left(None, 5, 10) is None
    assert seconds_left(0.1, 5, 10) is None
    assert seconds_left(10, 0, 10) is None
    assert seconds_left(10, 5, None) is None
    assert seconds_left(10, 5, 10) == 10
    assert seconds_left(30, 1, 4) == 90
    assert seconds_left(30, 4, 4) == 0


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """A folder with one large file."""
    payload = tmp_path / "tape"
    payload.mkdir()
    (payload / "tape.bin").write_bytes(bytes(2 * LARGE_BYTES))
    return payload


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals of this kind")
def test_a_terminal_shows_how_far_one_large_file_was_copied_in_and_out_and_audited(tape: Path, tmp_path: Path) -> None:
    for what, *words in (
        ("bagging", "bag", "make", tape, "--into", tmp_path / "bags"),
        ("validating", "validate", tmp_path / "bags" / "tape"),
        ("copying", "bag", "unbag", tmp_path / "bags" / "tape", "--into", tmp_path / "out"),
        ("auditing", "audit", tmp_path / "bags"),
        ("verifying", "bag", "update", tmp_path / "bags" / "tape", "--add-algorithm", "sha256"),
    ):
        status, _, shown = judged(*words[1:], watched=True, verb=str(words[0]))
        assert status == 0, shown
        assert what in shown
        assert "tape.bin" in shown
        assert re.search(r"\d+%", shown), what


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals of this kind")
def test_a_terminal_shows_how_far_each_of_several_large_bags_was_read(tape: Path, tmp_path: Path) -> None:
    bags = [make_bag(tape, into=tmp_path / name).path for name in ("one", "two")]
    status, out, shown = judged(*bags, watched=True)
    assert status == 0
    assert "0/2" in shown
    assert "1/2" in shown
    assert len(set(re.findall(r"tape\.bin (\d+) %", shown))) > 1
    unwatched = judged(*bags, watched=False)
    assert (status, out) == unwatched[:2]
    assert "tape.bin" not in unwatched[2]


def test_within_one_large_file_of_a_folder_it_is_told_again_and_again(tape: Path, tmp_path: Path) -> None:
    made, twice, copied, read = ([] for _ in range(4))
    bag = make_bag(tape, into=tmp_path / "bags", told=lambda *one: made.append(one)).path
    # By two algorithms it is read in another way.
    both = ("sha512", "md5")
    make_bag(tape, into=tmp_path / "two", algorithms=both, threads=2, told=lambda *one: twice.append(one))
    assert unbag(bag, into=tmp_path / "out", told=lambda *one: copied.append(one)).report.passed
    assert validate(bag, told=lambda *one: read.append(one)).passed
    for told in (made, twice, copied, read):
        steps = [done for name, done, _ in told if name.endswith("tape.bin")]
        assert len(set(steps)) > 3
        assert steps == sorted(steps)
    for told in (made, twice, copied):
        assert told[-1][1] == told[-1][2] == 2 * LARGE_BYTES

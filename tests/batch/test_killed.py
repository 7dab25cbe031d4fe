"""Whatever is killed, every page is there once after a restart, no half bag, and the bytes of an undisturbed run."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from tests.batch.made_crawls import page, tree, write_crawl

import solander
from solander.batch.running import run_batch, run_value
from solander.batch.supervising import Limits, Told

AT = "2026-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def crawls(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crawls")
    return [
        str(write_crawl(folder / f"part-{n}.warc.gz", [page(100 * n + k) for k in range(40)], first=100 * n))
        for n in (1, 2)
    ]


@pytest.fixture(scope="module")
def undisturbed(crawls, tmp_path_factory):
    archive = tmp_path_factory.mktemp("undisturbed") / "archive"
    run = run_batch(crawls, archive, at=moment(), jobs=2)
    assert not run.aside
    return tree(archive)


def moment():
    return datetime.fromisoformat(AT)


def children() -> list[int]:
    return [int(one) for one in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]


def test_a_killed_worker_costs_a_second_attempt_and_nothing_else(crawls, undisturbed, tmp_path):
    killed = []

    def kill_once(run):
        if not killed and run.told:
            killed.append(children()[0])
            os.kill(killed[0], signal.SIGKILL)

    run = run_batch(crawls, tmp_path / "a", at=moment(), jobs=1, watch=kill_once)
    assert killed
    assert not run.aside
    assert tree(tmp_path / "a") == undisturbed


def test_a_worker_that_is_killed_each_time_costs_its_own_shard(crawls, tmp_path):
    def kill_first(run):
        if any(told.source == crawls[0] for told in run.told.values()) and crawls[0] not in run.aside:
            for one in children():
                os.kill(one, signal.SIGKILL)

    run = run_batch(crawls, tmp_path / "a", at=moment(), jobs=1, watch=kill_first)
    assert [(one.source, one.attempts) for one in run.aside.values()] == [(crawls[0], 2)]
    assert "SIGKILL" in run.aside[crawls[0]].reason
    assert list(run.receipts) == [crawls[1]]
    assert solander.validate(*(tmp_path / "a").glob("part-*")).passed


@pytest.mark.parametrize("moment_of_kill", ["begun", "bag stands"])
def test_a_killed_run_goes_on_where_it_was(crawls, undisturbed, tmp_path, moment_of_kill):
    archive = tmp_path / "a"
    command = [sys.executable, "-m", "solander.cli", "batch", *crawls, "--into", str(archive), "--at", AT, "--quiet"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    pattern = ".solander-*.tmp" if moment_of_kill == "begun" else "part-*"
    while not list(archive.glob(pattern)) and run.poll() is None:
        time.sleep(0.005)
    run.kill()
    run.wait()
    # The process that was at work sees that nobody is left to ask, and ends; nothing is begun after it.
    while in_session(run.pid):
        time.sleep(0.02)
    assert subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    assert tree(archive) == undisturbed


def in_session(session: int) -> bool:
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                fields = (process / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                return True
    return False


def test_a_run_without_a_moment_keeps_that_of_the_run_that_was_broken_off(crawls, tmp_path):
    archive = tmp_path / "a"
    first = run_batch(crawls, archive, jobs=1, part=(1, 2))
    second = run_batch(crawls, archive, jobs=1, part=(2, 2))
    assert first.at == second.at
    assert not (archive / ".solander-batch/run").exists()
    assert (list(first.receipts), list(second.receipts)) == ([crawls[0]], [crawls[1]])


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(seconds=0.0, attempts=1), "takes longer than"),
        (Limits(memory_bytes=8 << 20, attempts=1), ""),
    ],
    ids=["time", "memory"],
)
def test_a_shard_that_takes_too_much_is_set_aside_with_the_reason(crawls, tmp_path, limits, reason):
    run = run_batch(crawls[:1], tmp_path / "a", at=moment(), limits=limits)
    (aside,) = run.aside.values()
    assert reason in aside.reason
    assert aside.reason
    assert not list((tmp_path / "a").glob("part-*"))
    assert run_value(run)["set_aside"][0]["source"] == "part-1.warc.gz"


def test_a_poisoned_shard_costs_itself_alone_and_is_named(crawls, undisturbed, tmp_path):
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(b"\x1f\x8b\x08\x00" + bytes(50_000))
    run = run_batch([str(broken), *crawls, str(tmp_path / "absent.warc.gz")], tmp_path / "a", at=moment(), jobs=2)
    assert set(run.aside) == {str(broken), str(tmp_path / "absent.warc.gz")}
    assert tree(tmp_path / "a") == undisturbed
    page = (tmp_path / "a/batch-report.html").read_text("utf-8")
    assert "broken.warc.gz" in page
    assert "absent.warc.gz" in page


def test_how_far_a_shard_has_come_is_told(crawls, tmp_path):
    seen: list[Told] = []
    run_batch(crawls[:1], tmp_path / "a", at=moment(), watch=lambda run: seen.extend(run.told.values()))
    assert seen[-1].pages == seen[-1].total == 40

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


@pytest.fixture
def workers():
    """Tells the processes that a run has begun; others of the tests stand beside them, and are none of its."""
    before = set(children())
    return lambda: [one for one in children() if one not in before]


def test_a_killed_worker_costs_a_second_attempt_and_nothing_else(crawls, undisturbed, tmp_path, workers):
    killed = []

    def kill_once(run):
        if not killed and run.told:
            killed.append(workers()[0])
            os.kill(killed[0], signal.SIGKILL)

    run = run_batch(crawls, tmp_path / "a", at=moment(), jobs=1, watch=kill_once)
    assert killed
    assert not run.aside
    assert tree(tmp_path / "a") == undisturbed


def test_a_worker_that_is_killed_each_time_costs_its_own_shard(crawls, tmp_path, workers):
    def kill_first(run):
        if any(told.source == crawls[0] for told in run.told.values()) and crawls[0] not in run.aside:
            for one in workers():
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


def test_a_shard_that_takes_too_long_is_set_aside_with_the_reason(crawls, tmp_path):
    run = run_batch(crawls[:1], tmp_path / "a", at=moment(), limits=Limits(seconds=0.0, attempts=1))
    (aside,) = run.aside.values()
    assert aside.reason == "it takes longer than 0 seconds (--time)"
    assert not list((tmp_path / "a").glob("part-*"))
    assert run_value(run)["set_aside"][0]["source"] == "part-1.warc.gz"


def test_a_shard_that_takes_too_much_memory_is_set_aside_and_memory_is_named(crawls, undisturbed, tmp_path):
    """Of the same file much is made where it may take more: it is the memory, and nothing else."""
    words = b"<!DOCTYPE html><title>Much</title><p>" + b"word other " * 500_000
    much = str(write_crawl(tmp_path / "much.warc.gz", [words]))
    run = run_batch([much, *crawls], tmp_path / "a", at=moment(), limits=Limits(memory_bytes=150 << 20, attempts=1))
    assert {name: one.reason for name, one in run.aside.items()} == {
        much: "it takes more memory than 150 MiB (--memory)"
    }
    assert tree(tmp_path / "a") == undisturbed
    assert not run_batch([much], tmp_path / "b", at=moment(), limits=Limits(memory_bytes=2 << 30)).aside


def test_a_process_that_dies_of_the_limit_itself_is_told_so(crawls, tmp_path, monkeypatch, workers):
    """Whatever kills it near its limit: what is told names the memory."""
    from solander.batch import supervising

    monkeypatch.setattr(supervising, "resident_bytes", lambda _: (150 << 20) - 1)

    def kill(run):
        for one in workers():
            os.kill(one, signal.SIGSEGV)

    limits = Limits(memory_bytes=150 << 20, attempts=1)
    run = run_batch(crawls[:1], tmp_path / "a", at=moment(), limits=limits, watch=kill)
    assert "SIGSEGV" in run.aside[crawls[0]].reason
    assert "--memory" in run.aside[crawls[0]].reason


def test_a_poisoned_shard_costs_itself_alone_and_is_named(crawls, undisturbed, tmp_path):
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(b"\x1f\x8b\x08\x00" + bytes(50_000))
    run = run_batch([str(broken), *crawls, str(tmp_path / "absent.warc.gz")], tmp_path / "a", at=moment(), jobs=2)
    assert set(run.aside) == {str(broken), str(tmp_path / "absent.warc.gz")}
    assert tree(tmp_path / "a") == undisturbed
    page = (tmp_path / "a/batch-report.html").read_text("utf-8")
    assert "broken.warc.gz" in page
    assert "absent.warc.gz" in page


def test_an_endless_page_costs_its_own_shard_and_is_named(crawls, undisturbed, tmp_path):
    """Two hundred megabytes of nothing, deflated to a thousandth of that, in a page that is never to end."""
    import gzip

    from tests.false_crawls import record

    bomb = record(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + bytes(200 << 20), number=1)
    poisoned = tmp_path / "endless.warc.gz"
    poisoned.write_bytes(gzip.compress(bomb, 9, mtime=0))
    run_batch([str(poisoned), *crawls], tmp_path / "a", at=moment(), limits=Limits(memory_bytes=300 << 20))
    made = tree(tmp_path / "a")
    assert {name: content for name, content in made.items() if "endless" not in name} == undisturbed
    told = (tmp_path / "a/batch-report.html").read_text("utf-8")
    assert "endless" in told


def test_two_workers_of_dask_make_the_same_bytes(crawls, undisturbed, tmp_path):
    pytest.importorskip("distributed", reason="distributed is not installed (solander[dask])")
    from solander.batch.dask_cluster import DaskRunner

    run = run_batch(crawls, tmp_path / "a", at=moment(), runner=DaskRunner("local", jobs=2, limits=Limits()))
    assert not run.aside
    assert tree(tmp_path / "a") == undisturbed


def test_how_far_a_shard_has_come_is_told(crawls, tmp_path):
    seen: list[Told] = []
    run_batch(crawls[:1], tmp_path / "a", at=moment(), watch=lambda run: seen.extend(run.told.values()))
    assert seen[-1].pages == seen[-1].total == 40

"""Crawls by the thousand, killed at ten moments each, and on Dask: the long lane (``make test-scale``)."""

import contextlib
import csv
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.batch.made_crawls import page, tree, write_crawl
from tests.depositing.servers import free_port, has_begun

import solander
from solander.batch.dask_cluster import DaskRunner
from solander.batch.running import run_batch
from solander.batch.spark import spark_partition
from solander.batch.supervising import Done, Limits, supervise
from solander.pipeline.shards.shard import ShardConfig

pytestmark = pytest.mark.scale
AT = datetime.fromisoformat("2026-01-01T00:00:00Z")
MEMORY_BYTES = 400 << 20
MOMENTS = 10
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def pages_of(number: int) -> list[bytes]:
    """A hundred and twenty pages: of two, one stands in every crawl and one nearly so."""
    return [*(page(1000 * number + k) for k in range(118)), page(7), page(8, changed=number % 2)]


@pytest.fixture(scope="module")
def crawls(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crawls")
    return [str(write_crawl(folder / f"part-{n}.warc.gz", pages_of(n), first=1000 * n)) for n in range(1, 5)]


@pytest.fixture(scope="module")
def undisturbed(crawls, tmp_path_factory):
    archive = tmp_path_factory.mktemp("undisturbed") / "archive"
    run = run_batch(crawls, archive, at=AT, jobs=2)
    assert (run.aside, run.across) == ({}, (5, 1))
    return tree(archive)


def batch(crawls: list[str], archive: Path, *more: str) -> list[str]:
    command = [sys.executable, "-m", "solander.cli", "batch", *crawls, "--into", str(archive)]
    return [*command, "--at", AT.isoformat(), "--quiet", *more]


def files(archive: Path) -> int:
    """How much of the work is done: files that stand or are being written."""
    return sum(len(names) for _, _, names in os.walk(archive))


def wait_for(archive: Path, number: int, run: subprocess.Popen[bytes]) -> bool:
    """Wait until so many files are there, by the work and not by the clock; ``False`` where the run ended before."""
    while run.poll() is None:
        if files(archive) >= number:
            return True
        time.sleep(0.005)
    return False


def begun_work(archive: Path, number: int) -> int:
    """A moment for a kill: the work of a run goes on from what stands, and what was begun is gone with its maker."""
    stands = sum(files(one) for one in archive.glob("part-*"))
    return stands + 12 * number


# ------------------------------------------------------------------------------------------- on this machine


def test_a_run_whose_client_is_killed_at_ten_moments_comes_out_the_same(crawls, undisturbed, tmp_path):
    archive, killed = tmp_path / "a", 0
    for number in range(MOMENTS):
        run = subprocess.Popen(batch(crawls, archive, "--jobs", "2"), **QUIET)
        killed += wait_for(archive, begun_work(archive, number), run)
        run.kill()
        run.wait()
    assert killed == MOMENTS
    assert subprocess.run(batch(crawls, archive), **QUIET).returncode == 0
    assert tree(archive) == undisturbed


def test_a_run_whose_workers_are_killed_at_ten_moments_comes_out_the_same(crawls, undisturbed, tmp_path):
    archive, killed = tmp_path / "a", list[int]()
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    before = set(children.read_text().split())

    def kill(run):
        # A moment is a word of a worker on how far it has come: every second one is its last.
        if len(killed) < MOMENTS and run.told and sum(one.pages for one in run.told.values()) % 32 == 0:
            workers = [one for one in children.read_text().split() if one not in before]
            killed.append(int(workers[len(killed) % len(workers)]))
            with contextlib.suppress(ProcessLookupError):
                os.kill(killed[-1], signal.SIGKILL)

    run = run_batch(crawls, archive, at=AT, jobs=2, limits=Limits(attempts=MOMENTS + 1), watch=kill)
    assert len(killed) == MOMENTS
    assert not run.aside
    assert tree(archive) == undisturbed


# --------------------------------------------------------------------------------------------------- on Dask


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.begin_scheduler()
        for name in ("one", "two"):
            self.begin_worker(name)

    def begin_scheduler(self) -> None:
        self.port = free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self._begin("scheduler", "dask_scheduler", "--host", "127.0.0.1", "--port", str(self.port))
        while not has_begun(self.port):
            assert self.processes["scheduler"].poll() is None
            time.sleep(0.05)

    def begin_worker(self, name: str) -> None:
        self._begin(name, "dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--name", name)

    def _begin(self, name: str, module: str, *more: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *more, "--no-dashboard"]
        self.processes[name] = subprocess.Popen(command, cwd=self._folder, **QUIET)

    def kill(self, name: str) -> None:
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait()

    def end(self) -> None:
        for one in self.processes.values():
            one.kill()
            one.wait()


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="distributed is not installed (solander[dask])")
    one = Cluster(folder)
    try:
        yield one
    finally:
        one.end()


def test_a_local_cluster_makes_the_same_bytes(crawls, undisturbed, tmp_path):
    run = run_batch(crawls, tmp_path / "a", at=AT, runner=DaskRunner("local", jobs=2, limits=Limits()))
    assert not run.aside
    assert tree(tmp_path / "a") == undisturbed


def test_a_cluster_whose_workers_are_killed_at_ten_moments_makes_the_same_bytes(crawls, undisturbed, tmp_path):
    archive, killed = tmp_path / "a", 0
    with cluster(tmp_path) as dask:
        for number in range(MOMENTS):
            run = subprocess.Popen(batch(crawls, archive, "--cluster", dask.address), cwd=tmp_path, **QUIET)
            killed += wait_for(archive, begun_work(archive, number % 5), run)
            victim = ("one", "two")[number % 2]
            dask.kill(victim)
            dask.begin_worker(victim)
            if number < MOMENTS - 1:
                # Of a client that waited on there would be nothing left for the next moment.
                run.kill()
            run.wait(300)
        assert killed == MOMENTS
        assert subprocess.run(batch(crawls, archive, "--cluster", dask.address), cwd=tmp_path, **QUIET).returncode == 0
    assert tree(archive) == undisturbed


@pytest.mark.parametrize("victim", ["scheduler", "client"])
def test_a_cluster_of_which_the_head_is_killed_at_ten_moments_makes_the_same_bytes(
    crawls, undisturbed, tmp_path, victim
):
    archive, killed = tmp_path / "a", 0
    with cluster(tmp_path) as dask:
        for number in range(MOMENTS):
            run = subprocess.Popen(batch(crawls, archive, "--cluster", dask.address), cwd=tmp_path, **QUIET)
            killed += wait_for(archive, begun_work(archive, number % 5), run)
            if victim == "scheduler":
                # Workers without one end as well: all are begun anew.
                dask.end()
                dask.begin_scheduler()
                for name in ("one", "two"):
                    dask.begin_worker(name)
            run.kill()
            run.wait()
        assert killed == MOMENTS
        assert subprocess.run(batch(crawls, archive, "--cluster", dask.address), cwd=tmp_path, **QUIET).returncode == 0
    assert tree(archive) == undisturbed


# -------------------------------------------------------------------------------------------------- on Spark


def compared(crawls: list[str], archive: Path) -> Path:
    """The archive after a run that finds all of it done: what shards have in common is told by a run alone."""
    assert run_batch(crawls, archive, at=AT).found_done == len(crawls)
    return archive


def test_what_spark_calls_makes_the_same_bytes(crawls, undisturbed, tmp_path):
    (tmp_path / "a").mkdir()
    for crawl in crawls:
        list(spark_partition(str(tmp_path / "a"), at=AT.isoformat())(iter([crawl])))
    assert tree(compared(crawls, tmp_path / "a")) == undisturbed


@pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java")
def test_spark_makes_the_same_bytes(crawls, undisturbed, tmp_path, monkeypatch):
    pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
    # Executors start "python3" of the path unless they are told which has Solander.
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    (tmp_path / "a").mkdir()
    missing = str(tmp_path / "missing.warc.gz")
    with pyspark.SparkContext("local[2]", "solander") as context:
        paths = context.parallelize([*crawls, missing], len(crawls) + 1)
        receipts = paths.mapPartitions(spark_partition(str(tmp_path / "a"), at=AT.isoformat())).collect()
    assert [one.get("pages") for one in receipts] == [120] * len(crawls) + [None]
    assert "missing.warc.gz" in receipts[-1]["error"]
    assert tree(compared(crawls, tmp_path / "a")) == undisturbed


# ------------------------------------------------------------------------------------------- time and memory


def test_the_time_and_memory_of_a_page_do_not_rise_with_their_number(tmp_path):
    """One hundred pages are read anew for five hundred and for five thousand; judged by processor time."""
    costs = {}
    for number in (500, 5_000):
        crawl = write_crawl(tmp_path / f"{number}.warc.gz", [page(k % 100) for k in range(number)])
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        config, limits = ShardConfig(at="2026-01-01T00:00:00Z"), Limits(memory_bytes=MEMORY_BYTES, attempts=1)
        ended = [one for one in supervise([str(crawl)], tmp_path / "a", config, jobs=1, limits=limits)
                 if not hasattr(one, "total")]  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert isinstance(ended[0], Done), ended
        assert ended[0].receipt.pages == number
        assert ended[0].peak_bytes < MEMORY_BYTES
        costs[number] = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / number
        with (tmp_path / "a" / ended[0].receipt.shard / "metadata/items.csv").open(newline="") as file:
            assert sum(1 for _ in csv.DictReader(file)) == number
    print({number: f"{1000 * cost:.2f} ms" for number, cost in costs.items()})  # noqa: T201 - for docs/scale.md
    assert costs[5_000] < 1.1 * costs[500]


def test_a_bag_of_thousands_is_whole_and_is_derived_again(tmp_path):
    crawl = write_crawl(tmp_path / "many.warc.gz", [page(k) for k in range(2_100)])
    run = run_batch([str(crawl)], tmp_path / "a", at=AT)
    (receipt,) = run.receipts.values()
    bag = tmp_path / "a" / receipt.shard
    assert solander.validate(bag).at_or_above("error") == ()
    assert solander.pipeline.rederive(bag).report.passed

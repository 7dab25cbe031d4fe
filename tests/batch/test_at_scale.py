"""Crawls by the thousand, and on Dask: the long lane (``make test-scale``)."""

import csv
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from tests.batch.made_crawls import page, tree, write_crawl

from solander.batch.dask_cluster import DaskRunner
from solander.batch.running import run_batch
from solander.batch.spark import spark_partition
from solander.batch.supervising import Done, Limits, supervise
from solander.pipeline.shards import ShardConfig

pytestmark = pytest.mark.scale
AT = datetime.fromisoformat("2026-01-01T00:00:00Z")
MEMORY_BYTES = 400 << 20


@pytest.fixture(scope="module")
def crawls(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crawls")
    return [
        str(write_crawl(folder / f"part-{n}.warc.gz", [page(1000 * n + k) for k in range(100)], first=1000 * n))
        for n in range(1, 5)
    ]


@pytest.fixture(scope="module")
def undisturbed(crawls, tmp_path_factory):
    archive = tmp_path_factory.mktemp("undisturbed") / "archive"
    assert not run_batch(crawls, archive, at=AT, jobs=2).aside
    return tree(archive)


def test_a_local_cluster_makes_the_same_bytes(crawls, undisturbed, tmp_path):
    runner = DaskRunner("local", jobs=2, limits=Limits())
    run = run_batch(crawls, tmp_path / "a", at=AT, runner=runner)
    assert not run.aside
    assert tree(tmp_path / "a") == undisturbed


@pytest.mark.parametrize("victim", ["worker", "scheduler"])
def test_what_is_killed_on_a_cluster_is_made_good_by_the_next_run(crawls, undisturbed, tmp_path, victim):
    address = "tcp://127.0.0.1:28786"
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "28786"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    running = {"scheduler": subprocess.Popen([*scheduler, "--no-dashboard"], **quiet)}
    running |= {name: subprocess.Popen([*worker, "--no-dashboard"], **quiet) for name in ("worker", "other")}
    archive = tmp_path / "a"
    try:
        command = [sys.executable, "-m", "solander.cli", "batch", *crawls, "--into", str(archive), "--cluster", address]
        client = subprocess.Popen([*command, "--at", AT.isoformat()], **quiet)
        while not list(archive.glob(".solander-*.tmp")) and client.poll() is None:
            time.sleep(0.01)
        running[victim].send_signal(signal.SIGKILL)
        if victim == "scheduler":
            client.kill()
        client.wait(300)
    finally:
        for one in running.values():
            one.kill()
            one.wait()
    run = run_batch(crawls, archive, at=AT, jobs=2)
    assert not run.aside
    assert tree(archive) == undisturbed


def test_what_spark_calls_makes_the_same_bytes(crawls, undisturbed, tmp_path):
    (tmp_path / "a").mkdir()
    for crawl in crawls:
        list(spark_partition(str(tmp_path / "a"), at=AT.isoformat())(iter([crawl])))
    assert tree(tmp_path / "a") == undisturbed


@pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java")
def test_spark_makes_the_same_bytes(crawls, undisturbed, tmp_path):
    pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
    (tmp_path / "a").mkdir()
    with pyspark.SparkContext("local[2]", "solander") as context:
        paths = context.parallelize(crawls, len(crawls))
        paths.mapPartitions(spark_partition(str(tmp_path / "a"), at=AT.isoformat())).collect()
    assert tree(tmp_path / "a") == undisturbed


@pytest.mark.parametrize("number", range(10))
def test_a_run_that_is_killed_at_ten_moments_comes_out_the_same(crawls, undisturbed, tmp_path, number):
    archive = tmp_path / "a"
    command = [sys.executable, "-m", "solander.cli", "batch", *crawls, "--into", str(archive), "--at", AT.isoformat()]
    run = subprocess.Popen([*command, "--jobs", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # By the work that is done, and not by the clock.
    while len(_files(archive)) < 45 * number and run.poll() is None:
        time.sleep(0.005)
    run.kill()
    run.wait()
    assert subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    assert tree(archive) == undisturbed


def _files(archive: Path) -> list[str]:
    return [name for _, _, names in os.walk(archive) for name in names]


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

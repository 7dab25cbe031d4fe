"""Runs that are measured: by number of pages, by processes, beside packing alone, of one large file, of real pages."""

from __future__ import annotations

import gzip
import random
import resource
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.crawl import CORPUS
from benchmarks.scaling.made import drawn_size, made_page, small_page, write_shard
from benchmarks.scaling.measuring import packed, size_and_files
from benchmarks.scaling.model import MEASURED, Model


def rise(folder: Path, numbers: list[int]) -> None:
    """Processor time and memory of a page, small ones, by their number."""
    first = None
    for number in numbers:
        shard = write_shard(folder / f"{number}.warc.gz", (small_page(one) for one in range(number)))
        cost = packed([shard], folder / "archive")
        each = 1000 * cost.processor_seconds / cost.pages
        first = first or each
        peak = cost.peak_bytes / 2**20
        print(f"{number:>7,} pages: {each:.2f} ms a page ({each / first - 1:+.1%}), {peak:.0f} MiB", flush=True)


def jobs(folder: Path, number: int) -> None:
    """Two processes beside one, on four equal shards, three times."""
    shards = [
        write_shard(folder / f"{n}.warc.gz", (small_page(number * n + k) for k in range(number))) for n in range(4)
    ]
    ratios = []
    for _ in range(3):
        one, two = packed(shards, folder / "one", 1), packed(shards, folder / "two", 2)
        ratios.append((2 * one.processor_seconds / two.processor_seconds, 2 * one.own_seconds / two.own_seconds))
        print(f"by processor time {ratios[-1][0]:.2f}, by own time {ratios[-1][1]:.2f}", flush=True)
    print(f"two against one: {statistics.median(one[0] for one in ratios):.2f} by processor time, "
          f"{statistics.median(one[1] for one in ratios):.2f} by own time")  # fmt: skip


ALONE = """
import sys, time
from datetime import datetime
from pathlib import Path
from solander.pipeline.crawls.packing import pack_crawl
from solander.profiles import Profile
begun = time.process_time()
pack_crawl(Path(sys.argv[1]), into=Path(sys.argv[2]), name="alone", form="folder",
           at=datetime.fromisoformat("2026-01-01T00:00:00+00:00"), profile=Profile(), kind="warc")
print(time.process_time() - begun)
"""


def alone(folder: Path, number: int) -> None:
    """``solander batch`` with all that it starts, beside making the bag alone; by processor time, three times."""
    shard = write_shard(folder / "shard.warc.gz", (small_page(one) for one in range(number)))
    shares = []
    for _ in range(3):
        shutil.rmtree(folder / "archive", ignore_errors=True)
        said = subprocess.run(
            [sys.executable, "-c", ALONE, shard, folder / "archive"], capture_output=True, text=True, check=True
        )
        shutil.rmtree(folder / "archive")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "solander.cli", "batch", str(shard), "--into", str(folder / "archive"), "-q"]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        batch = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        shares.append(float(said.stdout) / batch)
        print(f"alone {float(said.stdout):.1f} s, batch {batch:.1f} s: {shares[-1]:.0%}", flush=True)
    print(f"batch has {statistics.median(shares):.0%} of the speed of packing alone")


def large(folder: Path, megabytes: int) -> None:
    """One file of two gigabytes: pages of 100 to 200 KB, and pictures."""
    number = max(1, int(megabytes * 1e6 * 0.25 / 150_000))
    draw = random.Random(3)
    pages = (made_page(one, draw.randrange(100_000, 200_000)) for one in range(number))
    shard = write_shard(folder / "large.warc.gz", pages, int(megabytes * 1e6 * 0.75))
    print(f"{shard.stat().st_size / 1e6:,.0f} MB, {number:,} pages", flush=True)
    cost = packed([shard], folder / "archive")
    each = 1000 * cost.processor_seconds / cost.pages
    print(f"{each:.1f} ms a page, {cost.peak_bytes / 2**20:.0f} MiB at most, {cost.pages:,} pages made")


def corpora(folder: Path, most: int) -> None:
    """A shard of each of the corpora's real pages."""
    for one in sorted(path for path in CORPUS.iterdir() if path.is_dir()):
        pages = sorted(one.glob("*.html.gz"))[:most]
        if not pages:
            continue
        shard = write_shard(folder / f"{one.name}.warc.gz", (gzip.decompress(page.read_bytes()) for page in pages))
        cost = packed([shard], folder / "archive")
        size = shard.stat().st_size
        held, files = size_and_files(folder / "archive")
        guess = MEASURED.seconds(len(pages), size, size)
        print(f"{one.name}: reckoned {guess:.1f} s, measured {cost.processor_seconds:.1f} s")
        print(f"{one.name}: {cost.pages} pages of {size / len(pages) / 1000:.0f} KB, "
              f"{1000 * cost.processor_seconds / cost.pages:.1f} ms a page, "
              f"{1000 * cost.processor_seconds / (size / 1e6):.0f} ms a MB, {cost.peak_bytes / 2**20:.0f} MiB, "
              f"{(held - size) / size:.2f} bytes beside each, {files} files", flush=True)  # fmt: skip


def fit(folder: Path) -> None:
    """Measure what the model needs, and hold it against a shard of drawn sizes that it was not made of."""
    import numpy as np

    rows, took, shares = [], [], []
    kinds = [(20, 2_000, 0), (600, 2_000, 0), (60, 100_000, 0), (150, 100_000, 0), (20, 2_000, 200), (100, 30_000, 100)]
    for pages, size, megabytes in kinds:
        shard = write_shard(folder / "shard.warc.gz", (made_page(one, size) for one in range(pages)), megabytes * 10**6)
        cost = packed([shard], folder / "archive")
        held, _ = size_and_files(folder / "archive")
        file_bytes = shard.stat().st_size
        shares.append((held - file_bytes) / (pages * size))
        rows.append((1.0, pages, pages * size / 1e6, file_bytes / 1e6))
        took.append(cost.processor_seconds)
        print(
            f"{pages} pages of {size:,} bytes, {megabytes} MB of pictures: {cost.processor_seconds:.2f} s", flush=True
        )
    found, *_ = np.linalg.lstsq(np.array(rows), np.array(took), rcond=None)
    fitted = Model(
        start_seconds=float(found[0]),
        page_seconds=float(found[1]),
        megabyte_seconds=float(found[2]),
        file_megabyte_seconds=float(found[3]),
        tei_share=shares[3],
    )
    print(fitted)
    draw = random.Random(7)
    sizes = [drawn_size(draw) for _ in range(150)]
    shard = write_shard(
        folder / "shard.warc.gz", (made_page(9000 + n, size) for n, size in enumerate(sizes)), 30_000_000
    )
    cost = packed([shard], folder / "archive")
    guess = fitted.seconds(len(sizes), sum(sizes), shard.stat().st_size)
    print(f"of {len(sizes)} pages of drawn sizes: reckoned {guess:.1f} s, measured {cost.processor_seconds:.1f} s "
          f"({guess / cost.processor_seconds - 1:+.0%})")  # fmt: skip

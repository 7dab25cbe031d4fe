"""What crawls cost, by the page and by the process; and a million pages reckoned from that, shard by shard.

Run ``python -m benchmarks.scaling rise --pages 1000 10000``, ``jobs``, ``alone``, ``large --megabytes 2048``,
``corpora``, ``model`` or ``simulate --pages 1000000``. Processor time is told, and the time that processes waited for a
processor is set apart (``/proc/PID/schedstat``), for a machine that does other things too.

The pages are made: their sizes are drawn from the deciles of those of ``../shared/corpora/extraction`` (2,061 pages of
the web), and of each a quarter is text and the rest is markup. The simulation draws a million of them into files of one
gigabyte, reckons each file by the model, and gives the files to workers as they become free.
"""

from __future__ import annotations

import argparse
import gzip
import heapq
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.crawl import CORPUS, record, response
from solander.batch.supervising import Done, Limits, supervise
from solander.pipeline.shards import ShardConfig

DECILES_BYTES = (2_607, 33_882, 46_324, 59_091, 71_226, 87_402, 109_773, 140_904, 194_249, 287_087, 1_282_830)
"""Of the sizes of pages in the corpora: the smallest, nine deciles, and the largest of 99 in 100."""

PAGES_OF_RECORDS = 0.2
"""Of the bytes of a crawl as much are pages; the rest are pictures, style sheets and programs."""

CONFIG = ShardConfig(at="2026-01-01T00:00:00Z")
_WORDS = ("harbour", "lamp", "oil", "keeper", "ledger", "tide", "mole", "winter", "boat", "fish", "rope", "net", "salt")


# ------------------------------------------------------------------------------------------------- made crawls


def drawn_size(draw: random.Random) -> int:
    """The size of a page, in bytes, as those of the corpora are distributed."""
    place = draw.random() * (len(DECILES_BYTES) - 1)
    low, high = DECILES_BYTES[int(place)], DECILES_BYTES[int(place) + 1]
    return int(low + (high - low) * (place - int(place)))


def made_page(number: int, size_bytes: int) -> bytes:
    """A page of about this size: a quarter text, the rest navigation, attributes and a program."""
    draw = random.Random(number)
    head = f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Ledger {number}</title><body><nav><ul>"
    links, size = [], 0
    while size < size_bytes * 0.35:
        word, place = draw.choice(_WORDS), draw.randrange(10**6)
        link = f'<li class="item item-{draw.randrange(999)}"><a href="/l/{place}">{word}</a>'
        links.append(link)
        size += len(link)
    text, size = [], 0
    while size < size_bytes * 0.25:
        words = " ".join(draw.choice(_WORDS) + str(draw.randrange(99)) for _ in range(60))
        text.append(f"<p>{words}.</p>")
        size += len(words) + 8
    program = "var a=" + "0" * max(0, int(size_bytes * 0.4) - 200)
    return (
        f"{head}{''.join(links)}</ul></nav><main><h1>Ledger of the light</h1>{''.join(text)}</main>"
        f"<script>{program}</script></body></html>"
    ).encode()


def small_page(number: int) -> bytes:
    draw = random.Random(number)
    words = " ".join(draw.choice(_WORDS) + str(draw.randrange(99)) for _ in range(60))
    return (
        f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Ledger {number}</title>"
        f"<body><main><h1>Ledger of the light</h1><p>{words}.</p></main></body></html>"
    ).encode()


def write_shard(path: Path, pages: Iterator[bytes], pictures_bytes: int = 0, picture_bytes: int = 150_000) -> Path:
    """A WARC file of pages, with so many bytes of pictures between them; stored, a member a record."""
    noise = random.Random(0).randbytes(picture_bytes)
    made, number = 0, 1
    with path.open("wb") as file:

        def put(body: bytes, kind: bytes, uri: str) -> None:
            nonlocal number
            member = record(response(body, kind), number=number, uri=uri, payload=body)
            file.write(gzip.compress(member, 0, mtime=0))
            number += 1

        for count, page in enumerate(pages, 1):
            put(page, b"text/html", f"https://crawl{number % 97}.example/{number}")
            while made < pictures_bytes and made < count * 4 * picture_bytes:
                put(b"\x89PNG\r\n\x1a\n" + noise[number % 997 :], b"image/png", f"https://crawl.example/{number}.png")
                made += picture_bytes
    return path


# -------------------------------------------------------------------------------------------------- measuring


class Cost(NamedTuple):
    """What a run took."""

    processor_seconds: float
    own_seconds: float
    """From beginning to end, less what its processes waited for a processor that others had; all of them together."""
    peak_bytes: int
    pages: int


class _Watching(threading.Thread):
    """Looks at the children of this process until it is told to stop: how long each lived, and waited."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: dict[int, tuple[float, float, float]] = {}
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.wait(0.02):
            for task in Path("/proc/self/task").iterdir():
                for child in (task / "children").read_text().split():
                    try:
                        _, waited, _ = Path(f"/proc/{child}/schedstat").read_text().split()
                    except (OSError, ValueError):
                        continue
                    now = time.monotonic()
                    first = self.seen.get(int(child), (now, 0.0, 0.0))[0]
                    self.seen[int(child)] = (first, now, int(waited) / 1e9)

    def own_seconds(self) -> float:
        return sum(last - first - waited for first, last, waited in self.seen.values())


def packed(shards: list[Path], folder: Path, jobs: int = 1) -> Cost:
    """Pack shards as ``solander batch`` does, and tell what it took."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    watching = _Watching()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    watching.start()
    ended = [
        one for one in supervise([str(one) for one in shards], folder, CONFIG, jobs=jobs, limits=Limits(attempts=1))
        if not hasattr(one, "total")
    ]  # fmt: skip
    watching.stop.set()
    watching.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = [one for one in ended if isinstance(one, Done)]
    if len(done) != len(shards):
        sys.exit(f"not all was made: {ended}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    pages = sum(one.receipt.pages for one in done)
    return Cost(processor, watching.own_seconds(), max(one.peak_bytes for one in done), pages)


def size_and_files(folder: Path) -> tuple[int, int]:
    found = [
        path.stat().st_size for path in folder.rglob("*") if path.is_file() and ".solander-batch" not in path.parts
    ]
    return sum(found), len(found)


# -------------------------------------------------------------------------------------------------- the model


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What a shard costs: a start, and something for each page and each of its bytes."""

    start_seconds: float
    page_seconds: float
    megabyte_seconds: float
    """For a million bytes of pages."""
    file_megabyte_seconds: float
    """For a million bytes of the file of captures: read, hashed and written."""
    tei_share: float
    """Bytes of TEI, index and records for each byte of a page."""

    def seconds(self, pages: int, page_bytes: int, file_bytes: int) -> float:
        """Processor time of one shard."""
        return (
            self.start_seconds
            + pages * self.page_seconds
            + page_bytes / 1e6 * self.megabyte_seconds
            + file_bytes / 1e6 * self.file_megabyte_seconds
        )


MEASURED = Model(
    start_seconds=0.8, page_seconds=0.029, megabyte_seconds=0.12, file_megabyte_seconds=0.003, tei_share=0.5
)
"""Start and file as ``model`` measured them, page and bytes as four corpora of real pages give them (``corpora``);
docs/scale.md tells when and where."""


class Simulated(NamedTuple):
    """What a crawl comes to."""

    pages: int
    shards: int
    core_hours: float
    hours: float
    """On so many workers, from the first shard to the end of the last."""
    idle_share: float
    """Of the workers' time from beginning to end, as much is waiting for the last shards."""
    file_bytes: int
    bag_bytes: int
    files: int


def simulate(pages: int, workers: int, model: Model, *, shard_bytes: int = 10**9, seed: int = 1) -> Simulated:
    """Draw pages into shards, reckon each, and give them to workers as they become free."""
    draw = random.Random(seed)
    shards: list[tuple[float, int, int]] = []
    count = size = 0
    tei = 0
    for number in range(1, pages + 1):
        count, size = count + 1, size + drawn_size(draw)
        # Files of captures are compressed to about a fifth of their pages; pictures are not.
        file_bytes = int(size * 0.2 + size * (1 - PAGES_OF_RECORDS) / PAGES_OF_RECORDS * 0.9)
        if file_bytes >= shard_bytes or number == pages:
            shards.append((model.seconds(count, size, file_bytes), count, file_bytes))
            tei += int(size * model.tei_share)
            count = size = 0
    free = [0.0] * workers
    for seconds, _, _ in shards:
        heapq.heappush(free, heapq.heappop(free) + seconds)
    total, end = sum(one[0] for one in shards), max(free)
    files = sum(one[1] + one[1] // 1000 + 13 for one in shards)
    held = sum(one[2] for one in shards)
    return Simulated(pages, len(shards), total / 3600, end / 3600, 1 - total / (end * workers), held, held + tei, files)


# --------------------------------------------------------------------------------------------------- commands


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
from solander.pipeline.crawl_packing import pack_crawl
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


def model(folder: Path) -> None:
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


def told(found: Simulated, workers: int, core_hour_price: float) -> str:
    """A simulation in words."""
    return (
        f"{found.pages:,} pages in {found.shards:,} files: {found.core_hours:,.1f} core hours, "
        f"{found.hours:,.1f} hours on {workers} workers ({found.idle_share:.0%} of that idle), "
        f"{found.file_bytes / 1e12:.2f} TB of captures, {found.bag_bytes / 1e12:.2f} TB of bags, "
        f"{found.files:,} files, "
        f"{found.core_hours * core_hour_price:,.2f} at {core_hour_price} a core hour"
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=["rise", "jobs", "alone", "large", "corpora", "model", "simulate"])
    asked.add_argument("--pages", type=int, nargs="+", default=[1000, 10_000])
    asked.add_argument("--megabytes", type=int, default=2048)
    asked.add_argument("--workers", type=int, default=64)
    asked.add_argument("--price", type=float, default=0.05, help="of a core hour, in any currency")
    given = asked.parse_args()
    if given.what == "simulate":
        for number in given.pages:
            print(told(simulate(number, given.workers, MEASURED), given.workers, given.price))
        return
    print(f"load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="solander-scaling-", dir=os.environ.get("SCALING_FOLDER")) as name:
        folder = Path(name)
        if given.what == "rise":
            rise(folder, given.pages)
        elif given.what == "jobs":
            jobs(folder, given.pages[0])
        elif given.what == "alone":
            alone(folder, given.pages[0])
        elif given.what == "large":
            large(folder, given.megabytes)
        elif given.what == "corpora":
            corpora(folder, given.pages[0])
        else:
            model(folder)


if __name__ == "__main__":
    main()

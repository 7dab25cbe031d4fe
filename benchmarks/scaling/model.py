"""What a crawl is reckoned to take: a shard by its pages and bytes, and a million pages shard by shard.

The simulation draws pages into files of one gigabyte, reckons each file by the model, and gives the files to workers as
they become free.
"""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.scaling.made import PAGES_OF_RECORDS, drawn_size


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
"""Start and file as ``fit`` measured them, page and bytes as four corpora of real pages give them (``corpora``);
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


def told(found: Simulated, workers: int, core_hour_price: float) -> str:
    """A simulation in words."""
    return (
        f"{found.pages:,} pages in {found.shards:,} files: {found.core_hours:,.1f} core hours, "
        f"{found.hours:,.1f} hours on {workers} workers ({found.idle_share:.0%} of that idle), "
        f"{found.file_bytes / 1e12:.2f} TB of captures, {found.bag_bytes / 1e12:.2f} TB of bags, "
        f"{found.files:,} files, "
        f"{found.core_hours * core_hour_price:,.2f} at {core_hour_price} a core hour"
    )

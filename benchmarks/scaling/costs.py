"""What a crawl costs in money: machines by the hour, storage by the month, requests by the thousand.

Prices are a table that the reader can change (``prices.toml``); all else is reckoned from the simulation of a million
pages. A thousand million are a thousand times that, but for the machines that one would want then.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from benchmarks.scaling.model import MEASURED, Simulated, simulate

PRICES = Path(__file__).with_name("prices.toml")
PAGES = 10**6
TIMES = 1000
"""A thousand million pages are so many times a million."""

WEEK_HOURS = 7 * 24
WORKER_GIBIBYTES = 0.4
"""Memory that a worker may take (docs/scale.md)."""

SPARE = 1.25
"""What a model of made files fell short of real sizes by: as much more is reckoned."""

WORK_TIMES_FILE = 3
"""Of the size of a file as much room is taken by a worker, where its bag goes elsewhere."""

PART_BYTES = 16 << 20
"""Of what is written to an object store or read from it by one request (``files/elsewhere_s3``)."""

SMALL_WRITES, SMALL_READS = 2, 4
"""Beside the file and the bag of a shard: the receipt and its pages; those, the settings and whether the bag stands."""

MONTH_HOURS = 730


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A kind of machine, as it is sold."""

    name: str
    processors: int
    memory_gibibytes: float
    hour: float
    speed: float
    """Of a processor, beside one of the machine on which the model was measured."""

    @property
    def workers(self) -> int:
        """One a processor, as far as there is memory."""
        return min(self.processors, int(self.memory_gibibytes / WORKER_GIBIBYTES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What is assumed."""

    stated_on: date
    currency: str
    object_gigabyte_month: float
    block_gigabyte_month: float
    thousand_writes: float
    thousand_reads: float
    machines: Sequence[Machine]


def read_prices(path: Path = PRICES) -> Prices:
    """The table of prices."""
    value = tomllib.loads(path.read_text("utf-8"))
    machines = tuple(Machine(**one) for one in value.pop("machine"))
    return Prices(machines=machines, **value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What machines of one kind cost for a crawl."""

    hours: float
    """From beginning to end, on the number of machines."""
    machines: int
    money: float


@cache
def simulated(pages: int, workers: int) -> Simulated:
    """A crawl by the model as it was measured, each once."""
    return simulate(pages, workers, MEASURED)


def on_machine(machine: Machine, pages: int = PAGES) -> Bill:
    """A crawl on one machine, workers that wait for the last files and the spare included."""
    found = simulated(pages, machine.workers)
    hours = found.hours * SPARE / machine.speed
    return Bill(hours=hours, machines=1, money=hours * machine.hour)


def in_a_week(machine: Machine, core_hours: float) -> Bill:
    """A crawl on as many machines as end it within a week; the last files are nothing beside that."""
    machine_hours = core_hours * SPARE / (machine.workers * machine.speed)
    machines = math.ceil(machine_hours / WEEK_HOURS)
    return Bill(hours=machine_hours / machines, machines=machines, money=machine_hours * machine.hour)


def requests(found: Simulated, *, form: str) -> tuple[int, int]:
    """Writes to an object store and reads from it: each file read, each bag written as one file or file by file."""
    reads = sum_of_parts(found.file_bytes, found.shards) + SMALL_READS * found.shards
    if form == "tar":
        return sum_of_parts(found.bag_bytes, found.shards) + SMALL_WRITES * found.shards, reads
    # The file of captures in parts, and every other file by itself.
    return sum_of_parts(found.file_bytes, found.shards) + found.files + SMALL_WRITES * found.shards, reads


def sum_of_parts(size_bytes: int, shards: int) -> int:
    """Parts of so many bytes that are spread over files."""
    return shards * math.ceil(size_bytes / shards / PART_BYTES)


def tables(prices: Prices) -> str:
    """The tables of docs/scale.md, as Markdown."""
    found = simulated(PAGES, 64)
    return f"{machine_table(prices, found)}\n{other_table(prices, found)}"


def machine_table(prices: Prices, found: Simulated) -> str:
    """What making the bags costs, machine by machine."""
    lines = [
        "| machine | price an hour | a million pages on one | | a thousand million within a week | |",
        "|---|---|---|---|---|---|",
    ]
    for one in prices.machines:
        small, large = on_machine(one), in_a_week(one, found.core_hours * TIMES)
        lines.append(
            f"| {one.name}: {one.processors} processors, {one.memory_gibibytes:g} GiB | {one.hour:.2f} "
            f"| {small.hours:.1f} hours | {small.money:.2f} "
            f"| {large.machines:,} machines | {large.money:,.0f} |"
        )
    return "\n".join(lines) + "\n"


def other_table(prices: Prices, found: Simulated) -> str:
    """What storing and asking cost."""
    bags, captures = found.bag_bytes / 1e9, found.file_bytes / 1e9
    tar_writes, reads = requests(found, form="tar")
    folder_writes, _ = requests(found, form="folder")
    room = WORK_TIMES_FILE * found.file_bytes / found.shards / 1e9
    core_hours = found.core_hours * SPARE
    rows = [
        ("bags in object storage, a month", f"{bags:,.0f} GB", bags * prices.object_gigabyte_month),
        ("bags in block storage, a month", f"{bags:,.0f} GB", bags * prices.block_gigabyte_month),
        ("captures beside them in object storage, a month", f"{captures:,.0f} GB",
         captures * prices.object_gigabyte_month),
        ("room for work on block storage, while it is worked on", f"{room:.1f} GB a worker",
         room * core_hours / MONTH_HOURS * prices.block_gigabyte_month),
        ("files read from an object store", f"{reads:,} requests", reads / 1000 * prices.thousand_reads),
        ("bags written there as `.tar`", f"{tar_writes:,} requests", tar_writes / 1000 * prices.thousand_writes),
        ("bags copied there as folders", f"{folder_writes:,} requests", folder_writes / 1000 * prices.thousand_writes),
    ]  # fmt: skip
    lines = ["| beside the machines | a million pages | | a thousand million |", "|---|---|---|---|"]
    lines += [f"| {what} | {how_much} | {money:,.2f} | {money * TIMES:,.0f} |" for what, how_much, money in rows]
    return "\n".join(lines) + "\n"

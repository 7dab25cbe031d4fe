"""Bags a second that ``solander validate`` judges, and the memory that it takes at most, by their number.

Run ``python -m benchmarks.judging [NUMBERS…]`` (100, 300 and 1,000 if none is given). A page of this project is packed
with that many titles and bodies; with ``--real FOLDER`` as many of the pages that lie below a folder (``*.html``,
``*.html.gz``), and with ``--bags FOLDER`` bags that stand there already. The bags are then judged by the program as a
CI job calls it, start and all, first by one process and then by one for each processor. Processor time is told beside
what a clock says, for the latter hangs on who else uses the machine. Memory is the largest of the processes, and all of
them together, that which starts them among them. With ``--write`` the part of ``docs/benchmarks.md`` is written.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import solander
from benchmarks.document import write_part

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "tests/material/lighthouse.html"
AT = datetime(2026, 1, 1, tzinfo=UTC)
NUMBERS = (100, 300, 1000)


def make(archive: Path, first: int, last: int) -> None:
    """Bags of the sample page, each with words of its own."""
    content = PAGE.read_text("utf-8")
    for number in range(first, last):
        page = content.replace("The keeper's ledger", f"The keeper's ledger, leaf {number}")
        page = page.replace(
            "</main>", f"<p>{f'Leaf {number} tells of the weather and of ships. ' * (number % 7)}</p></main>"
        )
        capture = solander.Capture.of_bytes(page.encode(), uri=f"https://museum.example/ledger/{number}")
        solander.pack(capture, into=archive, at=AT)


class Judged:
    """One run of the program: how long it took, and what it used."""

    def __init__(self, *words: str) -> None:
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        # With compiled modules kept, as wherever the program is installed.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        command = [sys.executable, "-m", "solander.cli", "validate", *words]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        self.peak = self.together = 0
        while process.poll() is None:
            sizes = [memory_of(one) for one in (process.pid, *children_of(process.pid))]
            self.peak, self.together = max(self.peak, *sizes), max(self.together, sum(sizes))
            time.sleep(0.02)
        self.seconds = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.processor_seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        # Real pages have findings of their own.
        assert process.returncode in (0, 1)


def children_of(process: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def memory_of(process: int) -> int:
    """Bytes that a process holds; none once it is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), 0)


def pack_real(archive: Path, pages: Path, number: int) -> None:
    """Bags of real pages, until there are enough; the same pages come first each time."""
    for at, path in enumerate(sorted((*pages.rglob("*.html"), *pages.rglob("*.html.gz")))):
        if len(bags_in(archive)) >= number:
            return
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix == ".gz" else content
        capture = solander.Capture.of_bytes(content, uri=f"https://museum.example/page/{at}")
        solander.pack(capture, into=archive, at=AT)


def bags_in(archive: Path) -> list[str]:
    """The bags of an archive, by their names."""
    return sorted(str(one.parent) for one in archive.glob("*/bagit.txt"))


def main(words: list[str]) -> None:
    """Print a line a number of bags, and a kind of run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", nargs="*", type=int, metavar="NUMBER")
    parser.add_argument("--real", type=Path, metavar="FOLDER", help="pages of which bags are made")
    parser.add_argument("--bags", type=Path, metavar="FOLDER", help="an archive whose bags are judged")
    parser.add_argument("--write", action="store_true", help="write the part of docs/benchmarks.md")
    asked = parser.parse_args(words)
    cores = len(os.sched_getaffinity(0))
    rows = []
    with tempfile.TemporaryDirectory(prefix="solander-judging-") as folder:
        archive, there = asked.bags or Path(folder) / "archive", 0
        for number in sorted(asked.numbers or NUMBERS):
            if asked.real is not None:
                pack_real(archive, asked.real, number)
            elif asked.bags is None:
                make(archive, there, number)
            there = number
            # Spread over all there are, so that few are like many.
            bags = bags_in(archive)
            chosen = [bags[at * len(bags) // number] for at in range(number)]
            size = sum(one.stat().st_size for bag in chosen for one in Path(bag).rglob("*") if one.is_file())
            for jobs in (1, cores):
                before = os.getloadavg()[0]
                ran = Judged(*chosen, "--jobs", str(jobs), "--quiet")
                row = Row(number, size, jobs, ran, (before + os.getloadavg()[0]) / 2)
                rows.append(row)
                print(row.line, flush=True)
    if asked.write:
        write_part("judging", told(rows, cores))


class Row(NamedTuple):
    """One run, as it is told."""

    number: int
    size_bytes: int
    """Of the bags."""
    jobs: int
    ran: Judged
    load: float
    """Of the machine: how many wanted to run at once, this run's processes among them."""

    @property
    def line(self) -> str:
        """For a person who watches."""
        return (
            f"{self.number:6,} bags of {self.size_bytes / self.number / 1e3:.0f} kB, {self.jobs} jobs: "
            f"{self.ran.seconds:6.1f} s, {self.number / self.ran.seconds:6.1f} bags/s; "
            f"{1000 * self.ran.processor_seconds / self.number:5.1f} ms of processor a bag, "
            f"{self.number / self.ran.processor_seconds:5.1f} bags a second of processor; "
            f"{self.ran.peak / 1e6:4.0f} MB the largest process, {self.ran.together / 1e6:4.0f} MB together; "
            f"load {self.load:.1f}"
        )


def told(rows: list[Row], cores: int) -> str:
    """The part of ``docs/benchmarks.md``."""
    lines = [
        "# Judging bags of pages",
        "",
        f"`solander validate`, start and all, on {cores} processors. Where the load is above {cores}, others used the "
        "machine too: then the processor's time tells more than the clock's.",
        "",
        "| bags | kB a bag | processes | s | bags/s | ms of processor a bag | bags/s of processor | MB, largest "
        "| MB together | load |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for number, size, jobs, ran, load in rows:
        lines.append(
            f"| {number:,} | {size / number / 1e3:.0f} | {jobs} | {ran.seconds:.1f} | {number / ran.seconds:.1f} "
            f"| {1000 * ran.processor_seconds / number:.1f} | {number / ran.processor_seconds:.1f} "
            f"| {ran.peak / 1e6:.0f} | {ran.together / 1e6:.0f} | {load:.1f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])

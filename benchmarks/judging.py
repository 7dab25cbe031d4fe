"""Bags a second that ``solander validate`` judges, and the memory that it takes at most, by their number.

Run ``python benchmarks/judging.py [NUMBERS…]`` (100, 300 and 1,000 if none is given). A page of this project is packed
with that many titles and bodies; the bags are then judged by the program as a CI job calls it, start and all. Processor
time is told beside what a clock says, for the latter hangs on who else uses the machine. Memory is the largest of the
processes, and all of them together.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import solander

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
        process = subprocess.Popen([sys.executable, "-m", "solander.cli", "validate", *words], env=environment)
        self.peak = self.together = 0
        while process.poll() is None:
            sizes = [memory_of(one) for one in (process.pid, *children_of(process.pid))]
            self.peak, self.together = max(self.peak, *sizes), max(self.together, sum(sizes))
            time.sleep(0.02)
        self.seconds = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.processor_seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        assert process.returncode == 0


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


def main(numbers: list[int]) -> None:
    """Print a line a number of bags, and a kind of run."""
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="solander-judging-") as folder:
        archive, there = Path(folder) / "archive", 0
        for number in sorted(numbers):
            make(archive, there, number)
            there = number
            for jobs in (1, cores):
                ran = Judged(str(archive), "--jobs", str(jobs), "--quiet")
                print(
                    f"{number:6,} bags, {jobs} jobs: {number / ran.seconds:6.1f} bags/s, "
                    f"{1000 * ran.processor_seconds / number:5.1f} ms of processor a bag, "
                    f"{ran.peak / 1e6:4.0f} MB the largest process, {ran.together / 1e6:4.0f} MB together",
                    flush=True,
                )
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {cores} cores")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(NUMBERS))

"""A command run by a process that has next to nothing, and what it took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

# A process keeps the peak of the one that it was before exec: the tool is started by one that has next to nothing.
LAUNCHER = """
import os, sys, time
quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
begun = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, used = os.wait4(child, 0)
took = time.perf_counter() - begun
synced = open("sync-seconds").read() if os.path.exists("sync-seconds") else ""
print(took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, synced)
sys.exit(os.waitstatus_to_exitcode(status) & 255)
"""


class Took(NamedTuple):
    """What one run of a tool took."""

    wall: float
    """Seconds, as all that follows."""
    processor: float
    peak_mib: float
    """Of its largest process; once it was watched (``peak_of_all``), of all its processes together."""
    others: float
    """Which part of the machine others took meanwhile, from 0 to 1."""
    sync: float = 0.0
    """Of the wall time, seconds that ``syncfs`` took, where it was timed."""


def _busy() -> tuple[float, float]:
    """Seconds that all processors were busy, and seconds that have passed on all of them."""
    ticks = [int(word) for word in Path("/proc/stat").read_text("ascii").partition("\n")[0].split()[1:9]]
    idle = ticks[3] + ticks[4]
    per_second = os.sysconf("SC_CLK_TCK")
    return (sum(ticks) - idle) / per_second, sum(ticks) / per_second


def run(commands: list[list[str]], folder: Path) -> Took:
    """Run commands one after the other.

    Raises:
        RuntimeError: one did not succeed: what it took means nothing.
    """
    busy, all_seconds = _busy()
    wall = processor = peak = sync = 0.0
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for command in commands:
        launched = [sys.executable, "-I", "-S", "-c", LAUNCHER, *command]
        ran = subprocess.run(launched, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise RuntimeError(f"{' '.join(command)[:200]} ended with {ran.returncode}")
        took, used, held, *synced = map(float, ran.stdout.split())
        sync += sum(synced)
        wall, processor, peak = wall + took, processor + used, max(peak, held)
    busy_now, all_now = _busy()
    others = (busy_now - busy - processor) / max(all_now - all_seconds, 0.01)
    return Took(wall, processor, peak, min(max(others, 0.0), 1.0), sync)


def peak_of_all(commands: list[list[str]], folder: Path) -> float:
    """Mebibytes that a tool and all processes that it began held at most, in a run of its own that is not timed.

    A page of memory that several share counts once (``Pss``). It is looked at every twentieth of a second.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    peak = 0.0
    for command in commands:
        with subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            while process.poll() is None:
                peak = max(peak, sum(map(_held_kib, _with_descendants(process.pid))) / 1024)
                time.sleep(0.05)
    return peak


def _with_descendants(process: int) -> list[int]:
    found = [process]
    for one in found:
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text("ascii").split()
        except OSError:
            continue
        found.extend(map(int, children))
    return found


def _held_kib(process: int) -> int:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0  # it has ended meanwhile
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)

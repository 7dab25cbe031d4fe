"""A command run by a process that has next to nothing, and what it took."""

from __future__ import annotations

import os
import subprocess
import sys
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
    """Of its largest process."""
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

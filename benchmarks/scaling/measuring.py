"""What a run of ``solander batch`` takes: processor time, own time, memory, bytes and files.

The time that processes waited for a processor is set apart (``/proc/PID/schedstat``), for a machine that does other
things too.
"""

from __future__ import annotations

import resource
import shutil
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

from solander.batch.supervising import Done, Limits, supervise
from solander.pipeline.shards.shard import ShardConfig

CONFIG = ShardConfig(at="2026-01-01T00:00:00Z")


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

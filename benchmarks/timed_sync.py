"""``solander``, with the seconds that its ``syncfs`` took written to ``sync-seconds`` in the folder it runs in.

Run as ``python -m benchmarks.timed_sync WORDS…``. Whoever compares with tools that give nothing to the disk wants the
two apart.
"""

import sys
import time
from pathlib import Path

from solander.cli import main
from solander.files import whole

sync = whole.sync_file_system
seconds = 0.0


def timed(folder: int) -> bool:
    """Sync, and add what it took."""
    global seconds
    begun = time.perf_counter()
    try:
        return sync(folder)
    finally:
        seconds += time.perf_counter() - begun


whole.sync_file_system = timed
status = main(sys.argv[1:])
Path("sync-seconds").write_text(str(seconds), encoding="ascii")
sys.exit(status)

"""Memory that a large page took goes back to the system, though something small was kept behind it."""

from __future__ import annotations

import os
import subprocess
import sys

_RUN = """
import sys
from solander.files.system_calls import give_back_large_blocks
if sys.argv[1] == "told":
    assert give_back_large_blocks()
learned = b"x" * 8_000_000
del learned
large, small = [], []
for _ in range(60):
    large.append(b"x" * 1_000_000)
    small.append(b"x" * 100_000)
del large
print(*[line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")])
"""


def test_what_large_pages_took_is_given_back() -> None:
    # Dask tells the C library something of the kind too, for all processes that come after.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    kept_kib, told_kib = (
        int(subprocess.run([sys.executable, "-c", _RUN, how], env=env, capture_output=True, check=True).stdout)
        for how in ("untold", "told")
    )
    assert told_kib < kept_kib - 40_000

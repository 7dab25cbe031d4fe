"""What a long run asks of the system for itself: memory given back, and how much a process of its own has."""

from __future__ import annotations

import os

from solander.files.named import read_file
from solander.files.system_calls import give_back_large_blocks

__all__ = ("give_back_large_blocks", "resident_bytes")


def resident_bytes(process: int) -> int:
    """How much memory a process has; 0 where the system does not say."""
    try:
        return int(read_file(f"/proc/{process}/statm", 4096).split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0

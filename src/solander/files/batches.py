"""Files that are to be read, dealt out as pieces of work; the small ones last, so that all who work end at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from solander.model.ports import Wanted

SMALL_BYTES = 256 * 1024
"""Files up to here are read in one piece."""

BATCH_BYTES = 8 * 1024 * 1024
BATCH_FILES = 256
"""So much work is handed out at once: handing out costs more than reading a small file, and so does taking back what
was found, which wakes a process whose memory no processor has at hand any more."""

LAST_BYTES = 1024 * 1024
LAST_PARTS = 16
"""The last pieces are smaller: a sixteenth of what is left, down to a mebibyte."""


def batches_of(wanted: Sequence[Wanted]) -> deque[list[Wanted]]:
    """The work in pieces, the largest files first: who is left with one at the end keeps all others waiting."""
    large = sorted((one for one in wanted if one.size_bytes > SMALL_BYTES), key=lambda one: -one.size_bytes)
    # In the order in which they were listed: those of one folder together.
    small = [one for one in wanted if one.size_bytes <= SMALL_BYTES]
    left_bytes = sum(one.size_bytes for one in wanted)
    batches: deque[list[Wanted]] = deque()
    batch: list[Wanted] = []
    enough_bytes = size_bytes = 0
    for one in (*large, *small):
        if not batch:
            batches.append(batch)
            enough_bytes, size_bytes = min(BATCH_BYTES, max(LAST_BYTES, left_bytes // LAST_PARTS)), 0
        batch.append(one)
        size_bytes += one.size_bytes
        left_bytes -= one.size_bytes
        if size_bytes >= enough_bytes or len(batch) >= BATCH_FILES:
            batch = []
    return batches

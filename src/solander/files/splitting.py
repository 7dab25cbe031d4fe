"""One large file read once and hashed by several threads, each with algorithms of its own."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from queue import SimpleQueue
from typing import Any

_RING = 8
"""Buffers: while one is filled, the others wait for whoever is slowest. With four, on a busy machine, a thread of
SHA-512 had nothing to do at every ninth piece, for this one had no processor then; with eight at every fiftieth."""


def read_split(
    file: int,
    hashers: Mapping[str, Any],
    parts: Sequence[Sequence[str]],
    buffer_bytes: int,
    stopped: Callable[[], bool],
    keep: Callable[[memoryview], None] | None,
) -> int:
    """Read a file to its end; this thread reads and does the first part of the algorithms, others do one part each.

    Args:
        file: open, at its beginning.
        hashers: by algorithm; they are brought up to date.
        parts: names of algorithms, each in one part.
        buffer_bytes: the size of each piece.
        stopped: asked before each piece; whoever stops it knows that the digests mean nothing.
        keep: called with each piece, if anybody wants it.

    Returns:
        How many bytes were read.
    """
    own, *others = map(list, parts)
    buffers = [memoryview(bytearray(buffer_bytes)) for _ in range(_RING)]
    queues: list[SimpleQueue[tuple[int, memoryview] | None]] = []
    threads: list[threading.Thread] = []

    def share(names: list[str], queue: SimpleQueue[tuple[int, memoryview] | None]) -> None:
        while (piece := queue.get()) is not None:
            for name in names:
                hashers[name].update(piece[1])
            free[piece[0]].release()

    for number, names in enumerate(others):
        queue: SimpleQueue[tuple[int, memoryview] | None] = SimpleQueue()
        thread = threading.Thread(target=share, args=(names, queue), daemon=True)
        try:
            thread.start()
        except RuntimeError:  # where the system gives no thread more, this one does the rest
            own += [name for rest in others[number:] for name in rest]
            break
        threads.append(thread)
        queues.append(queue)
    # No thread releases a buffer before it was given one.
    free = [threading.Semaphore(len(threads)) for _ in buffers]
    read_bytes = slot = 0
    try:
        while not stopped():
            for _ in threads:
                free[slot].acquire()
            got = os.readv(file, [buffers[slot]])
            if not got:
                break
            read_bytes += got
            piece = buffers[slot][:got]
            for queue in queues:
                queue.put((slot, piece))
            if keep is not None:
                keep(piece)
            for name in own:
                hashers[name].update(piece)
            slot = (slot + 1) % _RING
    finally:
        for queue in queues:
            queue.put(None)
        for thread in threads:
            thread.join()
    return read_bytes

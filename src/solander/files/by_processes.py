"""Pieces of work dealt to processes of our own: for many small files, where Python itself is what threads wait for.

Two threads that read thousands of small files are hardly quicker than one: between reading and hashing each needs
Python's lock, and so does whoever compares what they found. Processes have a lock each, and cost hardly more processor
time: in docs/benchmarks.md, compare ``solander validate`` with ``solander validate --threads 1``.

They are forked, so that they know all that the process knows, and only as long as it has one thread: what another held
at that moment would stay held for ever.
"""

from __future__ import annotations

import contextlib
import fcntl
import marshal
import os
import selectors
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

_INDEX_BYTES = 4
_PIECE_BYTES = 64 * 1024
_PIPE_BYTES = 1024 * 1024
_UNHEARD = (signal.SIGINT, signal.SIGHUP, signal.SIGALRM)
"""Signals that are for the process that began: it ends the others."""


class Ended(Exception):
    """A process ended before its work was done; what it wrote is not to be relied on."""


class NoneBegun(Exception):
    """The system gives no process more; nothing was done."""


def can_fork() -> bool:
    """Whether a copy of this process would have all that it needs."""
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return False
    try:
        # Libraries may have threads that Python does not know.
        return threading.active_count() == 1 and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def deal(pieces: int, begin: Callable[[], Callable[[int], Any]], count: int) -> Iterator[Any]:
    """Have so many pieces of work done by ``count`` processes, and give what each comes to, in any order.

    Args:
        pieces: how many there are; they are begun in their order.
        begin: called once in each process; what it gives is called with the number of each piece, and comes to
            something that ``marshal`` knows.
        count: how many processes; fewer do the work where the system gives no more.

    Returns:
        What each piece came to. Whoever stops early ends the processes.

    Raises:
        NoneBegun: the system gives no process at all.
        Ended: a process was ended, or failed; the others did what was left.
    """
    # All processes read on from where the last of them stopped: who is quicker does more.
    try:
        queue = os.memfd_create("pieces", os.MFD_CLOEXEC)
    except OSError as error:
        raise NoneBegun from error
    children: list[int] = []
    ends = selectors.DefaultSelector()
    held: dict[int, bytearray] = {}
    try:
        os.write(queue, b"".join(number.to_bytes(_INDEX_BYTES, "little") for number in range(pieces)))
        os.lseek(queue, 0, os.SEEK_SET)
        for _ in range(count):
            try:
                end, begun = os.pipe()
            except OSError:
                break
            ends.register(end, selectors.EVENT_READ)
            held[end] = bytearray()
            with contextlib.suppress(OSError):
                # What is found is kept there while whoever asked for it does something else.
                fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            if not _fork(children, queue, begun, begin, held):
                break  # what was registered of it ends at once
        if not children:
            raise NoneBegun
        for result in _results(ends, held):
            pieces -= 1
            yield result
        if pieces:
            raise Ended("a process that reads files ended before its work was done")
    finally:
        for end in held:
            os.close(end)
        ends.close()
        os.close(queue)
        for child in children:
            if pieces:
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _fork(
    children: list[int], queue: int, begun: int, begin: Callable[[], Callable[[int], Any]], held: Iterable[int]
) -> bool:
    """Begin a process that works into ``begun``, and add it to the children; whether the system gave one more."""
    # No signal may raise anything in a new process before it has manners of its own.
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        child = os.fork()
        if child == 0:
            for each in held:
                os.close(each)  # so that it ends, with EPIPE, when nobody reads any more
            _work(queue, begun, begin, heard)
        children.append(child)
    except OSError:
        return False
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        os.close(begun)
    return True


def _results(ends: selectors.BaseSelector, held: dict[int, bytearray]) -> Iterator[Any]:
    """What the processes write, as it comes, until each has closed its end; closed ends are held no more."""
    while ends.get_map():
        for key, _ in ends.select():
            end = key.fd
            more = os.read(end, _PIECE_BYTES)
            if not more:
                ends.unregister(end)
                os.close(end)
                del held[end]
                continue
            held[end] += more
            while (result := _taken(held[end])) is not None:
                yield result[0]


def _taken(held: bytearray) -> tuple[Any] | None:
    """The first result of what a process wrote so far, if it is all there."""
    length = int.from_bytes(held[:_INDEX_BYTES], "little")
    if len(held) < _INDEX_BYTES or len(held) < _INDEX_BYTES + length:
        return None
    result = marshal.loads(held[_INDEX_BYTES : _INDEX_BYTES + length])  # noqa: S302 - our own process wrote it
    del held[: _INDEX_BYTES + length]
    return (result,)


def _next(queue: int) -> int | None:
    """The piece that nobody has begun; ``None`` if all were."""
    # Where a file in memory is read on is nobody's turn to Linux: two processes may be given the same four bytes, and
    # what is copied twice is refused. The system lets go of the lock of a process that ends.
    fcntl.lockf(queue, fcntl.LOCK_EX)
    try:
        token = os.read(queue, _INDEX_BYTES)
    finally:
        fcntl.lockf(queue, fcntl.LOCK_UN)
    return int.from_bytes(token, "little") if token else None


def _work(queue: int, begun: int, begin: Callable[[], Callable[[int], Any]], heard: set[Any]) -> None:
    """What a new process does; it never returns."""
    status = 1
    try:
        for number in _UNHEARD:
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        work = begin()
        while (piece := _next(queue)) is not None:
            result = marshal.dumps(work(piece))
            left = memoryview(len(result).to_bytes(_INDEX_BYTES, "little") + result)
            while left:
                left = left[os.write(begun, left) :]
        status = 0
    finally:
        # Not one line of what the other process still has to do may run here.
        os._exit(status)

"""Many files read once each, as fast as the machine hashes: digests by several algorithms, and a copy on the way.

For large files threads suffice: Python gives the lock away while it reads and while it hashes more than 2 KiB. Many
files are dealt to processes, for small ones are more Python than hashing (``by_processes``). Small files are read in
one piece; large ones through a buffer that is used again; and a file that would keep one thread busy while the others
have nothing left is hashed by a thread for each algorithm. Measured: mapping files into memory costs 10 % more and as
much memory as the file has.

What changes while it is read is neither old nor new: it is told, and has no digest.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from solander.files.batches import SMALL_BYTES, batches_of
from solander.files.copying import Copying, CopyRefused, writing_copy
from solander.files.descent import FILE_FLAGS, SHORT_CHARACTERS, enter, refuse_irregular, shortened, why, written
from solander.files.sharing import shares
from solander.files.system_calls import end_with_parent
from solander.model.ports import CHANGED_WHILE_READ, Hashed, Wanted

if TYPE_CHECKING:
    from queue import SimpleQueue

BUFFER_BYTES = 256 * 1024
"""For hashing all buffers between 128 KiB and 1 MiB are alike; but what is copied too is written twice as fast from one
that stays in a processor's own cache."""

SHARED_BYTES = 1024 * 1024
"""What several threads hash is handed on in such pieces: of smaller ones, handing on took a tenth of the time. What is
copied too stays in ``BUFFER_BYTES``."""

ALONE_BYTES = 2 * 1024 * 1024
ALONE_FILES = 32
"""Up to here one thread is done before others had begun."""

APART_FILES = 512
"""From here on processes are quicker than threads: to fork two takes as long as to hash a hundred small files."""

SPLIT_BYTES = 64 * 1024 * 1024
"""From here on a file may be worth a thread for each algorithm."""

PROCESS_ENDED = "the process that read it was ended"

Piece: TypeAlias = Callable[[str, int], None]
"""Called with the path of a file and how many bytes more were read of it."""

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def processors_here() -> int:
    """How many processors this process may use: so many threads or processes can work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def hash_files(
    root: int,
    wanted: Sequence[Wanted],
    *,
    threads: int | None = None,
    copying: Copying | None = None,
    piece: Piece | None = None,
) -> Iterator[Hashed]:
    """Read files below an open folder, each once, and give their digests as they come; no link is followed.

    Args:
        root: an open folder; the caller closes it, after the last result.
        wanted: files, with the sizes that they had when they were listed.
        threads: how many work at once; as many as there are processors, if it is not said.
        copying: if files are to be copied too. What cannot be written ends the work.
        piece: told of each piece of a large file, by the thread that read it; by processes nothing is told.

    Returns:
        One ``Hashed`` for each file, in no order that means anything. Whoever stops early stops the threads.

    Raises:
        CopyRefused: a copy could not be written.
    """
    count = threads or processors_here()
    total = sum(one.size_bytes for one in wanted)
    if count == 1 or (total <= ALONE_BYTES and len(wanted) <= ALONE_FILES):
        worker = Worker(root, copying, threading.Event(), piece)
        try:
            for one in wanted:
                yield worker.hashed(one, 1)
        finally:
            worker.close()
        return
    fair_bytes = max(SPLIT_BYTES, total // count)
    if len(wanted) >= APART_FILES:
        from solander.files import by_processes  # late: most bags are small

        if by_processes.can_fork():
            try:
                yield from _by_processes(root, [*batches_of(wanted)], fair_bytes, count, copying)
            except by_processes.NoneBegun:
                pass  # threads need less of the system
            else:
                return
    yield from _by_threads(root, batches_of(wanted), fair_bytes, count, copying, piece)


def _by_processes(
    root: int,
    batches: list[list[Wanted]],
    fair_bytes: int,
    count: int,
    copying: Copying | None,
) -> Iterator[Hashed]:
    from solander.files.by_processes import Ended, deal

    parent, waiting = os.getpid(), set(range(len(batches)))

    def begin() -> Callable[[int], tuple[int, Any]]:
        if copying is not None:
            # Whoever writes beside us afterwards must find nobody still writing.
            end_with_parent(parent)
        worker = Worker(root, copying, threading.Event())

        def work(number: int) -> tuple[int, Any]:
            batch = batches[number]
            ways = count if batch[0].size_bytes > fair_bytes else 1
            try:
                return number, [tuple(worker.hashed(one, ways))[1:] for one in batch]
            except CopyRefused as refused:
                return number, (os.fsencode(refused.path), refused.error.errno, refused.error.strerror)

        return work

    try:
        for number, found in deal(len(batches), begin, min(count, len(batches))):
            if isinstance(found, tuple):
                path, errno, what = found
                raise CopyRefused(os.fsdecode(path), OSError(errno, what))
            waiting.discard(number)
            for one, (digests, fault) in zip(batches[number], found, strict=True):
                yield Hashed(one.path, digests, fault)
    except Ended:
        # One that the system ended, for lack of memory as a rule: what it had in hand was not checked.
        yield from (Hashed(one.path, (), PROCESS_ENDED) for number in sorted(waiting) for one in batches[number])


def _by_threads(
    root: int,
    batches: deque[list[Wanted]],
    fair_bytes: int,
    count: int,
    copying: Copying | None,
    piece: Piece | None,
) -> Iterator[Hashed]:
    from queue import SimpleQueue  # late, as ``by_processes``

    results: SimpleQueue[list[Hashed] | BaseException] = SimpleQueue()
    stop = threading.Event()
    left = len(batches)

    def work() -> None:
        worker = Worker(root, copying, stop, piece)
        try:
            while not stop.is_set():
                try:
                    batch = batches.popleft()
                except IndexError:
                    return
                ways = count if batch[0].size_bytes > fair_bytes else 1
                results.put([worker.hashed(one, ways) for one in batch])
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits for the results
            results.put(error)
        finally:
            worker.close()

    threads: list[threading.Thread] = []
    try:
        with contextlib.suppress(RuntimeError):  # where the system gives no more, those that began do all
            for _ in range(min(count, left)):
                thread = threading.Thread(target=work, daemon=True)
                thread.start()
                threads.append(thread)
        if not threads:
            work()
        while left:
            result = results.get()
            if isinstance(result, BaseException):
                raise result
            left -= 1
            yield from result
    finally:
        stop.set()
        for thread in threads:
            thread.join()


class _Stopped(Exception):
    """Nobody waits for the rest."""


class Worker:
    """What one thread keeps from file to file: a buffer, and the folders that it is in."""

    def __init__(self, root: int, copying: Copying | None, stop: threading.Event, piece: Piece | None = None) -> None:
        self._root, self._copying, self._stop, self._piece = root, copying, stop, piece
        self._below: str | None = None
        self._folder = -1
        self._buffer: bytearray | None = None

    def close(self) -> None:
        """Let the folder go that it is in."""
        if self._below is not None:
            os.close(self._folder)
            self._below = None

    def hashed(self, wanted: Wanted, ways: int) -> Hashed:
        """Read one file; whatever the system refuses to read is told in the result."""
        path, size_bytes, _ = wanted
        if self._stop.is_set():
            return Hashed(path, (), "it was not read to its end")
        try:
            file = self._open(path)
            try:
                before = os.fstat(file)
                refuse_irregular(before.st_mode)
                if self._copying is None:
                    digests, read_bytes = self._read(file, before.st_size, wanted, ways, None)
                else:
                    digests, read_bytes = self._copied(file, before, wanted, ways)
                after = os.fstat(file)
            finally:
                os.close(file)
        except _Stopped:
            return Hashed(path, (), "it was not read to its end")
        except OSError as error:
            return Hashed(path, (), why(error))
        if read_bytes != size_bytes or _moment(before) != _moment(after):
            return Hashed(path, (), CHANGED_WHILE_READ)
        return Hashed(path, digests, None)

    def _open(self, path: str) -> int:
        below, _, name = path.rpartition("/")
        if below != self._below:
            folder = enter(self._root, below.split("/") if below else [])
            self.close()
            self._folder, self._below = folder, below
        return os.open(written(name), FILE_FLAGS, dir_fd=self._folder)

    def _copied(self, file: int, status: os.stat_result, wanted: Wanted, ways: int) -> tuple[tuple[str, ...], int]:
        assert self._copying is not None  # noqa: S101 - for the type checker
        folder, name, mode, modified_ns = self._copying
        path = name(wanted.path)
        with writing_copy(path):
            above, last = shortened(folder, path) if len(path) > SHORT_CHARACTERS else (folder, path)
            try:
                copy = os.open(last, _NEW_FILE, mode, dir_fd=above)
            finally:
                if above != folder:
                    os.close(above)
        try:
            result = self._read(file, status.st_size, wanted, ways, (copy, path))
            moment = status.st_mtime_ns if modified_ns is None else modified_ns
            with writing_copy(path):
                os.fchmod(copy, mode)  # whatever the umask
                os.utime(copy, ns=(moment, moment))
            return result
        finally:
            os.close(copy)

    def _read(
        self, file: int, size_bytes: int, wanted: Wanted, ways: int, copy: tuple[int, str] | None
    ) -> tuple[tuple[str, ...], int]:
        algorithms = wanted.algorithms
        if size_bytes <= SMALL_BYTES:
            content = os.read(file, size_bytes + 1)
            # One byte more than there should be was asked for: who gives just as many has no more.
            while len(content) < size_bytes and (more := os.read(file, size_bytes + 1 - len(content))):
                content += more
            if copy is not None:
                write_piece(copy, memoryview(content))
            return tuple([_new(name)(content, usedforsecurity=False).hexdigest() for name in algorithms]), len(content)
        if ways > 1 and len(algorithms) > 1:
            from solander.files.splitting import read_split  # late: few files are so large

            made = {name: _new(name)(usedforsecurity=False) for name in algorithms}
            idle = copy is None and self._piece is None
            keep = None if idle else functools.partial(self._kept, wanted.path, copy)
            piece_bytes = SHARED_BYTES if copy is None else BUFFER_BYTES
            read_bytes = read_split(file, made, shares(algorithms, ways), piece_bytes, self._stop.is_set, keep)
            if self._stop.is_set():
                raise _Stopped
            return tuple([made[name].hexdigest() for name in algorithms]), read_bytes
        hashers = [_new(name)(usedforsecurity=False) for name in algorithms]
        if self._buffer is None:
            self._buffer = bytearray(BUFFER_BYTES)
        view = memoryview(self._buffer)
        read_bytes = 0
        while got := os.readv(file, [view]):
            if self._stop.is_set():
                raise _Stopped
            read_bytes += got
            piece = view[:got]
            self._kept(wanted.path, copy, piece)
            for hasher in hashers:
                hasher.update(piece)
        return tuple([hasher.hexdigest() for hasher in hashers]), read_bytes

    def _kept(self, path: str, copy: tuple[int, str] | None, piece: memoryview) -> None:
        if copy is not None:
            write_piece(copy, piece)
        if self._piece is not None:
            self._piece(path, len(piece))


def _new(algorithm: str) -> Any:
    # A constructor of its own costs half of what ``hashlib.new`` does.
    return getattr(hashlib, algorithm)


def _moment(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def write_piece(copy: tuple[int, str], piece: memoryview) -> None:
    """Write a piece of a file to its copy: an open file, and the path that is told if that fails."""
    file, path = copy
    with writing_copy(path):
        while piece:
            piece = piece[os.write(file, piece) :]

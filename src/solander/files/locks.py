"""Locks on folders: of two runs one waits, and the death of a run frees what it held. No file is made for them.

Where the file system knows no locks (some network shares), nobody waits, and nothing is known to be held.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from solander.files.refusals import writing

_NO_LOCKS = {errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}

_held: dict[tuple[int, int], list[int]] = {}
_turns: dict[tuple[int, int], threading.RLock] = {}
_turns_guard = threading.Lock()


@contextlib.contextmanager
def locked(archive: Path) -> Iterator[None]:
    """Keep every other run out of an archive's folder while a name or version is decided and taken.

    The same thread may lock an archive that it has locked. Others wait. Ctrl-C ends the wait, and the death of
    a run frees its lock. No file is made for it.

    Raises:
        ArchiveUnwritable: there is no such folder, or it may not be read.
    """
    with writing(archive):
        folder = os.open(archive, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        status = os.fstat(folder)
        key = (status.st_dev, status.st_ino)
        with _turns_guard:
            turn = _turns.setdefault(key, threading.RLock())
        with turn:
            depth = _held.setdefault(key, [0])
            if not depth[0]:
                with writing(archive):
                    lock(folder, wait=True)
            depth[0] += 1
            try:
                yield
            finally:
                depth[0] -= 1
    finally:
        os.close(folder)


@contextlib.contextmanager
def locked_folder(path: Path) -> Iterator[int]:
    """An open folder that no other run has locked, and that has its name still; others wait.

    Raises:
        ArchiveUnwritable: there is no such folder, or it may not be read.
    """
    while True:
        with writing(path):
            folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            with writing(path):
                lock(folder, wait=True)
                # Whoever had the lock may have put another folder in its place.
                if not is_same(path.stat(), folder):
                    continue
            yield folder
            return
        finally:
            os.close(folder)


def is_same(status: os.stat_result, folder: int) -> bool:
    """Whether a status is that of an open folder."""
    return os.path.samestat(status, os.fstat(folder))


def lock(folder: int, *, wait: bool) -> bool:
    """Take the lock of an open folder until it is closed; whether it was had."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return False
        raise
    return True


def is_taken(file: int) -> bool:
    """Take the lock of an open file until it is closed, without waiting; whether another run has it.

    Where the file system knows no locks, nobody is known to have any.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    return False

"""Whole or not at all: folders and files that appear under their name only once they are complete.

A folder is written beside its place under an exclusive temporary name, given to the disk once, renamed without ever
replacing anything, and its parent is given to the disk. Whatever stops it, nothing else is left than, after a
``kill -9`` or a power cut, a folder or file named ``.solander-<16 hex digits>.tmp``: no bag, and removed by the next
run. Who still writes one holds its lock, so that no run removes another's.

Where the file system knows no locks (some network shares) leftovers stay, and two packers are kept apart by the
rename alone.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import secrets
import stat
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from solander.errors import ArchiveUnwritable, NameTaken
from solander.files.system_calls import rename_exclusively, sync_file_system

TEMPORARY_NAME = re.compile(r"\.solander-[0-9a-f]{16}\.tmp")
"""What is still being written, or was left by a run that was killed."""

FOLDER_MODE = 0o755
FILE_MODE = 0o644

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_LEFT = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NO_LOCKS = {errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
_WHY = {
    errno.EACCES: "no permission to write here",
    errno.EDQUOT: "the disk quota is used up; nothing was kept",
    errno.EFBIG: "a file would be larger than this file system allows; nothing was kept",
    errno.EIO: "the disk failed while it was written to; nothing was kept",
    errno.ELOOP: "a link stands where a folder is needed",
    errno.ENAMETOOLONG: "the name is longer than this file system allows",
    errno.ENOENT: "there is no such folder",
    errno.ENOSPC: "the disk is full; nothing was kept",
    errno.ENOTDIR: "this is no folder",
    errno.EPERM: "no permission to write here",
    errno.EROFS: "the file system is read-only",
}


def write_folder(parent: Path, name: str, entries: Iterable[tuple[str, bytes | Iterable[bytes]]]) -> Path:
    """Write a folder with all its files, or nothing; leftovers of killed runs in ``parent`` are removed.

    Args:
        parent: an existing folder.
        name: the folder's name in it; nothing of that name may be there.
        entries: relative paths with forward slashes, and each file's bytes, whole or in pieces. What reading them
            raises is passed on, after everything written was removed.

    Returns:
        The folder's path.

    Raises:
        NameTaken: something has the name already, whatever it is; it was not touched.
        ArchiveUnwritable: the system refused to write.
        ValueError: a name or path is empty, absolute, or climbs.
    """
    if name != PurePosixPath(name).name or name in ("", ".", "..") or TEMPORARY_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a folder")
    place = parent / name
    with _writing(parent):
        above = os.open(parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if _stands(above, name):
            raise NameTaken(place)
        temporary = f".solander-{secrets.token_hex(8)}.tmp"
        try:
            with _writing(parent), locked(parent):
                _sweep(above)
                os.mkdir(temporary, 0o700, dir_fd=above)
                folder = os.open(temporary, _FOLDER, dir_fd=above)
                _lock(folder, wait=False)
            try:
                written = _fill(folder, entries, place)
                with _writing(place):
                    os.fchmod(folder, FOLDER_MODE)
                    _sync(folder, written)
                    _rename(above, temporary, name, parent)
                    os.fsync(above)
            finally:
                os.close(folder)
        except BaseException:
            # Ctrl-C too. Once the rename has happened there is nothing left of this name.
            _remove(above, temporary)
            raise
    finally:
        os.close(above)
    return place


def write_file(path: Path, content: bytes | Iterable[bytes], *, replace: bool = False) -> None:
    """Write one file, whole or in pieces, or nothing; with ``replace`` the old one stays until the new one is whole.

    Leftovers of killed runs in the same folder are removed. What making the pieces raises is passed on.

    Raises:
        NameTaken: something has the name already, and it is not to be replaced.
        ArchiveUnwritable: the system refused to write.
    """
    with _writing(path.parent):
        above = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    temporary = f".solander-{secrets.token_hex(8)}.tmp"
    try:
        with _writing(path):
            with locked(path.parent):
                _sweep(above)
                file = os.open(temporary, _NEW_FILE, 0o600, dir_fd=above)
                _lock(file, wait=False)
            try:
                for piece in (content,) if isinstance(content, bytes) else content:
                    _write_all(file, piece)
                os.fchmod(file, FILE_MODE)
                os.fsync(file)
            finally:
                os.close(file)
            if replace:
                os.rename(temporary, path.name, src_dir_fd=above, dst_dir_fd=above)
            else:
                _rename(above, temporary, path.name, path.parent)
            os.fsync(above)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary, dir_fd=above)
        raise
    finally:
        os.close(above)


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
    with _writing(archive):
        folder = os.open(archive, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        status = os.fstat(folder)
        key = (status.st_dev, status.st_ino)
        with _turns_guard:
            turn = _turns.setdefault(key, threading.RLock())
        with turn:
            depth = _held.setdefault(key, [0])
            if not depth[0]:
                with _writing(archive):
                    _lock(folder, wait=True)
            depth[0] += 1
            try:
                yield
            finally:
                depth[0] -= 1
    finally:
        os.close(folder)


@contextlib.contextmanager
def made_folder(path: Path) -> Iterator[Path]:
    """A folder that is there for the body, made with its parents if need be; what was made goes if the body fails.

    Raises:
        ArchiveUnwritable: it could not be made, or something else has the name.
    """
    made: list[Path] = []
    try:
        with _writing(path):
            missing: list[Path] = []
            one = path
            while not one.exists():
                missing.append(one)
                one = one.parent
            for one in reversed(missing):
                with contextlib.suppress(FileExistsError):
                    one.mkdir(FOLDER_MODE)
                    made.append(one)
            if not path.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "no folder")
        yield path
    except BaseException:
        for one in reversed(made):
            # Another run may have put something there meanwhile: then it stays.
            with contextlib.suppress(OSError):
                one.rmdir()
        raise


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turn the system's refusals into ``ArchiveUnwritable`` of ``path``."""
    try:
        yield
    except OSError as error:
        raise ArchiveUnwritable(path, _WHY.get(error.errno or 0) or error.strerror or str(error)) from error


def _fill(folder: int, entries: Iterable[tuple[str, bytes | Iterable[bytes]]], place: Path) -> list[str]:
    """Write all files; their paths and those of their folders, in the order in which they were made."""
    made: dict[str, None] = {}
    for path, content in entries:
        parts = path.split("/")
        if any(part in ("", ".", "..") for part in parts):
            raise ValueError(f"{path!r} is no path within a folder")
        with _writing(place / path):
            for depth in range(1, len(parts)):
                below = "/".join(parts[:depth])
                if below not in made:
                    os.mkdir(below, dir_fd=folder)
                    os.chmod(below, FOLDER_MODE, dir_fd=folder)  # whatever the umask
                    made[below] = None
            file = os.open(path, _NEW_FILE, FILE_MODE, dir_fd=folder)
        try:
            if isinstance(content, bytes):
                with _writing(place / path):
                    _write_all(file, content)
            else:
                for chunk in content:
                    with _writing(place / path):
                        _write_all(file, chunk)
            with _writing(place / path):
                os.fchmod(file, FILE_MODE)
        finally:
            os.close(file)
        made[path] = None
    return list(made)


def _write_all(file: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]


def _lock(folder: int, *, wait: bool) -> bool:
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


def _sweep(above: int) -> None:
    """Remove what killed runs left: temporary folders and files whose lock is free. The archive is locked meanwhile."""
    with os.scandir(above) as names:
        left = [one.name for one in names if TEMPORARY_NAME.fullmatch(one.name)]
    for name in left:
        try:
            kind = os.stat(name, dir_fd=above, follow_symlinks=False).st_mode
            # What is neither folder nor file was not left by us, and to open a device is to work it.
            if not (stat.S_ISDIR(kind) or stat.S_ISREG(kind)):
                continue
            one = os.open(name, _LEFT, dir_fd=above)
        except OSError:
            continue
        try:
            if _lock(one, wait=False):
                if stat.S_ISDIR(kind):
                    _remove(above, name)
                else:
                    with contextlib.suppress(OSError):
                        os.unlink(name, dir_fd=above)
        finally:
            os.close(one)


def _remove(above: int, name: str) -> None:
    """Remove a folder and all in it, as far as the system lets us; links are removed, never followed; no recursion."""
    waiting = [(name, False)]
    while waiting:
        path, emptied = waiting.pop()
        with contextlib.suppress(OSError):
            if emptied:
                os.rmdir(path, dir_fd=above)
                continue
            folder = os.open(path, _FOLDER, dir_fd=above)
            waiting.append((path, True))
            try:
                with os.scandir(folder) as names:
                    for one in names:
                        if one.is_dir(follow_symlinks=False):
                            waiting.append((f"{path}/{one.name}", False))
                        else:
                            os.unlink(one.name, dir_fd=folder)
            finally:
                os.close(folder)


def _stands(above: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=above, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _rename(above: int, temporary: str, name: str, parent: Path) -> None:
    """Give what is complete its name; never replace what has it.

    Raises:
        NameTaken: something has the name.
    """
    try:
        if rename_exclusively(above, temporary, name):
            return
    except FileExistsError as error:
        raise NameTaken(parent / name) from error
    # The system or the file system cannot refuse to replace: ask first, with all other runs kept out.
    with locked(parent):
        if _stands(above, name):
            raise NameTaken(parent / name)
        os.rename(temporary, name, src_dir_fd=above, dst_dir_fd=above)


def _sync(folder: int, written: Iterable[str]) -> None:
    """Give a folder's files to the disk: all at once; one by one only where the system cannot do that."""
    if sync_file_system(folder):
        return
    for path in (*written, "."):
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
        try:
            os.fsync(file)
        finally:
            os.close(file)

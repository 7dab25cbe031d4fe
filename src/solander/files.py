"""Trees of files, read safely: the promise ``model.ports.Tree`` kept for a folder; and single files, whole and bounded.

What lies in a folder may have been put there by anybody. Links are named and never followed, a FIFO never makes us
wait, no folder is entered by its name where another may stand the next moment (``openat`` with ``O_NOFOLLOW``), and
nothing recurses. Here and in ``whole`` are the only files that are opened.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, TypeAlias

from solander.errors import ArchiveError
from solander.model.ports import Entry

CHUNK_BYTES = 256 * 1024
"""Between 128 KiB and 1 MiB hashing runs at its full speed; less costs, more gains nothing."""

DEPTH_LIMIT = 1000
"""Folders within folders; a deeper tree is read so far and then refused."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Without O_NONBLOCK, opening a FIFO that nobody writes to never returns.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_UTF8_NAMES = sys.getfilesystemencoding() == "utf-8"

Kind: TypeAlias = Literal["file", "folder", "other", "nothing"]
"""What may stand at a path; ``other`` is a pipe, a device or a socket."""


class Folder:
    """A folder on disk, read and never changed; keeps ``model.ports.Tree``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        """The path as given."""
        return str(self.path)

    def entries(self) -> Iterator[Entry]:
        """Every name below the folder; links and special files are named, never followed or opened.

        Raises:
            ArchiveError: a folder could not be read; raised after all that could be read was given.
        """
        refused: list[ArchiveError] = []
        root = self._root()
        try:
            waiting = [""]
            while waiting:
                below = waiting.pop()
                try:
                    for entry in self._names(root, below):
                        yield entry
                        if entry.kind == "folder":
                            waiting.append(entry.path)
                except OSError as error:
                    refused.append(ArchiveError(self.path / _written(below), _why(error)))
        finally:
            os.close(root)
        if refused:
            more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
            raise ArchiveError(refused[0].path, refused[0].what + more)

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a regular file, in pieces of ``CHUNK_BYTES``; no link on the way is followed.

        Raises:
            ArchiveError: it is no regular file, or could not be read.
        """
        try:
            file = self._open(path)
            try:
                while chunk := os.read(file, CHUNK_BYTES):
                    yield chunk
            finally:
                os.close(file)
        except OSError as error:
            raise ArchiveError(self.path / _written(path), _why(error)) from error

    def read(self, path: str, limit_bytes: int) -> bytes:
        """The whole of a small file.

        Raises:
            ArchiveError: it is no regular file, is larger than ``limit_bytes``, or could not be read.
        """
        parts: list[bytes] = []
        size_bytes = 0
        for chunk in self.chunks(path):
            size_bytes += len(chunk)
            if size_bytes > limit_bytes:
                raise ArchiveError(self.path / _written(path), f"larger than the limit of {limit_bytes:,} bytes")
            parts.append(chunk)
        return b"".join(parts)

    def _root(self) -> int:
        try:
            return os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise ArchiveError(self.path, _why(error)) from error

    def _names(self, root: int, below: str) -> Iterator[Entry]:
        folder = _enter(root, below.split("/") if below else [])
        prefix = f"{below}/" if below else ""
        try:
            with os.scandir(folder) as names:
                for one in names:
                    path = prefix + _decoded(one.name)
                    if one.is_symlink():
                        yield Entry(path, "symlink")
                    elif one.is_dir(follow_symlinks=False):
                        yield Entry(path, "folder")
                    elif one.is_file(follow_symlinks=False):
                        yield Entry(path, "file", one.stat(follow_symlinks=False).st_size)
                    else:
                        yield Entry(path, "special")
        finally:
            os.close(folder)

    def _open(self, path: str) -> int:
        *folders, name = path.split("/")
        root = self._root()
        try:
            folder = _enter(root, folders)
        finally:
            os.close(root)
        try:
            return _open_regular(_written(name), folder)
        finally:
            os.close(folder)


def kind_of(path: Path) -> Kind:
    """What stands at a path that the user named; links are followed, and one that leads nowhere is ``nothing``.

    ``Path.exists`` and its like raise what the system says of a closed folder or an endless name; here it has the
    form that every face knows.

    Raises:
        ArchiveError: the system does not let us see it, or no file can have this name.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "nothing"
    except OSError as error:
        raise ArchiveError(path, _why(error)) from error
    except ValueError as error:
        raise ArchiveError(path, "no file can have this name") from error
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"


def read_head(path: Path, size_bytes: int) -> bytes:
    """The first bytes of a file that the user named, at most so many; a link that they named is followed.

    Raises:
        ArchiveError: it is missing, is no regular file, or could not be read.
    """
    try:
        file = _open_regular(path, None)
        try:
            return os.read(file, size_bytes)
        finally:
            os.close(file)
    except OSError as error:
        raise ArchiveError(path, _why(error)) from error


def read_whole(path: Path, limit_bytes: int) -> bytes:
    """The whole of a file that the user named; a link that they named is followed.

    Raises:
        ArchiveError: it is missing, is no regular file, is larger than ``limit_bytes``, or could not be read.
    """
    try:
        return read_file(path, limit_bytes)
    except TooLarge as error:
        raise ArchiveError(path, f"larger than the limit of {limit_bytes:,} bytes") from error
    except OSError as error:
        raise ArchiveError(path, _why(error)) from error


class TooLarge(OSError):
    """A file or a stream holds more than was asked for; no more than the bound was taken."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(errno.EFBIG, f"larger than {limit_bytes:,} bytes")


def read_file(path: str | Path, limit_bytes: int) -> bytes:
    """The whole of a regular file, as it was at one moment; a link is followed, and nothing is ever waited for.

    Raises:
        TooLarge: it holds more than ``limit_bytes``.
        OSError: it is missing, is no regular file, changed while it was read, or the system refused; the reason is
            in ``strerror``.
        ValueError: no file can have this name.
    """
    file = _open_regular(path, None)
    try:
        before = os.fstat(file)
        if before.st_size > limit_bytes:
            raise TooLarge(limit_bytes)
        content = read_bounded(lambda size: os.read(file, size), limit_bytes)
        after = os.fstat(file)
    finally:
        os.close(file)
    # Half of an old page and half of a new one would be neither.
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise OSError(errno.EBUSY, "it changed while it was read; try again when nothing writes to it")
    return content


def read_bounded(read: Callable[[int], bytes | None], limit_bytes: int) -> bytes:
    """All that ``read`` gives until it gives nothing, and never more than one byte beyond the bound.

    Raises:
        TooLarge: there is more than ``limit_bytes``.
        OSError: ``read`` raised it.
    """
    parts: list[bytes] = []
    left = limit_bytes + 1
    while left and (chunk := read(min(left, CHUNK_BYTES))):
        parts.append(chunk)
        left -= len(chunk)
    if not left:
        raise TooLarge(limit_bytes)
    return b"".join(parts)


def _enter(root: int, parts: list[str]) -> int:
    """Open a folder below ``root``, name by name; the caller closes it, and keeps ``root``."""
    if len(parts) > DEPTH_LIMIT:
        raise OSError(errno.ELOOP, f"more than {DEPTH_LIMIT} folders deep")
    folder = os.dup(root)
    for part in parts:
        if part in ("", ".", ".."):
            os.close(folder)
            raise OSError(errno.EINVAL, "a path that leads elsewhere")
        try:
            below = os.open(_written(part), _FOLDER, dir_fd=folder)
        finally:
            os.close(folder)
        folder = below
    return folder


def _open_regular(name: str | Path, folder: int | None) -> int:
    """Open a regular file, and nothing else: to open some devices is to work them, so the kind is asked for first."""
    follow = folder is None
    flags = _FILE & ~os.O_NOFOLLOW if follow else _FILE
    before = os.stat(name, dir_fd=folder, follow_symlinks=follow)
    _regular(before.st_mode)
    file = os.open(name, flags, dir_fd=folder)
    try:
        _regular(os.fstat(file).st_mode)
    except OSError:
        os.close(file)
        raise
    return file


def _regular(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, "it is a folder")
    if stat.S_ISLNK(mode):
        raise OSError(errno.ELOOP, "it is a symbolic link")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no regular file but a pipe, a socket or a device")


def _decoded(name: str) -> str:
    # Names are bytes; which characters they are must not hang on the locale of who asks.
    return name if _UTF8_NAMES else os.fsencode(name).decode("utf-8", "surrogateescape")


def _written(name: str) -> str:
    return name if _UTF8_NAMES else os.fsdecode(name.encode("utf-8", "surrogateescape"))


def _why(error: OSError) -> str:
    if error.errno == errno.EACCES or error.errno == errno.EPERM:
        return "no permission to read it"
    if error.errno == errno.ENOENT:
        return "there is no such file or folder"
    if error.errno == errno.ENOTDIR:
        return "it is no folder"
    return error.strerror or str(error)

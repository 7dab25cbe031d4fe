"""Single files that the user named: what stands there, its first bytes, or the whole of it, bounded.

A link that the user named is followed; a FIFO or a device is not opened.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeAlias

from solander.errors import ArchiveError
from solander.files.descent import CHUNK_BYTES, open_regular, why

Kind: TypeAlias = Literal["file", "folder", "other", "nothing"]
"""What may stand at a path; ``other`` is a pipe, a device or a socket."""


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
        raise ArchiveError(path, why(error)) from error
    except ValueError as error:
        raise ArchiveError(path, "no file can have this name") from error
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"


def stamp_of(path: Path) -> tuple[int, ...] | None:
    """What changes with what stands at a path: device, number, size and moments; ``None`` where nothing is seen."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def read_head(path: Path, size_bytes: int) -> bytes:
    """The first bytes of a file that the user named, at most so many; a link that they named is followed.

    Raises:
        ArchiveError: it is missing, is no regular file, or could not be read.
    """
    try:
        file = open_regular(path, None)
        try:
            return os.read(file, size_bytes)
        finally:
            os.close(file)
    except OSError as error:
        raise ArchiveError(path, why(error)) from error


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
        raise ArchiveError(path, why(error)) from error


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
    file = open_regular(path, None)
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

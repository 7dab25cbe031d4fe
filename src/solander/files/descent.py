"""Descending into folders that anybody may have filled: name by name, following no link, waiting for nothing.

No folder is entered by its name where another may stand the next moment (``openat`` with ``O_NOFOLLOW``), a FIFO never
makes us wait, and nothing recurses.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

CHUNK_BYTES = 256 * 1024
"""Between 128 KiB and 1 MiB hashing runs at its full speed; less costs, more gains nothing."""

DEPTH_LIMIT = 2048
"""Folders within folders; a deeper tree is read so far and then refused. No path of Linux's (4,096 bytes) has more."""

SHORT_CHARACTERS = 1000
"""A path of no more is taken by every system at once, whatever its characters: Linux takes 4,095 bytes."""

FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Without O_NONBLOCK, opening a FIFO that nobody writes to never returns.
FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_UTF8_NAMES = sys.getfilesystemencoding() == "utf-8"


def enter(root: int, parts: list[str]) -> int:
    """Open a folder below ``root``, name by name; the caller closes it, and keeps ``root``."""
    if len(parts) > DEPTH_LIMIT:
        raise OSError(errno.ELOOP, f"more than {DEPTH_LIMIT} folders deep")
    folder = os.dup(root)
    for part in parts:
        if part in ("", ".", ".."):
            os.close(folder)
            raise OSError(errno.EINVAL, "a path that leads elsewhere")
        try:
            below = os.open(written(part), FOLDER_FLAGS, dir_fd=folder)
        finally:
            os.close(folder)
        folder = below
    return folder


def shortened(root: int, path: str) -> tuple[int, str]:
    """A folder below ``root`` and what is left of a path from there, so short that the system takes it.

    To be used in folders that are ours alone: of the names that are passed over only some are seen to be no links.
    The caller closes the folder, unless it is ``root``.
    """
    folder = root
    while len(path) > SHORT_CHARACTERS and (cut := path.rfind("/", 0, SHORT_CHARACTERS)) > 0:
        try:
            below = os.open(path[:cut], FOLDER_FLAGS, dir_fd=folder)
        finally:
            if folder != root:
                os.close(folder)
        folder, path = below, path[cut + 1 :]
    return folder, path


def enter_below(folder: int, above: str, path: str) -> int | None:
    """Open ``path`` from the open folder ``above`` if it lies directly in it and is not too deep; ``None`` if not."""
    parent, _, name = path.rpartition("/")
    if parent != above or name in ("", ".", "..") or path.count("/") >= DEPTH_LIMIT:
        return None
    return os.open(written(name), FOLDER_FLAGS, dir_fd=folder)


def open_regular(name: str | Path, folder: int | None) -> int:
    """Open a regular file, and nothing else: to open some devices is to work them, so the kind is asked for first."""
    follow = folder is None
    flags = FILE_FLAGS & ~os.O_NOFOLLOW if follow else FILE_FLAGS
    before = os.stat(name, dir_fd=folder, follow_symlinks=follow)
    refuse_irregular(before.st_mode)
    file = os.open(name, flags, dir_fd=folder)
    try:
        refuse_irregular(os.fstat(file).st_mode)
    except OSError:
        os.close(file)
        raise
    return file


def refuse_irregular(mode: int) -> None:
    """Raise what is so of something that is no regular file."""
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, "it is a folder")
    if stat.S_ISLNK(mode):
        raise OSError(errno.ELOOP, "it is a symbolic link")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no regular file but a pipe, a socket or a device")


def decoded(name: str) -> str:
    """A name as the system gives it, in characters."""
    # Names are bytes; which characters they are must not hang on the locale of who asks.
    return name if _UTF8_NAMES else os.fsencode(name).decode("utf-8", "surrogateescape")


def written(name: str) -> str:
    """A name in characters as the system takes it; ``decoded`` undone."""
    return name if _UTF8_NAMES else os.fsdecode(name.encode("utf-8", "surrogateescape"))


def why(error: OSError) -> str:
    """Why the system refused to let us read, in words for a person."""
    if error.errno == errno.EACCES or error.errno == errno.EPERM:
        return "no permission to read it"
    if error.errno == errno.ENOENT:
        return "there is no such file or folder"
    if error.errno == errno.ENOTDIR:
        return "it is no folder"
    return error.strerror or str(error)

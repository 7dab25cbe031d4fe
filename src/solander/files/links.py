"""Symbolic links of a folder: where they say that they lead, and what file is there. Nothing is opened here."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from solander.errors import ArchiveError
from solander.files.descent import decoded, enter, why, written


def read_link(folder: Path, path: str) -> str:
    """What a link below a folder says, as it is written; bytes that are no UTF-8 as lone surrogates.

    Raises:
        ArchiveError: it is no link any more, or could not be read.
    """
    *folders, name = path.split("/")
    try:
        root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            below = enter(root, folders)
        finally:
            os.close(root)
        try:
            return decoded(os.readlink(written(name), dir_fd=below))
        finally:
            os.close(below)
    except OSError as error:
        raise ArchiveError(folder / written(path), why(error)) from error


def file_behind(folder: Path, path: str) -> tuple[Path, int] | str:
    """The file to which a link below a folder leads, and its size in bytes; or why there is none."""
    try:
        behind = Path(os.path.realpath(folder / written(path), strict=True))
        status = behind.stat()
    except OSError as error:
        return f"a symbolic link that leads to nothing that can be read ({why(error)})"
    if stat.S_ISDIR(status.st_mode):
        return "a symbolic link to a folder"
    if not stat.S_ISREG(status.st_mode):
        return "a symbolic link to a pipe, a socket or a device"
    return behind, status.st_size

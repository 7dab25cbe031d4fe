"""What the system says when it will not write, in words for a person, as the error that every face knows."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from solander.errors import ArchiveUnwritable

WHY = {
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


def refused(path: Path, error: OSError) -> ArchiveUnwritable:
    """The error that tells of ``path`` what the system said."""
    return ArchiveUnwritable(path, WHY.get(error.errno or 0) or error.strerror or str(error))


def refused_archive(path: Path, error: OSError) -> ArchiveUnwritable:
    """The error where an archive was to be looked into, and the system would not let us."""
    if error.errno == errno.ENOTDIR:
        return ArchiveUnwritable(path, "an archive is a folder, and this is none; name a folder with --into")
    return ArchiveUnwritable(path, f"it cannot be read ({(error.strerror or 'no reason').lower()})")


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the system's refusals into ``ArchiveUnwritable`` of ``path``."""
    try:
        yield
    except OSError as error:
        raise refused(path, error) from error

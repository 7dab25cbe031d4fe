"""A journal: a file that only grows, line by line, each written at once and, where that is wanted, given to the disk.

One run at a time has it; the death of a run frees it. Whatever stops a run, the lines before are untouched, and at most
the last one is cut: the next line begins behind it, on a line of its own. A journal that was made and got no line, as
on a full disk, is taken away again.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from solander.errors import ArchiveError
from solander.files.descent import CHUNK_BYTES, refuse_irregular, why
from solander.files.locks import is_taken, lock
from solander.files.making_folders import sync_names
from solander.files.new_folder import FILE_MODE, write_all
from solander.files.refusals import writing

LINE_LIMIT_BYTES = 4 * 1024 * 1024
"""No line of a journal is as long as this."""

_JOURNAL = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class Journal:
    """An open journal, which no other run has."""

    def __init__(self, path: Path, file: int) -> None:
        self.path, self._file = path, file

    def lines(self) -> Iterator[bytes]:
        """The lines, without their line feeds; the last one too where it has none.

        Raises:
            ArchiveError: it could not be read, or a line is longer than any is.
        """
        offset, rest = 0, b""
        while chunk := self._read(offset):
            offset += len(chunk)
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
            if len(rest) > LINE_LIMIT_BYTES:
                raise ArchiveError(self.path, f"a line of it is longer than {LINE_LIMIT_BYTES:,} bytes")
        if rest:
            yield rest

    def append(self, line: bytes, *, to_disk: bool = True) -> None:
        """Write one line, which ends in a line feed, and give it to the disk.

        Args:
            line: several are as good.
            to_disk: whether it is waited until it is on the disk, with all before it. Otherwise the system has it: the
                death of this program does it no harm, that of the machine does.

        Raises:
            ArchiveUnwritable: the system refused; what was written of the line is taken away again, if it can be.
        """
        with writing(self.path):
            size_bytes = os.fstat(self._file).st_size
            is_whole = not size_bytes or os.pread(self._file, 1, size_bytes - 1) == b"\n"
            try:
                write_all(self._file, line if is_whole else b"\n" + line)
                if to_disk:
                    os.fsync(self._file)
            except OSError:
                with contextlib.suppress(OSError):
                    os.ftruncate(self._file, size_bytes)
                raise

    def to_disk(self) -> None:
        """Wait until all lines are on the disk.

        Raises:
            ArchiveUnwritable: the disk refused.
        """
        with writing(self.path):
            os.fsync(self._file)

    def _read(self, offset: int) -> bytes:
        try:
            return os.pread(self._file, CHUNK_BYTES, offset)
        except OSError as error:
            raise ArchiveError(self.path, why(error)) from error


@contextlib.contextmanager
def opened_journal(path: Path, *, taken: str) -> Iterator[Journal]:
    """A journal for the body to read and to add to, made if there is none.

    Args:
        path: in a folder that is there; a link is not followed.
        taken: what to say where another run has it.

    Raises:
        ArchiveUnwritable: the system lets nobody write it, or it is no regular file.
        ArchiveError: another run has it.
    """
    while True:
        file, is_new = _opened(path)
        try:
            with writing(path):
                refuse_irregular(os.fstat(file).st_mode)
                if is_taken(file):
                    raise ArchiveError(path, taken)
                # Whoever made it may have taken it away, without a line, after it was opened here. Some network shares
                # count no links at all: there it is gone only if the name is, or is another's.
                if not os.fstat(file).st_nlink and not _stands_at(path, file):
                    continue
            try:
                with writing(path):
                    # Also of one that was found: who made it may have been stopped before the disk had its name.
                    sync_names(path.parent)
                yield Journal(path, file)
            finally:
                if is_new:
                    _take_away_if_empty(path, file)
            return
        finally:
            os.close(file)


def _opened(path: Path) -> tuple[int, bool]:
    """An open file, and whether it was made for this."""
    with writing(path):
        try:
            return os.open(path, _JOURNAL | os.O_EXCL, FILE_MODE), True
        except FileExistsError:
            return os.open(path, _JOURNAL, FILE_MODE), False


def _take_away_if_empty(path: Path, file: int) -> None:
    """Remove a journal without a line, while no other run has it; another file that came in its place stays.

    It stays, too, where the file system knows no locks: there another run may have it, and be about to write a line.
    """
    with contextlib.suppress(OSError):
        if lock(file, wait=False) and not os.fstat(file).st_size and _stands_at(path, file):
            path.unlink()


def _stands_at(path: Path, file: int) -> bool:
    """Whether an open file has this name."""
    try:
        return os.path.samestat(os.lstat(path), os.fstat(file))
    except FileNotFoundError:
        return False

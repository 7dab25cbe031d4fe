"""A folder as a tree of files: the promise ``model.ports.Tree`` kept for what lies on the disk.

What lies in a folder may have been put there by anybody: links are named and never followed, and what is no regular
file is never opened (``descent``).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from solander.errors import ArchiveError
from solander.files.descent import CHUNK_BYTES, decoded, enter, enter_below, open_regular, why, written
from solander.files.hashing import hash_files
from solander.files.streaming import OpenFile
from solander.files.telling import Telling
from solander.model.ports import Entry, Hashed, Told, Wanted


class Folder:
    """A folder on disk, read and never changed; keeps ``model.ports.Tree``."""

    def __init__(self, path: Path, *, threads: int | None = None, told: Told | None = None) -> None:
        """Name the folder.

        Args:
            path: where it is.
            threads: how many read at once what ``hashed`` is asked for; as many as there are processors, if not said.
            told: is told, file by file, how far that has come: a path, bytes done, bytes in all.
        """
        self.path, self.threads, self._telling = path, threads, Telling(told)

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
        above, folder = "", os.dup(root)
        try:
            waiting = [""]
            while waiting:
                below = waiting.pop()
                try:
                    # A folder within the one before is entered from there: a long chain of them is walked once.
                    entered = enter_below(folder, above, below) if below else None
                    if entered is None:
                        entered = enter(root, below.split("/") if below else [])
                    os.close(folder)
                    above, folder = below, entered
                    for entry in self._names(folder, below):
                        yield entry
                        if entry.kind == "folder":
                            waiting.append(entry.path)
                except OSError as error:
                    refused.append(ArchiveError(self.path / written(below), why(error)))
        finally:
            os.close(folder)
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
            raise ArchiveError(self.path / written(path), why(error)) from error

    @contextlib.contextmanager
    def laid_open(self, path: str) -> Iterator[OpenFile]:
        """A regular file, open to be read at any place; no link on the way is followed.

        Raises:
            ArchiveError: it is no regular file, or could not be opened.
        """
        try:
            opened = OpenFile.of(self._open(path), f"{self.name}/{path}")
        except OSError as error:
            raise ArchiveError(self.path / written(path), why(error)) from error
        with opened:
            yield opened

    def hashed(self, wanted: Sequence[Wanted]) -> Iterator[Hashed]:
        """The digests of files, each read once, by as many threads as there are processors.

        Raises:
            ArchiveError: the folder itself can no longer be read.
        """
        with self.opened() as root:
            if self._telling.told is None:
                yield from hash_files(root, wanted, threads=self.threads)
                return
            sizes = {one.path: one.size_bytes for one in wanted}
            self._telling.begin(sum(sizes.values()))
            for one in hash_files(root, wanted, threads=self.threads, piece=self._telling.piece):
                self._telling.done(one.path, sizes[one.path])
                yield one

    @contextlib.contextmanager
    def opened(self) -> Iterator[int]:
        """The folder itself, open, for what copies or links its files.

        Raises:
            ArchiveError: it can no longer be read.
        """
        root = self._root()
        try:
            yield root
        finally:
            os.close(root)

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
                raise ArchiveError(self.path / written(path), f"larger than the limit of {limit_bytes:,} bytes")
            parts.append(chunk)
        return b"".join(parts)

    def _root(self) -> int:
        try:
            return os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise ArchiveError(self.path, why(error)) from error

    def _names(self, folder: int, below: str) -> Iterator[Entry]:
        prefix = f"{below}/" if below else ""
        with os.scandir(folder) as names:
            for one in names:
                path = prefix + decoded(one.name)
                if one.is_symlink():
                    yield Entry(path, "symlink", target=_target(one.name, folder))
                elif one.is_dir(follow_symlinks=False):
                    yield Entry(path, "folder")
                elif one.is_file(follow_symlinks=False):
                    yield Entry(path, "file", one.stat(follow_symlinks=False).st_size)
                else:
                    yield Entry(path, "special")

    def _open(self, path: str) -> int:
        *folders, name = path.split("/")
        root = self._root()
        try:
            folder = enter(root, folders)
        finally:
            os.close(root)
        try:
            return open_regular(written(name), folder)
        finally:
            os.close(folder)


def _target(name: str, folder: int) -> str:
    """What a link says; it is read, not followed."""
    try:
        return decoded(os.readlink(name, dir_fd=folder))
    except OSError:
        return ""

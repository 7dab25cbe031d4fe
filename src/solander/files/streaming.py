"""A file that the user named, read piece by piece wherever it is wanted, and never whole."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

from solander.errors import SourceMissing, SourceUnreadable
from solander.files.descent import open_regular, why


class OpenFile:
    """A regular file, open for reading at any place; a link that the user named is followed."""

    def __init__(self, path: str | Path) -> None:
        """Open it.

        Raises:
            SourceMissing: nothing is there.
            SourceUnreadable: it is no regular file, or the system refused.
        """
        self.name = str(path)
        try:
            self._keep(open_regular(path, None))
        except (FileNotFoundError, NotADirectoryError):
            raise SourceMissing(self.name) from None
        except ValueError:
            raise SourceUnreadable(self.name, "no file can have this name") from None
        except OSError as error:
            raise SourceUnreadable(self.name, why(error)) from None

    @classmethod
    def of(cls, file: int, name: str) -> OpenFile:
        """A regular file that is open already; from now on it is closed here."""
        opened = cls.__new__(cls)
        opened.name = name
        opened._keep(file)
        return opened

    def _keep(self, file: int) -> None:
        self._file = file
        self._before = self._state()

    @property
    def size_bytes(self) -> int:
        """Its size when it was opened."""
        return self._before[0]

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        """Bytes from a place on, fewer where the file ends.

        Raises:
            SourceUnreadable: the system refused, or the file is another one by now.
        """
        try:
            return os.pread(self._file, size_bytes, offset_bytes)
        except OSError as error:
            raise SourceUnreadable(self.name, why(error)) from None

    def refuse_change(self) -> None:
        """Refuse a file that changed since it was opened: what was read of it fits no more.

        Raises:
            SourceUnreadable: it did.
        """
        if self._state() != self._before:
            raise SourceUnreadable(self.name, "it changed while it was read; try again when nothing writes to it")

    def _state(self) -> tuple[int, int]:
        found = os.fstat(self._file)
        return found.st_size, found.st_mtime_ns

    def close(self) -> None:
        """Let it go."""
        os.close(self._file)

    def __enter__(self) -> OpenFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

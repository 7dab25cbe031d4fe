"""What comes in pieces, kept in a temporary file without a name while it is worked with, and gone with the program."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from solander.errors import SourceUnreadable
from solander.files.descent import why


class Spooled:
    """Bytes in a temporary file, read wherever they are wanted."""

    def __init__(self, file: int, size_bytes: int) -> None:
        self._file, self._size = file, size_bytes

    @property
    def size_bytes(self) -> int:
        """How many there are."""
        return self._size

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        """Bytes from a place on, fewer where they end."""
        return os.pread(self._file, size_bytes, offset_bytes)


@contextmanager
def spooled(pieces: Iterable[bytes]) -> Iterator[Spooled]:
    """Keep pieces in a temporary file for the body.

    Raises:
        SourceUnreadable: the system has no room for it.
    """
    with tempfile.TemporaryFile(prefix="solander-", buffering=0) as file:
        size = 0
        try:
            for piece in pieces:
                left = memoryview(piece)
                while left:
                    left = left[file.write(left) or 0 :]
                size += len(piece)
        except OSError as error:
            raise SourceUnreadable("a temporary file", why(error)) from None
        yield Spooled(file.fileno(), size)

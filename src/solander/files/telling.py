"""How far a tree's files were read, told while they are: to whoever watches, and to nobody else."""

from __future__ import annotations

import threading

from solander.model.ports import Told


class Telling:
    """Counts bytes, and tells of them where somebody asked to be told."""

    def __init__(self, told: Told | None = None) -> None:
        self.told = told
        self._done_bytes = self._asked_bytes = 0
        self._begun: dict[str, int] = {}
        """Of files that are read in several pieces, how much was told."""
        self._turn = threading.Lock()

    def begin(self, asked_bytes: int) -> None:
        """So many bytes are to be read from here on."""
        self._done_bytes, self._asked_bytes = 0, asked_bytes
        self._begun.clear()

    def more(self, path: str, size_bytes: int) -> None:
        """So many bytes more were read, of this file."""
        with self._turn:
            self._tell(path, size_bytes)

    def piece(self, path: str, size_bytes: int) -> None:
        """So many bytes more were read of a file of which ``done`` will be told; any thread may say so."""
        with self._turn:
            self._begun[path] = self._begun.get(path, 0) + size_bytes
            self._tell(path, size_bytes)

    def done(self, path: str, size_bytes: int) -> None:
        """A file of so many bytes was read to its end, or given up: what no piece told of it is told now."""
        with self._turn:
            self._tell(path, max(0, size_bytes - self._begun.pop(path, 0)))

    def _tell(self, path: str, size_bytes: int) -> None:
        self._done_bytes += size_bytes
        if self.told is not None:
            self.told(path, self._done_bytes, self._asked_bytes)

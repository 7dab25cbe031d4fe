"""How far a tree's files were read, told while they are: to whoever watches, and to nobody else."""

from __future__ import annotations

from solander.model.ports import Told


class Telling:
    """Counts bytes, and tells of them where somebody asked to be told."""

    def __init__(self, told: Told | None = None) -> None:
        self.told = told
        self._done_bytes = self._asked_bytes = 0

    def begin(self, asked_bytes: int) -> None:
        """So many bytes are to be read from here on."""
        self._done_bytes, self._asked_bytes = 0, asked_bytes

    def more(self, path: str, size_bytes: int) -> None:
        """So many bytes more were read, of this file."""
        self._done_bytes += size_bytes
        if self.told is not None:
            self.told(path, self._done_bytes, self._asked_bytes)

"""A file in slices, each given as it is read: however large they are, no more than a piece of it is at hand.

A file is read from its beginning only. In order, its slices are read once; a slice that is asked for again is sought
from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from solander.model.deposit import Parcel


class Slice:
    """A stretch of a file."""

    def __init__(self, size_bytes: int, chunks: Callable[[], Iterator[bytes]]) -> None:
        self.size_bytes = size_bytes
        self.chunks = chunks
        """Gives its bytes from its first on, in pieces, as often as it is asked; of a file's slices one at a time."""


def slices_of(parcel: Parcel, slice_bytes: int) -> Iterator[Slice]:
    """The slices of a file, in order, the last one perhaps smaller; of a file without a byte none.

    Args:
        parcel: the file.
        slice_bytes: of each, at least 1.
    """
    reading = _Reading(parcel)
    for begin in range(0, parcel.size_bytes, slice_bytes):
        size_bytes = min(slice_bytes, parcel.size_bytes - begin)
        yield Slice(size_bytes, partial(reading.between, begin, begin + size_bytes))


class _Reading:
    """A file that is being read, and how far it was."""

    def __init__(self, parcel: Parcel) -> None:
        self._parcel, self._pieces = parcel, parcel.chunks()
        self._at, self._rest = 0, b""

    def between(self, begin: int, end: int) -> Iterator[bytes]:
        """The bytes between two places, as many of them as there are."""
        if begin < self._at:
            self._pieces, self._at, self._rest = self._parcel.chunks(), 0, b""
        while self._at < end:
            piece = self._rest or next(self._pieces, None)
            if piece is None:
                return
            # What lies before the beginning is passed over, what lies behind the end is of the next slice.
            edge = begin if self._at < begin else end
            taken, self._rest = piece[: edge - self._at], piece[edge - self._at :]
            is_wanted = self._at >= begin
            self._at += len(taken)
            if is_wanted and taken:
                yield taken

"""Several files of records in one file, read as if they stood one behind the other.

Source: ISO 28500:2017, 4 and annex D (files of records that are joined are a file of records); the WARC file with
Zstandard compression (IIPC, 1.0; a dictionary is that of its own file).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solander.capturing.members import ZSTD_DICTIONARY, MemberDamaged, Members, form_of
from solander.model.ports import BytesAtHand, Readable

_HARMED = b"here stands a member that could not be unpacked\r\n"
"""In its place, so that whoever reads on tells of it."""

_END = b"\r\n\r\n"


class Window:
    """A part of ``Readable`` bytes."""

    def __init__(self, source: Readable, begin: int, size_bytes: int) -> None:
        self._source, self._begin, self._size = source, begin, size_bytes

    @property
    def size_bytes(self) -> int:
        """How many there are."""
        return self._size

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        """Bytes from a place on, fewer where they end."""
        left = max(0, min(size_bytes, self._size - offset_bytes))
        return self._source.read_at(self._begin + offset_bytes, left) if left else b""


class Joined:
    """Several ``Readable`` bytes, one behind the other: files of records so joined are a file of records."""

    def __init__(self, parts: list[Readable]) -> None:
        self._parts = parts

    @property
    def size_bytes(self) -> int:
        """How many there are."""
        return sum(one.size_bytes for one in self._parts)

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        """Bytes from a place on, fewer where they end."""
        found: list[bytes] = []
        for part in self._parts:
            if offset_bytes < part.size_bytes and size_bytes > 0:
                piece = part.read_at(offset_bytes, size_bytes)
                found.append(piece)
                size_bytes -= len(piece)
                offset_bytes = 0
            else:
                offset_bytes -= part.size_bytes
            offset_bytes = max(offset_bytes, 0)
        return b"".join(found)


def parted(parts: Sequence[Readable]) -> Joined:
    """Files joined; behind one that is not compressed and does not end as records do stands what ends them.

    So a record that was cut off runs into no other file.
    """
    found: list[Readable] = []
    for one in parts:
        ends = one.read_at(max(one.size_bytes - len(_END), 0), len(_END))
        is_cut = form_of(one.read_at(0, 4)) == "plain" and ends != _END
        found += [one, BytesAtHand(_END)] if is_cut else [one]
    return Joined(found)


def are_alike(parts: Sequence[Readable]) -> bool:
    """Whether files may be joined as they are: compressed in one way, and none by a dictionary of its own."""
    heads = [one.read_at(0, 4) for one in parts]
    return len(set(map(form_of, heads))) == 1 and ZSTD_DICTIONARY not in heads


def unpacked(source: Readable) -> Iterator[bytes]:
    """What a file of records holds without its compression; where a member is harmed, a line that is no record."""
    members = Members(source)
    while True:
        try:
            piece = members.read(1 << 16)
        except MemberDamaged as damage:
            yield _END + _HARMED
            if damage.is_cut:
                return
            members.skip_member()
            continue
        if not piece:
            if not members.trailing or members.skip_trailing() is None:
                return
            yield _END + _HARMED
            continue
        yield piece

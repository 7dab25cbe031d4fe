"""A zip file as a tree of files: the promise ``model.ports.Tree`` kept without unpacking.

The directory says what there is, and each member is read where it lies, in pieces, as far as its declared size and
not a byte further. Where directory and members contradict each other, the fact is kept for whoever judges.

Source: RFC 8493, section 4 (serialization); APPNOTE.TXT 6.3.10.
"""

from __future__ import annotations

import bz2
import hashlib
import os
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from solander.errors import ArchiveError
from solander.files.descent import CHUNK_BYTES
from solander.files.members import Broken, Roll, SerialisedTree, decoded_limit
from solander.files.zip_directory import ENCRYPTED_FLAGS, LOCAL_BYTES, Local, find_end, read_directory, read_local
from solander.model.ports import Hashed, Wanted

STORED, DEFLATED, BZIP2 = 0, 8, 12
_METHODS = {STORED, DEFLATED, BZIP2}
_PIECE_BYTES = 64 * 1024


class InZip(NamedTuple):
    """Where a member lies, and what the directory says of it."""

    at: int
    packed_bytes: int
    method: int
    flags: int
    crc: int
    name_crc: int


class ZipTree(SerialisedTree[InZip]):
    """A zip file, read and never changed; keeps ``model.ports.Tree``."""

    form = "zip"

    _starts: tuple[int, ...] = ()
    """Where members begin, in order, and where the directory does."""

    _readable_bytes: int | None = None
    """Larger members are not read, for with them the whole would decode to too much; ``None`` where it does not."""

    def _enter(self, file: int, size_bytes: int, roll: Roll[InZip]) -> None:
        end = find_end(file, size_bytes)
        starts: list[int] = []
        spans: list[tuple[int, int, str]] = []
        declared_bytes = number = 0
        try:
            for one in read_directory(file, end):
                number += 1
                where = InZip(one.at, one.packed_bytes, one.method, one.flags, one.crc, one.name_crc)
                path = roll.add(one.name, one.kind, one.size_bytes, where)
                starts.append(one.at)
                spans.append((one.at, one.at + LOCAL_BYTES + one.name_bytes + one.packed_bytes, path or ""))
                declared_bytes += one.size_bytes
                if path is not None and one.flags & ENCRYPTED_FLAGS:
                    roll.fault("serialised-encrypted", path, "it is encrypted; it was not read")
        finally:
            self._starts = (*sorted(starts), end.at)
        if number != end.members:
            what = "its directory has another number of members than its end says"
            roll.fault("serialised-unreadable", "", what, str(end.members), str(number))
        _tell_overlaps(spans, end.at, roll)
        if declared_bytes > decoded_limit(size_bytes):
            what = f"its members are to decode to {declared_bytes:,} bytes, which is more than is read"
            roll.fault("serialised-bound-exceeded", "", what, f"at most {decoded_limit(size_bytes):,}")
            self._readable_bytes = _readable(roll, decoded_limit(size_bytes))
        before_bytes = self._starts[0]
        for stray, place in ((before_bytes, "before its first member"), (end.behind_bytes, "behind its end")):
            if stray:
                what = f"{stray:,} bytes stand {place}; they were not read"
                roll.fault("serialised-edges-irregular", "", what)

    def _chunks(self, file: int, path: str, size_bytes: int, where: InZip) -> Iterator[bytes]:
        try:
            yield from self._decoded(file, path, size_bytes, where)
        except Broken as error:
            raise ArchiveError(self._place(path), str(error)) from error

    def _hashed(self, file: int, asked: list[tuple[Wanted, str, int, InZip]]) -> Iterator[Hashed]:
        for wanted, path, size_bytes, where in asked:
            hashers = [hashlib.new(name, usedforsecurity=False) for name in wanted.algorithms]
            try:
                for piece in self._decoded(file, path, size_bytes, where):
                    for hasher in hashers:
                        hasher.update(piece)
                    self.telling.more(wanted.path, len(piece))
            except Broken as error:
                yield Hashed(wanted.path, (), str(error))
            else:
                yield Hashed(wanted.path, tuple([hasher.hexdigest() for hasher in hashers]), None)

    def _decoded(self, file: int, path: str, size_bytes: int, where: InZip) -> Iterator[bytes]:
        """A member's bytes, as many as are declared.

        Raises:
            Broken: it holds fewer or more, or cannot be read.
        """
        if self._readable_bytes is not None and size_bytes > self._readable_bytes:
            raise Broken("it was not read: the archive file would decode to more than is allowed")
        local = self._local(file, path, where)
        crc = done_bytes = 0
        for piece in _unpacked(file, local.begin, where):
            done_bytes += len(piece)
            if done_bytes > size_bytes:
                self._harmed(path, "it holds more bytes than the directory says; no more were read", size_bytes)
            crc = zlib.crc32(piece, crc)
            yield piece
        if done_bytes != size_bytes:
            self._harmed(path, "it holds fewer bytes than the directory says", size_bytes, done_bytes)
        if crc != where.crc:
            what = "its bytes have another CRC-32 than the directory says"
            self._roll().fault("serialised-member-harmed", path, what, f"{where.crc:08x}", f"{crc:08x}")

    def _local(self, file: int, path: str, where: InZip) -> Local:
        if where.flags & ENCRYPTED_FLAGS:
            raise Broken("it is encrypted")
        if where.method not in _METHODS:
            raise Broken(f"it is compressed by a method that is not known here (number {where.method})")
        try:
            local = read_local(file, where.at)
        except Broken as error:
            self._harmed(path, str(error))
        if local.flags & ENCRYPTED_FLAGS:
            raise Broken("it is encrypted, other than the directory says")
        if local.name_crc != where.name_crc:
            what = "where the directory says that it lies stands a member of another name"
            self._roll().fault("serialised-member-harmed", path, what)
        following = bisect_right(self._starts, where.at)
        if following < len(self._starts) and local.begin + where.packed_bytes > self._starts[following]:
            self._harmed(path, "it reaches into the next member; it was not read")
        return local

    def _harmed(self, path: str, what: str, expected: int | None = None, found: int | None = None) -> None:
        """Note that a member contradicts the directory, and give it up."""
        sizes = [None if one is None else str(one) for one in (expected, found)]
        self._roll().fault("serialised-member-harmed", path, what, *sizes)
        raise Broken(what)


def _readable(roll: Roll[InZip], limit_bytes: int) -> int:
    """The size up to which all members together stay within a bound: the small ones are those that describe a bag."""
    together = 0
    for size_bytes, same in groupby(sorted(size for _, size, _ in roll.members.values())):
        together += size_bytes * sum(1 for _ in same)
        if together > limit_bytes:
            return size_bytes - 1
    return limit_bytes


def _tell_overlaps(spans: list[tuple[int, int, str]], directory_at: int, roll: Roll[InZip]) -> None:
    """Tell members that lie in one another: a bomb of a few mebibytes holds one member a million times."""
    reached = 0
    for begin, end, path in sorted(spans):
        if begin < reached or end > directory_at:
            where = "in another member" if begin < reached else "beyond the last byte before the directory"
            roll.fault("serialised-member-harmed", path, f"by the directory it lies {where}")
        reached = max(reached, end)


def _unpacked(file: int, begin: int, where: InZip) -> Iterator[bytes]:
    """A member's bytes, decompressed; in pieces of at most ``CHUNK_BYTES``."""
    left, at = where.packed_bytes, begin
    if where.method == STORED:
        while left and (piece := os.pread(file, min(left, CHUNK_BYTES), at)):
            left -= len(piece)
            at += len(piece)
            yield piece
        return
    try:
        if where.method == DEFLATED:
            yield from _inflated(file, begin, where.packed_bytes)
            return
        decoder = bz2.BZ2Decompressor()
        while not decoder.eof:
            piece = os.pread(file, min(left, _PIECE_BYTES), at) if decoder.needs_input else b""
            left -= len(piece)
            at += len(piece)
            made = decoder.decompress(piece, CHUNK_BYTES)
            if not made and not piece and decoder.needs_input:
                break
            if made:
                yield made
    except (zlib.error, OSError, ValueError) as error:
        raise Broken(f"its compression is damaged: {error}") from error


def _inflated(file: int, begin: int, packed_bytes: int) -> Iterator[bytes]:
    decoder = zlib.decompressobj(-15)
    left, at = packed_bytes, begin
    waiting = b""
    while not decoder.eof:
        if not waiting and left:
            waiting = os.pread(file, min(left, _PIECE_BYTES), at)
            left -= len(waiting)
            at += len(waiting)
        made = decoder.decompress(waiting, CHUNK_BYTES)
        if not made and not waiting:
            break
        waiting = decoder.unconsumed_tail
        if made:
            yield made
    # What stands behind the end of a member's compressed part is a place to hide in.
    if decoder.eof and (decoder.unused_data or left):
        raise Broken("its compressed part ends before the member does")

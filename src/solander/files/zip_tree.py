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
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from solander.errors import ArchiveError
from solander.files.descent import CHUNK_BYTES
from solander.files.members import FAULTS_LIMIT, Broken, Roll, SerialisedTree, decoded_limit
from solander.files.zip_between import Differing, InZip, Span, difference, tell_between
from solander.files.zip_directory import ENCRYPTED_FLAGS, LOCAL_BYTES, Local, find_end, read_directory, read_local
from solander.model.ports import Hashed, Wanted
from solander.model.serialised import Serialisation

STORED, DEFLATED, BZIP2 = 0, 8, 12
_METHODS = {STORED, DEFLATED, BZIP2}
_METHOD_NAMES = {6: "Implode", 9: "Deflate64", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd", 99: "AES"}
"""Of methods that are not read, by their numbers (APPNOTE.TXT, 4.4.5)."""

_PATCH_FLAG = 0x20
_PIECE_BYTES = 64 * 1024


class ZipTree(SerialisedTree[InZip]):
    """A zip file, read and never changed; keeps ``model.ports.Tree``."""

    form = "zip"

    _starts: tuple[int, ...] = ()
    """Where members begin, in order, and where the directory does."""

    _looked_at: bytearray = bytearray()
    """For each of ``_starts``, whether the member's own header was compared with the directory."""

    _readable_bytes: int | None = None
    """Larger members are not read, for with them the whole would decode to too much; ``None`` where it does not."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._differing: dict[str, Differing] = {}
        """What the headers of members say otherwise, until it is known that their bytes do not say it as well."""

    def serialisation(self) -> Serialisation:
        """What was met so far; the headers of members that nobody read are looked at now.

        Raises:
            ArchiveError: the archive file could not be opened.
        """
        roll = self._roll()
        if not all(self._looked_at):
            with self._opened() as file:
                for path, (_, size_bytes, where) in roll.members.items():
                    if where is not None and not self._looked_at[number := self._number(where)]:
                        self._look_at(file, path, size_bytes, where, roll, number)
        for path, (what, said, own) in self._differing.items():
            roll.fault("serialised-member-harmed", path, what, said, own)
        self._differing.clear()
        return super().serialisation()

    def closed(self) -> dict[str, str]:
        """The files that nobody can read here, be they whole, and why: encrypted, or compressed by another method.

        Raises:
            ArchiveError: the archive file could not be opened.
        """
        roll = self._roll()
        found = {}
        for entry in self.entries():
            where = roll.members[roll.inside(entry.path)][2] if entry.kind == "file" else None
            if where is not None and (why := _closed(where)) is not None:
                found[entry.path] = why
        return found

    def _enter(self, file: int, size_bytes: int, roll: Roll[InZip]) -> None:
        end = find_end(file, size_bytes)
        spans: list[Span] = []
        declared_bytes = number = 0
        try:
            for one in read_directory(file, end):
                number += 1
                where = InZip(one.at, one.packed_bytes, one.method, one.flags, one.crc, one.name_crc)
                path = None
                try:
                    path = roll.add(one.name, one.kind, one.size_bytes, where)
                finally:
                    end_at = one.at + LOCAL_BYTES + one.name_bytes + one.packed_bytes
                    spans.append((one.at, end_at, path or "", where, one.size_bytes))
                declared_bytes += one.size_bytes
                if path is not None and one.flags & ENCRYPTED_FLAGS:
                    roll.fault("serialised-encrypted", path, "it is encrypted; it was not read")
        finally:
            spans.sort()
            self._starts = (*[at for at, *_ in spans], end.at)
            self._looked_at = bytearray(len(spans))
        if number != end.members:
            what = "its directory has another number of members than its end says"
            roll.fault("serialised-unreadable", "", what, str(end.members), str(number))
        tell_between(file, spans, end.at, roll)
        for number, (_, _, path, where, its_bytes) in enumerate(spans):
            if path in roll.folders:
                self._look_at(file, path, its_bytes, where, roll, number)
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
        local = self._local(file, path, size_bytes, where)
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
            self._differing.pop(path, None)
            self._roll().fault("serialised-member-harmed", path, what, f"{where.crc:08x}", f"{crc:08x}")

    def _local(self, file: int, path: str, size_bytes: int, where: InZip) -> Local:
        if where.flags & ENCRYPTED_FLAGS:
            raise Broken("it is encrypted")
        if where.flags & _PATCH_FLAG:
            raise Broken("it is a patch of a file, and no file")
        if where.method not in _METHODS:
            raise Broken(f"it is compressed by a method that is not known here (number {where.method})")
        number = self._number(where)
        local = self._look_at(file, path, size_bytes, where, self._roll(), number)
        if local is None:
            raise Broken("no member begins where the directory says")
        if local.flags & ENCRYPTED_FLAGS:
            raise Broken("it is encrypted, other than the directory says")
        following = bisect_right(self._starts, where.at, number)
        if following < len(self._starts) and local.begin + where.packed_bytes > self._starts[following]:
            self._harmed(path, "it reaches into the next member; it was not read")
        return local

    def _number(self, where: InZip) -> int:
        """The place of a member in the order in which they lie; the directory's own is none of them."""
        return bisect_left(self._starts, where.at, 0, len(self._looked_at))

    def _look_at(
        self, file: int, path: str, size_bytes: int, where: InZip, roll: Roll[InZip], number: int
    ) -> Local | None:
        """A member's own header, compared with the directory; ``None`` where there is none, which is told too."""
        self._looked_at[number] = True
        try:
            local = read_local(file, where.at)
        except Broken as error:
            roll.fault("serialised-member-harmed", path, str(error))
            return None
        if local.name_crc != where.name_crc:
            what = "where the directory says that it lies stands a member of another name"
            roll.fault("serialised-member-harmed", path, what)
        elif (differs := difference(local, where, size_bytes)) is not None:
            if len(self._differing) < FAULTS_LIMIT:
                self._differing[path] = differs
            else:
                roll.fault("serialised-member-harmed", path, *differs)
        return local

    def _harmed(self, path: str, what: str, expected: int | None = None, found: int | None = None) -> None:
        """Note that a member contradicts the directory, and give it up."""
        self._differing.pop(path, None)
        sizes = [None if one is None else str(one) for one in (expected, found)]
        self._roll().fault("serialised-member-harmed", path, what, *sizes)
        raise Broken(what)


def _closed(where: InZip) -> str | None:
    if where.flags & ENCRYPTED_FLAGS:
        return "encrypted"
    if where.method in _METHODS:
        return None
    return f"compressed by {_METHOD_NAMES.get(where.method, 'another method')} (method {where.method})"


def _readable(roll: Roll[InZip], limit_bytes: int) -> int:
    """The size up to which all members together stay within a bound: the small ones are those that describe a bag."""
    together = 0
    for size_bytes, same in groupby(sorted(size for _, size, _ in roll.members.values())):
        together += size_bytes * sum(1 for _ in same)
        if together > limit_bytes:
            return size_bytes - 1
    return limit_bytes


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
        _see_to_end(decoder.eof, bool(decoder.unused_data) or left > 0)
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
    _see_to_end(decoder.eof, bool(decoder.unused_data) or left > 0)


def _see_to_end(is_ended: bool, has_more: bool) -> None:
    """Refuse a compressed part without its end: its own checksum is missing; or one with a place to hide in behind."""
    if not is_ended:
        raise Broken("its compressed part is cut off")
    if has_more:
        raise Broken("its compressed part ends before the member does")

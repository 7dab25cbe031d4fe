"""A tar file as a tree of files, compressed or not: the promise ``model.ports.Tree`` kept without unpacking.

What is not compressed is gone through from header to header, and a member is read where it lies. What is compressed
is decoded twice: once for the names, and once for all the digests. Small tag files are kept from the first time.

Source: RFC 8493, section 4 (serialization).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from solander.errors import ArchiveError
from solander.files.decoding import Decompressed, Plain
from solander.files.descent import CHUNK_BYTES
from solander.files.members import Broken, MembersExceeded, Roll, SerialisedTree, decoded_limit
from solander.files.tar_headers import EndMissing, HeaderAlone, read_members
from solander.model.ports import Hashed, Wanted
from solander.model.serialised import NO_END

KEPT_TAG_BYTES = 16 * 1024 * 1024
KEPT_PAYLOAD_BYTES = 8 * 1024 * 1024
"""Of small members of a compressed file: to read one again is to decode all that stands before it."""

KEPT_MEMBER_BYTES = 4 * 1024 * 1024

PADDING_LIMIT_BYTES = 1024 * 1024
"""Zeros that may stand behind the end: tapes have blocks of less."""


class InTar(NamedTuple):
    """Where a member's bytes begin, counted in what was decoded."""

    at: int


class TarTree(SerialisedTree[InTar]):
    """A tar file, read and never changed; keeps ``model.ports.Tree``."""

    def __init__(self, path: Path, compression: str | None = None) -> None:
        """``compression`` is a key of ``decoding.MAGIC``, or ``None``."""
        super().__init__(path)
        self.form = f"tar.{compression}" if compression else "tar"
        self._compression = compression
        self._kept: dict[str, bytes] = {}
        self._room = {True: KEPT_TAG_BYTES, False: KEPT_PAYLOAD_BYTES}

    def source_of(self, file: int, size_bytes: int) -> Plain | Decompressed:
        """The bytes of the open tar file, decoded if need be; each reading begins anew."""
        if self._compression is None:
            return Plain(file, size_bytes)
        return Decompressed(file, self._compression, decoded_limit(size_bytes))

    def _enter(self, file: int, size_bytes: int, roll: Roll[InTar]) -> None:
        source = self.source_of(file, size_bytes)
        try:
            for member in read_members(source):
                path = roll.add(member.name, member.kind, member.size_bytes, InTar(member.at))
                if path is not None and member.kind == "file" and self._compression is not None:
                    self._keep(source, path, member.size_bytes)
        except EndMissing:
            roll.fault("serialised-edges-irregular", "", NO_END)
            return
        except HeaderAlone:
            what = "a header stands before its end that belongs to no member"
            roll.fault("serialised-edges-irregular", "", what)
        self._look_behind(source, roll)

    def _keep(self, source: Plain | Decompressed, path: str, size_bytes: int) -> None:
        is_tag = not path.partition("/")[2].startswith("data/")
        if size_bytes > min(self._room[is_tag], KEPT_MEMBER_BYTES):
            return
        parts: list[bytes] = []
        left = size_bytes
        while left and (piece := source.read(left)):
            parts.append(piece)
            left -= len(piece)
        if not left:
            self._room[is_tag] -= size_bytes
            self._kept[path] = b"".join(parts)

    def _look_behind(self, source: Plain | Decompressed, roll: Roll[InTar]) -> None:
        """Tell what stands behind the end; to read it makes sure of a compressed file's checksum, too."""
        end = source.at
        while source.at - end <= PADDING_LIMIT_BYTES and (piece := source.read(CHUNK_BYTES)):
            if any(piece):
                break
        else:
            piece = b""
        stray = source.stray_bytes if isinstance(source, Decompressed) else 0
        if piece or source.at - end > PADDING_LIMIT_BYTES:
            what = "bytes stand behind its end that belong to no member; they were not read"
            roll.fault("serialised-edges-irregular", "", what)
        elif stray:
            what = f"{stray:,} bytes stand behind its compressed part; they were not read"
            roll.fault("serialised-edges-irregular", "", what)

    def _chunks(self, file: int, path: str, size_bytes: int, where: InTar) -> Iterator[bytes]:
        if path in self._kept:
            yield self._kept[path]
            return
        try:
            source = self.source_of(file, self._stamp[2])
            source.skip(where.at)
            yield from _pieces(source, size_bytes)
        except (Broken, MembersExceeded) as error:
            raise ArchiveError(self._place(path), f"the archive file cannot be read there: {error}") from error

    def contents(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Every file and its bytes, in the order in which they lie: what is compressed is decoded once.

        Raises:
            ArchiveError: the archive file could not be opened, or has changed; or, of the bytes, could not be read.
        """
        found: list[tuple[int, str, int]] = []
        for entry in self.entries():
            _, size_bytes, where = self._member(entry.path) if entry.kind == "file" else ("", 0, None)
            if where is not None:
                found.append((where.at, entry.path, size_bytes))
        with self._opened() as file:
            source = self.source_of(file, self._stamp[2])
            for at, path, size_bytes in sorted(found):
                yield path, self._from_here(source, at, path, size_bytes)

    def _from_here(self, source: Plain | Decompressed, at: int, path: str, size_bytes: int) -> Iterator[bytes]:
        try:
            source.skip(at - source.at)
            yield from _pieces(source, size_bytes)
        except (Broken, MembersExceeded) as error:
            raise ArchiveError(self._place(path), f"the archive file cannot be read there: {error}") from error

    def _hashed(self, file: int, asked: list[tuple[Wanted, str, int, InTar]]) -> Iterator[Hashed]:
        source = self.source_of(file, self._stamp[2])
        broken: str | None = None
        for wanted, _, size_bytes, where in asked:
            digests: tuple[str, ...] = ()
            if broken is None:
                try:
                    if where.at < source.at:
                        source = self.source_of(file, self._stamp[2])
                    source.skip(where.at - source.at)
                    hashers = [hashlib.new(name, usedforsecurity=False) for name in wanted.algorithms]
                    for piece in _pieces(source, size_bytes):
                        for hasher in hashers:
                            hasher.update(piece)
                        self.telling.more(wanted.path, len(piece))
                    digests = tuple([hasher.hexdigest() for hasher in hashers])
                except (Broken, MembersExceeded) as error:
                    broken = f"the archive file cannot be read there: {error}"
            yield Hashed(wanted.path, digests, broken)


def _pieces(source: Plain | Decompressed, size_bytes: int) -> Iterator[bytes]:
    left = size_bytes
    while left:
        piece = source.read(left)
        if not piece:
            raise Broken(f"{left:,} bytes are missing")
        left -= len(piece)
        yield piece

"""Files of compressed members, as web archives are: what comes out, and where each member begins and ends.

A record of a WARC is a member of its own, so that it can be read, and copied, without what stands before it. Output is
asked for in pieces and never more than is wanted: a member may claim to hold anything.

Source: ISO 28500:2017, annex D (gzip, one member a record); the WARC file with Zstandard compression (IIPC, 1.0);
RFC 1952, 2.2; RFC 8878, 3.1.
"""

from __future__ import annotations

import re
import zlib
from typing import Any, NamedTuple, Protocol

from solander.model.ports import Readable
from solander.model.serialised import SKIPPABLE_FRAMES

PIECE_BYTES = 64 * 1024
OVERLAP_BYTES = 4096
DICTIONARY_LIMIT_BYTES = 64 * 1024 * 1024

_GZIP, _LZ4, _ZSTD = b"\x1f\x8b", b"\x04\x22\x4d\x18", b"\x28\xb5\x2f\xfd"
ZSTD_DICTIONARY = b"\x5d\x2a\x4d\x18"


class MemberDamaged(Exception):
    """A compressed member cannot be read on; ``is_cut`` tells whether it only ends too early."""

    def __init__(self, what: str, *, is_cut: bool = False) -> None:
        super().__init__(what)
        self.is_cut = is_cut


class Passed(NamedTuple):
    """Bytes between two members that are none."""

    offset_bytes: int
    size_bytes: int
    first: bytes
    """The first of them that are not zero; none, where all are."""


class _Inflater(Protocol):
    """What the standard library's decompressors have in common since bz2."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    """zlib's decompressor with the manners of the others; zlib itself compares the checksum."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)
        self._waiting = b""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        out = self._inner.decompress(self._waiting + data, max_length)
        self._waiting = self._inner.unconsumed_tail
        return out

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._waiting and not self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data


def form_of(head: bytes) -> str:
    """How a file is compressed, by its first bytes: ``gzip``, ``zstd``, ``lz4`` or ``plain``."""
    if head.startswith(_GZIP):
        return "gzip"
    if head.startswith((_ZSTD, ZSTD_DICTIONARY)):
        return "zstd"
    return "lz4" if head.startswith((_LZ4, *SKIPPABLE_FRAMES)) else "plain"


class Members:
    """What a file holds unpacked, from a place on."""

    def __init__(self, source: Readable, offset_bytes: int = 0, *, form: str | None = None) -> None:
        """Begin at a member.

        Args:
            source: the file.
            offset_bytes: where a member begins.
            form: as ``form_of`` says; asked of the file's first bytes if not given.
        """
        self._source = source
        self.form = form or form_of(source.read_at(0, 4))
        self._dictionary: Any = None
        self._dictionary_fault = ""
        self._dictionary_end = self._read_dictionary() if self.form == "zstd" else 0
        self._next = max(offset_bytes, self._dictionary_end)
        """Where the next bytes are read."""
        self._unpacker: _Inflater | None = None
        self._buffer = b""
        self._at = 0
        self.member_offset = self._next
        """Where the member begins from which the next byte comes."""
        self._given = 0
        """Bytes of this member that were given out, up to the buffer's begin."""
        self.trailing: bytes = b""
        """What follows the last member and is none; its first bytes."""

    @property
    def offset_bytes(self) -> int:
        """The place in the file: of what is not compressed that of the next byte, else that of the member."""
        return self.member_offset + self._given + self._at if self.form == "plain" else self.member_offset

    @property
    def is_at_member_start(self) -> bool:
        """Whether nothing of this member was given out."""
        return self.form == "plain" or self._given + self._at == 0

    @property
    def next_offset_bytes(self) -> int:
        """Where the next member begins, once this one is done; of what is not compressed the place of the next byte."""
        return self.offset_bytes if self.form == "plain" else self._next

    def peek(self, size_bytes: int) -> bytes:
        """The next bytes without taking them; fewer where the member ends. A new member is begun if one is done.

        Raises:
            MemberDamaged: what is compressed cannot be read.
        """
        while len(self._buffer) - self._at < size_bytes and self._fill(begin=self._at == len(self._buffer)):
            pass
        return self._buffer[self._at : self._at + size_bytes]

    def is_done(self) -> bool:
        """Whether the present member holds no more; of what is not compressed, whether the file does not."""
        while self._at == len(self._buffer):
            if not self._fill(begin=False):
                return True
        return False

    def read(self, size_bytes: int, *, across: bool = True) -> bytes:
        """At most so many bytes; none at the end.

        Args:
            size_bytes: how many are wanted; fewer may come.
            across: whether to go on with the next member where one is done.

        Raises:
            MemberDamaged: what is compressed cannot be read.
        """
        while self._at == len(self._buffer):
            if not self._fill(begin=across):
                return b""
        piece = self._buffer[self._at : self._at + size_bytes]
        self._at += len(piece)
        return piece

    def read_line(self, limit_bytes: int, *, across: bool = True) -> bytes:
        """A line with its end; the rest, where none comes; a part, where it is longer than the bound.

        Raises:
            MemberDamaged: what is compressed cannot be read.
        """
        parts: list[bytes] = []
        size = 0
        while size < limit_bytes:
            if self._at == len(self._buffer) and not self._fill(begin=across):
                break
            end = self._buffer.find(b"\n", self._at, self._at + limit_bytes - size)
            stop = min(end + 1 if end >= 0 else len(self._buffer), self._at + limit_bytes - size)
            part = self._buffer[self._at : stop]
            self._at = stop
            parts.append(part)
            size += len(part)
            if end >= 0:
                break
        return b"".join(parts)

    def go_to(self, offset_bytes: int) -> None:
        """Go on at another place of a file that is not compressed."""
        self._next = self.member_offset = offset_bytes
        self._buffer, self._at, self._given = b"", 0, 0

    def found(self, begins: re.Pattern[bytes], offset_bytes: int) -> int | None:
        """Where something stands in a file that is not compressed, from a place on; its first group, if it has one.

        Args:
            begins: at most ``OVERLAP_BYTES`` long.
            offset_bytes: where to begin.
        """
        at = offset_bytes
        while piece := self._source.read_at(at, PIECE_BYTES + OVERLAP_BYTES):
            if (mark := begins.search(piece)) is not None:
                return at + mark.start(mark.lastindex or 0)
            at += PIECE_BYTES
        return None

    def skip_member(self) -> None:
        """Go on where the next member seems to begin: for a gzip file, at the next magic number."""
        self._begin_at(self._sought(self.member_offset + 1)[0])

    def skip_trailing(self) -> Passed | None:
        """Go on at a member behind what follows the last one and is none; ``None`` where no other comes."""
        start = self._next
        found, first = self._sought(start)
        if found == self._source.size_bytes:
            return None
        self._begin_at(found)
        self.trailing = b""
        return Passed(start, found - start, first)

    def _begin_at(self, offset_bytes: int) -> None:
        self._buffer, self._at, self._unpacker = b"", 0, None
        self._next = self.member_offset = offset_bytes
        self._given = 0

    def _sought(self, start: int) -> tuple[int, bytes]:
        """Where a member seems to begin, from a place on: else the file's end; and what stands before it."""
        magic = {"gzip": _GZIP + b"\x08", "zstd": _ZSTD, "lz4": _LZ4}[self.form]
        first = b""
        while True:
            piece = self._source.read_at(start, PIECE_BYTES)
            found = piece.find(magic)
            first = first or piece[: found if found >= 0 else None].lstrip(b"\0")[:64]
            if found >= 0:
                return start + found, first
            if len(piece) < PIECE_BYTES:
                return self._source.size_bytes, first
            start += PIECE_BYTES - len(magic)

    # ------------------------------------------------------------------------------------------------- unpacking

    def _fill(self, *, begin: bool) -> bool:
        """Have more bytes in the buffer; ``False`` where there are none (of this member, unless ``begin``)."""
        if self.form == "plain":
            piece = self._source.read_at(self._next, PIECE_BYTES)
            self._next += len(piece)
            self._keep(piece)
            return bool(piece)
        while True:
            if self._unpacker is None or self._unpacker.eof:
                if self._unpacker is not None and not begin:
                    return False
                if not self._begin_member():
                    return False
            piece = self._unpacked()
            if piece:
                self._keep(piece)
                return True

    def _unpacked(self) -> bytes:
        """The next piece of the present member; none where it ends, or wants more input first."""
        unpacker = self._unpacker
        if unpacker is None:
            return b""
        data = b""
        if unpacker.needs_input:
            data = self._source.read_at(self._next, PIECE_BYTES)
            self._next += len(data)
            if not data:
                raise MemberDamaged(f"the {self.form} member ends before it is whole", is_cut=True)
        try:
            piece = unpacker.decompress(data, PIECE_BYTES)
        except Exception as error:
            raise MemberDamaged(f"the {self.form} member is damaged ({_plainly(error)})") from error
        if unpacker.eof:
            self._next -= len(unpacker.unused_data or b"")  # lz4 has none where zlib has an empty one
        return piece

    def _keep(self, piece: bytes) -> None:
        self._given += self._at
        self._buffer = self._buffer[self._at :] + piece
        self._at = 0

    def _begin_member(self) -> bool:
        if self._dictionary_fault:
            raise MemberDamaged(f"{self._dictionary_fault}, and without it nothing can be read", is_cut=True)
        head = self._source.read_at(self._next, 4)
        while self.form in ("zstd", "lz4") and head in SKIPPABLE_FRAMES:
            size = int.from_bytes(self._source.read_at(self._next + 4, 4), "little")
            self._next += 8 + size
            head = self._source.read_at(self._next, 4)
        magic = {"gzip": _GZIP, "zstd": _ZSTD, "lz4": _LZ4}[self.form]
        if not head.startswith(magic):
            self.trailing = self._source.read_at(self._next, 64)
            return False
        # A member is begun only once nothing of the one before is left.
        self.member_offset, self._given = self._next, 0
        self._buffer, self._at = b"", 0
        self._unpacker = self._new()
        return True

    def _new(self) -> _Inflater:
        if self.form == "gzip":
            return _Gzip()
        # Late: few archives are compressed otherwise.
        if self.form == "zstd":
            from solander.capturing.libraries import zstd

            return zstd().ZstdDecompressor(self._dictionary)  # type: ignore[no-any-return]
        import lz4.frame

        return lz4.frame.LZ4FrameDecompressor()  # type: ignore[no-any-return]

    def _read_dictionary(self) -> int:
        """Read the dictionary that a file may begin with, and say where what it is for begins."""
        head = self._source.read_at(0, 8)
        if not head.startswith(ZSTD_DICTIONARY):
            return 0
        size = int.from_bytes(head[4:], "little")
        if size > DICTIONARY_LIMIT_BYTES:
            self._dictionary_fault = f"the dictionary has more than {DICTIONARY_LIMIT_BYTES:,} bytes"
            return 8
        from solander.capturing.libraries import zstd

        content = self._source.read_at(8, size)
        try:
            if content.startswith(_ZSTD):
                content = zstd().ZstdDecompressor().decompress(content, DICTIONARY_LIMIT_BYTES)
            self._dictionary = zstd().ZstdDict(content)
        except (zstd().ZstdError, ValueError) as error:
            self._dictionary_fault = f"the dictionary is none ({_plainly(error)})"
        return 8 + size


def _plainly(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__

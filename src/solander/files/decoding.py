"""The bytes of a file from its beginning to its end, as they stand or decompressed: forward only, and bounded.

A compressed file of one mebibyte may hold a gibibyte: no more is decoded than was allowed, and never more than a
piece at once.

Source: RFC 1952, 2.2 (a gzip file has one member or several).
"""

from __future__ import annotations

import bz2
import lzma
import os
import zlib
from typing import Protocol

from solander.files.descent import CHUNK_BYTES
from solander.files.members import Broken, MembersExceeded

MAGIC = {"gz": b"\x1f\x8b\x08", "bz2": b"BZh", "xz": b"\xfd7zXZ\x00"}
"""What compressed files begin with, by the ending of their names."""

XZ_MEMORY_BYTES = 128 * 1024 * 1024
"""What xz's largest preset needs; a file that asks for more is not read."""

MEMBERS_LIMIT = 10_000
"""Of a compressed file, and one more for every 4 KiB: to begin a member costs more than to decode one."""

_PIECE_BYTES = 32 * 1024
# What follows a member is copied when it ends, so that large pieces cost most where members are small.


class Source(Protocol):
    """Bytes that are read forward."""

    at: int
    """How many were read or passed over."""

    def read(self, size_bytes: int) -> bytes:
        """So many bytes; fewer only at the end, and never more than ``CHUNK_BYTES``."""
        ...

    def skip(self, size_bytes: int) -> None:
        """Pass over so many bytes."""
        ...


class Plain:
    """A file as it stands; keeps ``Source``."""

    def __init__(self, file: int, size_bytes: int) -> None:
        self.at = 0
        self._file, self._size_bytes = file, size_bytes

    def read(self, size_bytes: int) -> bytes:
        """So many bytes; fewer only at the end, and never more than ``CHUNK_BYTES``."""
        wanted = min(size_bytes, CHUNK_BYTES)
        found = os.pread(self._file, wanted, self.at)
        while 0 < len(found) < wanted and (more := os.pread(self._file, wanted - len(found), self.at + len(found))):
            found += more
        self.at += len(found)
        return found

    def skip(self, size_bytes: int) -> None:
        """Pass over so many bytes.

        Raises:
            Broken: there are not so many.
        """
        if self.at + size_bytes > self._size_bytes:
            raise Broken(f"it is cut off: {self.at + size_bytes - self._size_bytes:,} bytes are missing")
        self.at += size_bytes


class Decompressed:
    """A compressed file, decompressed, with all its members; keeps ``Source``."""

    def __init__(self, file: int, form: str, limit_bytes: int) -> None:
        """``form`` is a key of ``MAGIC``; no more than ``limit_bytes`` is ever decoded."""
        self.at = 0
        self.stray_bytes = 0
        """What follows the last member and is none: known once the end was reached."""
        self._file, self._form, self._limit_bytes = file, form, limit_bytes
        self._offset = self._members = self._used = 0
        self._decoder = _decoder(form)
        self._waiting = self._ready = b""
        self._ended = False

    def read(self, size_bytes: int) -> bytes:
        """So many bytes; fewer only at the end, and never more than ``CHUNK_BYTES``.

        Raises:
            Broken: the compression is damaged or cut off.
            MembersExceeded: it decodes to more than was allowed.
        """
        wanted = min(size_bytes, CHUNK_BYTES)
        parts: list[bytes] = []
        while wanted and (self._used < len(self._ready) or self._fill()):
            piece = self._ready[self._used : self._used + wanted]
            self._used += len(piece)
            self.at += len(piece)
            wanted -= len(piece)
            parts.append(piece)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def skip(self, size_bytes: int) -> None:
        """Pass over so many bytes; they are decoded, for there is no other way.

        Raises:
            Broken: there are not so many, or the compression is damaged.
            MembersExceeded: it decodes to more than was allowed.
        """
        while size_bytes:
            piece = self.read(size_bytes)
            if not piece:
                raise Broken(f"it is cut off: {size_bytes:,} bytes are missing")
            size_bytes -= len(piece)

    def _fill(self) -> bool:
        """Decode the next piece; whether there was one."""
        self._ready, self._used = b"", 0
        while not self._ready and not self._ended:
            if not self._waiting and self._decoder.needs_input:
                self._waiting = self._more()
            given = self._waiting
            try:
                self._ready = self._decoder.decoded(given)
            except (zlib.error, lzma.LZMAError, OSError, ValueError) as error:
                raise Broken(f"its {self._form} compression is damaged: {error}") from error
            self._waiting = self._decoder.left
            if self._decoder.ended:
                self._next_member()
            elif not given and not self._ready and self._decoder.needs_input:
                raise Broken(f"its {self._form} compression is cut off")
            if self.at + len(self._ready) > self._limit_bytes:
                raise MembersExceeded(f"it decodes to more than {self._limit_bytes:,} bytes")
        return bool(self._ready)

    def _more(self) -> bytes:
        found = os.pread(self._file, _PIECE_BYTES, self._offset)
        self._offset += len(found)
        return found

    def _next_member(self) -> None:
        """Begin the next member, if what follows is one; zeros between and behind are padding."""
        while not (rest := self._waiting.lstrip(b"\0")):
            self._waiting = self._more()
            if not self._waiting:
                self._ended = True
                return
        magic = MAGIC[self._form]
        if len(rest) < len(magic):
            rest += self._more()
        self._waiting = rest
        self._members += 1
        if self._members > MEMBERS_LIMIT + self.at // 4096:
            raise MembersExceeded(
                f"its {self._form} compression has more than {MEMBERS_LIMIT:,} members of next to nothing"
            )
        if rest.startswith(magic):
            self._decoder = _decoder(self._form)
        else:
            self._ended = True
            self.stray_bytes = len(rest) + os.fstat(self._file).st_size - self._offset


class _Decoder(Protocol):
    left: bytes
    """Of the bytes given last, those that were not used."""

    @property
    def ended(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    def decoded(self, content: bytes) -> bytes: ...


class _Gzip:
    def __init__(self) -> None:
        self._decoder = zlib.decompressobj(31)
        self.left = b""

    @property
    def ended(self) -> bool:
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        return True

    def decoded(self, content: bytes) -> bytes:
        made = self._decoder.decompress(content, CHUNK_BYTES)
        self.left = self._decoder.unused_data if self._decoder.eof else self._decoder.unconsumed_tail
        return made


class _Held:
    """bz2's and lzma's decoders keep what they were given and could not yet decode."""

    def __init__(self, decoder: bz2.BZ2Decompressor | lzma.LZMADecompressor) -> None:
        self._decoder = decoder
        self.left = b""

    @property
    def ended(self) -> bool:
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        return self._decoder.needs_input

    def decoded(self, content: bytes) -> bytes:
        made = self._decoder.decompress(content, CHUNK_BYTES)
        self.left = self._decoder.unused_data if self._decoder.eof else b""
        return made


def _decoder(form: str) -> _Decoder:
    if form == "gz":
        return _Gzip()
    return _Held(bz2.BZ2Decompressor() if form == "bz2" else lzma.LZMADecompressor(memlimit=XZ_MEMORY_BYTES))

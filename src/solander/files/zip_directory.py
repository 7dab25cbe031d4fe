"""The directory of a zip file: what it says of each member, read in pieces and believed in nothing.

Python's ``zipfile`` reads a whole directory at once, cuts names at a NUL, and judges names and overlaps otherwise
from version to version; here a directory of a million lines is read in pieces, and every fact kept.

Source: APPNOTE.TXT 6.3.10, 4.3 (records), 4.4 (fields), 4.5.3 (Zip64), 4.6.9 (names in Unicode), appendix D.
"""

from __future__ import annotations

import contextlib
import os
import stat
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from solander.files.descent import CHUNK_BYTES
from solander.files.members import Broken

END_MARK = b"PK\x05\x06"
LOCAL_MARK = b"PK\x03\x04"
DESCRIPTOR_MARK = b"PK\x07\x08"

LOCAL_BYTES = 30
"""Of a local header, before the member's name."""

_LOCAL_GUESS_BYTES = 256
"""Read at once: most headers end sooner, and a second call costs more than the bytes."""

ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
"""Encrypted; strongly so; with a directory whose values are masked."""

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_LINE = struct.Struct("<4s6H3L5H2L")
_LENGTHS = struct.Struct("<2H")
_LOCAL = struct.Struct("<4s5H3L2H")
_WRITES_UTF8 = (3, 19)
"""Hosts that file names of UTF-8 are from: Unix, and the Mac since OS X (APPNOTE, 4.4.2.2)."""
_UTF8_FLAG = 0x800
_FULL = 0xFFFFFFFF
_FULL_FIELDS = (0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, _FULL, _FULL)
_COMMENT_LIMIT_BYTES = 0xFFFF


class End(NamedTuple):
    """The record at the end of a zip file: where its directory lies."""

    at: int
    """Where the directory begins in the file as it is."""
    size_bytes: int
    members: int
    before_bytes: int
    """What stands before the zip file in the same file: the directory's offsets do not count it."""
    behind_bytes: int
    """What stands behind its comment."""


class ZipMember(NamedTuple):
    """One line of the directory."""

    name: str
    """Bytes that are no characters as lone surrogates."""
    kind: str
    """As ``model.ports.Entry`` has it, or what else it is in words."""
    size_bytes: int
    packed_bytes: int
    at: int
    """Where its local header begins in the file as it is."""
    method: int
    flags: int
    crc: int
    name_crc: int
    """CRC-32 of its name's bytes, to know the name in its local header again."""
    name_bytes: int


class Local(NamedTuple):
    """What a member's local header says."""

    begin: int
    """Where the member's bytes begin."""
    flags: int
    name_crc: int
    method: int
    crc: int
    packed_bytes: int
    size_bytes: int


def find_end(file: int, file_bytes: int) -> End:
    """Find the record at the end.

    Raises:
        Broken: there is none, or what it says cannot be.
    """
    tail_at = max(0, file_bytes - _END.size - _COMMENT_LIMIT_BYTES)
    tail = _read(file, tail_at, file_bytes - tail_at)
    found = len(tail)
    while (found := tail.rfind(END_MARK, 0, found)) >= 0:
        if found + _END.size <= len(tail):
            _, disk, first, here, members, size_bytes, offset, comment = _END.unpack_from(tail, found)
            if found + _END.size + comment <= len(tail):
                break
    else:
        raise Broken("it has no directory at its end: it is cut off, or damaged")
    at = tail_at + found
    behind_bytes = file_bytes - at - _END.size - comment
    ends_at = at
    fields = (disk, first, here, members, size_bytes, offset)
    is_full = tuple([one == full for one, full in zip(fields, _FULL_FIELDS, strict=True)])
    locator = _read(file, at - _LOCATOR.size, _LOCATOR.size) if at >= _LOCATOR.size else b""
    if locator.startswith(b"PK\x06\x07") and (found64 := _end_of_zip64(file, at - _LOCATOR.size, locator)):
        ends_at, large = found64
        # Programs differ in which of the two they go by; the smaller one may leave its word to the larger, and no more.
        if any(one != other and not full for one, other, full in zip(fields, large, is_full, strict=True)):
            raise Broken("its two ends say different things of its directory")
        disk, first, here, members, size_bytes, offset = large
    elif locator.startswith(b"PK\x06\x07") and any(is_full):
        raise Broken("the record of a large directory is not where it should be")
    if disk or first or here != members:
        raise Broken("it is a part of a zip file in several parts")
    begin = ends_at - size_bytes
    if begin < 0 or offset > begin:
        raise Broken("its directory is said to lie where the file has nothing of it: it is cut off, or damaged")
    return End(begin, size_bytes, members, begin - offset, behind_bytes)


def _end_of_zip64(file: int, locator_at: int, locator: bytes) -> tuple[int, tuple[int, ...]] | None:
    """Where the record of a large directory stands, and its fields in the order of the end's; ``None`` if nowhere."""
    said_at = _LOCATOR.unpack(locator)[2]
    # Where bytes stand before the zip file the locator is wrong; the record stands before it, if it has no extension.
    found: dict[int, tuple[int, ...]] = {}
    for at in (said_at, locator_at - _END64.size):
        record = _read(file, at, _END64.size) if 0 <= at <= locator_at - _END64.size else b""
        if record.startswith(b"PK\x06\x06") and len(record) == _END64.size:
            found[at] = _END64.unpack(record)[4:]
    if len(found) > 1:
        raise Broken("it has two records of a large directory")
    return next(iter(found.items()), None)


def read_directory(file: int, end: End) -> Iterator[ZipMember]:
    """Every line of the directory, in its order.

    Raises:
        Broken: what stands where a line should is none.
    """
    piece, at, left = b"", 0, end.size_bytes
    position = end.at
    while left:
        if len(piece) - at < 3 * 0xFFFF + _LINE.size and position < end.at + end.size_bytes:
            piece, at = piece[at:], 0
            more = _read(file, position, min(2 * CHUNK_BYTES, end.at + end.size_bytes - position))
            piece += more
            position += len(more)
        if len(piece) - at < _LINE.size or piece[at : at + 4] != b"PK\x01\x02":
            raise Broken("its directory is damaged: what stands where a member should is none")
        fields = _LINE.unpack_from(piece, at)
        name_bytes, extra_bytes, comment_bytes = fields[10:13]
        length = _LINE.size + name_bytes + extra_bytes + comment_bytes
        if length > left or len(piece) - at < length:
            raise Broken("its directory is damaged: a member is longer than what is left of it")
        name_at = at + _LINE.size
        name = piece[name_at : name_at + name_bytes]
        yield _member(fields, name, piece[name_at + name_bytes : name_at + name_bytes + extra_bytes], end.before_bytes)
        at += length
        left -= length


def read_local(file: int, at: int) -> Local:
    """The local header of a member.

    Raises:
        Broken: there is none.
    """
    header = os.pread(file, _LOCAL_GUESS_BYTES, at)
    if len(header) < LOCAL_BYTES or not header.startswith(LOCAL_MARK):
        raise Broken("no member begins where the directory says")
    _, _, flags, method, _, _, crc, packed_bytes, size_bytes, name_bytes, extra_bytes = _LOCAL.unpack_from(header)
    begin = LOCAL_BYTES + name_bytes + extra_bytes
    if begin > len(header):
        header = _read(file, at, begin)
    if _FULL in (packed_bytes, size_bytes):
        for kind, content in _extras(header[LOCAL_BYTES + name_bytes : begin]):
            if kind == 0x0001:
                size_bytes, packed_bytes, _ = _large(content, size_bytes, packed_bytes, 0)
    name_crc = zlib.crc32(header[LOCAL_BYTES : LOCAL_BYTES + name_bytes])
    return Local(at + begin, flags, name_crc, method, crc, packed_bytes, size_bytes)


def begin_of(file: int, at: int) -> int:
    """Where a member's bytes begin by the lengths in its local header; as if it had none where none stands there."""
    lengths = os.pread(file, 4, at + LOCAL_BYTES - 4)
    return at + LOCAL_BYTES + (sum(_LENGTHS.unpack(lengths)) if len(lengths) == 4 else 0)


def descriptor_bytes(file: int, at: int, crc: int, packed_bytes: int, size_bytes: int) -> int:
    """How long the data descriptor is that stands at a place: 0 where there is none, -1 where it says otherwise.

    Its signature may be missing, and its sizes may have 32 bits or 64 whatever the member's are (APPNOTE, 4.3.9).
    """
    found = _read(file, at, 24)
    for form in ("<LQQ", "<LLL"):
        if form == "<LLL" and max(packed_bytes, size_bytes) > _FULL:
            continue
        said = struct.pack(form, crc, packed_bytes, size_bytes)
        for whole in (DESCRIPTOR_MARK + said, said):
            if found.startswith(whole):
                return len(whole)
    return -1 if found.startswith(DESCRIPTOR_MARK) else 0


def _member(fields: tuple[int, ...], raw: bytes, extra: bytes, before_bytes: int) -> ZipMember:
    flags, method, crc, packed_bytes, size_bytes = fields[3], fields[4], fields[7], fields[8], fields[9]
    attributes, at = fields[15], fields[16]
    name = _name(raw, flags, made_by=fields[1] >> 8)
    for kind, content in _extras(extra):
        if kind == 0x0001:
            size_bytes, packed_bytes, at = _large(content, size_bytes, packed_bytes, at)
        elif (
            kind == 0x7075 and not flags & _UTF8_FLAG and content[:5] == b"\x01" + zlib.crc32(raw).to_bytes(4, "little")
        ):
            # The name in Unicode holds as long as it is that of the same name in the old form.
            name = content[5:].decode("utf-8", "surrogateescape")
    kind_word = _kind(name, attributes, size_bytes)
    return ZipMember(
        name, kind_word, size_bytes, packed_bytes, at + before_bytes, method, flags, crc, zlib.crc32(raw), len(raw)
    )


def _name(raw: bytes, flags: int, made_by: int) -> str:
    """A member's name: in UTF-8 where the flag says so, and else in the code page of 1981 (APPNOTE, appendix D).

    Programs of Unix and of the Mac write their file system's own bytes, and many of them forget the flag.
    """
    if flags & _UTF8_FLAG:
        return raw.decode("utf-8", "surrogateescape")
    if made_by in _WRITES_UTF8:
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode("utf-8")
    return raw.decode("cp437")


def _kind(name: str, attributes: int, size_bytes: int) -> str:
    mode = attributes >> 16
    if stat.S_ISLNK(mode):
        return "symlink"
    if name.endswith("/") or stat.S_ISDIR(mode) or (not mode and attributes & 0x10):
        return "folder" if not size_bytes else "a folder with bytes of its own"
    return "file" if stat.S_ISREG(mode) or not stat.S_IFMT(mode) else "special"


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        yield kind, extra[at + 4 : at + 4 + length]
        at += 4 + length


def _large(content: bytes, size_bytes: int, packed_bytes: int, at: int) -> tuple[int, int, int]:
    """Sizes and offset as Zip64 has them: each stands there only if its own field is full."""
    numbers = iter([int.from_bytes(content[i : i + 8], "little") for i in range(0, len(content) - 7, 8)])
    return (
        next(numbers, size_bytes) if size_bytes == _FULL else size_bytes,
        next(numbers, packed_bytes) if packed_bytes == _FULL else packed_bytes,
        next(numbers, at) if at == _FULL else at,
    )


def _read(file: int, at: int, size_bytes: int) -> bytes:
    found = os.pread(file, size_bytes, at)
    while 0 < len(found) < size_bytes and (more := os.pread(file, size_bytes - len(found), at + len(found))):
        found += more
    return found

"""The headers of a tar file, read forward and bounded: ustar, pax and GNU, as far as they name files.

A header may claim anything: a name of a gibibyte, a size below nothing, a file with holes of a tebibyte, or another
header for itself, and so on for ever. None of it is believed before it is looked at, nothing recurses, and no more
of a header is read than ``HEADER_LIMIT_BYTES``.

Source: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Header Block"; GNU tar manual, "Basic Tar Format".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from solander.files.decoding import Source
from solander.files.members import ENTRIES_LIMIT, Broken, MembersExceeded

BLOCK_BYTES = 512

HEADER_LIMIT_BYTES = 1024 * 1024
"""Of a pax header or a GNU long name."""

_OCTAL = re.compile(rb"[0-7]+")
_KINDS = {
    b"0": "file",
    b"7": "file",
    b"\0": "file",
    b"5": "folder",
    b"D": "folder",
    b"2": "symlink",
    b"3": "special",
    b"4": "special",
    b"6": "special",
    b"1": "a hard link",
    b"S": "a file with holes (GNU sparse)",
    b"M": "a part of a file from another volume",
}
_WITHOUT_CONTENT = {b"1", b"2", b"3", b"4", b"5", b"6"}
# All others have bytes of their own, those that are not known too: ustar, "typeflag".


class TarMember(NamedTuple):
    """One member, as its headers have it."""

    name: str
    """Bytes that are no UTF-8 as lone surrogates."""
    kind: str
    """As ``model.ports.Entry`` has it, or what else it is in words."""
    size_bytes: int
    at: int
    """Where its bytes begin, counted from the tar file's beginning."""


def is_tar_header(block: bytes) -> bool:
    """Whether a block is the header of a member: its checksum says so, with or without ``ustar``."""
    try:
        return len(block) == BLOCK_BYTES and any(block) and _sum_holds(block)
    except Broken:
        return False


def read_members(source: Source) -> Iterator[TarMember]:
    """Every member, in order; between one and the next, whoever asks may read the member's bytes from ``source``.

    Raises:
        EndMissing: the file ends where a header should be; all before it was given.
        HeaderAlone: the last header belongs to no member; all before it was given.
        Broken: what stands where a header should is none, or the file is cut off.
        MembersExceeded: a header is larger than any should be, or there are too many.
    """
    own: dict[str, str] = {}
    for _ in range(2 * ENTRIES_LIMIT):
        block = source.read(BLOCK_BYTES)
        if not block:
            raise EndMissing
        if len(block) < BLOCK_BYTES:
            raise Broken(f"it is cut off within a header, at byte {source.at:,}")
        if not any(block):
            if own:
                raise HeaderAlone
            return
        if not _sum_holds(block):
            raise Broken(f"what stands at byte {source.at - BLOCK_BYTES:,} is no header of a member")
        kind, size_bytes = block[156:157], _number(block[124:136], source)
        if kind in b"xXgLK":
            content = _header_content(source, size_bytes)
            if kind in b"LK":
                own |= {"path": _text(content.partition(b"\0")[0])} if kind == b"L" else {}
                continue
            records = _records(content, source)
            if kind != b"g":
                own |= records
            elif records.keys() & {"path", "size"} or _has_holes(records):
                raise Broken("a header for all members gives them one name or size")
            continue
        member = _member(block, own, kind, size_bytes, source)
        own = {}
        yield member
        end = member.at + (-(-member.size_bytes // BLOCK_BYTES) * BLOCK_BYTES if kind not in _WITHOUT_CONTENT else 0)
        source.skip(end - source.at)
    raise MembersExceeded(f"it has more than {2 * ENTRIES_LIMIT:,} headers")


class HeaderAlone(Exception):
    """The tar file ends behind a header for a member that does not come."""


class EndMissing(Exception):
    """The file ends after a member, without the blocks of zeros that end a tar file."""


def _member(block: bytes, own: dict[str, str], flag: bytes, size_bytes: int, source: Source) -> TarMember:
    name = _text(block[:100].partition(b"\0")[0])
    if block[257:263] == b"ustar\0" and (prefix := block[345:500].partition(b"\0")[0]):
        name = f"{_text(prefix)}/{name}"
    name = own.get("path", name)
    if flag not in _WITHOUT_CONTENT and "size" in own:
        if not re.fullmatch("[0-9]{1,18}", own["size"]):
            raise Broken(f"the size of {name[:80]} is no number: {own['size'][:40]}")
        size_bytes = int(own["size"])
    kind = _KINDS.get(flag, f"of a kind that is not known ({flag!r})")
    if kind == "file" and _has_holes(own):
        kind = "a file with holes (GNU sparse)"
    if kind == "file" and flag == b"\0" and name.endswith("/"):
        kind = "folder"
    elif kind == "file" and name.endswith("/"):
        kind = "a file with the name of a folder"
    return TarMember(name, kind, 0 if flag in _WITHOUT_CONTENT else size_bytes, source.at)


def _has_holes(records: dict[str, str]) -> bool:
    return any(key.startswith("GNU.sparse.") for key in records)


def _header_content(source: Source, size_bytes: int) -> bytes:
    if size_bytes > HEADER_LIMIT_BYTES:
        what = f"a header at byte {source.at:,} claims {size_bytes:,} bytes, where {HEADER_LIMIT_BYTES:,} are allowed"
        raise MembersExceeded(what)
    parts: list[bytes] = []
    left = size_bytes
    while left and (piece := source.read(left)):
        parts.append(piece)
        left -= len(piece)
    if left:
        raise Broken(f"it is cut off within a header: {left:,} bytes are missing")
    source.skip(-size_bytes % BLOCK_BYTES)
    return b"".join(parts)


def _records(content: bytes, source: Source) -> dict[str, str]:
    """The records of a pax header: each its length in decimal, a space, key, ``=``, value and LF."""
    records: dict[str, str] = {}
    at = 0
    while at < len(content) and content[at]:
        length, space, _ = content[at : at + 20].partition(b" ")
        end = at + int(length) if space and length.isdigit() else 0
        key, equals, value = content[at + len(length) + 1 : end].partition(b"=")
        if end > len(content) or end <= at or not equals or not value.endswith(b"\n"):
            raise Broken(f"a pax header before byte {source.at:,} is not written as one")
        records[_text(key)] = _text(value[:-1])
        at = end
    return records


def _number(field: bytes, source: Source) -> int:
    """A number in octal digits, or in base 256 as GNU tar writes large ones; none lies below nothing."""
    if field[0] & 0x80:
        # The first bit says base 256, and the next is the number's sign.
        number = int.from_bytes(field, "big") & ~(0x80 << 8 * (len(field) - 1))
        if field[0] == 0xFF or number >> 62:
            raise Broken(f"a header before byte {source.at:,} gives a size that no file has")
        return number
    digits = field.strip(b" \0")
    if not digits:
        return 0
    if not _OCTAL.fullmatch(digits):
        raise Broken(f"a header before byte {source.at:,} gives a size that is no number")
    return int(digits, 8)


def _sum_holds(block: bytes) -> bool:
    written = block[148:156].strip(b" \0")
    if not _OCTAL.fullmatch(written):
        return False
    found = int(written, 8)
    blanked = block[:148] + b" " * 8 + block[156:]
    # Old programs added signed bytes.
    return found == sum(blanked) or found == sum(blanked) - 256 * sum(byte > 127 for byte in blanked)


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")

"""A tree of files written as one archive file, whole or not at all, and the same bytes on every machine.

Nothing is compressed: what a compressor makes hangs on its build. Names are in order, moments and modes fixed, owners
nobody's; a ``.tar.gz`` is made of stored blocks, for whoever must be given one. All lies in one root folder.

Source: RFC 8493, section 4 (serialization); APPNOTE.TXT 6.3.10; POSIX.1-2017, pax; RFC 1951, 3.2.4 (stored blocks).
"""

from __future__ import annotations

import struct
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from solander.errors import ArchiveError
from solander.files.descent import written
from solander.files.new_folder import FILE_MODE, FOLDER_MODE
from solander.files.whole import write_file
from solander.model.ports import Entry, Tree

FORMS = ("zip", "tar", "tar.gz")
"""What can be written; the file's name should end so."""

MOMENT = 315_532_800
"""1980-01-01, UTC: the first that a zip file can hold."""

_NO_UTF8 = "its name is no UTF-8, and a zip file can hold none such; write a tar file"
_ZIP_MOMENT = (0, 0x21)
_UTF8_FLAG = 0x800
_FULL = 0xFFFFFFFF
_BLOCK_BYTES = 512
_RECORD_BYTES = 20 * _BLOCK_BYTES
_STORED_BYTES = 0xFFFF


def write_serialised(
    path: Path, tree: Tree, root: str, form: str, *, replace: bool = False, is_passing: bool = False
) -> Path:
    """Write a tree as one archive file, or nothing.

    Args:
        path: the file's; its folder is there.
        tree: what to write; every folder of it, every file, and nothing else may be in it.
        root: the one folder at the archive's top in which all stands: a bag's own name.
        form: one of ``FORMS``.
        replace: whether a file of this name is replaced, once the new one is whole.
        is_passing: whether nobody wants it after this run, so that it need not be given to the disk.

    Returns:
        The path.

    Raises:
        NameTaken: something has the name already.
        ArchiveUnwritable: the system refused to write.
        ArchiveError: the tree could not be read, changed meanwhile, or holds what an archive file should not: a link, a
            special file, a name with a backslash; in a zip file, a name that is no UTF-8.
        ValueError: ``root`` is no name for a folder, or ``form`` none of ``FORMS``.
    """
    if form not in FORMS:
        raise ValueError(f"{form!r} is none of {', '.join(FORMS)}")
    if root in ("", ".", "..") or any(mark in root for mark in "/\\\0") or root[1:2] == ":":
        raise ValueError(f"{root!r} is no name for a folder")
    if form == "zip" and not _is_utf8(root):
        raise ArchiveError(path, _NO_UTF8)
    entries = _in_order(tree, Path(tree.name), must_be_utf8=form == "zip")
    pieces = _zip(tree, entries, root) if form == "zip" else _tar(tree, entries, root)
    write_file(path, stored_gzip(pieces) if form == "tar.gz" else pieces, replace=replace, is_passing=is_passing)
    return path


def serialised(tree: Tree, root: str, form: str) -> Iterator[bytes]:
    """A tree as an archive file, in pieces: the bytes that ``write_serialised`` writes.

    Raises:
        ArchiveError: the tree could not be read, or holds what an archive file should not; while the pieces are taken,
            it changed.
    """
    entries = _in_order(tree, Path(tree.name), must_be_utf8=form == "zip")
    pieces = _zip(tree, entries, root) if form == "zip" else _tar(tree, entries, root)
    return stored_gzip(pieces) if form == "tar.gz" else pieces


def _in_order(tree: Tree, place: Path, *, must_be_utf8: bool) -> list[Entry]:
    entries = sorted(tree.entries())
    for entry in entries:
        reason = None
        if entry.kind not in ("file", "folder"):
            reason = "it is no regular file; an archive file of a bag holds none such"
        elif "\\" in entry.path:
            reason = "its name holds a backslash, which parts folders where archive files are unpacked on other systems"
        elif must_be_utf8 and not _is_utf8(entry.path):
            reason = _NO_UTF8
        if reason:
            raise ArchiveError(place / written(entry.path), reason)
    return entries


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _content(tree: Tree, entry: Entry) -> Iterator[bytes]:
    """A file's bytes, as many as were listed.

    Raises:
        ArchiveError: it could not be read, or has another length now.
    """
    left = entry.size_bytes
    for piece in tree.chunks(entry.path):
        left -= len(piece)
        if left < 0:
            break
        yield piece
    if left:
        raise _changed(tree, entry)


def _changed(tree: Tree, entry: Entry) -> ArchiveError:
    return ArchiveError(Path(tree.name) / written(entry.path), "it changed while it was read; nothing was kept")


def _tar(tree: Tree, entries: Iterable[Entry], root: str) -> Iterator[bytes]:
    written_bytes = 0
    for entry in (Entry(root, "folder"), *entries):
        is_root = written_bytes == 0
        header = tarfile.TarInfo(root if is_root else f"{root}/{entry.path}")
        is_folder = entry.kind == "folder"
        header.type = tarfile.DIRTYPE if is_folder else tarfile.REGTYPE
        header.mode, header.mtime = FOLDER_MODE if is_folder else FILE_MODE, MOMENT
        header.size = 0 if is_folder else entry.size_bytes
        block = header.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")
        yield block
        written_bytes += len(block)
        if not is_folder:
            yield from _content(tree, entry)
            padding = -header.size % _BLOCK_BYTES
            yield bytes(padding)
            written_bytes += header.size + padding
    end = 2 * _BLOCK_BYTES
    yield bytes(end + -(written_bytes + end) % _RECORD_BYTES)


class ZipMember(NamedTuple):
    """A member of a zip file, as its own header and the directory tell of it."""

    name: bytes
    """UTF-8, that of a folder with a slash at its end."""
    is_folder: bool
    size_bytes: int
    crc: int
    """CRC-32 of its bytes; 0 of a folder."""
    offset_bytes: int
    """Where its header begins."""


def _zip(tree: Tree, entries: Iterable[Entry], root: str) -> Iterator[bytes]:
    at = 0
    lines: list[ZipMember] = []
    for entry in (Entry("", "folder"), *entries):
        is_folder = entry.kind == "folder"
        name = "/".join(filter(None, (root, entry.path))) + ("/" if is_folder else "")
        crc = 0
        if not is_folder:
            # Before the bytes stands their checksum: a mark that it follows is not read by all who read stored members.
            for piece in _content(tree, entry):
                crc = zlib.crc32(piece, crc)
        line = ZipMember(name.encode(), is_folder, entry.size_bytes, crc, at)
        lines.append(line)
        header = local_header(line)
        yield header
        found = 0
        if not is_folder:
            for piece in _content(tree, entry):
                found = zlib.crc32(piece, found)
                yield piece
        if found != crc:
            raise _changed(tree, entry)
        at += len(header) + line.size_bytes
    begin = at
    for line in lines:
        listed = directory_line(line)
        yield listed
        at += len(listed)
    yield directory_end(len(lines), begin, at)


def _common(line: ZipMember, extra: bytes) -> bytes:
    flags = 0 if line.name.isascii() else _UTF8_FLAG
    version = 45 if extra else 20
    size = min(line.size_bytes, _FULL)
    return struct.pack("<5H3L2H", version, flags, 0, *_ZIP_MOMENT, line.crc, size, size, len(line.name), len(extra))


def _large(*numbers: int) -> bytes:
    return struct.pack(f"<2H{len(numbers)}Q", 1, 8 * len(numbers), *numbers) if numbers else b""


def local_header(line: ZipMember) -> bytes:
    """What stands before a member's bytes; what passes 32 bits is in an extra field (APPNOTE 6.3.10, 4.3.7)."""
    extra = _large(line.size_bytes, line.size_bytes) if line.size_bytes >= _FULL else b""
    return b"PK\x03\x04" + _common(line, extra) + line.name + extra


def directory_line(line: ZipMember) -> bytes:
    """A member's header in the directory, in 64 bits where 32 do not hold a size or place (APPNOTE 6.3.10, 4.3.12)."""
    sizes = (line.size_bytes, line.size_bytes) if line.size_bytes >= _FULL else ()
    extra = _large(*sizes, *((line.offset_bytes,) if line.offset_bytes >= _FULL else ()))
    mode = (0o040000 | FOLDER_MODE) << 16 | 0x10 if line.is_folder else (0o100000 | FILE_MODE) << 16
    made_by = struct.pack("<BB", 45 if extra else 20, 3)  # 3: modes are those of Unix
    rest = struct.pack("<3H2L", 0, 0, 0, mode, min(line.offset_bytes, _FULL))
    return b"PK\x01\x02" + made_by + _common(line, extra) + rest + line.name + extra


def directory_end(members: int, begin: int, end: int) -> bytes:
    """What ends a zip file, with the records of ZIP64 before it where it needs them (APPNOTE 6.3.10, 4.3.14).

    Args:
        members: how many there are.
        begin: where the directory begins, in bytes.
        end: where it ends.
    """
    large = b""
    if members >= 0xFFFF or end - begin >= _FULL or begin >= _FULL:
        record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, members, members, end - begin, begin)
        large = record + struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    few = min(members, 0xFFFF)
    sizes = min(end - begin, _FULL), min(begin, _FULL)
    return large + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, few, few, *sizes, 0)


def stored_gzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A gzip file whose blocks are stored as they are: bytes that no compressor shapes (RFC 1951, 3.2.4; RFC 1952)."""
    yield b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    crc = size_bytes = 0
    waiting = bytearray()
    for piece in pieces:
        crc = zlib.crc32(piece, crc)
        size_bytes += len(piece)
        waiting += piece
        used = 0
        while len(waiting) - used > _STORED_BYTES:
            yield _stored(bytes(waiting[used : used + _STORED_BYTES]), is_last=False)
            used += _STORED_BYTES
        del waiting[:used]
    yield _stored(bytes(waiting), is_last=True)
    yield struct.pack("<2L", crc, size_bytes & _FULL)


def _stored(content: bytes, *, is_last: bool) -> bytes:
    return struct.pack("<B2H", is_last, len(content), len(content) ^ 0xFFFF) + content

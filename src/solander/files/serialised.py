"""Archive files told from other files by their bytes, whatever they are called.

Source: APPNOTE.TXT 6.3.10, 4.3; POSIX.1-2017, pax; RFC 1952, 2.3.1.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from solander.errors import ArchiveError
from solander.files.decoding import MAGIC, Decompressed, Plain
from solander.files.descent import open_regular, why
from solander.files.members import Broken, MembersExceeded, SerialisedTree
from solander.files.tar_headers import BLOCK_BYTES, is_tar_header
from solander.files.tar_tree import PADDING_LIMIT_BYTES, TarTree
from solander.files.zip_directory import END_MARK, LOCAL_MARK, find_end
from solander.files.zip_tree import ZipTree
from solander.model.serialised import SERIALISED_ENDINGS

_LOOK_LIMIT_BYTES = 4 * 1024 * 1024
"""Decoded, to see what a compressed file begins with."""


def find_serialised(path: Path) -> SerialisedTree[Any] | None:
    """The tree within an archive file; ``None`` where the bytes are those of none.

    The name counts only where the bytes leave it open: a zip file that does not begin as one (a program that unpacks
    itself) is known by its end if it is named ``.zip``, for any file may end so by chance or by design; and what
    cannot be decompressed at all, or begins with the zeros that end a tar file, is one if it is named as one.

    Raises:
        ArchiveError: it is no regular file, or could not be read.
    """
    try:
        file = open_regular(path, None)
        try:
            return _told(path, file)
        finally:
            os.close(file)
    except OSError as error:
        raise ArchiveError(path, why(error)) from error


def _told(path: Path, file: int) -> SerialisedTree[Any] | None:
    head = os.pread(file, BLOCK_BYTES, 0)
    if head.startswith((LOCAL_MARK, END_MARK)):
        return ZipTree(path)
    is_named = path.name.lower().endswith(SERIALISED_ENDINGS)
    if is_tar_header(head) or (path.suffix.lower() == ".tar" and _is_end_alone(Plain(file, os.fstat(file).st_size))):
        return TarTree(path)
    for compression, magic in MAGIC.items():
        if head.startswith(magic):
            try:
                source = Decompressed(file, compression, _LOOK_LIMIT_BYTES)
                is_tar = is_tar_header(source.read(BLOCK_BYTES)) or (
                    is_named and _is_end_alone(Decompressed(file, compression, _LOOK_LIMIT_BYTES))
                )
            except (Broken, MembersExceeded):
                # Nothing can be said from its bytes.
                is_tar = is_named
            return TarTree(path, compression) if is_tar else None
    if path.suffix.lower() == ".zip":
        try:
            find_end(file, os.fstat(file).st_size)
        except Broken:
            return None
        return ZipTree(path)
    return None


def _is_end_alone(source: Plain | Decompressed) -> bool:
    """Whether nothing but the zeros that end a tar file are there, or nothing at all of what was compressed."""
    while source.at <= PADDING_LIMIT_BYTES and (piece := source.read(BLOCK_BYTES)):
        if any(piece):
            return False
    return source.at <= PADDING_LIMIT_BYTES and (source.at >= BLOCK_BYTES or isinstance(source, Decompressed))

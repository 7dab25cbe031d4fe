"""A folder as a target: another disk, a share, a place that is copied elsewhere.

Each file is written under a temporary name, given to the disk and renamed; what is there is read again to be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from solander.depositing.linkset import public_address
from solander.depositing.storage import NOTE_LIMIT_BYTES, StorageTarget
from solander.depositing.terms import TargetTerms
from solander.depositing.this_machine import address_there, reading_there, writing_there
from solander.errors import UsageError
from solander.files.folder import Folder
from solander.files.named import kind_of, read_whole
from solander.files.whole import made_folder, write_file
from solander.model.deposit import Parcel, RemoteFile


def open_target(scheme: str, rest: str, terms: TargetTerms) -> StorageTarget:
    """A folder as a target; it is made when something is sent.

    Raises:
        UsageError: no folder is named, or something else has its name.
    """
    if not rest:
        raise UsageError(f"{scheme}: names no folder; write {scheme}:PATH")
    name = f"{scheme}:{rest}"
    return StorageTarget(name, open_store(name, Path(rest)), links=public_address(terms))


def open_store(name: str, root: Path) -> FolderStore:
    """A folder to be written to and read.

    Raises:
        UsageError: something else has its name.
        DepositError: the system does not let us see it.
    """
    with reading_there(name):
        kind = kind_of(root)
    if kind not in ("folder", "nothing"):
        raise UsageError(f"{name}: this is no folder")
    return FolderStore(name, root)


class FolderStore:
    """A folder; keeps ``Store``."""

    def __init__(self, target: str, root: Path) -> None:
        self._target, self._root = target, root

    def put(self, path: str, parcel: Parcel) -> RemoteFile:
        """Write a file, whole or not at all."""
        self._write(path, parcel.chunks())
        with reading_there(self._target):
            return RemoteFile(path, (self._root / path).stat().st_size)

    def put_small(self, path: str, content: bytes) -> None:
        """Write a small file, whole or not at all."""
        self._write(path, content)

    def get_small(self, path: str) -> bytes | None:
        """The whole of a small file; ``None`` if there is none."""
        place = self._root / path
        with reading_there(self._target):
            return read_whole(place, NOTE_LIMIT_BYTES) if kind_of(place) != "nothing" else None

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces."""
        with reading_there(self._target):
            yield from Folder(self._root).chunks(path)

    def listed(self, folder: str) -> Iterator[RemoteFile]:
        """The files below a folder."""
        with reading_there(self._target):
            if kind_of(self._root / folder) != "folder":
                return
            entries = sorted(Folder(self._root / folder).entries())
        for entry in entries:
            if entry.kind != "folder":
                yield RemoteFile(entry.path, entry.size_bytes)

    def remove(self, path: str) -> None:
        """Remove a file that is there."""
        with writing_there(self._target):
            (self._root / path).unlink(missing_ok=True)

    def url(self, folder: str) -> str | None:
        """Where a person finds a folder."""
        return address_there(self._root / folder)

    def close(self) -> None:
        """Nothing is open."""

    def _write(self, path: str, content: bytes | Iterator[bytes]) -> None:
        place = self._root / path
        with writing_there(self._target), made_folder(place.parent):
            write_file(place, content, replace=True)

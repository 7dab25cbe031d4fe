"""Files of whatever file system ``fsspec`` knows: keeps ``Elsewhere``.

A file is written under a temporary name and renamed.

Source: fsspec, ``AbstractFileSystem``.
"""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path
from typing import Any

from solander.errors import UsageError
from solander.files.elsewhere import PIECE_BYTES, Elsewhere, ElsewhereError, shown_place, told
from solander.files.streaming import OpenFile


def file_at(place: str) -> Elsewhere:
    """A file, or a folder, of another file system, by its place.

    Raises:
        UsageError: what opens it is not installed, or knows no such place.
    """
    return _File.at(place)


class _File:
    """A file of a file system that ``fsspec`` knows."""

    def __init__(self, files: Any, path: str, name: str) -> None:
        self._files, self._path, self.name = files, path, name

    @classmethod
    def at(cls, place: str) -> _File:
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise UsageError(f"{place}: this needs fsspec; install it: pip install 'solander[fsspec]'") from None
        try:
            with told(shown_place(place)):
                files, path = url_to_fs(place)
        except ElsewhereError as error:
            if isinstance(error.__cause__, (ValueError, ImportError)):
                raise UsageError(f"{shown_place(place)}: {error.__cause__}") from error
            raise
        # What was listed before may have changed since, by other machines.
        files.use_listings_cache = False
        return cls(files, path.rstrip("/"), shown_place(place).rstrip("/"))

    def below(self, name: str) -> _File:
        return _File(self._files, f"{self._path}/{name}", f"{self.name}/{name}")

    def size_bytes(self) -> int | None:
        with told(self.name):
            self._files.invalidate_cache()
            try:
                found = self._files.info(self._path)
            except FileNotFoundError as error:
                # By HTTP all that goes wrong is told so; what was not reached is not known to be absent.
                if isinstance(error.__cause__, OSError) and not isinstance(error.__cause__, FileNotFoundError):
                    raise error.__cause__ from None
                return None
        if found.get("type") != "file":
            return None
        if found.get("size") is None:
            # What is taken for empty would be told as done.
            raise ElsewhereError(self.name, "its server does not say how large it is; fetch it, and name the file")
        return int(found["size"])

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        with told(self.name):
            content = bytes(self._files.cat_file(self._path, start=offset_bytes, end=offset_bytes + size_bytes))
        if len(content) > size_bytes:
            # RFC 9110, 14.2: a server may ignore Range, and sends the whole from its beginning.
            raise ElsewhereError(self.name, "its server sends no parts of files; fetch it, and name the file")
        return content

    def create(self, content: bytes) -> bool:
        return self._whole([content], is_new=True)

    def replace(self, content: bytes) -> None:
        self._whole([content], is_new=False)

    def create_from(self, path: Path) -> bool:
        with OpenFile(path) as file:
            pieces = (file.read_at(at, PIECE_BYTES) for at in range(0, file.size_bytes, PIECE_BYTES))
            return self._whole(pieces, is_new=True)

    def _whole(self, pieces: Any, *, is_new: bool) -> bool:
        if is_new and self.size_bytes() is not None:
            return False
        folder, _, _ = self._path.rpartition("/")
        # A half-written file never has the name: what a kill leaves is called so, and is no bag.
        temporary = f"{folder}/.solander-{secrets.token_hex(8)}.tmp"
        with told(self.name):
            if folder:
                self._files.makedirs(folder, exist_ok=True)
            try:
                with self._files.open(temporary, "wb") as out:
                    for piece in pieces:
                        out.write(piece)
                if is_new and self.size_bytes() is not None:
                    return False
                self._files.mv(temporary, self._path)
            finally:
                # What it could not do was told; a file system raises whatever it likes, and this must not hide that.
                with contextlib.suppress(Exception):
                    if self._files.exists(temporary):
                        self._files.rm_file(temporary)
        return True

    def remove(self) -> None:
        with told(self.name), contextlib.suppress(FileNotFoundError):
            self._files.rm_file(self._path)

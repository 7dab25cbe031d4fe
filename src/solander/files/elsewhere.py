"""Places that are no folder of this machine: S3 by ``obstore``, and whatever else ``fsspec`` opens.

A place is named as its own tools name it: ``s3://bucket/folder/file``. Keys and addresses of servers come from the
environment (``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_ENDPOINT_URL``), and never from a command line.
A connection is opened where a person named such a place, and nowhere else.

What is written appears whole or not at all, and takes no name that is taken. In S3 a file of at most 16 MiB is written
by one create-only request. A larger one goes in parts, which knows no such condition: its name is asked for first, and
if two runs write it at once the second replaces the first, whole by whole. ``fsspec`` is given a temporary name first.

Source: Amazon S3 API, PutObject (``If-None-Match``) and CreateMultipartUpload; fsspec, ``AbstractFileSystem``.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from solander.errors import ArchiveError, SourceMissing, SourceUnreadable, UsageError
from solander.files.streaming import OpenFile

PIECE_BYTES = 8 << 20
PART_BYTES = 16 << 20
"""Up to here a file goes in one request; of larger ones each part has this size, and two are held at once."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+(::|://)", re.IGNORECASE)


class ElsewhereError(ArchiveError):
    """A place that is no folder could not be written or read; the message has its whole name."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(Path(name), what)
        # A path has no "//".
        self.args = (f"{name}: {what}",)


def is_elsewhere(place: str | Path) -> bool:
    """Whether a place is named by a scheme, as ``s3://bucket/file``, and is no path."""
    return isinstance(place, str) and _SCHEME.match(place) is not None


class Elsewhere(Protocol):
    """One place: a file, or a folder of files whose names are joined to it."""

    name: str

    def below(self, name: str) -> Elsewhere:
        """A file of this folder."""
        ...

    def size_bytes(self) -> int | None:
        """Its size; ``None`` where there is no such file."""
        ...

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        """Bytes from a place on, fewer where it ends."""
        ...

    def create(self, content: bytes) -> bool:
        """Write a small file; ``False`` where its name is taken."""
        ...

    def replace(self, content: bytes) -> None:
        """Write a small file over an older one."""
        ...

    def create_from(self, path: Path) -> bool:
        """Write what a file of this machine holds; ``False`` where its name is taken."""
        ...

    def remove(self) -> None:
        """Remove the file, if it is there."""
        ...


def elsewhere(place: str) -> Elsewhere:
    """A place by its name.

    Raises:
        UsageError: what opens it is not installed, or knows no such place.
    """
    if place.lower().startswith("s3://"):
        return _Bucket.at(place)
    return _Files.at(place)


class FileElsewhere:
    """A file of another place, open: keeps ``Readable``."""

    def __init__(self, place: str) -> None:
        """Ask for it.

        Raises:
            SourceMissing: nothing is there.
            SourceUnreadable: it was not reached, or refused.
        """
        self.name = place
        self._at = elsewhere(place)
        size = self._asked(self._at.size_bytes)
        if size is None:
            raise SourceMissing(place)
        self.size_bytes = size

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        """Bytes from a place on, fewer where the file ends.

        Raises:
            SourceUnreadable: it was not reached.
        """
        wanted = min(size_bytes, self.size_bytes - offset_bytes)
        return self._asked(lambda: self._at.read_at(offset_bytes, wanted)) if wanted > 0 else b""

    def chunks(self) -> Iterator[bytes]:
        """All of it, in pieces.

        Raises:
            SourceUnreadable: it was not reached, or became shorter.
        """
        offset = 0
        while offset < self.size_bytes:
            piece = self.read_at(offset, PIECE_BYTES)
            if not piece:
                raise SourceUnreadable(self.name, "it became shorter while it was read")
            offset += len(piece)
            yield piece

    def _asked(self, ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except ElsewhereError as error:
            raise SourceUnreadable(self.name, error.what) from error

    def __enter__(self) -> FileElsewhere:
        return self

    def __exit__(self, *_: object) -> None:
        """Connections end by themselves."""


def opened(place: str | Path) -> OpenFile | FileElsewhere:
    """A file, here or elsewhere, to be read in a ``with``.

    Raises:
        SourceError: it is not there, or cannot be read.
    """
    return FileElsewhere(str(place)) if is_elsewhere(place) else OpenFile(place)


@contextlib.contextmanager
def _told(name: str) -> Iterator[None]:
    """Say in one line what a library raises; ``FileNotFoundError`` and ``FileExistsError`` are passed on."""
    try:
        yield
    except (FileNotFoundError, FileExistsError, ElsewhereError):
        raise
    except Exception as error:
        lines = " ".join(str(error).split())[:300]
        raise ElsewhereError(name, f"it was not reached, or refused ({lines or type(error).__name__})") from error


class _Bucket:
    """An object of S3."""

    def __init__(self, store: Any, bucket: str, key: str) -> None:
        self._store, self._bucket, self._key = store, bucket, key
        self.name = f"s3://{bucket}/{key}"

    @classmethod
    def at(cls, place: str) -> _Bucket:
        bucket, _, key = place[len("s3://") :].partition("/")
        if not bucket:
            raise UsageError(f"{place}: names no bucket; write s3://BUCKET/FOLDER")
        try:
            from obstore.store import S3Store
        except ImportError:
            raise UsageError(f"{place}: this needs obstore; install it: pip install 'solander[s3]'") from None
        endpoint = next((os.environ[name] for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
                         if os.environ.get(name)), "")  # fmt: skip
        config: Any = {"checksum_algorithm": "SHA256", "region": os.environ.get("AWS_REGION") or "us-east-1"}
        if endpoint:
            config |= {"endpoint": endpoint, "virtual_hosted_style_request": False}
        options: Any = {"allow_http": endpoint.startswith("http:"), "timeout": "300s"}
        with _told(place):
            return cls(S3Store(bucket, config=config, client_options=options), bucket, key.strip("/"))

    def below(self, name: str) -> _Bucket:
        return _Bucket(self._store, self._bucket, f"{self._key}/{name}".strip("/"))

    def size_bytes(self) -> int | None:
        import obstore

        try:
            with _told(self.name):
                return int(obstore.head(self._store, self._key)["size"])
        except FileNotFoundError:
            return None

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        import obstore

        with _told(self.name):
            return bytes(obstore.get_range(self._store, self._key, start=offset_bytes, length=size_bytes))

    def create(self, content: bytes) -> bool:
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        try:
            obstore.put(self._store, self._key, content, mode="create", use_multipart=False)
        except (AlreadyExistsError, PreconditionError):
            return False
        except Exception as error:
            with _told(self.name):
                raise error
        return True

    def replace(self, content: bytes) -> None:
        import obstore

        with _told(self.name):
            obstore.put(self._store, self._key, content, use_multipart=False)

    def create_from(self, path: Path) -> bool:
        import obstore

        with OpenFile(path) as file:
            if file.size_bytes <= PART_BYTES:
                return self.create(file.read_at(0, PART_BYTES))
            if self.size_bytes() is not None:
                return False
            pieces = (file.read_at(at, PART_BYTES) for at in range(0, file.size_bytes, PART_BYTES))
            with _told(self.name):
                obstore.put(self._store, self._key, pieces, chunk_size=PART_BYTES, max_concurrency=2)
        return True

    def remove(self) -> None:
        import obstore

        with _told(self.name), contextlib.suppress(FileNotFoundError):
            obstore.delete(self._store, self._key)


class _Files:
    """A file of a file system that ``fsspec`` knows."""

    def __init__(self, files: Any, path: str, name: str) -> None:
        self._files, self._path, self.name = files, path, name

    @classmethod
    def at(cls, place: str) -> _Files:
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise UsageError(f"{place}: this needs fsspec; install it: pip install 'solander[fsspec]'") from None
        try:
            files, path = url_to_fs(place)
        except (ValueError, ImportError) as error:
            raise UsageError(f"{place}: {error}") from error
        # What was listed before may have changed since, by other machines.
        files.use_listings_cache = False
        return cls(files, path.rstrip("/"), place.rstrip("/"))

    def below(self, name: str) -> _Files:
        return _Files(self._files, f"{self._path}/{name}", f"{self.name}/{name}")

    def size_bytes(self) -> int | None:
        try:
            with _told(self.name):
                self._files.invalidate_cache()
                found = self._files.info(self._path)
        except FileNotFoundError:
            return None
        return int(found.get("size") or 0) if found.get("type") == "file" else None

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        with _told(self.name):
            return bytes(self._files.cat_file(self._path, start=offset_bytes, end=offset_bytes + size_bytes))

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
        with _told(self.name):
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
                with contextlib.suppress(Exception):
                    if self._files.exists(temporary):
                        self._files.rm_file(temporary)
        return True

    def remove(self) -> None:
        with _told(self.name), contextlib.suppress(FileNotFoundError):
            self._files.rm_file(self._path)

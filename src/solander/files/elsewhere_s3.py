"""Objects of S3, by ``obstore``: keeps ``Elsewhere``.

A file of at most 16 MiB is written by one create-only request. A larger one goes in parts, which knows no such
condition: its name is asked for first, and if two runs write it at once the second replaces the first, whole by whole.

Source: Amazon S3 API, PutObject (``If-None-Match``) and CreateMultipartUpload.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from solander.errors import UsageError
from solander.files.elsewhere import Elsewhere, told
from solander.files.streaming import OpenFile

PART_BYTES = 16 << 20
"""Up to here a file goes in one request; of larger ones each part has this size, and two are held at once."""


def object_at(place: str) -> Elsewhere:
    """An object of a bucket, by its place.

    Raises:
        UsageError: what opens it is not installed, or no bucket is named.
    """
    return _Object.at(place)


class _Object:
    """An object of S3."""

    def __init__(self, store: Any, bucket: str, key: str) -> None:
        self._store, self._bucket, self._key = store, bucket, key
        self.name = f"s3://{bucket}/{key}"

    @classmethod
    def at(cls, place: str) -> _Object:
        bucket, _, key = place[len("s3://") :].partition("/")
        if not bucket:
            raise UsageError(f"{place}: names no bucket; write s3://BUCKET/FOLDER")
        try:
            from obstore.store import S3Store
        except ImportError:
            raise UsageError(f"{place}: this needs obstore; install it: pip install 'solander[s3]'") from None
        endpoint = next((os.environ[name] for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
                         if os.environ.get(name)), "")  # fmt: skip
        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
        config: Any = {"checksum_algorithm": "SHA256", "region": region}
        if endpoint:
            config |= {"endpoint": endpoint, "virtual_hosted_style_request": False}
        options: Any = {"allow_http": endpoint.startswith("http:"), "timeout": "300s"}
        with told(place):
            return cls(S3Store(bucket, config=config, client_options=options), bucket, key.strip("/"))

    def below(self, name: str) -> _Object:
        return _Object(self._store, self._bucket, f"{self._key}/{name}".strip("/"))

    def size_bytes(self) -> int | None:
        import obstore

        with told(self.name):
            try:
                return int(obstore.head(self._store, self._key)["size"])
            except FileNotFoundError:
                return None

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        import obstore

        with told(self.name):
            return bytes(obstore.get_range(self._store, self._key, start=offset_bytes, length=size_bytes))

    def create(self, content: bytes) -> bool:
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        with told(self.name):
            try:
                obstore.put(self._store, self._key, content, mode="create", use_multipart=False)
            except (AlreadyExistsError, PreconditionError):
                return False
        return True

    def replace(self, content: bytes) -> None:
        import obstore

        with told(self.name):
            obstore.put(self._store, self._key, content, use_multipart=False)

    def create_from(self, path: Path) -> bool:
        import obstore

        with OpenFile(path) as file:
            if file.size_bytes <= PART_BYTES:
                return self.create(file.read_at(0, PART_BYTES))
            if self.size_bytes() is not None:
                return False
            pieces = (file.read_at(at, PART_BYTES) for at in range(0, file.size_bytes, PART_BYTES))
            with told(self.name):
                obstore.put(self._store, self._key, pieces, chunk_size=PART_BYTES, max_concurrency=2)
        return True

    def remove(self) -> None:
        import obstore

        with told(self.name), contextlib.suppress(FileNotFoundError):
            obstore.delete(self._store, self._key)

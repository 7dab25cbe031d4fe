"""Objects of S3 as places that are no folder of this machine: keeps ``Elsewhere``.

A file of at most 16 MiB takes no name that is taken. Of a larger one the name is asked for first, and if two runs write
it at once the second replaces the first, whole by whole (``bucket``).
"""

from __future__ import annotations

import os
from pathlib import Path

from solander.errors import UsageError
from solander.files.bucket import PART_BYTES, Bucket, opened_bucket
from solander.files.elsewhere import Elsewhere, told
from solander.files.streaming import OpenFile

TIMEOUT_SECONDS = 300.0

_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")


def object_at(place: str) -> Elsewhere:
    """An object of a bucket, by its place.

    Raises:
        UsageError: what opens it is not installed, or no bucket is named.
    """
    return _Object.at(place)


class _Object:
    """An object of S3."""

    def __init__(self, bucket: Bucket, bucket_name: str, key: str) -> None:
        self._bucket, self._bucket_name, self._key = bucket, bucket_name, key
        self.name = f"s3://{bucket_name}/{key}"

    @classmethod
    def at(cls, place: str) -> _Object:
        name, _, key = place[len("s3://") :].partition("/")
        if not name:
            raise UsageError(f"{place}: names no bucket; write s3://BUCKET/FOLDER")
        with told(place):
            bucket = opened_bucket(
                name,
                called=place,
                endpoint=_from_environment(_ENDPOINTS),
                region=_from_environment(_REGIONS),
                timeout_seconds=TIMEOUT_SECONDS,
                repeats=True,
            )
        return cls(bucket, name, key.strip("/"))

    def below(self, name: str) -> _Object:
        return _Object(self._bucket, self._bucket_name, f"{self._key}/{name}".strip("/"))

    def size_bytes(self) -> int | None:
        with told(self.name):
            found = self._bucket.look(self._key)
        return None if found is None else found[0].size_bytes

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        with told(self.name):
            return self._bucket.read_at(self._key, offset_bytes, size_bytes)

    def create(self, content: bytes) -> bool:
        with told(self.name):
            return self._bucket.create(self._key, content) is not None

    def replace(self, content: bytes) -> None:
        with told(self.name):
            self._bucket.replace(self._key, content)

    def create_from(self, path: Path) -> bool:
        with OpenFile(path) as file:
            if file.size_bytes <= PART_BYTES:
                return self.create(file.read_at(0, PART_BYTES))
            if self.size_bytes() is not None:
                return False
            pieces = (file.read_at(at, PART_BYTES) for at in range(0, file.size_bytes, PART_BYTES))
            with told(self.name):
                self._bucket.write_in_parts(self._key, pieces)
        return True

    def remove(self) -> None:
        with told(self.name):
            self._bucket.remove(self._key)


def _from_environment(names: tuple[str, ...]) -> str | None:
    return next((os.environ[name] for name in names if os.environ.get(name)), None)

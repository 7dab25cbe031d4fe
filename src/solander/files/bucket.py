"""A bucket of S3, by ``obstore``: how it is opened, and what whoever keeps something there asks of it.

A file of at most 16 MiB is written by one create-only request, whose SHA-256 the server checks. A larger one goes in
parts, which knows no such condition; what a sending that broke off left of it is no file. What the library raises is
passed on: only the caller knows what it had asked for, and what may be told of it.

Source: Amazon S3 API, PutObject (``If-None-Match``, ``x-amz-checksum-sha256``), CreateMultipartUpload.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from solander.errors import UsageError

if TYPE_CHECKING:
    from obstore.store import S3Store

PART_BYTES = 16 << 20
"""Up to here a file goes in one request; of larger ones each part has this size, and two are held at once."""


class File(NamedTuple):
    """A file of a bucket, as the server tells of it."""

    path: str
    size_bytes: int
    tag: str
    """Its entity tag, without quotes: the MD5 of a file that went in one piece, and something else of one in parts."""


class Bucket:
    """A bucket, or what has one prefix in it."""

    def __init__(self, store: S3Store) -> None:
        """Take what ``opened_bucket`` has opened."""
        self._store = store

    def create(self, path: str, content: bytes, marks: Mapping[str, str] | None = None) -> str | None:
        """Write a file of at most ``PART_BYTES``; its entity tag, or ``None`` where its name is taken."""
        import obstore  # late, here and below: few runs go there
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        own = dict(marks) if marks else None
        try:
            answer = obstore.put(self._store, path, content, mode="create", use_multipart=False, attributes=own)
        except (AlreadyExistsError, PreconditionError):
            return None
        return _tag(answer)

    def write_in_parts(self, path: str, pieces: Iterable[bytes], marks: Mapping[str, str] | None = None) -> str:
        """Write a large file, over one that is there, whole by whole; its entity tag."""
        import obstore

        own = dict(marks) if marks else None
        parts = _parts(pieces)
        answer = obstore.put(
            self._store, path, parts, mode="overwrite", chunk_size=PART_BYTES, max_concurrency=2, attributes=own
        )
        return _tag(answer)

    def replace(self, path: str, content: bytes) -> None:
        """Write a small file over an older one."""
        import obstore

        obstore.put(self._store, path, content, use_multipart=False)

    def look(self, path: str) -> tuple[File, Mapping[str, str]] | None:
        """A file as it is there, with the marks that went with it; ``None`` if there is none."""
        import obstore

        try:
            answer = obstore.get(self._store, path, options={"head": True})
        except FileNotFoundError:
            return None
        marks = {str(name): str(value) for name, value in answer.attributes.items()}
        return File(path, answer.meta["size"], _tag(answer.meta)), marks

    def read_at(self, path: str, offset_bytes: int, size_bytes: int) -> bytes:
        """Bytes of a file from a place on, fewer where it ends."""
        import obstore

        return bytes(obstore.get_range(self._store, path, start=offset_bytes, length=size_bytes))

    def read(self, path: str, limit_bytes: int) -> bytes | None:
        """The whole of a small file; ``None`` if there is none.

        Raises:
            ValueError: it is larger than the limit.
        """
        import obstore

        try:
            answer = obstore.get(self._store, path)
        except FileNotFoundError:
            return None
        if answer.meta["size"] > limit_bytes:
            raise ValueError(f"larger than {limit_bytes:,} bytes")
        return bytes(answer.bytes())

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces."""
        import obstore

        for chunk in obstore.get(self._store, path).stream():
            yield bytes(chunk)

    def listed(self, folder: str) -> Iterator[File]:
        """The files below a folder, by their whole paths."""
        import obstore

        for batch in obstore.list(self._store, prefix=f"{folder}/"):
            for one in batch:
                yield File(one["path"], one["size"], _tag(one))

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        import obstore

        try:
            obstore.delete(self._store, path)
        except FileNotFoundError:
            return


def opened_bucket(
    bucket: str,
    *,
    called: str,
    prefix: str | None = None,
    key: tuple[str, str] | None = None,
    endpoint: str | None = None,
    region: str | None = None,
    timeout_seconds: float,
    repeats: bool,
) -> Bucket:
    """A bucket by its name; nothing is asked of it yet.

    Args:
        bucket: its name.
        called: the place as a person wrote it, for messages.
        prefix: what the paths in it begin with.
        key: the key and its secret; from the environment, if they are not given.
        endpoint: the server's address, if it is not Amazon's.
        region: where it is, ``us-east-1`` if it is not said.
        timeout_seconds: how long the server may say nothing.
        repeats: whether a request that was not answered is sent again, by the library itself.

    Raises:
        UsageError: ``solander[s3]`` is not installed.
    """
    try:
        from obstore.store import S3Store
    except ImportError:
        raise UsageError(f"{called}: this needs obstore; install it: pip install 'solander[s3]'") from None
    config: Any = {"region": region or "us-east-1", "checksum_algorithm": "SHA256"}
    if key is not None:
        config |= {"access_key_id": key[0], "secret_access_key": key[1]}
    if endpoint:
        config |= {"endpoint": endpoint, "virtual_hosted_style_request": False}
    options: Any = {
        "timeout": f"{max(round(timeout_seconds), 1)}s",
        "allow_http": bool(endpoint and endpoint.startswith("http:")),
    }
    retrying: Any = {} if repeats else {"retry_config": {"max_retries": 0}}
    return Bucket(S3Store(bucket, prefix=prefix, config=config, client_options=options, **retrying))


def _tag(answer: Mapping[str, Any]) -> str:
    return (answer.get("e_tag") or "").strip('"').lower()


def _parts(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Bytes in pieces of the parts' size, whatever pieces they come in."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= PART_BYTES:
            yield bytes(waiting[:PART_BYTES])
            del waiting[:PART_BYTES]
    if waiting:
        yield bytes(waiting)

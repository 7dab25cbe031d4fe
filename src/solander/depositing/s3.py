"""S3 and what speaks like it as a target: create-only writes whose SHA-256 the server checks.

Large files go in parts; parts of a sending that broke off are given up, never completed. A server that answers with
another checksum than was sent refuses the file (``BadDigest``); one that answers with none has the file read back.

Source: Amazon S3 API, PutObject (``If-None-Match``, ``x-amz-checksum-sha256``), CreateMultipartUpload.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NoReturn

from solander.depositing.linkset import public_address
from solander.depositing.storage import NOTE_LIMIT_BYTES, StorageTarget
from solander.depositing.terms import TargetTerms
from solander.errors import AnswerLost, DepositRejected, TargetUnreachable, UsageError
from solander.model.deposit import Parcel, RemoteFile

if TYPE_CHECKING:
    from obstore.store import S3Store

PART_BYTES = 16 * 1024 * 1024
"""Up to here a file goes in one piece; of larger ones each part has this size, and two are held at once."""

AT_ONCE = 8
"""How many deposits go on at the same time: a storage answers each after a while, and is at rest meanwhile."""

_MD5 = re.compile("[0-9a-f]{32}", re.ASCII)


def open_target(scheme: str, rest: str, terms: TargetTerms) -> StorageTarget:
    """A bucket, or a prefix in it, as a target.

    The key comes as ``user`` and its secret as ``secret``; settings are ``endpoint`` and ``region``.

    Raises:
        UsageError: no bucket is named, the key is missing, or ``solander[s3]`` is not installed.
    """
    store = open_store(scheme, rest, terms)
    return StorageTarget(f"{scheme}:{rest}", store, at_once=AT_ONCE, links=public_address(terms))


def open_store(scheme: str, rest: str, terms: TargetTerms) -> BucketStore:
    """A bucket, or a prefix in it, to be written to and read.

    Raises:
        UsageError: no bucket is named, the key is missing, or ``solander[s3]`` is not installed.
    """
    name = f"{scheme}:{rest}"
    bucket, _, prefix = rest.partition("/")
    if not bucket:
        raise UsageError(f"{scheme}: names no bucket; write {scheme}:BUCKET/PREFIX")
    try:
        from obstore.store import S3Store
    except ImportError:
        raise UsageError(f"{name}: this needs obstore; install it: pip install 'solander[s3]'") from None
    if terms.user is None or terms.secret is None:
        raise UsageError(f"{name}: its key is missing; name it as user, and its secret, in solander.toml")
    endpoint = terms.setting("endpoint")
    store = S3Store(
        bucket,
        prefix=prefix.strip("/") or None,
        config={
            "access_key_id": terms.user,
            "secret_access_key": terms.secret.reveal(),
            "region": terms.setting("region") or "us-east-1",
            "checksum_algorithm": "SHA256",
            **({"endpoint": endpoint, "virtual_hosted_style_request": False} if endpoint else {}),
        },
        client_options={
            "timeout": f"{max(round(terms.timeout_seconds), 1)}s",
            "allow_http": bool(endpoint and endpoint.startswith("http:")),
        },
        # Writes are sent once: what became of one that was not answered is asked by the course.
        retry_config={"max_retries": 0},
    )
    return BucketStore(name, store, terms)


def is_md5(tag: str) -> bool:
    """Whether an entity tag may be an MD5: that of a file which went in parts is of another form."""
    return _MD5.fullmatch(tag) is not None


class BucketStore:
    """A bucket; keeps ``Store``."""

    def __init__(self, target: str, store: S3Store, terms: TargetTerms) -> None:
        self._target, self._store, self._terms = target, store, terms

    def put(self, path: str, parcel: Parcel, *, marks: Mapping[str, str] | None = None) -> RemoteFile:
        """Write a file, whole or not at all, and over none that is there; with ``marks``, if any are to go with it."""
        from obstore.exceptions import AlreadyExistsError

        try:
            return self._put(path, parcel, marks)
        except AlreadyExistsError:
            pass
        # The note beside it says that it is of this deposit: a sending that broke off, or one whose answer was lost.
        hasher = hashlib.sha512(usedforsecurity=False)
        for chunk in self.chunks(path):
            hasher.update(chunk)
        if hasher.hexdigest() == parcel.checksum("sha512"):
            return RemoteFile(path, parcel.size_bytes, (("sha512", hasher.hexdigest()),))
        self.remove(path)
        try:
            return self._put(path, parcel, marks)
        except AlreadyExistsError as error:
            raise DepositRejected(self._target, f"{path}: another run writes it, too") from error

    def _put(self, path: str, parcel: Parcel, marks: Mapping[str, str] | None) -> RemoteFile:
        import obstore
        from obstore.exceptions import AlreadyExistsError

        own = dict(marks) if marks else None
        try:
            if parcel.size_bytes <= PART_BYTES:
                content = b"".join(parcel.chunks())
                answer = obstore.put(self._store, path, content, mode="create", use_multipart=False, attributes=own)
            else:
                answer = obstore.put(
                    self._store,
                    path,
                    _parts(parcel),
                    mode="overwrite",
                    chunk_size=PART_BYTES,
                    max_concurrency=2,
                    attributes=own,
                )
        except AlreadyExistsError:
            raise
        except Exception as error:  # noqa: BLE001 - the library has many, and each says what became of the write
            self._fail(error, wrote=True)
        # Of a file in one piece this is the MD5 that the server reckoned; of one in parts it is of another form.
        tag = (answer.get("e_tag") or "").strip('"').lower()
        return RemoteFile(path, parcel.size_bytes, (("md5", tag),) if is_md5(tag) else ())

    def described(self, path: str) -> tuple[RemoteFile, Mapping[str, str]] | None:
        """A file as it is there, with the marks that went with it; ``None`` if there is none."""
        import obstore

        try:
            answer = obstore.get(self._store, path, options={"head": True})
            tag = (answer.meta.get("e_tag") or "").strip('"').lower()
            file = RemoteFile(path, answer.meta["size"], (("md5", tag),) if is_md5(tag) else ())
            return file, {str(name): str(value) for name, value in answer.attributes.items()}
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001 - as above
            self._fail(error, wrote=False)

    def put_small(self, path: str, content: bytes) -> None:
        """Write a small file over an older one."""
        import obstore

        try:
            obstore.put(self._store, path, content, use_multipart=False)
        except Exception as error:  # noqa: BLE001 - as above
            self._fail(error, wrote=True)

    def get_small(self, path: str) -> bytes | None:
        """The whole of a small file; ``None`` if there is none."""
        import obstore

        try:
            answer = obstore.get(self._store, path)
            if answer.meta["size"] > NOTE_LIMIT_BYTES:
                raise DepositRejected(self._target, f"{path}: larger than {NOTE_LIMIT_BYTES:,} bytes")
            return bytes(answer.bytes())
        except FileNotFoundError:
            return None
        except DepositRejected:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            self._fail(error, wrote=False)

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces."""
        import obstore

        try:
            for chunk in obstore.get(self._store, path).stream():
                yield bytes(chunk)
        except Exception as error:  # noqa: BLE001 - as above
            self._fail(error, wrote=False)

    def listed(self, folder: str) -> Iterator[RemoteFile]:
        """The files below a folder."""
        import obstore

        try:
            for batch in obstore.list(self._store, prefix=f"{folder}/"):
                for one in batch:
                    yield RemoteFile(one["path"].removeprefix(f"{folder}/"), one["size"])
        except Exception as error:  # noqa: BLE001 - as above
            self._fail(error, wrote=False)

    def remove(self, path: str) -> None:
        """Remove a file."""
        import obstore

        try:
            obstore.delete(self._store, path)
        except FileNotFoundError:
            return
        except Exception as error:  # noqa: BLE001 - as above
            self._fail(error, wrote=True)

    def url(self, folder: str) -> str | None:
        """The folder's address as S3's own tools write it."""
        bucket = self._target.partition(":")[2].strip("/")
        return f"s3://{bucket}/{folder}/"

    def close(self) -> None:
        """Connections end by themselves."""

    def _fail(self, error: Exception, *, wrote: bool) -> NoReturn:
        """Say what became of a step, by the library's error."""
        from obstore.exceptions import (
            InvalidPathError,
            NotSupportedError,
            PermissionDeniedError,
            PreconditionError,
            UnauthenticatedError,
        )

        said = self._terms.hide(" ".join(str(error).split()))
        lines = said[:400]
        is_answer = any(f" {status} " in f" {said} " for status in (400, 403, 404, 405, 409, 411, 412, 501))
        refusals = (InvalidPathError, NotSupportedError, PermissionDeniedError, PreconditionError, UnauthenticatedError)
        if isinstance(error, (*refusals, FileNotFoundError)) or is_answer or "BadDigest" in said:
            raise DepositRejected(self._target, f"the storage said no ({lines})") from None
        if wrote and "onnect" not in said:
            raise AnswerLost(self._target, f"no answer came ({lines})") from None
        raise TargetUnreachable(self._target, f"it was not reached ({lines})") from None


def _parts(parcel: Parcel) -> Iterator[bytes]:
    """Its bytes in pieces of the parts' size, whatever pieces they come in."""
    waiting = bytearray()
    for chunk in parcel.chunks():
        waiting += chunk
        while len(waiting) >= PART_BYTES:
            yield bytes(waiting[:PART_BYTES])
            del waiting[:PART_BYTES]
    if waiting:
        yield bytes(waiting)

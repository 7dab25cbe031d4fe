"""S3 and what speaks like it as a target: create-only writes whose SHA-256 the server checks.

Large files go in parts; parts of a sending that broke off are given up, never completed. A server that was sent another
checksum than it reckons refuses the file (``BadDigest``); one that answers with none has the file read back.

Source: Amazon S3 API, by ``files.bucket``.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import NoReturn

from solander.depositing.comparing import hashed
from solander.depositing.http_answer import MEANINGS
from solander.depositing.linkset import public_address
from solander.depositing.storage import NOTE_LIMIT_BYTES, StorageTarget
from solander.depositing.terms import TargetTerms
from solander.errors import AnswerLost, DepositRejected, SolanderError, TargetUnreachable, UsageError
from solander.files.bucket import PART_BYTES, Bucket, File, opened_bucket
from solander.model.deposit import Parcel, RemoteFile

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
    if terms.user is None or terms.secret is None:
        raise UsageError(f"{name}: its key is missing; name it as user, and its secret, in solander.toml")
    opened = opened_bucket(
        bucket,
        called=name,
        prefix=prefix.strip("/") or None,
        key=(terms.user, terms.secret.reveal()),
        endpoint=terms.setting("endpoint"),
        region=terms.setting("region"),
        timeout_seconds=terms.timeout_seconds,
        # Writes are sent once: what became of one that was not answered is asked by the course.
        repeats=False,
    )
    return BucketStore(name, opened, terms)


def is_md5(tag: str) -> bool:
    """Whether an entity tag may be an MD5: that of a file which went in parts is of another form."""
    return _MD5.fullmatch(tag) is not None


class BucketStore:
    """A bucket; keeps ``Store``."""

    def __init__(self, target: str, bucket: Bucket, terms: TargetTerms) -> None:
        self._target, self._bucket, self._terms = target, bucket, terms

    def put(self, path: str, parcel: Parcel, *, marks: Mapping[str, str] | None = None) -> RemoteFile:
        """Write a file, whole or not at all, and over none that is there; with ``marks``, if any are to go with it."""
        if (file := self._put(path, parcel, marks)) is not None:
            return file
        # The note beside it says that it is of this deposit: a sending that broke off, or one whose answer was lost.
        found = hashed(self.chunks(path))
        if found == parcel.checksum("sha512"):
            return RemoteFile(path, parcel.size_bytes, (("sha512", found),))
        self.remove(path)
        if (file := self._put(path, parcel, marks)) is not None:
            return file
        raise DepositRejected(self._target, f"{path}: another run writes it, too")

    def _put(self, path: str, parcel: Parcel, marks: Mapping[str, str] | None) -> RemoteFile | None:
        """Write a file; ``None`` where its name is taken."""
        with self._told(wrote=True):
            if parcel.size_bytes <= PART_BYTES:
                tag = self._bucket.create(path, b"".join(parcel.chunks()), marks)
            else:
                tag = self._bucket.write_in_parts(path, parcel.chunks(), marks)
        return None if tag is None else _remote(File(path, parcel.size_bytes, tag), path)

    def described(self, path: str) -> tuple[RemoteFile, Mapping[str, str]] | None:
        """A file as it is there, with the marks that went with it; ``None`` if there is none."""
        with self._told(wrote=False):
            found = self._bucket.look(path)
        return None if found is None else (_remote(found[0], path), found[1])

    def put_small(self, path: str, content: bytes) -> None:
        """Write a small file over an older one."""
        with self._told(wrote=True):
            self._bucket.replace(path, content)

    def get_small(self, path: str) -> bytes | None:
        """The whole of a small file; ``None`` if there is none."""
        with self._told(wrote=False):
            try:
                return self._bucket.read(path, NOTE_LIMIT_BYTES)
            except ValueError as error:
                raise DepositRejected(self._target, f"{path}: {error}") from error

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces."""
        with self._told(wrote=False):
            yield from self._bucket.chunks(path)

    def listed(self, folder: str) -> Iterator[RemoteFile]:
        """The files below a folder."""
        with self._told(wrote=False):
            for one in self._bucket.listed(folder):
                yield RemoteFile(one.path.removeprefix(f"{folder}/"), one.size_bytes)

    def remove(self, path: str) -> None:
        """Remove a file."""
        with self._told(wrote=True):
            self._bucket.remove(path)

    def url(self, folder: str) -> str | None:
        """The folder's address as S3's own tools write it."""
        bucket = self._target.partition(":")[2].strip("/")
        return f"s3://{bucket}/{folder}/"

    def close(self) -> None:
        """Connections end by themselves."""

    @contextlib.contextmanager
    def _told(self, *, wrote: bool) -> Iterator[None]:
        """Say what became of a step, by what the library raises: it has many errors, and each says that."""
        try:
            yield
        except SolanderError:
            # Also what a file of ours came to: it is no answer of the storage's.
            raise
        except Exception as error:  # noqa: BLE001 - as above
            self._fail(error, wrote=wrote)

    def _fail(self, error: Exception, *, wrote: bool) -> NoReturn:
        from obstore.exceptions import (
            InvalidPathError,
            NotSupportedError,
            PermissionDeniedError,
            PreconditionError,
            UnauthenticatedError,
        )

        said = self._terms.hide(" ".join(str(error).split()))
        lines = said[:400]
        refused = (400, 403, 404, 405, 409, 411, 412, 413, 501, 507)
        answered = [status for status in refused if f" {status} " in f" {said} "]
        refusals = (InvalidPathError, NotSupportedError, PermissionDeniedError, PreconditionError, UnauthenticatedError)
        if isinstance(error, (*refusals, FileNotFoundError)) or answered or "BadDigest" in said:
            room = next((f": {MEANINGS[status]}" for status in answered if status in (413, 507)), "")
            raise DepositRejected(self._target, f"the storage said no{room} ({lines})") from None
        if wrote and "onnect" not in said:
            raise AnswerLost(self._target, f"no answer came ({lines})") from None
        raise TargetUnreachable(self._target, f"it was not reached ({lines})") from None


def _remote(file: File, path: str) -> RemoteFile:
    # Of a file in one piece the tag is the MD5 that the server reckoned; of one in parts it is of another form.
    return RemoteFile(path, file.size_bytes, (("md5", file.tag),) if is_md5(file.tag) else ())

"""What a file is here and what it is there: whether the two may be one.

Source: docs/format.md, "Deposits".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from solander.model.deposit import Parcel, RemoteFile

STRONG = ("sha512", "sha256", "sha1", "md5")
"""By which checksum two sides are compared, the strongest first."""


def may_be(there: RemoteFile, parcel: Parcel) -> bool:
    """Whether nothing that is told of a file says that it is another; where no checksum is told, it is sent anew."""
    if there.size_bytes is not None and there.size_bytes != parcel.size_bytes:
        return False
    shared = [(digits, parcel.checksum(name)) for name, digits in there.checksums if parcel.checksum(name)]
    return bool(shared) and all(ours == theirs for ours, theirs in shared)


def hashed(chunks: Iterable[bytes]) -> str:
    """The SHA-512 of bytes that come in pieces, in small hexadecimal digits."""
    hasher = hashlib.sha512(usedforsecurity=False)
    for chunk in chunks:
        hasher.update(chunk)
    return hasher.hexdigest()


def joined(chunks: Iterator[bytes], limit_bytes: int) -> bytes:
    """The whole of what comes in pieces.

    Raises:
        ValueError: it is larger than the limit.
    """
    parts, size_bytes = [], 0
    for chunk in chunks:
        size_bytes += len(chunk)
        if size_bytes > limit_bytes:
            raise ValueError(f"larger than {limit_bytes:,} bytes")
        parts.append(chunk)
    return b"".join(parts)

"""A file sent as a browser's form sends it, with fields beside it: in pieces, and of a size that is known beforehand.

The boundary is made of the file's own digest, so that the same file is sent in the same bytes.

Source: RFC 7578 (``multipart/form-data``); RFC 2046, 5.1.1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from solander.model.deposit import Parcel


class Form(NamedTuple):
    """What is sent."""

    media_type: str
    """With its boundary."""
    size_bytes: int
    chunks: Callable[[], Iterator[bytes]]
    """Gives its bytes from the first on, as often as it is asked."""


def form_of(parcel: Parcel, fields: Mapping[str, str], *, field: str = "file") -> Form:
    """The form in which a file is sent.

    Args:
        parcel: the file.
        fields: what goes beside it, and before it, in this order.
        field: what the file's own field is called.
    """
    seed = f"{parcel.name}\n{parcel.checksum('sha512')}"
    boundary = f"solander-{hashlib.sha256(seed.encode('utf-8', 'surrogateescape')).hexdigest()[:40]}"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    name = parcel.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    parts.append(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        f"Content-Type: {parcel.media_type}\r\n\r\n"
    )
    before, after = "".join(parts).encode(), f"\r\n--{boundary}--\r\n".encode()

    def chunks() -> Iterator[bytes]:
        yield before
        yield from parcel.chunks()
        yield after

    return Form(f"multipart/form-data; boundary={boundary}", len(before) + parcel.size_bytes + len(after), chunks)

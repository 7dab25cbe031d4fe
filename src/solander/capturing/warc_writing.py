"""Records -> a WARC file: each a gzip member by itself, with the digests of its block and its payload.

Messages of HTTP stand in it as they were sent, chunks and all, and a payload digest is that of the body as sent. What
is left out are cookies: an archive is copied, and a cookie is a key.

Source: ISO 28500:2017 (WARC 1.1), 4 (file and record), 5 (named fields), 6 (types) and annex D (gzip).
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from solander.model.capture import written_moment

_SECRET = re.compile(
    rb"^(?:set-cookie2?|cookie2?|authorization|proxy-authorization|authentication-info)[ \t]*:"
    rb"[^\n]*\n(?:[ \t][^\n]*\n)*",
    re.IGNORECASE | re.MULTILINE,
)


class WarcWriter:
    """A WARC file in the making."""

    def __init__(self, moment: datetime, said: Iterable[tuple[str, str]]) -> None:
        """Begin with who captures, and how.

        Args:
            moment: when the capture began.
            said: the fields of the ``warcinfo`` record.
        """
        self._members: list[bytes] = []
        self.size_bytes = 0
        self.info_id = self.add("warcinfo", None, moment, "application/warc-fields", warc_fields(said))

    def add(
        self,
        kind: str,
        uri: str | None,
        moment: datetime,
        media_type: str,
        block: bytes,
        *,
        payload: bytes | None = None,
        fields: Iterable[tuple[str, str]] = (),
        record_id: str | None = None,
    ) -> str:
        """Add a record.

        Args:
            kind: its ``WARC-Type``.
            uri: its ``WARC-Target-URI``.
            moment: its ``WARC-Date``.
            media_type: of the block.
            block: what it holds.
            payload: the part of the block whose digest is to stand there.
            fields: further named fields.
            record_id: its name, where that is known before.

        Returns:
            Its ``WARC-Record-ID``, without brackets.
        """
        record_id = record_id or new_record_id()
        lines = [
            ("WARC-Type", kind),
            ("WARC-Record-ID", f"<{record_id}>"),
            ("WARC-Date", written_moment(moment)),
            *([("WARC-Target-URI", uri)] if uri else []),
            *([("WARC-Warcinfo-ID", f"<{self.info_id}>")] if self._members else []),
            *fields,
            ("Content-Type", media_type),
            *([("WARC-Payload-Digest", _digest(payload))] if payload is not None else []),
            ("WARC-Block-Digest", _digest(block)),
            ("Content-Length", str(len(block))),
        ]
        head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines) + "\r\n"
        member = gzip_member(head.encode() + block + b"\r\n\r\n")
        self._members.append(member)
        self.size_bytes += len(member)
        return record_id

    def content(self) -> bytes:
        """The file."""
        return b"".join(self._members)


def gzip_member(record: bytes) -> bytes:
    """A record as a gzip member by itself, of no moment and no system: Python's versions write them differently.

    Source: RFC 1952, 2.3.1 (``MTIME`` 0 and ``OS`` 255: not known).
    """
    packed = bytearray(zlib.compress(record, wbits=31))
    packed[9] = 255
    return bytes(packed)


def new_record_id() -> str:
    """A name for a record that no other has."""
    return f"urn:uuid:{uuid4()}"


def warc_fields(said: Iterable[tuple[str, str]]) -> bytes:
    """Lines of ``application/warc-fields``; what a value has of line ends is taken out of it."""
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in said if value).encode()


def without_secrets(head: bytes) -> tuple[bytes, int]:
    """The head of a message without cookies and authorisation; and how many such fields there were."""
    first, end, fields = head.partition(b"\n")
    kept, number = without_secret_fields(fields)
    return first + end + kept, number


def without_secret_fields(fields: bytes) -> tuple[bytes, int]:
    """Fields of a message, or those behind its chunks, without cookies and authorisation; and how many there were."""
    return _SECRET.subn(b"", fields)


def _digest(content: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(content).digest()).decode()

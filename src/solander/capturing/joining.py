"""Files of single live pages -> one file of many pages, in which the same content stands once.

A response whose payload stands in the file already becomes a ``revisit`` record that says where: its own head is kept,
and its body is that of the other to the byte. All other records are copied as they are.

Source: ISO 28500:2017, 6.7 (revisit), 6.7.2 (identical payload digest) and 5.7 (``WARC-Refers-To``).
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from solander.capturing.http_message import parse_head
from solander.capturing.record_pages import opened_records
from solander.capturing.warc_index import Held
from solander.capturing.warc_writing import gzip_member, new_record_id, warc_fields
from solander.errors import SourceUnreadable
from solander.model.capture import written_moment
from solander.model.ports import BytesAtHand
from solander.model.warc import RecordHead

IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_CAPTURED = "not-captured"
"""The field of a metadata record that says why an address is not in the file."""

_RECORD_LIMIT_BYTES = 512 << 20
_CHANGED = frozenset(("warc-type", "content-length", "warc-block-digest", "warc-payload-digest"))


class Joining:
    """One file of many pages while it is written; what is kept is a digest and a place of each response."""

    def __init__(self) -> None:
        self._by_payload: dict[bytes, tuple[str, str, str]] = {}
        self.revisits = 0
        """So many responses stand there as revisits."""

    def add(self, warc: bytes) -> bytes:
        """The members of one page's file as they stand in the one of many.

        Raises:
            SourceError: it is no file of records that can be read.
        """
        members: list[bytes] = []
        with opened_records(BytesAtHand(warc), "warc", "capture.warc.gz") as records:
            if records.index.is_broken or not records.index.is_separate:
                raise SourceUnreadable("capture.warc.gz", "a record in it is not whole")
            for one in records.index.held:
                revisit = None
                if one.kind == "response" and one.record_id and one.uri and one.status == 200:
                    head, block = records.read(one, _RECORD_LIMIT_BYTES, "capture.warc.gz")
                    revisit = self._revisit(one, head, block)
                members.append(revisit or warc[one.offset_bytes : one.end_bytes])
        return b"".join(members)

    def missed(self, address: str, moment: datetime, why: str) -> bytes:
        """A record that says of an address why there is none of it."""
        block = warc_fields([(NOT_CAPTURED, why)])
        fields = [
            ("WARC-Type", "metadata"),
            ("WARC-Record-ID", f"<{new_record_id()}>"),
            ("WARC-Date", written_moment(moment)),
            ("WARC-Target-URI", "".join(address.split())),
            ("Content-Type", "application/warc-fields"),
        ]
        return _member(fields, block)

    def _revisit(self, one: Held, head: RecordHead, block: bytes) -> bytes | None:
        """The revisit that stands for a response; ``None`` where its payload is met for the first time."""
        message = parse_head(block)
        if message is None or message.size_bytes >= len(block):
            return None
        body = hashlib.sha256(block[message.size_bytes :])
        # How a body was coded is said in the head: under other words the same bytes are another content.
        coded = " ".join((*message.values("Transfer-Encoding"), *message.values("Content-Encoding")))
        key = hashlib.sha256(body.digest() + coded.encode()).digest()
        date = head.first("WARC-Date") or ""
        first = self._by_payload.setdefault(key, (one.record_id or "", one.uri or "", date))
        if first[0] == one.record_id:
            return None
        self.revisits += 1
        kept = [(name, value) for name, value in head.fields if name.lower() not in _CHANGED]
        fields = [
            ("WARC-Type", "revisit"),
            *kept,
            ("WARC-Profile", IDENTICAL_PAYLOAD),
            ("WARC-Refers-To", f"<{first[0]}>"),
            ("WARC-Refers-To-Target-URI", first[1]),
            ("WARC-Refers-To-Date", first[2]),
            ("WARC-Payload-Digest", _digest(body.digest())),
        ]
        return _member(fields, block[: message.size_bytes])


def _member(fields: list[tuple[str, str]], block: bytes) -> bytes:
    lines = [
        *fields,
        ("WARC-Block-Digest", _digest(hashlib.sha256(block).digest())),
        ("Content-Length", str(len(block))),
    ]
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines) + "\r\n"
    return gzip_member(head.encode("utf-8", "surrogateescape") + block + b"\r\n\r\n")


def _digest(sha256: bytes) -> str:
    return "sha256:" + base64.b32encode(sha256).decode()

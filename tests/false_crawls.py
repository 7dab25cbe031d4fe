"""Specimens of WARC files: each has one fault that a rule names, in records that are otherwise well made."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib
from collections.abc import Callable

PAGE = b"<!DOCTYPE html><meta charset=utf-8><title>The mole</title><p>Nobody fishes from the mole in winter.</p>\n"
OK = b"HTTP/1.1 200 OK\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n"


def digest(content: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(content).digest()).decode()


def message(body: bytes = PAGE, *, status: bytes = OK, fields: bytes = HTML, length: int | None = -1) -> bytes:
    said = b"" if length is None else b"Content-Length: %d\r\n" % (len(body) if length < 0 else length)
    return status + fields + said + b"\r\n" + body


def record(
    block: bytes | None = None,
    *,
    number: int = 1,
    version: str = "WARC/1.1",
    drop: tuple[str, ...] = (),
    end: bytes = b"\r\n\r\n",
    line_end: bytes = b"\r\n",
    **fields: str | None,
) -> bytes:
    """A record: ``fields`` by name with underscores replace its own, or are added; ``drop`` leaves some out."""
    block = message() if block is None else block
    said: dict[str, str | None] = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012}>",
        "WARC-Date": "2024-05-01T10:00:00Z",
        "WARC-Target-URI": f"https://harbour.example/mole/{number}",
        "Content-Type": "application/http; msgtype=response",
        "WARC-Block-Digest": digest(block),
        "Content-Length": str(len(block)),
    }
    said |= {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [version.encode()] + [f"{name}: {value}".encode() for name, value in said.items() if name not in drop]
    return line_end.join([*lines, b"", b""]) + block + end


def _chunked(body: bytes) -> bytes:
    return b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"


def _gzip(content: bytes) -> bytes:
    """Stored, not deflated: the bytes do not hang on a build of zlib."""
    return gzip.compress(content, 0, mtime=0)


def _coded(coding: bytes, body: bytes) -> bytes:
    return message(body, fields=HTML + b"Content-Encoding: " + coding + b"\r\n")


def _bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(129)) + packer.flush()


def _break(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def _revisit(number: int, **fields: str) -> bytes:
    return record(OK + HTML + b"\r\n", number=number, WARC_Type="revisit", **fields)


PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
TO_FIRST = "<urn:uuid:00000000-0000-4000-8000-000000000001>"

CRAWLS: dict[str, Callable[[], bytes]] = {
    "WRC001-no-record": lambda: b"\r\n",
    "WRC002-bytes-between-records": lambda: record() + b"a line of a log\r\n" + record(number=2),
    "WRC003-version-unknown": lambda: record(version="WARC/2.0"),
    "WRC004-header-line-malformed": lambda: record(version="WARC/1.1\r\na line without a colon"),
    "WRC005-line-ends-bare": lambda: record(line_end=b"\n"),
    "WRC006-header-line-long": lambda: record(WARC_Filename="a" * 40_000),
    "WRC007-header-undecodable": lambda: record().replace(b"WARC-Date", b"WARC-Filename: caf\xe9.warc\r\nWARC-Date"),
    "WRC008-header-beyond-ascii": lambda: record(WARC_Filename="café.warc"),
    "WRC009-length-missing": lambda: record(drop=("Content-Length",)),
    "WRC010-length-malformed": lambda: record(Content_Length="-5"),
    "WRC011-length-too-short": lambda: record(Content_Length=str(len(message()) - 10)) + record(number=2),
    "WRC012-length-too-long": lambda: record(Content_Length=str(len(message()) + 10)) + record(number=2),
    "WRC013-record-truncated": lambda: record(number=2) + record()[:-40],
    "WRC014-record-end-missing": lambda: record(end=b"\r\n"),
    "WRC015-members-shared": lambda: _gzip(record() + record(number=2)),
    "WRC016-compression-damaged": lambda: _gzip(record(number=2)) + _break(_gzip(record()), -6),
    "WRC017-compression-cut": lambda: _gzip(record(number=2)) + _gzip(record())[:-4],
    "WRC020-type-missing": lambda: record(drop=("WARC-Type",)),
    "WRC021-record-id-missing": lambda: record(drop=("WARC-Record-ID",)),
    "WRC022-date-missing": lambda: record(drop=("WARC-Date",)),
    "WRC023-date-malformed": lambda: record(WARC_Date="01/05/2024 10:00"),
    "WRC024-record-id-malformed": lambda: record(WARC_Record_ID="urn:uuid:00000000-0000-4000-8000-000000000001"),
    "WRC025-record-id-repeated": lambda: record() + record(WARC_Target_URI="https://harbour.example/quay"),
    "WRC026-target-uri-missing": lambda: record(drop=("WARC-Target-URI",)),
    "WRC027-target-uri-in-brackets": lambda: record(WARC_Target_URI="<https://harbour.example/mole>"),
    "WRC028-target-uri-malformed": lambda: record(WARC_Target_URI="https://harbour.example/the mole"),
    "WRC029-field-repeated": lambda: record(version="WARC/1.1\r\nWARC-Date: 2024-05-01T10:00:01Z"),
    "WRC030-type-unknown": lambda: record(WARC_Type="rumour"),
    "WRC031-revisit-profile-missing": lambda: record() + _revisit(2, WARC_Refers_To=TO_FIRST),
    "WRC032-cut-at-capture": lambda: record(WARC_Truncated="length"),
    "WRC033-revisit-without-original": lambda: _revisit(2, WARC_Refers_To=TO_FIRST, WARC_Profile=PROFILE),
    "WRC040-block-digest-mismatch": lambda: record(WARC_Block_Digest=digest(b"another block")),
    "WRC041-payload-digest-mismatch": lambda: record(WARC_Payload_Digest=digest(b"another page")),
    "WRC042-payload-digest-of-other-form": lambda: record(
        message(_chunked(PAGE), fields=HTML + b"Transfer-Encoding: chunked\r\n", length=None),
        WARC_Payload_Digest=digest(PAGE),
    ),
    "WRC043-digest-malformed": lambda: record(WARC_Block_Digest="sha1:abc"),
    "WRC044-digest-algorithm-unknown": lambda: record(WARC_Block_Digest="whirl:AAAAAAAAAAAAAAAA"),
    "WRC050-http-start-missing": lambda: record(PAGE),
    "WRC051-http-header-malformed": lambda: record(message(fields=HTML + b"a line without a colon\r\n")),
    "WRC052-http-header-folded": lambda: record(message(fields=b"Content-Type: text/html;\r\n charset=utf-8\r\n")),
    "WRC053-http-header-beyond-ascii": lambda: record(message(fields=HTML + b"X-Place: caf\xe9\r\n")),
    "WRC054-not-really-chunked": lambda: record(message(fields=HTML + b"Transfer-Encoding: chunked\r\n", length=None)),
    "WRC055-chunks-broken": lambda: record(
        message(_chunked(PAGE)[:-30], fields=HTML + b"Transfer-Encoding: chunked\r\n", length=None)
    ),
    "WRC056-content-coding-not-applied": lambda: record(_coded(b"gzip", PAGE)),
    "WRC057-content-coding-damaged": lambda: record(_coded(b"gzip", _gzip(PAGE)[:-12])),
    "WRC058-content-coding-unknown": lambda: record(_coded(b"compress-by-hand", b"\x01\x02\x03")),
    "WRC059-body-beyond-bound": lambda: record(_coded(b"gzip", _bomb())),
    "WRC060-http-length-differs": lambda: record(message(length=9)),
    "WRC061-status-not-success": lambda: record(message(status=b"HTTP/1.1 404 Not Found\r\n")),
    "WRC062-media-type-not-as-bytes": lambda: record(message(fields=b"Content-Type: application/octet-stream\r\n")),
    "WRC063-charsets-differ": lambda: record(message(fields=b"Content-Type: text/html; charset=windows-1252\r\n")),
    "CAP030-status-not-success": lambda: record(message(status=b"HTTP/1.1 503 Later\r\n")),
    "CAP031-media-left-out": lambda: (
        record(message(PAGE + b'<img src="/big.png">'))
        + record(_coded(b"gzip", _big()), number=2, WARC_Target_URI="https://harbour.example/big.png")
    ),
    "CAP032-payload-digest-differs": lambda: record(WARC_Payload_Digest=digest(b"a page of old")),
    "CAP033-not-really-chunked": lambda: record(
        message(PAGE + b"\n", fields=HTML + b"Transfer-Encoding: chunked\r\n", length=None)
    ),
    "CAP034-chunks-broken": lambda: record(
        message(_chunked(PAGE)[:-20], fields=HTML + b"Transfer-Encoding: chunked\r\n", length=None)
    ),
    "CAP035-content-coding-not-applied": lambda: record(_coded(b"deflate", PAGE)),
    "CAP036-content-coding-damaged": lambda: record(_coded(b"gzip", _gzip(PAGE)[:-11])),
    "CAP037-cut-at-capture": lambda: record(WARC_Truncated="time"),
    "CAP038-text-by-others": lambda: record(
        b"The mole\n\nNobody fishes from the mole in winter, and nobody did in the winters before the war.\n",
        WARC_Type="conversion",
        Content_Type="text/plain; charset=utf-8",
    ),
}
"""The bytes of each specimen, by its folder's name."""


def _big() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(17)) + packer.flush()


def file_name(name: str) -> str:
    """What the specimen's file is called."""
    return "crawl.warc.gz" if CRAWLS[name]().startswith(b"\x1f\x8b") else "crawl.warc"

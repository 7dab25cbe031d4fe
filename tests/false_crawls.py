"""Specimens of WARC files: each has one fault that a rule names, in records that are otherwise well made."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import warnings
import zipfile
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


def chunked(body: bytes) -> bytes:
    return b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"


def _noted(said: str) -> bytes:
    """A record of metadata of the first record."""
    return record(
        said.encode(),
        number=2,
        WARC_Type="metadata",
        WARC_Target_URI="https://harbour.example/mole/1",
        WARC_Refers_To="<urn:uuid:00000000-0000-4000-8000-000000000001>",
        Content_Type="application/warc-fields",
    )


def _gzip(content: bytes) -> bytes:
    """Stored, not deflated: the bytes do not hang on a build of zlib."""
    return zlib.compress(content, 0, wbits=31)


def _coded(coding: bytes, body: bytes) -> bytes:
    return message(body, fields=HTML + b"Content-Encoding: " + coding + b"\r\n")


def _bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(129)) + packer.flush()


def _break(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def _revisit(number: int, **fields: str) -> bytes:
    return record(OK + HTML + b"\r\n", number=number, WARC_Type="revisit", **fields)


def _doubled() -> bytes:
    out = io.BytesIO(wacz())
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(zipfile.ZipInfo("pages/pages.jsonl"), archive.read("pages/pages.jsonl"))
    return out.getvalue()


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
    "WRC022-record-date-missing": lambda: record(drop=("WARC-Date",)),
    "WRC023-record-date-malformed": lambda: record(WARC_Date="01/05/2024 10:00"),
    "WRC024-record-id-malformed": lambda: record(WARC_Record_ID="urn:uuid:00000000-0000-4000-8000-000000000001"),
    "WRC025-record-id-repeated": lambda: record() + record(WARC_Target_URI="https://harbour.example/quay"),
    "WRC026-target-uri-missing": lambda: record(drop=("WARC-Target-URI",)),
    "WRC027-target-uri-in-brackets": lambda: record(WARC_Target_URI="<https://harbour.example/mole>"),
    "WRC028-target-uri-malformed": lambda: record(WARC_Target_URI="https://harbour.example/the mole"),
    "WRC029-record-field-repeated": lambda: record(version="WARC/1.1\r\nWARC-Date: 2024-05-01T10:00:01Z"),
    "WRC030-type-unknown": lambda: record(WARC_Type="rumour"),
    "WRC031-revisit-profile-missing": lambda: record() + _revisit(2, WARC_Refers_To=TO_FIRST),
    "WRC032-record-cut-at-capture": lambda: record(WARC_Truncated="length"),
    "WRC033-revisit-without-original": lambda: _revisit(2, WARC_Refers_To=TO_FIRST, WARC_Profile=PROFILE),
    "WRC040-block-digest-mismatch": lambda: record(WARC_Block_Digest=digest(b"another block")),
    "WRC041-record-payload-digest-mismatch": lambda: record(WARC_Payload_Digest=digest(b"another page")),
    "WRC042-payload-digest-of-other-form": lambda: record(
        message(chunked(PAGE), fields=HTML + b"Transfer-Encoding: chunked\r\n", length=None),
        WARC_Payload_Digest=digest(PAGE),
    ),
    "WRC043-digest-malformed": lambda: record(WARC_Block_Digest="sha1:abc"),
    "WRC044-digest-algorithm-unknown": lambda: record(WARC_Block_Digest="whirl:AAAAAAAAAAAAAAAA"),
    "WRC050-http-start-missing": lambda: record(PAGE),
    "WRC051-http-header-malformed": lambda: record(message(fields=HTML + b"a line without a colon\r\n")),
    "WRC052-http-header-folded": lambda: record(message(fields=b"Content-Type: text/html;\r\n charset=utf-8\r\n")),
    "WRC053-http-header-beyond-ascii": lambda: record(message(fields=HTML + b"X-Place: caf\xe9\r\n")),
    "WRC054-response-not-really-chunked": lambda: record(
        message(fields=HTML + b"Transfer-Encoding: chunked\r\n", length=None)
    ),
    "WRC055-response-chunks-broken": lambda: record(
        message(chunked(PAGE)[:-30], fields=HTML + b"Transfer-Encoding: chunked\r\n", length=None)
    ),
    "WRC056-response-coding-not-applied": lambda: record(_coded(b"gzip", PAGE)),
    "WRC057-response-coding-damaged": lambda: record(_coded(b"gzip", _gzip(PAGE)[:-12])),
    "WRC058-content-coding-unknown": lambda: record(_coded(b"compress-by-hand", b"\x01\x02\x03")),
    "WRC059-body-beyond-bound": lambda: record(_coded(b"gzip", _bomb())),
    "WRC060-http-length-differs": lambda: record(message(length=9)),
    "WRC061-response-not-success": lambda: record(message(status=b"HTTP/1.1 404 Not Found\r\n")),
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
        message(chunked(PAGE)[:-20], fields=HTML + b"Transfer-Encoding: chunked\r\n", length=None)
    ),
    "CAP035-content-coding-not-applied": lambda: record(_coded(b"deflate", PAGE)),
    "CAP036-content-coding-damaged": lambda: record(_coded(b"gzip", _gzip(PAGE)[:-11])),
    "CAP037-cut-at-capture": lambda: record(WARC_Truncated="time"),
    "CAP038-text-by-others": lambda: record(
        b"The mole\n\nNobody fishes from the mole in winter, and nobody did in the winters before the war.\n",
        WARC_Type="conversion",
        Content_Type="text/plain; charset=utf-8",
    ),
    "CAP039-page-in-segments": lambda: record(WARC_Segment_Number="1"),
    "CAP040-bytes-behind-body": lambda: record(_coded(b"gzip", _gzip(PAGE) + b"and more")),
    "CAP041-block-digest-differs": lambda: record(WARC_Block_Digest=digest(b"a block of old")),
    "CAP070-captcha-instead-of-page": lambda: record(
        message(
            b"<!DOCTYPE html><meta charset=utf-8><title>Just a moment...</title>"
            b'<div class="cf-turnstile"></div><p>Verify you are human.</p>\n'
        )
    ),
    "CAP071-consent-wall": lambda: record(
        message(
            b"<!DOCTYPE html><meta charset=utf-8><title>The mole</title><h1>Before you continue</h1>"
            b"<p>The harbour would like to keep cookies on your machine.</p><button>Accept all</button>"
            b"<button>Reject all</button>\n"
        )
    ),
    "CAP072-page-made-by-scripts": lambda: record(
        message(
            b"<!DOCTYPE html><meta charset=utf-8><title>The mole</title><p>Loading</p><script src=/mole.js></script>\n"
        )
    ),
    "CAP073-robots-ignored": lambda: (
        record() + _noted("robots: robots.txt forbids it (Disallow: /mole); that was ignored, as asked.\r\n")
    ),
    "CAP074-media-not-fetched": lambda: (
        record() + _noted("not-fetched: https://harbour.example/mole.png the server did not answer in time\r\n")
    ),
    "CAP075-media-not-there": lambda: record() + _noted("not-there: https://harbour.example/mole.png status 404\r\n"),
    "CAP077-page-leads-elsewhere": lambda: record(
        message(
            b"<!DOCTYPE html><meta charset=utf-8><title>The mole</title>"
            b'<meta http-equiv="refresh" content="0; url=/quay"><p>The page has moved.</p>\n'
        )
    ),
    "CAP076-archiving-not-wished": lambda: record(message(fields=HTML + b"X-Robots-Tag: noarchive\r\n")),
}
"""The bytes of each specimen, by its folder's name."""


def wacz(
    *,
    software: str = "harbour 1.0",
    drop: tuple[str, ...] = (),
    resources: Callable[[list[dict[str, object]]], None] = lambda listed: None,
    more: dict[str, bytes] | None = None,
    signed: Callable[[str], dict[str, str]] | None = None,
    package: bytes | None = None,
    package_hash: str | None = None,
    pages: bytes = b'{"format": "json-pages-1.0"}\n{"url": "https://harbour.example/mole/1"}\n',
) -> bytes:
    """A WACZ file; ``drop`` leaves members out that are listed, ``resources`` alters the list."""
    files = {"archive/data.warc.gz": _gzip(record()), "pages/pages.jsonl": pages}
    listed: list[dict[str, object]] = [
        {"path": name, "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}
        for name, content in files.items()
    ]
    resources(listed)
    if package is None:
        package = json.dumps({"software": software, "resources": listed}).encode()
    true = f"sha256:{hashlib.sha256(package).hexdigest()}"
    said: dict[str, object] = {"path": "datapackage.json", "hash": package_hash or true}
    if signed is not None:
        said["signedData"] = signed(true)
    files |= {"datapackage.json": package, "datapackage-digest.json": json.dumps(said).encode(), **(more or {})}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            if name not in drop:
                archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _sign(true: str, signed: str | None = None) -> dict[str, str]:
    """A signature by a key that is nobody's secret."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.derive_private_key(20240501, ec.SECP256R1())
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    signature = key.sign((signed or true).encode(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    return {
        "hash": true,
        "signature": base64.b64encode(signature).decode(),
        "publicKey": base64.b64encode(public).decode(),
    }


def _set(**fields: object) -> Callable[[list[dict[str, object]]], None]:
    return lambda listed: listed[0].update(fields)


WRONG = "sha256:" + "0" * 64

CRAWLS |= {
    "WRC100-wacz-package-missing": lambda: wacz(drop=("datapackage.json", "datapackage-digest.json")),
    "WRC101-wacz-package-malformed": lambda: wacz(package=b'{"resources": "none"}'),
    "WRC102-wacz-resource-missing": lambda: wacz(resources=lambda listed: listed.append({"path": "logs/a.log"})),
    "WRC103-wacz-digest-mismatch": lambda: wacz(resources=_set(hash=WRONG)),
    "WRC104-wacz-size-mismatch": lambda: wacz(resources=_set(bytes=7)),
    "WRC105-wacz-resource-without-digest": lambda: wacz(resources=_set(hash=None)),
    "WRC106-wacz-member-unlisted": lambda: wacz(more={"notes.txt": b"seen"}),
    "WRC107-wacz-known-producer-fault": lambda: wacz(software="js-wacz 0.1.6", resources=_set(hash=WRONG)),
    "WRC108-wacz-package-digest-mismatch": lambda: wacz(package_hash=WRONG),
    "WRC109-wacz-signature-invalid": lambda: wacz(signed=lambda true: _sign(true, "another list")),
    "WRC110-wacz-signature-not-told": lambda: wacz(signed=lambda true: {"hash": true, "signature": "AAAA"}),
    "WRC111-wacz-signature-valid": lambda: wacz(signed=_sign),
    "WRC112-wacz-without-records": lambda: wacz(
        drop=("archive/data.warc.gz",), resources=lambda listed: listed.__delitem__(0)
    ),
    "WRC113-wacz-pages-malformed": lambda: wacz(pages=b"{no object\n"),
    "WRC114-wacz-page-without-record": lambda: wacz(pages=b'{"url": "https://harbour.example/quay"}\n'),
    "WRC115-wacz-member-unsafe": lambda: wacz(
        resources=lambda listed: listed.append(
            {"path": "../harbour.txt", "hash": f"sha256:{hashlib.sha256(b'x').hexdigest()}", "bytes": 1}
        ),
        more={"../harbour.txt": b"x"},
    ),
    "WRC116-wacz-member-doubled": _doubled,
}


def _big() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(17)) + packer.flush()


def file_name(name: str) -> str:
    """What the specimen's file is called."""
    if name.startswith("WRC1"):
        return "crawl.wacz"
    return "crawl.warc.gz" if CRAWLS[name]().startswith(b"\x1f\x8b") else "crawl.warc"

"""A WARC file that we write is read without fault by others, whatever kinds of records it holds."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.false_crawls import HTML, OK, PAGE, PROFILE, TO_FIRST, digest, message, record
from tests.warc_judges import judge_written

import solander
from solander.capturing.warc_writing import WarcWriter, without_secrets

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOST = "https://harbour.example"
SENT = b"%x\r\n" % len(gzip.compress(PAGE, mtime=0)) + gzip.compress(PAGE, mtime=0) + b"\r\n0\r\nX-Trailer: 1\r\n\r\n"


def test_every_kind_of_record_that_the_writer_writes_is_read_by_all(tmp_path: Path) -> None:
    writer = WarcWriter(AT, [("software", "solander"), ("operator", "a name\r\nWARC-Type: response")])
    asked = b"GET /mole HTTP/1.1\r\nHost: harbour.example\r\n\r\n"
    chunked = HTML + b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"
    request = writer.add("request", f"{HOST}/mole", AT, "application/http;msgtype=request", asked)
    beside = (("WARC-Concurrent-To", f"<{request}>"),)
    for number, body, fields in ((1, SENT, chunked), (2, b"", b""), (3, PAGE, HTML), (4, bytes(range(256)), b"")):
        block = OK + fields + b"\r\n" + body
        kind = "application/http;msgtype=response"
        name = writer.add("response", f"{HOST}/{number}", AT, kind, block, payload=body, fields=beside)
    writer.add("resource", f"urn:dom:{HOST}/3", AT, "text/html; charset=utf-8", PAGE, payload=PAGE)
    writer.add(
        "resource", f"urn:screenshot:{HOST}/3", AT, "image/png", b"\x89PNG\r\n\x1a\n", payload=b"\x89PNG\r\n\x1a\n"
    )
    writer.add("metadata", f"{HOST}/3", AT, "application/warc-fields", b"", fields=(("WARC-Refers-To", f"<{name}>"),))
    path = tmp_path / "capture.warc.gz"
    path.write_bytes(writer.content())
    kinds = judge_written(path)
    assert kinds == ["warcinfo", "request", *["response"] * 4, *["resource"] * 2, "metadata"]


HELD = {
    "warcinfo": {
        "block": b"software: Harbour Crawler 2.1\r\n",
        "Content_Type": "application/warc-fields",
        "drop": ("WARC-Target-URI",),
    },
    "response": {
        "WARC_Payload_Digest": digest(PAGE),
        "WARC_Warcinfo_ID": "<urn:uuid:00000000-0000-4000-8000-000000000009>",
    },
    "request": {
        "block": b"GET /mole/1 HTTP/1.1\r\nHost: harbour.example\r\n\r\n",
        "WARC_Concurrent_To": TO_FIRST,
        "Content_Type": "application/http; msgtype=request",
    },
    "metadata": {
        "block": b"via: https://harbour.example/\r\n",
        "WARC_Refers_To": TO_FIRST,
        "Content_Type": "application/warc-fields",
    },
    "resource": {"block": PAGE, "Content_Type": "text/html", "WARC_Payload_Digest": digest(PAGE)},
    "revisit": {
        "block": OK + HTML + b"\r\n",
        "WARC_Profile": PROFILE,
        "WARC_Refers_To": TO_FIRST,
        "WARC_Payload_Digest": digest(PAGE),
    },
    "conversion": {
        "block": b"The mole\n\nNobody fishes from the mole.\n",
        "Content_Type": "text/plain",
        "WARC_Refers_To": TO_FIRST,
    },
}
"""Records of a crawl, each of a kind, and each of which a bag may hold."""

NUMBER = {"warcinfo": 9, "response": 1, "request": 2, "metadata": 3, "resource": 4, "revisit": 5, "conversion": 6}


def crawl_of_every_kind() -> list[bytes]:
    made = []
    for kind, said in HELD.items():
        said = {"number": NUMBER[kind], "WARC_Type": kind, **said}
        if kind in ("request", "metadata"):
            said["WARC_Target_URI"] = f"{HOST}/mole/1"
        made.append(record(said.pop("block", message()), **said))
    return made


@pytest.mark.parametrize("form", ["plain", "gzip", "one member"])
@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("response", ["warcinfo", "response", "request", "metadata"]),
        ("resource", ["warcinfo", "resource"]),
        ("revisit", ["warcinfo", "response", "revisit"]),
        ("conversion", ["warcinfo", "conversion"]),
    ],
)
def test_the_records_that_a_bag_keeps_are_read_by_all(tmp_path: Path, form: str, kind: str, kept: list[str]) -> None:
    records, path = crawl_of_every_kind(), tmp_path / ("crawl.warc" if form == "plain" else "crawl.warc.gz")
    members = {"plain": records, "gzip": [gzip.compress(one, mtime=0) for one in records]}
    path.write_bytes(b"".join(members.get(form, [])) or gzip.compress(b"".join(records), mtime=0))
    name = f"urn:uuid:00000000-0000-4000-8000-{NUMBER[kind]:012}"
    bag = solander.pack(path, into=tmp_path / "archive", records=[name], at=AT).path
    assert bag is not None
    (own,) = (bag / "data/original").iterdir()
    assert own.name == ("capture.warc.gz" if form == "gzip" else "capture.warc")
    assert judge_written(own) == kept


def test_cookies_and_authorisation_are_taken_out_of_heads_however_they_are_written() -> None:
    secret = b"s3cret"
    lines = [
        b"Set-Cookie: a=" + secret + b"; Path=/",
        b"set-cookie:a=" + secret,
        b"SET-COOKIE2 : a=" + secret,
        b"Cookie: a=1;\r\n\tb=" + secret,
        b"Authorization: Basic " + secret,
        b"proxy-authorization: Bearer " + secret,
        b"Authentication-Info: nextnonce=" + secret,
    ]
    head = b"HTTP/1.1 200 OK\r\n" + b"\r\n".join(lines) + b"\r\nContent-Type: text/html\r\n\r\n"
    kept, number = without_secrets(head)
    assert secret not in kept
    assert number == len(lines)
    assert kept == b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    bare, number = without_secrets(head.replace(b"\r\n", b"\n"))
    assert secret not in bare
    assert number == len(lines)

"""What a page shows and came in pieces, or as something else, is kept as it came, and told."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import pytest
from tests.capturing.crawls import AT, HOST, PNG, one_capture
from tests.false_crawls import PAGE, digest, message, record

import solander

TYPE = b"Content-Type: image/png\r\n"
HARMED: dict[str, dict[str, Any]] = {
    "its compression is damaged": {
        "block": message(zlib.compress(PNG * 900, wbits=31)[:-9], fields=TYPE + b"Content-Encoding: gzip\r\n")
    },
    "its chunks break off": {
        "block": message(b"48\r\n" + PNG[:20], fields=TYPE + b"Transfer-Encoding: chunked\r\n", length=None)
    },
    "its digest is another": {"WARC_Payload_Digest": digest(b"another picture")},
    "its record's digest is another": {"WARC_Block_Digest": digest(b"another record")},
    "it was cut at capture": {"WARC_Truncated": "length"},
    "it goes on in other records": {"WARC_Segment_Number": "1"},
}


@pytest.mark.parametrize("why", HARMED)
def test_what_is_not_whole_is_told_with_the_reason(tmp_path: Path, why: str) -> None:
    fields = {"block": message(PNG, fields=TYPE), **HARMED[why]}
    capture = one_capture(
        tmp_path,
        record(message(PAGE + b"<img src=/sail.png>"), WARC_Target_URI=f"{HOST}/"),
        record(number=2, WARC_Target_URI=f"{HOST}/sail.png", **fields),
    )
    assert capture.left_out == (f"{HOST}/sail.png ({why})",)
    assert capture.facts == ("media-left-out",)
    assert all(PNG.startswith(one.content[:72]) for one in capture.media)


def test_no_password_of_what_is_not_whole_is_told(tmp_path: Path) -> None:
    address = "https://keeper:low-water@harbour.example/sail.png"
    path = tmp_path / "crawl.warc"
    path.write_bytes(
        record(message(PAGE + f"<img src={address}>".encode()), WARC_Target_URI=f"{HOST}/")
        + record(message(PNG, fields=TYPE), number=2, WARC_Target_URI=address, WARC_Truncated="length")
    )
    bag = solander.pack(path, into=tmp_path / "archive", at=AT)
    assert bag.path is not None
    [told] = [one.message for one in bag.report.findings if one.code == "CAP031"]
    assert told.endswith(": https://harbour.example/sail.png (it was cut at capture)")
    said = [one for one in (bag.path / "metadata").rglob("*") if one.is_file() and b"low-water" in one.read_bytes()]
    assert said == []

"""What a page shows and a bag does not hold is told by its address."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.false_crawls import message, record

from solander.pipeline import Packed, pack_all

AT = datetime(2026, 1, 1, tzinfo=UTC)
HOST = "https://harbour.example"
PNG = b"Content-Type: image/png\r\n"


def packed(tmp_path: Path, shown: int) -> Packed:
    images = b"".join(b'<img src="/%d.png">' % number for number in range(1, shown + 1))
    page = b"<!doctype html><title>A</title><p>Words.</p>" + images
    picture = message(b"\x89PNG\r\n\x1a\n" + bytes(100), fields=PNG)
    records = [record(picture, number=n, WARC_Target_URI=f"{HOST}/{n}.png") for n in range(1, shown + 1)]
    path = tmp_path / "crawl.warc"
    path.write_bytes(record(message(page), number=shown + 1, WARC_Target_URI=f"{HOST}/a") + b"".join(records))
    [outcome] = pack_all([path], into=tmp_path / "archive", at=AT)
    assert isinstance(outcome, Packed)
    return outcome


@pytest.mark.parametrize("bound", ["MEDIA_LIMIT", "RECORDED_MEDIA_LIMIT_BYTES"])
def test_what_is_beyond_the_bounds_is_named_and_the_rest_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(f"solander.capturing.record_capture.{bound}", 3 if bound == "MEDIA_LIMIT" else 350)
    accession = packed(tmp_path, 5).accession
    assert [one.uri for one in accession.capture.media] == [f"{HOST}/{n}.png" for n in (1, 2, 3)]
    [told] = [one for one in accession.report.findings if one.code == "CAP031"]
    assert told.message.endswith(f": {HOST}/4.png, {HOST}/5.png")


def test_of_very_many_twenty_are_named_and_the_others_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solander.capturing.record_capture.MEDIA_LIMIT", 1)
    accession = packed(tmp_path, 30).accession
    [told] = [one for one in accession.report.findings if one.code == "CAP031"]
    assert told.message.endswith(f"{HOST}/21.png and 9 more")

"""One answer that a crawl has twice is one bag; records that differ in more than their names are versions, as ever."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.batch.made_crawls import page
from tests.false_crawls import message, record

from solander.pipeline import Packed, pack_all

URI = "https://harbour.example/mole"


def packed(tmp_path: Path, *records: bytes, into: str = "archive") -> list[tuple[int, bool]]:
    crawl = tmp_path / f"{into}.warc.gz"
    crawl.write_bytes(b"".join(gzip.compress(one, 0, mtime=0) for one in records))
    outcomes = list(pack_all([crawl], into=tmp_path / into))
    assert all(isinstance(one, Packed) for one in outcomes)
    return [(one.accession.version, one.accession.already_there) for one in outcomes]


def response(number: int, content: bytes | None = None, **fields: str | None) -> bytes:
    return record(content or message(page(1)), number=number, WARC_Target_URI=URI, **fields)


def test_a_record_that_a_crawl_has_three_times_makes_one_bag(tmp_path: Path):
    records = [response(number) for number in (1, 2, 3)]
    assert packed(tmp_path, *records) == [(1, False), (1, True), (1, True)]
    assert packed(tmp_path, *records) == [(1, True)] * 3
    assert len(list((tmp_path / "archive").iterdir())) == 1


def test_the_bag_keeps_the_first_of_them_as_it_came(tmp_path: Path):
    packed(tmp_path, response(1), response(2))
    (bag,) = (tmp_path / "archive").iterdir()
    assert gzip.decompress((bag / "data/original/capture.warc.gz").read_bytes()) == response(1)
    assert "000000000001" in (bag / "bag-info.txt").read_text()


def test_another_head_of_the_answer_is_another_version(tmp_path: Path):
    other = message(page(1)).replace(b"\r\n", b"\r\nX-Served-By: quay\r\n", 1)
    assert packed(tmp_path, response(1), response(2, other)) == [(1, False), (2, False)]


def test_so_is_another_field_of_the_record(tmp_path: Path):
    assert packed(tmp_path, response(1), response(2, WARC_IP_Address="192.0.2.7")) == [(1, False), (2, False)]


def test_another_moment_is_another_object(tmp_path: Path):
    assert packed(tmp_path, response(1), response(2, WARC_Date="2024-05-02T10:00:00Z")) == [(1, False), (1, False)]
    assert len(list((tmp_path / "archive").iterdir())) == 2

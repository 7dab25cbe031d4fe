"""What of a crawl comes into no bag is told: how many records, and why, a line for each reason."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest
from tests.false_crawls import HTML, OK, message, record, wacz

from solander.cli.pack_tally import Tally

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
IMAGE = message(PNG, fields=b"Content-Type: image/png\r\n")


def noted(number: int, **fields: str) -> bytes:
    return record(b"some words", number=number, **{"WARC_Type": "resource", "Content_Type": "text/plain"} | fields)


def page(number: int, words: str = "") -> bytes:
    body = f"<!DOCTYPE html><title>Page {number}</title><p>The ferry of pier {number} sails daily.{words}"
    return record(message(body.encode()), number=number)


def packed(run, tmp_path: Path, *records: bytes, words: tuple[str, ...] = ()):
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(records))
    return run("pack", path, "--into", tmp_path / "archive", *words)


def passed(ran) -> list[str]:
    return [line for line in ran.err.splitlines() if " passed by: " in line]


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("dns:harbour.example", "dns"),
        ("ftp://harbour.example/tides.txt", "ftp"),
        ("file:///srv/tides.html", "file"),
        ("urn:pageinfo:https://harbour.example/", "urn"),
        ("whois://whois.example/harbour.example", "whois"),
        ("DATA:text/html,tides", "data"),
        ("metadata://crawler.example/log.txt", "metadata"),
        ("harbour.example", "no scheme"),
    ],
)
def test_an_address_of_another_kind_is_told(run, tmp_path: Path, address: str, scheme: str) -> None:
    ran = packed(run, tmp_path, page(1), noted(2, WARC_Target_URI=address))
    assert passed(ran) == [f"1 record passed by: address neither http nor https ({scheme} 1)"]
    assert ran.status == 0


def test_each_reason_has_a_line_and_its_sorts_the_most_frequent_first(run, tmp_path: Path) -> None:
    ran = packed(
        run,
        tmp_path,
        page(1),
        *(noted(number, WARC_Target_URI="dns:harbour.example") for number in (2, 3)),
        noted(4, WARC_Target_URI="ftp://harbour.example/a"),
        record(IMAGE, number=5),
        record(message(status=b"HTTP/1.1 404 Not Found\r\n"), number=6),
        record(message(b"User-agent: *", fields=b"Content-Type: text/plain\r\n"), number=7,
               WARC_Target_URI="https://harbour.example/robots.txt"),
        record(message(PNG, fields=b""), number=8),
        noted(9, WARC_Type="annotation"),
        record(b"some words", number=10, WARC_Type="metadata", WARC_Target_URI="metadata://crawler.example/list"),
    )  # fmt: skip
    assert passed(ran) == [
        "4 records passed by: address neither http nor https (dns 2, ftp 1, metadata 1)",
        "1 record passed by: bytes that are no page",
        "1 record passed by: no page, nor shown by one that was packed (image/png 1)",
        "1 record passed by: no success (status 404 1)",
        "1 record passed by: record type that is not known (annotation 1)",
        "1 record passed by: robots.txt",
    ]


def test_what_belongs_to_a_packed_page_is_not_passed_by(run, tmp_path: Path) -> None:
    name = "<urn:uuid:00000000-0000-4000-8000-000000000001>"
    ran = packed(
        run,
        tmp_path,
        record(b"software: a crawler\r\n", number=90, WARC_Type="warcinfo", drop=("WARC-Target-URI",),
               Content_Type="application/warc-fields"),
        page(1, "<img src=/mole/2><a href=/mole/9>elsewhere</a>"),
        record(IMAGE, number=2),
        record(b"GET /mole/1 HTTP/1.1\r\n\r\n", number=3, WARC_Type="request", WARC_Concurrent_To=name,
               WARC_Target_URI="https://harbour.example/mole/1", Content_Type="application/http; msgtype=request"),
        record(b"via: a list\r\n", number=4, WARC_Type="metadata", WARC_Refers_To=name,
               Content_Type="application/warc-fields"),
        record(message(b"", status=b"HTTP/1.1 301 Moved Permanently\r\n", fields=HTML + b"Location: /mole/1\r\n"),
               number=5),
        record(OK + HTML + b"\r\n", number=6, WARC_Type="revisit", WARC_Refers_To=name,
               WARC_Target_URI="https://harbour.example/mole/1", WARC_Date="2024-05-02T10:00:00Z"),
    )  # fmt: skip
    assert passed(ran) == []


def test_a_picture_of_a_page_that_is_there_already_is_its_own(run, tmp_path: Path) -> None:
    records = (page(1, "<img src=/mole/2>"), record(IMAGE, number=2))
    assert passed(packed(run, tmp_path, *records)) == []
    again = packed(run, tmp_path, *records)
    assert "1 already there" in again.err
    assert passed(again) == []


def test_a_program_is_told_the_same(run, tmp_path: Path) -> None:
    records = (page(1), noted(2, WARC_Target_URI="dns:harbour.example"), record(IMAGE, number=3))
    ran = packed(run, tmp_path, *records, words=("--json",))
    assert (ran.err, json.loads(ran.out)["records_passed_by"]) == (
        "",
        [
            {"reason": "address neither http nor https", "records": 1, "of": {"dns": 1}},
            {"reason": "no page, nor shown by one that was packed", "records": 1, "of": {"image/png": 1}},
        ],
    )


def test_where_nothing_is_passed_by_a_program_finds_an_empty_list(run, tmp_path: Path) -> None:
    assert json.loads(packed(run, tmp_path, page(1), words=("--json",)).out)["records_passed_by"] == []


@pytest.mark.parametrize(
    "words",
    [("--quiet",), ("--url", "https://harbour.example/mole/1"), ("--since", "2024-01-01T00:00:00Z"),
     ("--status", "200"), ("--record", "urn:uuid:00000000-0000-4000-8000-000000000001")],
)  # fmt: skip
def test_whoever_chooses_or_wants_only_errors_is_told_nothing(run, tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = packed(run, tmp_path, page(1), noted(2, WARC_Target_URI="dns:harbour.example"), words=words)
    assert (ran.status, passed(ran)) == (0, [])


def test_where_no_record_is_a_page_it_is_told_why(run, tmp_path: Path) -> None:
    ran = packed(run, tmp_path, noted(2, WARC_Target_URI="dns:harbour.example"))
    assert ran.status == 3
    assert "its one record is not a page" in ran.err
    assert passed(ran) == ["1 record passed by: address neither http nor https (dns 1)"]


def test_pages_that_the_list_of_a_collector_does_not_name_are_told(run, tmp_path: Path) -> None:
    path = tmp_path / "crawl.wacz"
    records = b"".join(zlib.compress(page(number), wbits=31) for number in (1, 2, 3))
    path.write_bytes(wacz(drop=("archive/data.warc.gz",), more={"archive/more.warc.gz": records}))
    ran = run("pack", path, "--into", tmp_path / "archive")
    assert "1 bag made" in ran.err
    assert passed(ran) == ["2 records passed by: page that is not in the collector's list"]


def test_what_a_file_writes_in_its_records_is_counted_apart_only_so_far() -> None:
    tally = Tally(is_json=False)
    for number in range(10_000):
        tally.passed("no page", f"application/x-{number}-{'x' * 200}")
    (line,) = tally.passed_lines()
    assert line.startswith("10,000 records passed by: no page (")
    assert line.endswith(", …)")
    assert len(line) < 400

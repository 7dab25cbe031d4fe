"""What stands between records, or before them: it costs no record that follows, and is told."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.capturing.crawls import captures, packed
from tests.capturing.test_odd_records import run, written
from tests.false_crawls import PAGE, PROFILE, TO_FIRST, message, record

import solander
from solander.capturing.libraries import zstd
from solander.pipeline import validate

MEMBERS = [gzip.compress(record(number=number), mtime=0) for number in (1, 2, 3)]


@pytest.mark.parametrize("size", [1, 1000, 200_000])
def test_records_behind_a_stretch_of_zeros_are_read(tmp_path: Path, size: int) -> None:
    path = written(tmp_path, MEMBERS[0] + bytes(size) + MEMBERS[1] + MEMBERS[2], "crawl.warc.gz")
    bags, refused = run(path, tmp_path / "archive")
    assert (len(bags), refused) == (3, [])
    (finding,) = validate(path).findings
    assert finding.message == f"{size:,} bytes of zero stand between records (at byte {len(MEMBERS[0])})"


def test_zeros_at_the_end_fill_up_a_disk_and_are_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, b"".join(MEMBERS) + bytes(5000), "crawl.warc.gz")
    assert len(captures(path)) == 3
    assert validate(path).findings == ()


def test_records_behind_a_stretch_of_other_bytes_are_read_and_it_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, MEMBERS[0] + b"a line of a log\n" * 9 + MEMBERS[1] + MEMBERS[2], "crawl.warc.gz")
    bags, (refused,) = run(path, tmp_path / "archive")
    assert len(bags) == 3
    assert f"byte {len(MEMBERS[0]):,}: 144 bytes are no record" in refused


@pytest.mark.parametrize("dictionary", [b"x" * 300, b"\x28\xb5\x2f\xfd" + b"x" * 300, b""])
def test_a_dictionary_that_is_none_is_told_in_a_line(tmp_path: Path, dictionary: bytes) -> None:
    head = b"\x5d\x2a\x4d\x18" + len(dictionary).to_bytes(4, "little")
    path = written(tmp_path, head + dictionary + zstd().compress(record()), "crawl.warc.zst")
    bags, (refused,) = run(path, tmp_path / "archive")
    assert bags == []
    assert "the dictionary is none" in refused
    assert "\n" not in refused
    assert not validate(path).passed


def test_a_dictionary_larger_than_any_is_told_in_a_line(tmp_path: Path) -> None:
    path = written(tmp_path, b"\x5d\x2a\x4d\x18\xff\xff\xff\xff" + bytes(99), "crawl.warc.zst")
    bags, (refused,) = run(path, tmp_path / "archive")
    assert bags == []
    assert "crawl.warc.zst: the dictionary has more than" in refused


# ------------------------------------------------------------------------------------------------------- ARC files


def arc(*lines: str, version: int = 1) -> list[bytes]:
    """The records of an ARC file, each with the same page, by its line without the length."""
    about = f"{version} 0 harbour\nURL IP-address Archive-date Content-type Archive-length\n\n".encode()
    found = [b"filedesc://a.arc 0.0.0.0 20050101000000 text/plain %d\n" % len(about) + about]
    return found + [f"{line} {len(message())}\n".encode("latin-1") + message() + b"\n" for line in lines]


FIRST = "http://harbour.example/1 192.0.2.1 20050102030405 text/html"


@pytest.mark.parametrize(
    ("line", "address"),
    [
        (FIRST, "http://harbour.example/1"),
        (FIRST + "; charset=utf-8", "http://harbour.example/1"),
        ("http://harbour.example/a b 192.0.2.1 20050102030405 text/html", "http://harbour.example/a b"),
        ("http://harbour.example/1 192.0.2.1 2005 text/html", "http://harbour.example/1"),
        ("http://harbour.example/gr\xf6n 192.0.2.1 20050102030405 text/html", "http://harbour.example/gr\ufffdn"),
    ],
)
def test_the_line_of_an_arc_record_may_have_spaces_and_odd_moments(tmp_path: Path, line: str, address: str) -> None:
    path = written(tmp_path, b"".join(arc(line)), "crawl.arc")
    packed(path, tmp_path / "archive")
    (capture,) = captures(path)
    assert (capture.uri, capture.content) == (address, PAGE)


def test_pages_of_the_second_version_are_checked_like_others(tmp_path: Path) -> None:
    line = "http://harbour.example/2 192.0.2.1 20050102030405 text/html 200 - - 0 a.arc"
    path = written(tmp_path, b"".join(arc(line, version=2)), "crawl.arc")
    packed(path, tmp_path / "archive")
    (capture,) = captures(path)
    assert (capture.uri, capture.content) == ("http://harbour.example/2", PAGE)
    assert capture.captured_at == datetime(2005, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_a_compressed_arc_file_has_a_member_for_each_record(tmp_path: Path) -> None:
    members = [gzip.compress(one, mtime=0) for one in arc(FIRST, FIRST.replace("/1", "/2"))]
    path = written(tmp_path, b"".join(members), "crawl.arc.gz")
    assert validate(path).findings == ()
    members[1] = members[1][:-6] + b"\xff" + members[1][-5:]
    bags, (refused,) = run(written(tmp_path, b"".join(members), "crawl.arc.gz"), tmp_path / "archive")
    assert len(bags) == 1
    assert "damaged" in refused


def test_a_record_of_a_compressed_arc_file_that_is_too_short_costs_no_other(tmp_path: Path) -> None:
    about, first, second = arc(FIRST, FIRST.replace("/1", "/2"))
    first = first.replace(f" {len(message())}\n".encode(), b" 999999\n", 1)
    members = [gzip.compress(one, mtime=0) for one in (about, first, second)]
    bags, refused = run(written(tmp_path, b"".join(members), "crawl.arc.gz"), tmp_path / "archive")
    (bag,) = [one for one in bags if one is not None]
    assert "http://harbour.example/2" in (bag / "bag-info.txt").read_text(encoding="utf-8")
    assert ["is not whole" in one for one in refused] == [True]


# -------------------------------------------------------------------------------------------------------- revisits


def revisit(number: int, of: str) -> bytes:
    return record(b"", number=number, WARC_Type="revisit", WARC_Profile=PROFILE, WARC_Refers_To=of)


def name(number: int) -> str:
    return TO_FIRST.replace("0001>", f"{number:04}>")


def test_a_revisit_is_followed_through_others_to_the_content(tmp_path: Path) -> None:
    path = written(tmp_path, record() + revisit(2, name(1)) + revisit(3, name(2)) + revisit(4, name(3)))
    bags, refused = run(path, tmp_path / "archive")
    assert refused == []
    assert all(bag is not None and solander.validate(bag).passed for bag in bags)
    assert [capture.content for capture in captures(path)] == [PAGE] * 4


def test_revisits_that_go_in_a_circle_are_told(tmp_path: Path) -> None:
    bags, refused = run(written(tmp_path, revisit(1, name(2)) + revisit(2, name(1))), tmp_path / "archive")
    assert bags == []
    assert len(refused) == 2
    assert all("the record that has its content" in one for one in refused)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
def test_the_edges_of_the_calendar_are_moments_like_others(tmp_path: Path, moment: str) -> None:
    path = written(tmp_path, record(WARC_Date=moment))
    bag = packed(path, tmp_path / "archive")
    assert [one.captured_at for one in captures(path)] == [datetime.fromisoformat(moment)]
    assert f"Web-Capture-Date: {moment}\n" in (bag / "bag-info.txt").read_text()


@pytest.mark.parametrize("more", [50, 900, 2_500, 9_000, 10**7])
def test_a_length_that_is_too_long_costs_its_own_record_alone(tmp_path: Path, more: int) -> None:
    pages = [record(number=number) for number in range(1, 10)]
    length = pages[1].split(b"\r\nContent-Length: ")[1].split(b"\r\n")[0]
    pages[1] = pages[1].replace(b"\r\nContent-Length: " + length, b"\r\nContent-Length: %d" % (int(length) + more), 1)
    bags, told = run(written(tmp_path, b"".join(pages)), tmp_path / "archive")
    assert len(bags) == 8
    assert [one.partition(": ")[2] for one in told] == [
        f"https://harbour.example/mole/2: the record at byte {len(pages[0])} is not whole, and nothing of it was packed"
    ]


def test_a_length_of_an_arc_record_that_is_too_long_costs_its_own_record_alone(tmp_path: Path) -> None:
    about, *pages = arc(*(FIRST.replace("/1 ", f"/{number} ") for number in (1, 2, 3)))
    length = b" %d\n" % len(message())
    pages[1] = pages[1].replace(length, b" 1000000000\n", 1)
    path = written(tmp_path, about + b"".join(pages), "crawl.arc")
    bags, (refused,) = run(path, tmp_path / "archive")
    assert len(bags) == 2
    assert "http://harbour.example/2: the record at byte" in refused

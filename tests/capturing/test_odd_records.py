"""Records that are odd or harmed: what is packed is whole and agrees with its own judge, and what is lost is told."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.capturing.crawls import AT, captures, packed
from tests.false_crawls import HTML, OK, PAGE, PROFILE, TO_FIRST, digest, message, record

import solander
from solander.capturing.http_message import dechunk, has_more, parse_head
from solander.capturing.warc_records import HEADER_LIMIT_BYTES
from solander.pipeline import NotPacked, pack_all

CHUNKED = HTML + b"Transfer-Encoding: chunked\r\n"


def chunked(body: bytes, *, extension: bytes = b"", behind: bytes = b"") -> bytes:
    whole = b"%x%s\r\n" % (len(body), extension) + body + b"\r\n0\r\n\r\n" + behind
    return message(whole, fields=CHUNKED, length=None)


def whole_bag(path: Path, archive: Path) -> Path:
    """The one bag of a crawl, which its own judge finds without error."""
    bag = packed(path, archive)
    assert [one.code for one in solander.validate(bag).findings if one.severity == "error"] == []
    return bag


def written(tmp_path: Path, content: bytes, name: str = "crawl.warc") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def run(path: Path, archive: Path) -> tuple[list[Path | None], list[str]]:
    """The bags that a file gives, and why what it does not give is not there."""
    outcomes = list(pack_all([path], into=archive, at=AT))
    refused = [str(one.error) for one in outcomes if isinstance(one, NotPacked)]
    return [one.accession.path for one in outcomes if not isinstance(one, NotPacked)], refused


def test_a_record_with_a_very_long_header_line_is_copied_whole(tmp_path: Path) -> None:
    path = written(tmp_path, record(WARC_Filename="a" * 1_100_000))
    bag = whole_bag(path, tmp_path / "archive")
    assert (bag / "data/original/capture.warc").read_bytes() == path.read_bytes()


def test_a_record_with_more_fields_than_are_read_is_copied_whole(tmp_path: Path) -> None:
    path = written(tmp_path, record(**{f"X_{number}": str(number) for number in range(1_200)}))
    bag = packed(path, tmp_path / "archive")
    assert (bag / "data/original/capture.warc").read_bytes() == path.read_bytes()


def test_a_header_without_bound_is_passed_by_and_told(tmp_path: Path) -> None:
    path = written(tmp_path, record(number=2) + record(WARC_Filename="a" * (HEADER_LIMIT_BYTES + 9)))
    bags, refused = run(path, tmp_path / "archive")
    assert len(bags) == len(refused) == 1
    assert "is not whole" in refused[0]


@pytest.mark.parametrize("length", ["9" * 5_000, "0" * 40 + "7"])
def test_a_length_beyond_all_numbers_is_compared_as_it_is_written(tmp_path: Path, length: str) -> None:
    block = OK + HTML + b"Content-Length: " + length.encode() + b"\r\n\r\n" + PAGE
    bag = whole_bag(written(tmp_path, record(block)), tmp_path / "archive")
    assert "WRC060" in [one.code for one in solander.validate(bag).findings]


@pytest.mark.parametrize("status", [b"0200", "٢٠٠".encode(), b"2" * 5_000, b"OK"])
def test_a_status_that_is_no_number_of_three_digits_ends_a_head_all_the_same(tmp_path: Path, status: bytes) -> None:
    block = message(status=b"HTTP/1.1 " + status + b" Fine\r\n")
    head = parse_head(block)
    assert head is not None
    assert head.status is None
    bag = whole_bag(written(tmp_path, record(block)), tmp_path / "archive")
    assert "HTTP/1.1" not in (bag / "data/tei/page.xml").read_text().partition("<text")[2]


@pytest.mark.parametrize("extension", [b"", b";name=value", b';n="' + b"a" * 9_000 + b'"'])
def test_chunks_may_have_extensions_of_any_length(tmp_path: Path, extension: bytes) -> None:
    path = written(tmp_path, record(chunked(PAGE, extension=extension)))
    whole_bag(path, tmp_path / "archive")
    assert captures(path)[0].content == PAGE


@pytest.mark.parametrize("size", [b"f" * 16, b"f" * 15, b"0" * 20])
def test_a_chunk_size_beyond_all_files_is_the_pages_own_first_line(tmp_path: Path, size: bytes) -> None:
    path = written(tmp_path, record(message(size + b"\r\n" + PAGE, fields=CHUNKED, length=None)))
    bag = whole_bag(path, tmp_path / "archive")
    assert captures(path)[0].content == size + b"\r\n" + PAGE
    assert size.decode() in (bag / "data/tei/page.xml").read_text().partition("<text")[2]


def test_a_revisit_of_other_content_than_its_record_has_is_an_error(tmp_path: Path) -> None:
    revisit = record(
        OK + HTML + b"\r\n",
        number=2,
        WARC_Type="revisit",
        WARC_Profile=PROFILE,
        WARC_Refers_To=TO_FIRST,
        WARC_Payload_Digest=digest(b"quite other content"),
    )
    first, second = captures(written(tmp_path, record() + revisit))
    assert "payload-digest-differs" not in first.facts
    assert "payload-digest-differs" in second.facts


def test_a_revisit_of_a_revisit_spares_what_that_spares(tmp_path: Path) -> None:
    def revisit(number: int) -> bytes:
        return record(
            OK + HTML + b"\r\n",
            number=number,
            WARC_Type="revisit",
            WARC_Profile=PROFILE,
            WARC_Refers_To=f"<urn:uuid:00000000-0000-4000-8000-{number - 1:012}>",
            WARC_Payload_Digest=digest(PAGE),
        )

    path = written(tmp_path, record(WARC_Payload_Digest=digest(PAGE)) + revisit(2) + revisit(3))
    assert [capture.content for capture in captures(path)] == [PAGE] * 3
    bags, refused = run(path, tmp_path / "archive")
    assert refused == []
    assert all(bag is not None and solander.validate(bag).passed for bag in bags)


def test_a_segment_of_a_page_is_told_to_be_one(tmp_path: Path) -> None:
    (capture,) = captures(written(tmp_path, record(WARC_Segment_Number="1")))
    assert "page-in-segments" in capture.facts


@pytest.mark.parametrize(
    ("behind", "is_more"),
    [(b"", False), (b"\r\n", False), (b"<p>more</p>", True), (b"\r\n\r\n<p>more</p>", True)],
)
def test_bytes_behind_the_last_chunk_are_told(tmp_path: Path, behind: bytes, is_more: bool) -> None:
    (capture,) = captures(written(tmp_path, record(chunked(PAGE, behind=behind))))
    assert ("bytes-behind-body" in capture.facts) == is_more


@pytest.mark.parametrize(
    ("trailers", "is_more"),
    [
        (b"\r\n", False),
        (b"", False),
        (b"Expires: never\r\n\r\n", False),
        (b"Expires: never\r\n\r\nx", True),
        (b"<p>", True),
    ],
)
def test_trailers_are_none_of_them(trailers: bytes, is_more: bool) -> None:
    body = b"3\r\nabc\r\n0\r\n" + trailers
    at = dechunk(body).trailers_at
    assert at is not None
    assert has_more(body, at) == is_more


def test_zeroes_that_fill_a_block_behind_gzip_are_nothing(tmp_path: Path) -> None:
    for behind, is_more in ((bytes(20), False), (b"and more", True)):
        body = gzip.compress(PAGE, mtime=0) + behind
        block = message(body, fields=HTML + b"Content-Encoding: gzip\r\n")
        (capture,) = captures(written(tmp_path, record(block)))
        assert capture.content == PAGE
        assert ("bytes-behind-body" in capture.facts) == is_more


def test_a_harmed_member_is_told_by_its_place_and_the_others_are_packed(tmp_path: Path) -> None:
    members = [bytearray(gzip.compress(record(number=number), mtime=0)) for number in (1, 2, 3)]
    members[1][-6] ^= 1
    path = written(tmp_path, b"".join(members), "crawl.warc.gz")
    bags, (refused,) = run(path, tmp_path / "archive")
    assert len(bags) == 2
    assert f"byte {len(members[0])}" in refused


def test_bytes_that_are_no_record_are_told_and_empty_lines_are_not(tmp_path: Path) -> None:
    path = written(tmp_path, record() + b"\r\n\r\n" + record(number=2) + b"a line of a log\r\n" + record(number=3))
    bags, (refused,) = run(path, tmp_path / "archive")
    assert len(bags) == 3
    assert "17 bytes are no record" in refused


def test_a_file_of_which_nothing_can_be_read_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = written(tmp_path, b"\x1f\x8b\x08\x00" + bytes(500), "crawl.warc.gz")
    bags, (refused,) = run(path, tmp_path / "archive")
    assert bags == []
    assert "no record of it could be read" in refused

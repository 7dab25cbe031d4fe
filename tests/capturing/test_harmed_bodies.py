"""Bodies whose codings are harmed, odd or unknown: reader and checker find the same words, as many as can be had."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

import brotli
import pytest
from tests.capturing.crawls import captures, packed
from tests.capturing.test_odd_records import run, written
from tests.false_crawls import HTML, PAGE, message, record

from solander.capturing.libraries import zstd

SKIPPED = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"


def long_page() -> bytes:
    """A page whose codings take several pieces, each of them other words."""
    random = Random(7)
    words = ["".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=6)) for _ in range(9000)]
    paragraphs = "".join(f"<p>{' '.join(random.choices(words, k=40))}</p>\n" for _ in range(1200))
    return f"<!DOCTYPE html><meta charset=utf-8><title>The mole</title>{paragraphs}".encode()


LONG = long_page()


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


CODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda content: gzip.compress(content, mtime=0),
    "deflate": raw_deflate,
    "br": lambda content: bytes(brotli.compress(content, quality=4)),
    "zstd": lambda content: bytes(zstd().compress(content)),
}


def coded(body: bytes, coding: str, field: str = "Content-Encoding") -> bytes:
    return record(message(body, fields=HTML + f"{field}: {coding}\r\n".encode()))


@pytest.mark.parametrize("coding", CODERS)
@pytest.mark.parametrize("place", [0.6, 0.95])
def test_of_a_body_that_is_cut_the_same_words_are_read_and_checked(tmp_path: Path, coding: str, place: float) -> None:
    body = CODERS[coding](LONG)
    path = written(tmp_path, coded(body[: int(len(body) * place)], coding))
    packed(path, tmp_path / "archive")
    (capture,) = captures(path)
    assert LONG.startswith(capture.content)
    assert len(capture.content) > len(LONG) * place / 2
    assert "content-coding-damaged" in capture.facts


@pytest.mark.parametrize("place", [0.3, 0.6, 0.95])
def test_of_a_body_that_is_harmed_what_comes_before_is_kept_to_the_byte(tmp_path: Path, place: float) -> None:
    body = bytearray(CODERS["gzip"](LONG))
    at = int(len(body) * place)
    body[at : at + 400] = b"\xff" * 400
    path = written(tmp_path, coded(bytes(body), "gzip"))
    packed(path, tmp_path / "archive")
    (capture,) = captures(path)
    same = next(number for number, (one, two) in enumerate(zip(capture.content, LONG, strict=False)) if one != two)
    assert same > len(LONG) * (place - 0.1)


def test_a_body_whose_sum_alone_is_wrong_is_read_whole(tmp_path: Path) -> None:
    body = bytearray(CODERS["gzip"](PAGE))
    body[-7] ^= 1
    path = written(tmp_path, coded(bytes(body), "gzip"))
    packed(path, tmp_path / "archive")
    (capture,) = captures(path)
    assert capture.content == PAGE
    assert "content-coding-damaged" in capture.facts


@pytest.mark.parametrize(
    "body",
    [
        SKIPPED + CODERS["zstd"](PAGE),
        CODERS["zstd"](PAGE[:40]) + SKIPPED + CODERS["zstd"](PAGE[40:]),
        CODERS["zstd"](PAGE[:40]) + CODERS["zstd"](PAGE[40:]),
    ],
)
def test_frames_that_hold_nothing_are_passed_by(tmp_path: Path, body: bytes) -> None:
    path = written(tmp_path, coded(body, "zstd"))
    packed(path, tmp_path / "archive")
    assert captures(path)[0].content == PAGE


def test_codings_of_the_transfer_are_undone_with_those_of_the_content(tmp_path: Path) -> None:
    squeezed = CODERS["gzip"](PAGE)
    chunks = b"%x\r\n" % len(squeezed) + squeezed + b"\r\n0\r\n\r\n"
    path = written(tmp_path, coded(chunks, "gzip, chunked", "Transfer-Encoding"))
    packed(path, tmp_path / "archive")
    assert captures(path)[0].content == PAGE


def test_a_page_under_a_coding_that_nobody_knows_is_a_page_if_it_reads_as_one(tmp_path: Path) -> None:
    path = written(tmp_path, coded(PAGE, "aws-chunked"))
    packed(path, tmp_path / "archive")
    (capture,) = captures(path)
    assert capture.content == PAGE
    assert "content-coding-unknown" in capture.facts


def test_what_does_not_read_as_a_page_is_refused_by_its_coding(tmp_path: Path) -> None:
    bags, (refused,) = run(
        written(tmp_path, coded(b"\x1f\x9d\x90" + bytes(range(99)), "compress")), tmp_path / "archive"
    )
    assert bags == []
    assert "its content coding is not known (compress)" in refused


def test_a_response_is_a_message_whatever_its_record_says_of_its_type(tmp_path: Path) -> None:
    path = written(tmp_path, record(Content_Type="text/html"))
    packed(path, tmp_path / "archive")
    assert captures(path)[0].content == PAGE


def test_a_response_without_a_head_is_its_body(tmp_path: Path) -> None:
    path = written(tmp_path, record(PAGE, Content_Type="text/html; charset=utf-8"))
    packed(path, tmp_path / "archive")
    (capture,) = captures(path)
    assert (capture.content, capture.declared_charset) == (PAGE, "utf-8")


@pytest.mark.parametrize("digest", ["sha3-999:zz", "", ":", "sha1:AAAA"])
def test_a_digest_that_cannot_be_reckoned_is_not_said_to_differ(tmp_path: Path, digest: str) -> None:
    (capture,) = captures(written(tmp_path, record(WARC_Payload_Digest=digest)))
    assert "payload-digest-differs" not in capture.facts


INTERIM = b"HTTP/1.1 100 Continue\r\n\r\n"
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"


@pytest.mark.parametrize("before", [INTERIM, HINTS, INTERIM + HINTS, HINTS.replace(b"\r\n", b"\n")])
def test_answers_that_come_before_the_answer_hide_no_page(tmp_path: Path, before: bytes) -> None:
    path = written(tmp_path, record(before + message()))
    packed(path, tmp_path / "archive")
    (capture,) = captures(path)
    assert (capture.content, capture.transport and capture.transport.status) == (PAGE, 200)


@pytest.mark.parametrize("block", [INTERIM, INTERIM[:-2], b"HTTP/1.1 101 Switching\r\n\r\n\x81\x00"])
def test_an_answer_before_none_is_no_page(tmp_path: Path, block: bytes) -> None:
    bags, _ = run(written(tmp_path, record(block) + record(number=2)), tmp_path / "archive")
    assert len(bags) == 1


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize(("between", "is_whole"), [(998, True), (400_000, False)])
def test_of_a_body_in_very_many_members_as_many_are_read_and_checked_as_one_has(
    tmp_path: Path, coding: str, between: int, *, is_whole: bool
) -> None:
    begin, end = PAGE, b"<p>And nobody rows.</p>\n"
    body = CODERS[coding](begin) + CODERS[coding](b"") * between + CODERS[coding](end)
    path = written(tmp_path, coded(body, coding))
    packed(path, tmp_path / "archive")
    (capture,) = captures(path)
    assert capture.content == begin + end * is_whole
    assert ("content-coding-damaged" in capture.facts) is not is_whole

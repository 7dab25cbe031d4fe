"""A page from a path or from standard input: whole, bounded, or refused in one line that says why."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import socket
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.endless import Endless
from tests.permissions import as_nobody

from solander.capturing import find_sources, read_capture
from solander.errors import (
    NotAPage,
    SourceEmpty,
    SourceError,
    SourceMissing,
    SourceTooLarge,
    SourceUnreadable,
)
from solander.files import named

PAGE = b"<!DOCTYPE html><title>Ferry</title><p>The ferry leaves at seven.</p>"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path


def refusal(place: Path | str, kind: type[SourceError], **said: object) -> str:
    with pytest.raises(kind) as caught:
        read_capture(str(place), **said)  # type: ignore[arg-type]
    assert type(caught.value) is kind
    assert caught.value.place == str(place)
    assert "\n" not in str(caught.value)
    return caught.value.what


def test_a_page_is_kept_byte_for_byte(page: Path):
    capture = read_capture(str(page))
    assert capture.content == capture.original == PAGE
    assert (capture.media_type, capture.original_name, capture.facts) == ("text/html", "page.html", ())


def test_a_file_says_nothing_of_when_and_where_it_was_captured(page: Path):
    os.utime(page, (1, 1))
    capture = read_capture(str(page))
    assert (capture.captured_at, capture.uri, capture.declared_charset) == (None, None, None)
    assert capture.origin.path == "page.html"


def test_what_a_person_says_is_kept_but_for_credentials(page: Path):
    capture = read_capture(
        str(page),
        uri="https://ann:secret@a.example/ferry",
        captured_at=datetime(2021, 5, 4, 12, 30, 1, 999, tzinfo=timezone(timedelta(hours=2))),
        declared_charset="windows-1252",
    )
    assert capture.uri == "https://a.example/ferry"
    assert capture.captured_at == datetime(2021, 5, 4, 10, 30, 1, tzinfo=UTC)
    assert capture.declared_charset == "windows-1252"
    assert capture.facts == ("credentials-in-uri",)


def test_a_moment_without_a_time_zone_is_a_mistake_of_the_program(page: Path):
    with pytest.raises(ValueError, match="no time zone"):
        read_capture(str(page), captured_at=datetime(2021, 5, 4))  # noqa: DTZ001


def test_a_link_that_the_user_names_is_followed(page: Path):
    link = page.with_name("link.html")
    link.symlink_to(page)
    assert read_capture(str(link)).content == PAGE


def test_standard_input_is_a_page_too():
    capture = read_capture("-", stdin=io.BytesIO(PAGE))
    assert (capture.content, capture.origin.path) == (PAGE, None)


def test_an_empty_page_is_refused(tmp_path: Path):
    for content in (b"", b" \t\r\n\x0c", b"\xef\xbb\xbf", b"\xff\xfe\r\x00\n\x00", b"\x00\x00"):
        path = tmp_path / "empty.html"
        path.write_bytes(content)
        told = "the file holds only white space or NUL bytes" if content else "the file is empty"
        assert told in refusal(path, SourceEmpty)
    assert "empty" in refusal("-", SourceEmpty, stdin=io.BytesIO())
    path.write_bytes(gzip.compress(b"\n"))
    assert "only white space" in refusal(path, SourceEmpty)


def test_a_page_that_is_not_there_is_missing(page: Path):
    assert refusal(page.with_name("none.html"), SourceMissing) == "there is no such file"
    assert refusal(page / "below.html", SourceMissing) == "there is no such file"
    dangling = page.with_name("dangling.html")
    dangling.symlink_to("nowhere")
    assert refusal(dangling, SourceMissing)


@pytest.mark.parametrize("place", ["a\0b.html", "a" * 300 + ".html"])
def test_a_name_that_no_file_can_have_is_refused(place: str):
    assert refusal(place, SourceUnreadable)


def test_a_link_to_itself_is_refused(tmp_path: Path):
    (tmp_path / "a.html").symlink_to("a.html")
    assert refusal(tmp_path / "a.html", SourceUnreadable)


def test_a_folder_a_pipe_a_socket_and_a_device_are_no_files(tmp_path: Path):
    assert refusal(tmp_path, SourceUnreadable) == "this is a folder; name a page in it"
    os.mkfifo(tmp_path / "pipe.html")
    said = "it is no regular file but a pipe, a socket or a device"
    assert refusal(tmp_path / "pipe.html", SourceUnreadable) == said
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(tmp_path / "socket.html"))
        assert refusal(tmp_path / "socket.html", SourceUnreadable) == said
    assert refusal("/dev/zero", SourceUnreadable) == said


def test_a_page_that_may_not_be_read_says_so():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        shut, within = Path(folder, "shut.html"), Path(folder, "shut", "page.html")
        within.parent.mkdir()
        for path in (shut, within):
            path.write_bytes(PAGE)
        shut.chmod(0)
        within.parent.chmod(0)
        with as_nobody():
            assert refusal(shut, SourceUnreadable) == "it cannot be read (permission denied)"
            assert refusal(within, SourceUnreadable) == "it cannot be read (permission denied)"
            assert find_sources([str(within)]) == [str(within)]
            with pytest.raises(SourceUnreadable, match="shut: it cannot be read"):
                find_sources([folder])


def test_a_page_beyond_the_bound_is_refused_and_one_at_the_bound_is_read(page: Path):
    assert read_capture(str(page), limit_bytes=len(PAGE)).content == PAGE
    what = refusal(page, SourceTooLarge, limit_bytes=len(PAGE) - 1)
    assert what == f"larger than the limit of {len(PAGE) - 1} bytes (see --max-size)"
    assert refusal("-", SourceTooLarge, stdin=io.BytesIO(PAGE), limit_bytes=10)


def test_an_endless_stream_is_left_at_the_bound():
    stream = Endless()
    assert refusal("-", SourceTooLarge, stdin=stream, limit_bytes=1_000_000)
    assert stream.taken <= 1_000_001


def test_a_stream_that_breaks_is_an_unreadable_source():
    class Broken(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            raise OSError(5, "Input/output error")

    assert refusal("-", SourceUnreadable, stdin=Broken()) == "reading stopped (input/output error)"


@pytest.mark.parametrize("change", ["grow", "cut", "rewrite"])
def test_a_page_that_changes_while_it_is_read_is_not_half_of_each(page: Path, monkeypatch, change: str):
    read = os.read
    os.utime(page, (1, 1))

    def meddle(file: int, size: int) -> bytes:
        piece = read(file, size)
        if piece:
            changed = {"grow": PAGE * 2, "cut": PAGE[:20], "rewrite": PAGE[::-1]}[change]
            page.write_bytes(changed)
        return piece

    monkeypatch.setattr(named.os, "read", meddle)
    assert "it changed while it was read" in refusal(page, SourceUnreadable)


def test_a_compressed_page_is_unpacked_and_kept_as_it_was_received(tmp_path: Path):
    path = tmp_path / "page.html.gz"
    received = gzip.compress(PAGE[:30], mtime=0) + gzip.compress(PAGE[30:], mtime=0)
    path.write_bytes(received)
    capture = read_capture(str(path))
    assert (capture.content, capture.original, capture.original_name) == (PAGE, received, "page.html.gz")
    assert capture.facts == ()


def test_bytes_behind_a_compressed_page_are_noticed(tmp_path: Path):
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(PAGE) + b"more")
    assert read_capture(str(path)).facts == ("gzip-trailing-bytes",)
    path.write_bytes(gzip.compress(PAGE) + bytes(512))
    assert read_capture(str(path)).facts == ()


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (lambda packed: packed[:-9], "its gzip compression is cut short"),
        (lambda packed: packed[:12], "its gzip compression is cut short"),
        (lambda packed: packed[:20] + b"\xff" * 8 + packed[28:], "its gzip compression is damaged"),
        (lambda packed: packed[:-8] + bytes(8), "its gzip compression is damaged"),
    ],
)
def test_a_damaged_compression_is_refused(tmp_path: Path, harm, what: str):
    path = tmp_path / "page.html.gz"
    path.write_bytes(harm(gzip.compress(PAGE)))
    assert refusal(path, SourceUnreadable) == what


def test_what_is_packed_small_and_unpacks_to_much_is_refused(tmp_path: Path):
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(b"<p>" + b"a" * 5_000_000))
    assert refusal(path, SourceTooLarge, limit_bytes=1_000_000)


def test_what_is_no_page_is_named_with_what_to_do(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_bytes(b"%PDF-1.7\n")
    assert refusal(path, NotAPage) == (
        "this is a PDF, not an HTML page or plain text; "
        "pack the page that it was made from, or its text as a .txt file"
    )  # fmt: skip
    path.write_bytes(gzip.compress(gzip.compress(PAGE)))
    assert "this is gzip within gzip" in refusal(path, NotAPage)


def test_a_name_that_contradicts_the_bytes_is_noticed(tmp_path: Path):
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE)
    capture = read_capture(str(path))
    assert (capture.media_type, capture.facts) == ("text/html", ("media-type-contradicts-name",))


@given(content=st.binary(max_size=300), limit=st.integers(0, 300))
def test_any_bytes_are_a_capture_of_them_or_a_refusal(content: bytes, limit: int):
    with contextlib.suppress(SourceError):
        capture = read_capture("-", stdin=io.BytesIO(content), limit_bytes=limit)
        assert capture.original == content
        assert len(content) <= limit


def test_a_folder_is_its_pages_in_order_and_nothing_else(tmp_path: Path):
    for name in ("b.html", "a.htm", "c/d.txt", "c/e.xhtml.gz", "c/F.HTML"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(PAGE)
    for name in (".hidden.html", "b_files/frame.html", ".git/x.html", "c/picture.png", "c/page.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(PAGE)
    (tmp_path / "link.html").symlink_to("b.html")
    (tmp_path / "linked").symlink_to("c")
    found = [str(Path(place).relative_to(tmp_path)) for place in find_sources([str(tmp_path)])]
    assert found == ["a.htm", "b.html", "c/F.HTML", "c/d.txt", "c/e.xhtml.gz"]


def test_what_is_no_folder_is_named_as_it_is_and_looked_at_later(page: Path):
    assert find_sources(["-", str(page), "missing.html", "a\0b"]) == ["-", str(page), "missing.html", "a\0b"]


def test_a_folder_without_a_page_is_refused(tmp_path: Path):
    with pytest.raises(SourceError, match="there is no page in this folder"):
        find_sources([str(tmp_path)])


def test_no_descriptor_stays_open(page: Path):
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    read_capture(str(page))
    refusal(page, SourceTooLarge, limit_bytes=3)
    refusal(page.parent, SourceUnreadable)
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_a_page_in_very_many_gzip_members_is_refused_at_once(tmp_path: Path) -> None:
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(b"<p>word") + gzip.compress(b"") * 200_000)
    with pytest.raises(SourceUnreadable, match="gzip members"):
        read_capture(str(packed))

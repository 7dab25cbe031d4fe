"""Records of a crawl are read however they and their bodies are compressed, and tell what their digests are of."""

from __future__ import annotations

import base64
import gzip
import hashlib
import importlib
import sys
import zlib
from pathlib import Path

import brotli
import lz4.frame
import pytest
from tests.capturing.crawls import AT, HOST, captures, one_capture, packed
from tests.false_crawls import HTML, PAGE, digest, message, record

import solander
from solander.errors import SourceEmpty
from solander.model.capture import Capture
from solander.pipeline import pack_all
from solander.pipeline.requests import Request
from solander.pipeline.sources.captures import find_captures

ZSTD = importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
PACKERS = {
    "plain": lambda content: content,
    "gzip": lambda content: gzip.compress(content, mtime=0),
    "zstd": ZSTD.compress,
    "lz4": lz4.frame.compress,
}


@pytest.mark.parametrize("form", PACKERS)
def test_a_crawl_is_read_however_its_records_are_compressed(tmp_path: Path, form: str) -> None:
    records = [record(number=number) for number in (1, 2, 3)]
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(map(PACKERS[form], records)))
    assert [one.uri for one in captures(path)] == [f"{HOST}/mole/{number}" for number in (1, 2, 3)]
    assert not solander.validate(path).findings


def test_a_dictionary_of_zstandard_is_used(tmp_path: Path) -> None:
    records = [record(number=number) for number in range(1, 40)]
    trained = ZSTD.train_dict(records, 4096)
    content = trained.dict_content
    frame = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
    path = tmp_path / "crawl.warc.zst"
    path.write_bytes(frame + b"".join(ZSTD.compress(one, zstd_dict=trained) for one in records))
    assert len(captures(path)) == 39


CODINGS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate (raw)": lambda body: zlib.compress(body, wbits=-15),
    "br": brotli.compress,
    "zstd": ZSTD.compress,
}


@pytest.mark.parametrize("is_chunked", [False, True])
@pytest.mark.parametrize("coding", CODINGS)
def test_a_page_is_read_however_it_was_sent_and_the_checker_finds_the_same(
    tmp_path: Path, coding: str, is_chunked: bool
) -> None:
    body = CODINGS[coding](PAGE)
    fields = HTML + b"Content-Encoding: " + coding.split()[0].encode() + b"\r\n"
    if is_chunked:
        fields += b"Transfer-Encoding: chunked\r\n"
        body = b"5\r\n" + body[:5] + b"\r\n%x\r\n" % (len(body) - 5) + body[5:] + b"\r\n0\r\n\r\n"
    path = tmp_path / "crawl.warc"
    path.write_bytes(record(message(body, fields=fields, length=None if is_chunked else -1)))
    (capture,) = captures(path)
    assert capture.content == PAGE
    assert capture.transport is not None
    assert capture.transport.codings == (*(["chunked"] if is_chunked else []), coding.split()[0])
    packed(path, tmp_path / "archive")


@pytest.mark.parametrize(("coding", "kept_bytes"), [("br", 3), ("gzip", 10), ("zstd", 6)])
def test_a_body_of_which_nothing_can_be_had_is_not_called_empty(tmp_path: Path, coding: str, kept_bytes: int) -> None:
    body = CODINGS[coding](PAGE)[:kept_bytes]
    path = tmp_path / "crawl.warc"
    path.write_bytes(record(message(body, fields=HTML + b"Content-Encoding: " + coding.encode() + b"\r\n")))
    with pytest.raises(SourceEmpty, match=f"nothing comes out of the record's body .*{coding} ends before it is whole"):
        solander.pack(path, into=tmp_path / "archive")


@pytest.mark.parametrize("form", ["raw", "de-chunked", "decoded"])
def test_the_capture_tells_of_which_form_its_payload_digest_is(tmp_path: Path, form: str) -> None:
    coded = gzip.compress(PAGE, mtime=0)
    sent = b"%x\r\n" % len(coded) + coded + b"\r\n0\r\n\r\n"
    fields = HTML + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    bytes_of = {"raw": sent, "de-chunked": coded, "decoded": PAGE}[form]
    block = message(sent, fields=fields, length=None)
    capture = one_capture(tmp_path, record(block, WARC_Payload_Digest=digest(bytes_of)))
    assert capture.transport is not None
    assert capture.transport.payload_digest_of == form


def test_a_record_that_is_not_whole_is_refused_and_stops_no_other(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(record() + record(number=2)[:-60])
    outcomes = list(pack_all([path], into=tmp_path / "archive", at=AT))
    errors = [str(one.error) for one in outcomes if hasattr(one, "error")]
    assert len(outcomes) == 2
    assert len(errors) == 1
    assert "not whole" in errors[0]


def test_the_same_page_is_the_same_object_in_whatever_file_it_comes(tmp_path: Path) -> None:
    plain, packed_file = tmp_path / "a.warc", tmp_path / "b.warc.gz"
    plain.write_bytes(record())
    packed_file.write_bytes(gzip.compress(record(number=7, WARC_Target_URI=f"{HOST}/mole/1"), mtime=0) * 1)
    (first,), (second,) = captures(plain), captures(packed_file)
    assert first.identifier == second.identifier
    assert first.sha256 == hashlib.sha256(PAGE).hexdigest()


@pytest.mark.corpora
def test_every_file_of_the_corpora_is_read_or_refused_in_one_line(shared: Path, tmp_path: Path) -> None:
    corpora = shared / "corpora"
    folders = ("warc/*/*", "wacz/*/*", "mhtml/*/*", "wet/*", "captures/*")
    files = {folder: [path for path in corpora.glob(folder) if path.suffix != ".py"] for folder in folders}
    assert all(files.values())
    for path in sorted(path for some in files.values() for path in some):
        outcomes = [found.capture for found in find_captures(path, Request.of(at=AT))]
        assert outcomes, path
        for one in outcomes:
            assert isinstance(one, Capture) or "\n" not in str(one), path


def test_base32_and_hexadecimal_digests_mean_the_same(tmp_path: Path) -> None:
    raw = hashlib.sha256(PAGE).digest()
    for written in (f"sha256:{raw.hex()}", f"sha256:{base64.b32encode(raw).decode()}"):
        capture = one_capture(tmp_path, record(WARC_Payload_Digest=written))
        assert capture.transport is not None
        assert capture.transport.payload_digest_of == "raw"

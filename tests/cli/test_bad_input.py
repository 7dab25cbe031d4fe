"""Whatever comes in: a bag that is whole and tells what was wrong, or one line, the right status, and nothing left."""

import io
import json
import os
import random
import re
import sys
from pathlib import Path

import bagit
import pytest
from lxml import etree
from tests.cli.refusals import nothing_left, one_line
from tests.endless import Endless

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("empty.html", b"", "the file is empty"),
        ("blank.html", b" \n\t\n", "the file holds only white space"),
        ("paper.html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 500, "this is a PDF"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(200), "this is a PNG image"),
        ("binary.txt", bytes(range(256)) * 40, "this is binary data"),
        ("data.html", b'{"a": [1, 2]}', "this is JSON"),
        ("cut.html.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "cut short"),
    ],
)
def test_what_is_no_page_is_said_to_be_none(run, tmp_path: Path, name: str, content: bytes, hint: str):
    source = tmp_path / name
    source.write_bytes(content)
    ran = run("pack", source, "--into", tmp_path / "archive")
    assert (ran.status, ran.out) == (3, "")
    assert f"solander: {source}: " in ran.err
    assert hint in ran.err
    nothing_left(tmp_path, source)


def test_a_file_that_is_missing_is_said_to_be_missing(run, tmp_path: Path):
    ran = run("normalise", tmp_path / "missing.html")
    assert (ran.status, ran.out) == (3, "")
    one_line(ran.err)


def test_a_folder_without_a_page_and_a_folder_where_a_page_should_be(run, tmp_path: Path):
    ran = run("pack", tmp_path, "--into", tmp_path.with_name("archive"))
    assert ran.status == 3
    one_line(ran.err)
    ran = run("normalise", tmp_path)
    assert ran.status == 3
    one_line(ran.err)


def test_a_page_beyond_the_bound_is_refused_by_its_size(run, page: Path, tmp_path: Path):
    ran = run("pack", page, "--into", tmp_path / "archive", "--max-size", "100B")
    assert ran.status == 3
    assert "larger than the limit of 100 bytes (see --max-size)" in ran.err
    nothing_left(tmp_path, page)


def test_an_endless_standard_input_ends_at_the_bound(run, tmp_path: Path, monkeypatch):
    stream = Endless()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(stream)))
    ran = run("pack", "-", "--into", tmp_path / "archive", "--max-size", "5MB")
    assert ran.status == 3
    one_line(ran.err.splitlines(keepends=True)[0])
    assert stream.taken < 8 * MEGABYTE
    nothing_left(tmp_path)


def test_a_fifo_is_refused_and_never_waited_for(run, tmp_path: Path):
    fifo = tmp_path / "page.html"
    os.mkfifo(fifo)
    ran = run("pack", fifo, "--into", tmp_path / "archive")
    assert ran.status == 3
    assert "no regular file" in ran.err
    nothing_left(tmp_path, fifo)
    assert run("validate", fifo).status == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lying", b'<meta charset="utf-8"><title>Fa\xe7ade</title><p>Une fa\xe7ade \xe0 c\xf4t\xe9 de la mer.</p>'),
        ("utf-16-marked", "<title>Fähre</title><p>Die Fähre fährt um sieben.</p>".encode("utf-16")),
        ("utf-16-unmarked", "<title>Fähre</title><p>Die Fähre fährt um sieben.</p>".encode("utf-16-le")),
        ("nul", b"<title>A</title><p>One\x00 word \x01\x02\x0b and \x7f another.</p>"),
        ("controls", "<title>A</title><p>Next\x85 line, \ufffe none, \ud7ff last.</p>".encode()),
        ("frames", b"<title>A</title><frameset cols='1,2'><frame src=a><frame src=b></frameset>"),
        ("deep", b"<title>A</title>" + b"<div>" * 10_000 + b"one word" + b"</div>" * 10_000),
        ("deep-inline", b"<title>A</title><p>" + b"<b>" * 10_000 + b"one word"),
        ("wide", b"<title>A</title>" + b"<p>word</p>" * 20_000),
        ("unclosed", b"<title>A</title><table><tr><td><p>one<table><td><ul><li>two"),
        ("attributes", b"<title>A</title><p " + b" ".join(b"a%d=1" % n for n in range(5000)) + b">word</p>"),
        ("no-words", b"<title></title><img src=a>"),
        ("entities", b"<title>&lt;&amp;</title><p>&#0; &#x110000; &#xD800; &nosuch; &lt;p&gt; ]]></p>"),
    ],
)  # fmt: skip
def test_a_page_however_strange_becomes_a_whole_bag(run, tmp_path: Path, name: str, content: bytes):
    source = tmp_path / f"{name}.html"
    source.write_bytes(content)
    ran = run("pack", source, "--into", tmp_path / "archive", "--at", "2026-01-01T00:00:00Z")
    # What would cost too much to check is kept and said to be unchecked.
    assert ran.status in ((3,) if "not checked: " in ran.err else (0, 1)), ran.err
    assert "Traceback" not in ran.err
    bag = Path(ran.out.strip())
    assert (bag / "data/original/page.html").read_bytes() == content
    assert bagit.Bag(str(bag)).validate()
    assert run("verify", "--rederive", bag).status == 0
    report = json.loads((bag / "metadata/validation.json").read_bytes())
    assert [one for one in report["findings"] if one["severity"] == "error"] == []


def test_fifty_megabytes_are_refused_in_one_line_where_less_was_allowed(run, fifty_megabytes: Path, tmp_path: Path):
    ran = run("pack", fifty_megabytes, "--into", tmp_path / "archive", "--max-size", "20MB")
    assert (ran.status, ran.out) == (3, "")
    one_line(ran.err)
    nothing_left(tmp_path, fifty_megabytes)


def test_fifty_megabytes_become_a_whole_bag(run, fifty_megabytes: Path, tmp_path: Path):
    ran = run("pack", fifty_megabytes, "--into", tmp_path / "archive")
    assert ran.status == 0, ran.err
    report = json.loads((Path(ran.out.strip()) / "metadata/validation.json").read_bytes())
    assert report["passed"]
    assert report["counts"]["words"] == 20_001


@pytest.fixture
def fifty_megabytes(tmp_path: Path) -> Path:
    """A page that is mostly data in scripts, as the largest pages are."""
    source = tmp_path / "large.html"
    data = b"<script>let data = '" + b"0123456789" * 100_000 + b"'</script>"
    source.write_bytes(
        b"<!doctype html><title>Large</title><h1>Large</h1>"
        + b"".join(b"<p>" + b"word " * 400 + b"</p>" + data for _ in range(50))
    )
    assert source.stat().st_size > 50_000_000
    return source


def test_pages_in_old_encodings_are_read_as_what_they_are(run, shared: Path, tmp_path: Path):
    """Most of them declare another encoding than theirs, or none; read wrongly, their letters would be no words."""
    pages = sorted((shared / "corpora/saved-html/legacy-charset").iterdir())
    assert pages
    for page in pages:
        ran = run("normalise", page)
        assert ran.status == 0, (page, ran.err)
        text = "".join(etree.fromstring(ran.out.encode()).itertext())
        assert not re.search("Ã[¤¶¼Ÿ©³]|Ä[™…]|[\x80-\x9f]", text), page
        # A page whose bytes fit no encoding as a whole keeps a mark for each that does not fit.
        assert text.count("\ufffd") <= len(text) / 1000, page


@pytest.mark.parametrize("name", ["page", "page.html", "page.txt", "page.jpg"])
@pytest.mark.parametrize("size", [400, 5_000])
def test_random_bytes_become_no_bag(run, tmp_path: Path, name: str, size: int):
    some = random.Random(9)
    for number in range(20):
        source = tmp_path / f"{number}{name}"
        source.write_bytes(some.randbytes(size))
        ran = run("pack", source, "--into", tmp_path / "archive")
        assert (ran.status, ran.out) == (3, ""), number
    assert not (tmp_path / "archive").exists()


def test_a_number_beyond_all_settings_is_a_misuse_of_them(run, page: Path, tmp_path: Path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/solander.toml").write_text("a = " + "9" * 5_000)
    ran = run("pack", page, "--into", tmp_path / "archive")
    assert (ran.status, ran.out) == (2, "")
    assert "longer than any setting" in ran.err
    one_line(ran.err)

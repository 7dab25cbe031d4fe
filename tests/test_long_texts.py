"""Text beyond what XML tools take in one piece: the TEI is well-formed and valid, and every word of it is compared."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from solander.checking.pages.every_word import check_words
from solander.checking.tei.meaning import check_tei
from solander.encoding import long_text
from solander.encoding.xml_text import escape_text
from solander.model.anchors import anchor_id
from solander.model.capture import Capture
from solander.model.page import Block, plain
from solander.pipeline import Packed, pack_all
from solander.pipeline.pages.normalising import normalise
from solander.profiles import SCHEMAS
from solander.reading.plain import lines as plain_lines
from solander.reading.plain.text import read_plain_text

AT = datetime(2026, 1, 1, tzinfo=UTC)
TOO_MUCH = 10_500_000
WORDS = "The ferry runs again to the island, they say. "
TITLE = "<!doctype html><title>t</title>"


def assert_every_word_is_compared(text: str, media_type: str) -> None:
    capture = Capture.of_bytes(text.encode(), media_type=media_type)
    done = normalise(capture, at=AT)
    checked = check_words(
        capture.original,
        original_name=capture.original_name,
        media_type=media_type,
        charset=done.page.charset.name,
        tei=done.tei.content,
        path="data/tei/page.xml",
    )
    assert (checked.findings, checked.unchecked) == ((), ())
    judged = check_tei(done.tei.content, "data/tei/page.xml", SCHEMAS, alone=False)
    assert [one for one in judged.findings if one.severity == "error"] == []


def grown(text: str, size: int = TOO_MUCH) -> str:
    return text * (size // len(text) + 1)


PLAIN = {
    "words in one line": grown(WORDS),
    "one word": grown("abcdefghij"),
    "one word of references": grown("&<>"),
    "Chinese": grown("渡轮七点出发九点回来", 3_600_000),
    "a word beyond all between others": f"Before {grown('abcdefghij')} and after.",
}
HTML = {
    "a word": TITLE + "<p>" + grown("abcdefghij"),
    "a run between comments": TITLE + "<p>" + (grown(WORDS, 1_500_000) + "<!-- -->") * 8,
    "set as written": TITLE + "<pre>" + grown("abcdefgh\n"),
    "code": TITLE + "<p>Say <code>" + grown("abcdefghij") + "</code> twice.",
    "an address": TITLE + '<p>A <a href="data:text/plain,' + grown("abcdefghij") + '">file</a>.',
    "a name": TITLE + '<p><a href="#' + grown("ab") + '">a</a> <b id="' + grown("ab") + '">b</b>.',
}


@pytest.mark.parametrize("kind", PLAIN)
def test_a_plain_text_with_more_than_xml_tools_take_is_compared_word_by_word(kind: str) -> None:
    assert_every_word_is_compared(PLAIN[kind], "text/plain")


@pytest.mark.parametrize("kind", HTML)
def test_a_page_with_more_than_xml_tools_take_is_compared_word_by_word(kind: str) -> None:
    assert_every_word_is_compared(HTML[kind], "text/html")


def test_a_long_line_of_a_wet_record_is_compared_too(tmp_path: Path) -> None:
    body = PLAIN["words in one line"].encode()
    header = (
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://harbour.example/ferry\r\n"
        "WARC-Date: 2024-03-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        f"Content-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    (tmp_path / "one.warc.wet").write_bytes(header.encode() + body + b"\r\n\r\n")
    (packed,) = pack_all([tmp_path / "one.warc.wet"], into=tmp_path / "archive", at=AT)
    assert isinstance(packed, Packed)
    report = packed.accession.report
    assert report.unchecked == ()
    assert not [finding for finding in report.findings if finding.severity == "error"]


@given(text=st.text("ab \t\f-|>.字\u3000\u00a0", min_size=1, max_size=300), room=st.integers(5, 40))
def test_the_parts_of_a_long_line_are_its_words_each_where_its_pointer_says(text: str, room: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_lines, "TEXT_CHARACTERS", room)
        reading = read_plain_text(text)
    at = 0
    for block in (block for division in reading.divisions for block in division.blocks):
        begin, end = map(int, block.source.removeprefix("char=").split(","))
        assert at <= begin < end
        assert not text[at:begin].strip()
        assert words(block).split() == text[begin:end].split()
        at = end
    assert not text[at:].strip()


def words(block: Block) -> str:
    return plain(block) if not block.content or not isinstance(block.content[0], Block) else ""


def test_parts_of_a_long_line_are_of_about_one_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_lines, "TEXT_CHARACTERS", 100)
    parts = plain_lines.split_lines("word " * 41)
    # A short rest would be looked at as a line of its own kind: a footer, a heading.
    assert [len(part.text) for part in parts] == [64, 69, 69]


@given(text=st.text("ab &<\n", max_size=120), room=st.integers(9, 30))
def test_what_is_cut_into_segments_says_the_same_and_no_run_is_longer(text: str, room: int) -> None:
    written = f"<p>{escape_text(text)}</p>"
    parted = parted_at(written, room)
    assert "".join(etree.fromstring(parted).itertext()) == text
    assert all(len(run) <= room for run in re.findall(r"[^<>]+", re.sub("<[^>]*>", "<", parted)))


def test_code_which_holds_no_segment_is_begun_anew() -> None:
    assert (
        parted_at('<code lang="c">aaaaaaaaaaaa</code>', 10)
        == '<code lang="c">aaaaaaaaaa</code><code lang="c">aa</code>'
    )


def parted_at(written: str, room: int) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_text, "TEXT_CHARACTERS", room)
        patch.setattr(long_text, "LONG_RUN", re.compile(rf"(<[^>]*+>)([^<]{{{room + 1},}}+)"))
        return long_text.in_segments(written)


def test_a_name_longer_than_any_is_no_anchor() -> None:
    assert anchor_id("a" * 500) == "id." + "a" * 500
    assert anchor_id("a" * 501) is None

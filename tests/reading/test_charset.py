"""Bytes become text by the HTML Standard's order, and what was believed is kept with its evidence."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
import webencodings.labels
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.encoded_texts import CHINESE, FRENCH, GREEK, HTML, JAPANESE, NAMES, RUSSIAN, believed, meta

from solander.reading.trees.charset import decode

REPLACED = [label for label, name in webencodings.labels.LABELS.items() if name == "replacement"]


# ---------------------------------------------------------------------------------------------------- the order


def test_a_byte_order_mark_outranks_all_and_is_no_part_of_the_text():
    for mark, codec, name in (
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16be"),
    ):
        decoded = decode(mark + FRENCH.encode(codec), "windows-1252", HTML)
        assert (decoded.text, decoded.charset.name, decoded.charset.evidence) == (FRENCH, name, "bom")


def test_the_transport_outranks_the_page():
    content = meta("iso-8859-2") + FRENCH.encode("cp1252")
    decoded = decode(content, "windows-1252", HTML)
    assert decoded.charset == ("windows-1252", "transport", 0, "iso-8859-2")
    assert FRENCH in decoded.text


def test_what_the_page_declares_outranks_every_guess():
    decoded = decode(meta("KOI8-R") + RUSSIAN.encode("koi8-r"), None, HTML)
    assert decoded.charset == ("koi8-r", "meta", 0, "KOI8-R")
    assert RUSSIAN in decoded.text


def test_where_all_are_silent_valid_utf8_is_utf8():
    assert believed(FRENCH.encode()) == ("utf-8", "utf-8-valid")
    assert believed(b"<p>Plain") == ("utf-8", "utf-8-valid")
    assert believed(b"") == ("utf-8", "utf-8-valid")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (GREEK, "windows-1253"),
        (GREEK, "iso-8859-7"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (CHINESE, "gb18030"),
        (CHINESE.replace("轮", "輪"), "gbk"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        ("<p>Zażółć gęślą jaźń, a prom odpływa o siódmej rano z przystani.</p>", "iso-8859-2"),
    ],
)
def test_where_nothing_is_declared_an_old_encoding_is_guessed_right(text: str, codec: str):
    decoded = decode((text * 3).encode(codec), None, HTML)
    assert decoded.text == text * 3
    assert decoded.charset.evidence == "guess"
    assert decoded.charset.replaced == 0


def test_a_few_quotation_marks_are_no_ground_for_a_guess():
    content = "<p>The ferry doesn’t leave before seven o’clock, weather or no weather.</p>".encode("cp1252")
    decoded = decode(content + b"<p>It comes back at nine.</p>" * 100, None, HTML)
    assert decoded.charset.name == "windows-1252"
    assert "doesn’t" in decoded.text


# -------------------------------------------------------------------------------------------------------- UTF-16


@pytest.mark.parametrize("name", ["utf-16le", "utf-16be"])
def test_utf16_without_its_mark_is_seen_by_its_zero_bytes(name: str):
    text = "<html><title>Fähre</title>" + CHINESE
    decoded = decode(text.encode(name), None, HTML)
    assert decoded == (text, (name, "guess", 0, None))


def test_utf16_that_is_cut_in_the_middle_of_a_character_loses_that_one():
    content = codecs.BOM_UTF16_LE + "ab\N{MUSICAL SYMBOL G CLEF}".encode("utf-16-le")
    assert decode(content[:-1], None, HTML).charset.replaced == 1
    assert decode(content[:-2], None, HTML).charset.replaced == 1
    assert decode(content[:-4], None, HTML).text == "ab"


def test_a_claim_of_utf16_that_no_byte_bears_out_is_not_believed():
    assert believed(FRENCH.encode(), "utf-16") == ("utf-8", "utf-8-valid")
    assert believed(meta("gbk") + CHINESE.encode("gbk"), "utf-16")[0] == "utf-16le"  # bytes do not refute it


# --------------------------------------------------------------------------------------------------- lying claims


@pytest.mark.parametrize(
    ("label", "text"), [("iso-8859-1", FRENCH), ("gb2312", CHINESE), ("euc-jp", JAPANESE), ("koi8-r", RUSSIAN)]
)
def test_a_page_in_utf8_that_declares_an_older_encoding_is_utf8(label: str, text: str):
    decoded = decode(meta(label) + text.encode(), None, HTML)
    assert decoded.charset == ("utf-8", "utf-8-valid", 0, label)
    assert text in decoded.text


def test_the_transports_word_is_not_doubted_for_that():
    assert believed(FRENCH.encode(), "iso-8859-1") == ("windows-1252", "transport")


def test_a_few_characters_that_are_utf8_by_chance_refute_nothing():
    content = meta("gbk") + "<p>磨膜</p>".encode("gbk")
    content.decode()
    decoded = decode(content, None, HTML)
    assert decoded.charset.name == "gbk"
    assert "磨膜" in decoded.text
    assert believed(meta("iso-8859-1") + "<p>Ã©".encode("cp1252")) == ("windows-1252", "meta")


@pytest.mark.parametrize("claim", ["transport", "meta"])
def test_a_page_that_claims_utf8_and_is_not_is_guessed(claim: str):
    content = (b"" if claim == "transport" else meta("utf-8")) + (GREEK * 3).encode("windows-1253")
    decoded = decode(content, "utf-8" if claim == "transport" else None, HTML)
    assert (decoded.charset.name, decoded.charset.evidence) == ("windows-1253", "guess")
    assert GREEK in decoded.text


def test_where_the_transport_lies_the_page_is_asked():
    decoded = decode(meta("gb2312") + CHINESE.encode("gbk"), "utf-8", HTML)
    assert decoded.charset == ("gbk", "meta", 0, "gb2312")
    assert CHINESE in decoded.text


def test_a_slip_in_a_page_of_utf8_is_a_slip():
    content = meta("utf-8") + FRENCH.encode() * 3 + b"<p>caf\xe9, th\xe9, \xe0 c\xf4t\xe9</p>"
    decoded = decode(content, None, HTML)
    assert (decoded.charset.name, decoded.charset.evidence) == ("utf-8", "meta")
    assert decoded.charset.replaced == decoded.text.count("\N{REPLACEMENT CHARACTER}") == 5


def test_a_claim_that_loses_characters_gives_way_to_utf8_that_loses_none():
    content = "<p>漢字かな交じり文</p>".encode()
    assert believed(content, "shift_jis") == ("utf-8", "utf-8-valid")


@pytest.mark.parametrize("label", REPLACED)
def test_an_encoding_that_the_standard_replaces_loses_no_word(label: str):
    content = meta(label) + b"<p>The ferry ~{6IBV~} leaves at seven.</p>"
    decoded = decode(content, label, HTML)
    assert decoded.charset == ("utf-8", "utf-8-valid", 0, label)
    assert "The ferry ~{6IBV~} leaves" in decoded.text


def test_iso_2022_jp_is_read_by_its_escapes_though_all_its_bytes_are_ascii():
    content = meta("iso-2022-jp") + JAPANESE.encode("iso-2022-jp")
    decoded = decode(content, None, HTML)
    assert decoded.charset == ("iso-2022-jp", "meta", 0, "iso-2022-jp")
    assert JAPANESE in decoded.text


# ------------------------------------------------------------------------------------------------------- counting


def test_characters_are_counted_that_were_lost_and_not_those_that_the_page_has():
    own = "\N{REPLACEMENT CHARACTER}"
    for name, content in (
        ("utf-8", f"{own} whole, ".encode() + b"\xe9\x80 lost"),
        ("utf-16le", f"{own} ".encode("utf-16-le") + b"\x00\xdc" + "lost".encode("utf-16-le")),
        ("gb18030", own.encode("gb18030") + b" \xff lost"),
    ):
        decoded = decode(content, name, "text/plain")
        assert decoded.text.count(own) == 2
        assert decoded.charset.replaced == 1


@given(content=st.binary(max_size=400), declared=st.sampled_from([None, "utf-16", *NAMES]))
def test_any_bytes_become_text_without_half_a_surrogate_pair(content: bytes, declared: str | None):
    decoded = decode(content, declared, HTML)
    decoded.text.encode("utf-8")
    assert 0 <= decoded.charset.replaced <= decoded.text.count("\N{REPLACEMENT CHARACTER}")
    assert decode(content, declared, HTML) == decoded


def test_pages_in_old_encodings_lose_next_to_nothing(shared: Path):
    paths = sorted((shared / "corpora/saved-html/legacy-charset").iterdir())
    assert paths
    for path in paths:
        decoded = decode(path.read_bytes(), None, HTML)
        assert decoded.charset.replaced <= 4, path.name
        assert decoded.charset.evidence == "meta", path.name

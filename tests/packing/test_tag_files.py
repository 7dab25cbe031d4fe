"""Tag files: what is written is read again, whatever it says; what cannot be read is told with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.packing.told_faults import kinds

from solander.model.bag import BagInfo, InfoField
from solander.packing.tag_files import (
    BAGIT_TXT,
    format_bag_info,
    lines_of,
    parse_bag_info,
    parse_bagit_txt,
    parse_fetch,
    parse_manifest,
)

VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=40).map(
    lambda text: text.strip(" \t")
)
LABELS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0:"), max_size=20).map(str.strip).filter(bool)


@given(st.text(max_size=300))
def test_no_text_is_too_odd_to_be_read_as_metadata_or_to_fetch(text: str) -> None:
    info, faults = parse_bag_info(text)
    lines = list(lines_of(text))
    # A line says one thing and has one fault of form, or is none; that it has a NUL is told besides.
    assert len(info.fields) + len(faults) <= 2 * len(lines) + sum("\0" in line for line in lines)
    parse_fetch(text)


@given(st.binary(max_size=200))
def test_no_bytes_are_too_odd_to_be_read_as_a_declaration(content: bytes) -> None:
    declaration, faults = parse_bagit_txt(content)
    assert faults or declaration.version is not None


def test_a_line_on_which_nothing_stands_is_told_in_lists_and_in_no_metadata() -> None:
    assert kinds(parse_manifest("\n \t\n", "manifest-md5.txt")[1]) == [("blank-line", 1), ("blank-line", 2)]
    assert kinds(parse_fetch("\n")[1]) == [("blank-line", 1)]
    assert parse_bag_info("A: 1\n\nB: 2\n")[1] == []


def test_a_nul_is_told_wherever_it_stands() -> None:
    digest = "0" * 32
    assert kinds(parse_manifest(f"{digest}  data/a\0b\n", "manifest-md5.txt")[1]) == [("nul-in-tag-file", 1)]
    assert kinds(parse_bag_info("A: 1\nB: \0\n")[1]) == [("nul-in-tag-file", 2)]
    assert kinds(parse_fetch("https://a.example/ - data/a\0\n")[1]) == [("nul-in-tag-file", 1)]


@pytest.mark.parametrize("labels", [1, 200_000])
def test_any_number_of_labels_is_read(labels: int) -> None:
    info, faults = parse_bag_info("".join(f"Label-{number}: {number}\n" for number in range(labels)))
    assert (len(info.fields), faults) == (labels, [])


def test_a_value_folded_any_number_of_times_is_one_value() -> None:
    info, faults = parse_bag_info("Long: 0\n" + " more\n" * 400_000)
    assert (info.pairs, faults) == ((("Long", "0" + " more" * 400_000),), [])


@given(st.lists(st.tuples(LABELS, VALUES), max_size=6))
def test_labels_and_values_come_back_in_order_with_their_repeats(pairs: list[tuple[str, str]]) -> None:
    info = BagInfo(fields=tuple(InfoField(label, value) for label, value in pairs))
    read, faults = parse_bag_info(format_bag_info(info).decode())
    assert read.pairs == tuple(pairs)
    assert faults == []


def test_folded_lines_are_joined_and_lines_counted() -> None:
    text = "Contact-Name: A.\n\tKeeper\n  of books\ncontact-name: B\r\nEmpty:\nno colon\n: no label\n"
    info, faults = parse_bag_info(text)
    assert info.fields == (
        InfoField("Contact-Name", "A. Keeper of books", 1),
        InfoField("contact-name", "B", 4),
        InfoField("Empty", "", 5),
    )
    assert info.values("CONTACT-NAME") == ("A. Keeper of books", "B")
    assert kinds(faults) == [("bag-info-line-malformed", 6), ("bag-info-line-malformed", 7)]


def test_white_space_about_a_colon_is_told_since_1_0() -> None:
    text = "A: 1\nB:2\nC : 3\nD:   4\n"
    info, faults = parse_bag_info(text)
    assert info.pairs == (("A", "1"), ("B", "2"), ("C", "3"), ("D", "4"))
    assert kinds(faults) == [("bag-info-separator", 2), ("bag-info-separator", 3)]
    assert parse_bag_info(text, version=(0, 97))[1] == []


@pytest.mark.parametrize(
    "pair", [("", "x"), ("a:b", "x"), ("a\n", "x"), ("a", "x\ny"), ("a", " x"), (" a", "x"), ("a", "\0"), ("\0", "x")]
)
def test_what_bag_info_cannot_hold_is_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        format_bag_info(BagInfo(fields=(InfoField(*pair),)))


def test_a_value_made_for_bag_info_is_one_harmless_line() -> None:
    info = BagInfo.of([("Title", "Two\nlines\u2028and\x85more\x1b[31m \x00"), ("None", None), ("Blank", "\n ")])
    assert info.pairs == (("Title", "Two lines and more[31m"),)


def test_our_declaration_is_read_as_1_0() -> None:
    declaration, faults = parse_bagit_txt(BAGIT_TXT)
    assert (declaration.version, declaration.encoding, faults) == ((1, 0), "UTF-8", [])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbfBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0\n",
        b"Tag-File-Character-Encoding: UTF-8\n",
        b"Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n",
        b"BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version:  1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 0.9_7\nTag-File-Character-Encoding: UTF-8\n",
        "BagIt-Version: ١.٠\nTag-File-Character-Encoding: UTF-8\n".encode(),
        b"BagIt-Version: 1.0\nBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nMore: x\n",
        b"BagIt-Version: 1.0\n\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 9.9\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 01.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.00\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n\n",
        b"bagit-version: 1.0\ntag-file-character-encoding: UTF-8\n",
    ],
)
def test_a_declaration_that_is_not_as_the_standard_has_it_is_told(content: bytes) -> None:
    assert parse_bagit_txt(content)[1]


@pytest.mark.parametrize("version", ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_declaration_of_every_version_may_have_any_line_ends_and_nothing_else(version: str, end: str) -> None:
    for text in (
        f"BagIt-Version: {version}{end}Tag-File-Character-Encoding: UTF-16{end}",
        f"BagIt-Version: {version}{end}Tag-File-Character-Encoding: UTF-16",
    ):
        declaration, faults = parse_bagit_txt(text.encode())
        assert (declaration.encoding, faults) == ("UTF-16", [])
        assert declaration.version is not None
        assert "{}.{}".format(*declaration.version) == version
    for loose in (" : ", ":", ":  ", ":\t"):
        declaration, faults = parse_bagit_txt(text.replace(": ", loose).encode())
        # What it means is understood all the same: the rest of the bag is judged by it.
        assert (declaration.encoding, bool(faults)) == ("UTF-16", True)


def test_lines_to_fetch_are_read_and_judged() -> None:
    text = (
        "https://example.org/a%20b 12 data/a b\n"
        "https://example.org/c - data/c\n"
        "nonsense\n"
        "https://example.org/d - ../d\n"
        "https://example.org/e x data/e\n"
        "https://example.org/f - manifest-sha512.txt\n"
    )
    entries, faults = parse_fetch(text)
    assert [(one.path, one.size_bytes, one.line) for one in entries] == [("data/a b", 12, 1), ("data/c", None, 2)]
    assert kinds(faults) == [
        ("fetch-line-malformed", 3),
        ("path-outside-bag", 4),
        ("fetch-line-malformed", 5),
        ("path-in-wrong-list", 6),
    ]

"""Only what no browser would run is given of a bag's files, and under names that can stand everywhere."""

from __future__ import annotations

import re

import pytest
from tests.viewing.hostile import XHTML

from solander.viewing.inert import is_inert
from solander.viewing.ways import folder_of


@pytest.mark.parametrize(
    ("name", "content", "is_harmless"),
    [
        ("a.xml", b'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"/>', True),
        ("a.xml", b'<?xml version="1.0"?><?xml-model href="a"?><TEI xmlns="http://www.tei-c.org/ns/1.0"/>', True),
        ("a.xml", b'<?xml version="1.0"?><?xml-stylesheet href="a"?><TEI xmlns="http://www.tei-c.org/ns/1.0"/>', False),
        ("a.xml", b'<?xml version="1.0"?><!DOCTYPE TEI><TEI xmlns="http://www.tei-c.org/ns/1.0"/>', False),
        ("a.xml", b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', False),
        ("a.xml", XHTML, False),
        (
            "a.xml",
            b'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><svg xmlns="http://www.w3.org/2000/svg"/></TEI>',
            False,
        ),
        ("a.xml", b'<?xml version="1.0"?><html/>', False),
        ("a.xml", b"<?xml", False),
        ("a.json", b'{"a": "<script>"}', True),
        ("a.json", b'"<script>"', False),
        ("a.json", b" {}", False),
        ("a.json", b"{<script>", False),
        ("a.txt", b"<script>", True),
        ("a.html", b"words", False),
        ("a.svg", b"<svg/>", False),
    ],
)
def test_only_what_browsers_know_nothing_of_is_given(name: str, content: bytes, is_harmless: bool) -> None:
    assert is_inert(name, content) is is_harmless


@pytest.mark.parametrize(
    ("encoding", "letters", "is_harmless"),
    [
        ("utf-8", "é".encode(), True),
        ("US-ASCII", b"e", True),
        ("windows-1252", b"\xe9", False),
        ("JOHAB", b"\x88<", False),  # to the parser one letter, and to browsers the beginning of a tag
        ("ISO-2022-KR", b"\x1b$)C\x0e<script>\x0f", False),
        ("UTF-7", b"+AGE-", False),
    ],
)
def test_only_what_all_read_alike_is_given(encoding: str, letters: bytes, is_harmless: bool) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><p>'
    assert is_inert("page.xml", head.encode() + letters + b"</p></TEI>") is is_harmless


def test_a_name_that_could_not_stand_everywhere_is_another_name() -> None:
    values = [
        *(
            "museum.example",
            "Museum.example",
            "..",
            ".",
            "",
            "a/b",
            "a\\b",
            "x\0",
            "index.html",
            "2.html",
            "con:",
            "茶馆",
        ),
        *("a" * 300, "<b>", "\ud800", "a.", "-a", "a b", "zh-Hans", "zh-hans"),
    ]
    names = [folder_of(value) for value in values]
    assert len(set(names)) == len(values)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,99}", name) for name in names)
    assert names[0] == "museum.example"

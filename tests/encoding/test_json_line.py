"""Lines of journals: written whole and read again; a line that was cut off is told from one that never was one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.encoding.json_line import is_torn_line, json_line, parse_line, text_in

OPENING = b'{"schema": "urn:of-this", "name": "'


@given(name=st.text(st.characters(codec=None)))
def test_any_text_survives_a_line_even_lone_surrogates(name: str) -> None:
    line = json_line({"name": name})
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert parse_line(line, lambda value: text_in(value["name"])) == name


@pytest.mark.parametrize("line", [b"[]", b"null", b"7", b"{}", b'{"name": 7}', b'{"name": null}', b"[" * 100_000])
def test_what_lacks_a_text_or_has_another_form_is_refused(line: bytes) -> None:
    def name(value: Any) -> str:
        return text_in(value["name"])

    with pytest.raises(ValueError, match="lacks what such a line says"):
        parse_line(line, name)


def test_what_is_no_json_is_refused_as_such() -> None:
    with pytest.raises(json.JSONDecodeError):
        parse_line(b'{"name": ', str)


def test_every_beginning_of_a_line_is_torn_and_the_whole_is_not() -> None:
    line = json_line({"schema": "urn:of-this", "name": "a page"}).rstrip(b"\n")
    assert line.startswith(OPENING)
    assert all(is_torn_line(line[:end] + nuls, OPENING) for end in range(len(line)) for nuls in (b"", b"\0\0"))
    assert not is_torn_line(line, OPENING)


@pytest.mark.parametrize("line", [b"words", b'{"schema": "urn:of-others", "na', b"[" + OPENING])
def test_what_begins_otherwise_is_no_torn_line_of_the_journal(line: bytes) -> None:
    assert not is_torn_line(line, OPENING)

"""Quotations in a plain text that are set in: told by the words that announce them, or by their own marks."""

from __future__ import annotations

import textwrap

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, kinds, shape, wrapped

from solander.reading.plain.text import read_plain_text


def set_in(words: str) -> str:
    return textwrap.indent(wrapped(words, 60), "    ")


def test_prose_that_is_set_in_below_a_colon_is_a_quotation_and_so_is_what_follows_like_it():
    text = f"The log\n\n{wrapped(FERRY)} He wrote:\n\n{set_in(FERRY)}\n\n{set_in(TICKETS)}\n\n{wrapped(TICKETS)}\n"
    assert shape(read_plain_text(text))[1:] == [
        f"main paragraph: {FERRY} He wrote:",
        *("main quote", f"main   paragraph: {FERRY}", f"main   paragraph: {TICKETS}"),
        f"main paragraph: {TICKETS}",
    ]
    assert_whole(text)


def test_lines_between_marks_of_quotation_that_are_set_in_are_a_quotation():
    said = "    “Keep the lamp,” he said,\n    “and it will keep you.”"
    text = f"The log\n\n{wrapped(FERRY)}\n\n{said}\n\n{wrapped(TICKETS)}\n"
    assert shape(read_plain_text(text))[2:4] == [
        "main quote",
        "main   paragraph: “Keep the lamp,” he said,/“and it will keep you.”",
    ]
    assert_whole(text)


@pytest.mark.parametrize(
    "lines",
    ['    "No," he said.', "    12 Harbour Road\n    Port Ellen", "    - one\n    - two", f"    {FERRY[:60]}"],
)
def test_what_else_is_set_in_is_none(lines: str):
    text = f"The log\n\n{wrapped(FERRY)} He wrote:\n\n{lines}\n\n{wrapped(TICKETS)}\n"
    assert "main quote" not in kinds(text)
    assert_whole(text)

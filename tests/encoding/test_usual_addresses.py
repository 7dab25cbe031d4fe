"""Addresses that are told at a glance are those that the whole grammar lets stand as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.encoding.w3c import by_the_grammar, uri_reference

PARTS = st.sampled_from(
    [
        "https://",
        "http://",
        "HTTP://",
        "/",
        "//",
        "a.example",
        "a_b",
        ":80",
        "#",
        "?",
        "%20",
        "%",
        "é",
        " ",
        "[",
        "q=1&r",
        ":",
        "~",
    ]
)


@given(st.lists(PARTS, min_size=1, max_size=8).map("".join))
def test_a_glance_says_what_the_grammar_says(written: str) -> None:
    assert uri_reference(written) == by_the_grammar.__wrapped__(written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://a.example/b/c?d=e&f#g", True),
        ("https://a.example/b#c#d", False),
        ("https://a.example/b c", False),
        ("https:///b/c", True),
        ("/b/c", True),
    ],
)
def test_an_address_is_kept_as_it_is_written_where_it_may_be(written: str, kept: bool) -> None:
    assert (uri_reference(written) == written) is kept

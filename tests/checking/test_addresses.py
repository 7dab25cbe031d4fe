"""Addresses: what every engine takes for a URI reference is told from what one of them refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.checking.addresses import is_uri_reference
from solander.encoding.w3c import USUAL_ADDRESS, uri_reference


@pytest.mark.parametrize(
    "address",
    [
        "a",
        ".",
        "/",
        "?",
        "#a",
        "a//b",
        "./a:b",
        "//example.org",
        "http://example.org:8080/?a=b&c#d?e",
        "mailto:a@b",
        "x:y",
        "http://[::1]/",
        "http://[::ffff:1.2.3.4]:80/",
        "http://a_b/",
        "http://@a/",
        "file:///a",
        "x:?a",
        "a%20b",
        "data:,x",
    ],
)
def test_a_uri_reference_is_known(address: str) -> None:
    assert is_uri_reference(address)
    assert uri_reference(address) == address


@given(st.from_regex(USUAL_ADDRESS, fullmatch=True))
def test_what_is_told_by_a_look_is_a_reference(address: str) -> None:
    assert is_uri_reference(address)
    assert uri_reference(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "%",
        "a%2",
        "a%zz",
        "a#b#c",
        "http://",
        "//",
        "problems:",
        "mailto:",
        "x:#a",
        "1:a",
        "a_b:c",
        ":a",
        "a!b:c",
        "http://[bad/",
        "http://[zz]/",
        "http://[::g]/",
        "http://[1:2]/",
        "http://[::1]x/",
        "http://a%zz/",
        "http://a:b/",
        "http://a:999999/",
        "a b",
        "a|b",
        "a\\b",
        "a<b",
        'a"b',
        "é",
        "a[b]",
        "a\n",
        " a",
        "http://a@b@c/",
        "?[",
        "#[",
    ],
)
def test_what_is_no_uri_reference_is_known(address: str) -> None:
    assert not is_uri_reference(address)


ADDRESSES = st.lists(
    st.one_of(
        st.sampled_from(
            ["http://", "//", "x:", "#", "?", "/", "%", "%20", "%zz", "[", "]", "[::1]", ":80", "@", ":", "é", " "]
        ),
        st.text(max_size=3),
    ),
    max_size=8,
).map("".join)


@given(ADDRESSES)
def test_an_address_that_is_written_is_never_found_fault_with(written: str) -> None:
    address = uri_reference(written)
    assert address is None or is_uri_reference(address)

"""The host of an address: one way to ask for it, of whatever was written as an address."""

from __future__ import annotations

import pytest

from solander.model.addresses import host_of


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Example.ORG/page", "example.org"),
        ("https://www.example.org:8443/page?at=other.example#there", "www.example.org"),
        ("https://name:secret@example.org/", "example.org"),
        ("//example.org/page", "example.org"),
        ("https://[2001:db8::1]:80/", "2001:db8::1"),
    ],
)
def test_the_host_of_an_address_is_told_in_small_letters(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    "address", ["", "example.org/page", "mailto:name@example.org", "urn:uuid:1", "/page", "#there"]
)
def test_what_names_no_host_has_none(address: str) -> None:
    assert host_of(address) == ""


@pytest.mark.parametrize("address", ["https://[2001:db8::1/", "https://[nonsense]/", "//a]b"])
def test_an_address_that_no_parser_takes_has_no_host_and_stops_nothing(address: str) -> None:
    assert host_of(address) == ""

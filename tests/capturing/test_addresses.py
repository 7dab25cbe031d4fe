"""No address of a private network, of this machine or of no network is ever asked, whatever form it has."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.capturing.addresses import checked_addresses, is_allowed, is_public, resolved
from solander.errors import AddressRefused, NotFetched

PRIVATE = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1"),
    *("172.31.255.255", "192.0.0.1", "192.0.0.9", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1"),
    *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1"),
    *("64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1::1", "2001:db8::1", "2002:7f00:1::1"),
    *(
        "2002:a00:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ),
    *("nonsense", "", "2606:4700::1111%eth0"),
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001::64", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_public_internet_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_public_internet_is_known(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_what_is_within_an_ipv6_address_is_judged_too(one: IPv4Address) -> None:
    number = int(one)
    halves = f"{number >> 16:x}:{number & 0xFFFF:x}"
    for written in (f"::ffff:{one}", f"::{halves}", f"64:ff9b::{halves}", f"2002:{halves}::"):
        if is_public(str(IPv6Address(written))):
            assert is_public(str(one))


@given(st.ip_addresses())
def test_nothing_is_public_that_python_calls_private(one: IPv4Address | IPv6Address) -> None:
    if is_public(str(one)):
        assert not one.is_loopback
        assert not one.is_link_local
        assert not one.is_multicast
        assert not one.is_unspecified


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "localhost", "::1", "::ffff:127.0.0.1"],
)
def test_this_machine_is_refused_however_it_is_called(host: str) -> None:
    with pytest.raises((AddressRefused, NotFetched)):
        checked_addresses(host, 443)


def test_one_private_address_among_several_is_one_too_many() -> None:
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        checked_addresses("mixed.example", 443, resolve=lambda *_: ["93.184.216.34", "10.0.0.1"])


def test_a_name_without_an_address_is_told() -> None:
    def nothing(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(NotFetched, match="has no address"):
        checked_addresses("none.example", 443, resolve=nothing)
    with pytest.raises(NotFetched, match="has no address"):
        checked_addresses("none.example", 443, resolve=lambda *_: [])


def test_loopback_is_allowed_to_a_test_alone_and_nothing_else_with_it() -> None:
    assert checked_addresses("127.0.0.1", 80, allows_loopback=True) == ("127.0.0.1",)
    with pytest.raises(AddressRefused):
        checked_addresses("a.example", 80, resolve=lambda *_: ["10.0.0.1"], allows_loopback=True)
    assert ip_address(resolved("127.0.0.1", 80)[0]).is_loopback


@pytest.mark.parametrize(
    ("host", "port", "allowed", "is_so"),
    [
        ("example.org", None, ["example.org"], True),
        ("example.org", None, ["EXAMPLE.ORG"], True),
        ("example.org.", None, ["example.org"], True),
        ("example.org", 8443, ["example.org"], False),
        ("example.org", 8443, ["example.org:8443"], True),
        ("example.org", None, ["example.org:8443"], False),
        ("www.example.org", None, ["example.org"], False),
        ("www.example.org", None, ["*.example.org"], True),
        ("a.b.example.org", None, ["*.example.org"], True),
        ("example.org", None, ["*.example.org"], False),
        ("badexample.org", None, ["*.example.org"], False),
        ("www.example.org", 8443, ["*.example.org"], False),
        ("example.org.evil.example", None, ["example.org", "*.example.org"], False),
        ("anything.example", None, [], False),
    ],
)
def test_only_a_host_that_was_named_is_allowed(host: str, port: int | None, allowed: list[str], is_so: bool) -> None:
    assert is_allowed(host, port, allowed) is is_so

"""Addresses as numbers: which are of the public Internet, and which only one network or one machine has.

Source: the IANA special-purpose address registries (RFC 6890); RFC 6052 and 4380 for IPv4 within IPv6.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# What Python's tables call global, though no server of the public Internet answers there.
_SPECIAL = [
    ip_network(one)
    for one in (
        *("192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4"),
        *("64:ff9b:1::/48", "100::/64", "2001::/23", "3fff::/20", "5f00::/16", "fec0::/10"),
    )
]
_NAT64 = ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an address, as a number, is one of the public Internet; an IPv6 address is what it has within it, too."""
    try:
        one = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if "%" in address or one.is_multicast or one.is_reserved or not one.is_global:
        # An address of one link or one kind of network; but what embeds IPv4 is judged by that.
        return isinstance(one, IPv6Address) and one in _NAT64 and _is_public_within(one)
    if any(one in network for network in _SPECIAL if network.version == one.version):
        return False
    return not isinstance(one, IPv6Address) or _is_public_within(one)


def _is_public_within(one: IPv6Address) -> bool:
    within: list[IPv4Address] = [each for each in (one.ipv4_mapped, one.sixtofour) if each is not None]
    within += list(one.teredo or ())
    if one in _NAT64 or int(one) >> 32 == 0:
        within.append(IPv4Address(int(one) & 0xFFFFFFFF))
    return all(is_public(str(each)) for each in within)

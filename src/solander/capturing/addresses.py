"""Which hosts may be asked: those that were named, at addresses of the public Internet, and no other.

A name is resolved here, every address that it has is judged, and the connection is made to one that was: between the
judgement and the connection nobody is asked again, so that no resolver can change its mind.

Source: the IANA special-purpose address registries (RFC 6890); RFC 6052 and 4380 for IPv4 within IPv6.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TypeAlias

from solander.errors import AddressRefused, NotFetched

Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
"""The addresses of a host, as numbers; raises ``OSError`` where there are none."""

# What Python's tables call global, though no server of the public Internet answers there.
_SPECIAL = [
    ip_network(one)
    for one in (
        *("192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4"),
        *("64:ff9b:1::/48", "100::/64", "2001::/23", "3fff::/20", "5f00::/16", "fec0::/10"),
    )
]
_NAT64 = ip_network("64:ff9b::/96")


def resolved(host: str, port: int) -> list[str]:
    """The addresses that the system knows of a host.

    Raises:
        OSError: it knows none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def checked_addresses(
    host: str, port: int, *, resolve: Resolve = resolved, allows_loopback: bool = False
) -> tuple[str, ...]:
    """The addresses of a host to which a connection may be made.

    Args:
        host: a name, or an address in any form that the system understands (``127.1``, ``2130706433``).
        port: where it is to be asked.
        resolve: what knows the addresses.
        allows_loopback: for a test's own server, and for nothing else.

    Raises:
        AddressRefused: one of them lies in a private network, in this machine, or in no network.
        NotFetched: it has none.
    """
    try:
        found = tuple(resolve(host, port))
    except (OSError, UnicodeError) as error:
        raise NotFetched(host, f"the name has no address ({getattr(error, 'strerror', None) or error})") from error
    for one in found:
        if not is_public(one) and not (allows_loopback and _is_loopback(one)):
            raise AddressRefused(host, f"its address {one} is not of the public Internet; nothing was asked")
    if not found:
        raise NotFetched(host, "the name has no address")
    return found


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


def _is_loopback(address: str) -> bool:
    return ip_address(address).is_loopback


def is_allowed(host: str, port: int | None, allowed: Sequence[str]) -> bool:
    """Whether a host was named: itself or by what its name ends in, and with its port where that is no usual one.

    Args:
        host: as an address has it, in ASCII.
        port: ``None`` where the address names none, or the usual one of its scheme.
        allowed: ``example.org``, ``*.example.org``, ``example.org:8443``.
    """
    written = host.casefold().rstrip(".")
    end = "" if port is None else f":{port}"
    for one in allowed:
        wanted = one.casefold()
        if wanted == written + end or wanted == f"[{written}]{end}":
            return True
        if wanted.startswith("*.") and (written + end).endswith(wanted[1:]):
            return True
    return False

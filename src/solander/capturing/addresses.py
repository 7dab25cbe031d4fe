"""Which hosts may be asked: those that were named, at addresses of the public Internet, and no other.

A name is resolved here, every address that it has is judged, and the connection is made to one that was: between the
judgement and the connection nobody is asked again, so that no resolver can change its mind.

Source: none; ``model.public_addresses`` has those of what an address is.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import TypeAlias

from solander.errors import AddressRefused, NotFetched
from solander.model.public_addresses import is_public as is_public

Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
"""The addresses of a host, as numbers; raises ``OSError`` where there are none."""


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

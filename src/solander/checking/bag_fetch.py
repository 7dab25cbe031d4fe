"""BAG rules of ``fetch.txt``: from where a payload file is to come. Nobody is contacted, and no name is looked up.

Source: RFC 8493, sections 2.2.3, 5.2 (control of URLs) and 5.3 (file sizes); RFC 6761 and RFC 6762 (names of hosts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from solander.checking.bag_compared import Compared, shown
from solander.checking.rules import Fault, rule
from solander.model.bag import Bag
from solander.model.finding import Place
from solander.model.normal_forms import normal_form

_PRIVATE_NAMES = ("localhost", "local", "internal", "lan", "home.arpa", "intranet", "localdomain", "corp", "home")
# "0x7f.1", "2130706433" and "0177.0.0.1" are 127.0.0.1 to the system's own reader of addresses (inet_aton).
_NUMBERS = re.compile(r"(?:0[xX][0-9A-Fa-f]{1,8}|[0-9]{1,11})(?:\.(?:0[xX][0-9A-Fa-f]{1,8}|[0-9]{1,11})){0,3}\.?")


@rule("BAG054", "fetch-source-local", severity="error", source="RFC 8493, 5.2")
def fetch_source_local(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """``fetch.txt`` names a file of the machine on which it is read (``file:``).

    Why: A careless program would put any file of its user's into the bag.

    Remedy: Take the line out, and put the file itself into the bag.
    """
    for entry in bag.fetch:
        if entry.url[:5].casefold() == "file:":
            yield Fault(Place("fetch.txt", entry.line), "the source is a local file", None, shown(entry.url[:200]))


@rule("BAG055", "fetch-length-differs", severity="warning", source="RFC 8493, 5.3")
def fetch_length_differs(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A file of ``fetch.txt`` is there, and has another length than ``fetch.txt`` says.

    Why: Digests tell whether the file is right; whoever fetches it again will be told of another one.

    Remedy: Correct the length, or take the line out; then renew the tag manifests.
    """
    for entry in bag.fetch:
        there = compared.files.get(compared.there.get(entry.path, entry.path))
        if there is not None and entry.size_bytes is not None and there.size_bytes != entry.size_bytes:
            place = Place("fetch.txt", entry.line)
            yield Fault(place, f"bytes of {shown(entry.path)}", str(entry.size_bytes), str(there.size_bytes))


@rule("BAG056", "fetch-host-private", severity="warning", source="RFC 8493, 5.2")
def fetch_host_private(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """``fetch.txt`` names a host that only one network has: loopback, private, link-local, or a name such as
    ``localhost``.

    Why: Elsewhere the file cannot be had; and whoever fetches it reaches into the network of the machine that does.

    Remedy: Name an address that the world can reach, or put the file itself into the bag.
    """
    for entry in bag.fetch:
        host = _host(entry.url)
        if host and _is_private(host):
            yield Fault(Place("fetch.txt", entry.line), "the host is not one of the open net", None, shown(host[:200]))


def _host(url: str) -> str:
    try:
        host = unquote(urlsplit(url).hostname or "")
        # Whoever asks for a host writes it so first (UTS 46): full-width digits are digits, an ideographic stop a dot.
        return normal_form(host, "NFKC").replace("\u3002", ".")
    except ValueError:
        return ""


def _is_private(host: str) -> bool:
    from ipaddress import ip_address  # late: few bags have anything to fetch

    name = host.casefold().rstrip(".")
    if any(name == private or name.endswith(f".{private}") for private in _PRIVATE_NAMES):
        return True
    written = name.partition("%")[0]  # an IPv6 address may name its interface
    try:
        address = ip_address(_dotted(written))
    except ValueError:
        # A name without a dot is known to one network only.
        return "." not in name
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return not address.is_global or address.is_multicast or (mapped is not None and not mapped.is_global)


def _dotted(host: str) -> str:
    """A host of numbers as four numbers with dots, as the system reads it; any other host unchanged."""
    if not _NUMBERS.fullmatch(host):
        return host
    numbers = [_number(part) for part in host.rstrip(".").split(".")]
    *first, last = numbers
    if any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
        return host
    value = last + sum(number << 8 * (3 - place) for place, number in enumerate(first))
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _number(written: str) -> int:
    if written[:2] in ("0x", "0X"):
        return int(written, 16)
    is_octal = len(written) > 1 and written[0] == "0" and not set(written) & set("89")
    return int(written, 8 if is_octal else 10)


RULES = (fetch_source_local, fetch_length_differs, fetch_host_private)
"""By code."""

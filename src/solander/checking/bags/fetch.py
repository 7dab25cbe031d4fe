"""BAG rules of ``fetch.txt``: from where a payload file is to come. Nobody is contacted, and no name is looked up.

Source: RFC 8493, sections 2.2.3, 5.2 (control of URLs) and 5.3 (file sizes); RFC 6761 and RFC 6762 (names of hosts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from solander.checking.bags.compared import Compared, shown
from solander.checking.rules import Fault, rule
from solander.model.addresses import host_of
from solander.model.bag import Bag
from solander.model.finding import Place
from solander.model.normal_forms import normal_form

_PRIVATE_NAMES = ("localhost", "local", "internal", "lan", "home.arpa", "intranet", "localdomain", "corp", "home")
_NO_PLACES = frozenset(("about", "blob", "data", "javascript", "mailto", "tel", "vbscript", "view-source"))
"""Schemes whose addresses hold what they mean themselves, or nothing that could be fetched."""
# "0x7f.1", "2130706433" and "0177.0.0.1" are 127.0.0.1 to the system's own reader of addresses (inet_aton).
_NUMBERS = r"(?:0[xX][0-9A-Fa-f]{1,8}|[0-9]{1,11})(?:\.(?:0[xX][0-9A-Fa-f]{1,8}|[0-9]{1,11})){0,3}\.?"


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
            yield Fault(
                place, f"{shown(entry.path)} has another size in bytes", str(entry.size_bytes), str(there.size_bytes)
            )


@rule("BAG056", "fetch-host-private", severity="warning", source="RFC 8493, 5.2")
def fetch_host_private(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """``fetch.txt`` names a host that only one network has: loopback, private, link-local, or a name such as
    ``localhost``.

    Why: Elsewhere the file cannot be had; and whoever fetches it reaches into the network of the machine that does.

    Remedy: Name an address that the world can reach, or put the file itself into the bag.
    """
    for entry in bag.fetch:
        host = _asked_host(entry.url)
        if host and _is_private(host):
            yield Fault(
                Place("fetch.txt", entry.line), "the host is not on the public Internet", None, shown(host[:200])
            )


@rule("BAG060", "fetch-source-unusable", severity="warning", source="RFC 8493, 2.2.3; RFC 3986, 3.2.3")
def fetch_source_unusable(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """Nothing can be had from an address of ``fetch.txt``: its port is none, or its scheme names no place.

    Why: The file is missing for everybody, and no program that fetches can complete the bag.

    Remedy: Write the address at which the file can be had, or put the file itself into the bag.
    """
    for entry in bag.fetch:
        scheme = entry.url.partition(":")[0].casefold()
        if scheme in _NO_PLACES:
            why = f"nothing is fetched by {scheme}:"
        elif not _has_port(entry.url):
            why = "there is no such port"
        else:
            continue
        yield Fault(Place("fetch.txt", entry.line), why, None, shown(entry.url[:200]))


@rule("BAG061", "fetch-source-with-password", severity="warning", source="RFC 3986, 3.2.1")
def fetch_source_with_password(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """An address of ``fetch.txt`` has a password in it.

    Why: A bag is handed on and kept for good, and the password with it.

    Remedy: Take name and password out, renew the tag manifests, and change the password.
    """
    for entry in bag.fetch:
        try:
            parts = urlsplit(entry.url)
            has_password = parts.password is not None
        except ValueError:
            continue
        if has_password:
            # The password is not told: reports are kept and sent too.
            host = shown((parts.hostname or "")[:200])
            yield Fault(Place("fetch.txt", entry.line), f"the address at {host} contains a password")


@rule("BAG062", "fetch-file-repeated", severity="warning", source="RFC 8493, 2.2.3")
def fetch_file_repeated(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """``fetch.txt`` names a file more than once.

    Why: Programs differ in which of the lines they follow, and the later may write over what the earlier brought.

    Remedy: Keep one line for each file; then renew the tag manifests.
    """
    first: dict[str, int] = {}
    for entry in bag.fetch:
        line = first.setdefault(entry.path, entry.line)
        if line != entry.line:
            yield Fault(Place("fetch.txt", entry.line), f"{shown(entry.path)} is listed in line {line} already")


def _has_port(url: str) -> bool:
    """Whether an address names a port that there is, or none at all."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _asked_host(url: str) -> str:
    # Whoever asks for a host writes it so first (UTS 46): full-width digits are digits, an ideographic stop a dot.
    return normal_form(unquote(host_of(url)), "NFKC").replace("\u3002", ".")


def _is_private(host: str) -> bool:
    from ipaddress import ip_address  # late: few bags have anything to fetch

    from solander.model.public_addresses import is_public

    name = host.casefold().rstrip(".")
    if any(name == private or name.endswith(f".{private}") for private in _PRIVATE_NAMES):
        return True
    written = name.partition("%")[0]  # an IPv6 address may name its interface
    try:
        address = ip_address(_dotted(written))
    except ValueError:
        # A name without a dot is known to one network only.
        return "." not in name
    return not is_public(str(address))


def _dotted(host: str) -> str:
    """A host of numbers as four numbers with dots, as the system reads it; any other host unchanged."""
    if not re.fullmatch(_NUMBERS, host):
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


RULES = (
    fetch_source_local,
    fetch_length_differs,
    fetch_host_private,
    fetch_source_unusable,
    fetch_source_with_password,
    fetch_file_repeated,
)
"""By code."""

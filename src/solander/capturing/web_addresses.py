"""Which addresses a page may be fetched from by their form; where their names lead, ``addresses`` judges.

Source: RFC 3986, 3.2.1 (userinfo); the Fetch Standard, 2.9 (port blocking).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from solander.errors import AddressRefused
from solander.model.addresses import without_credentials

if TYPE_CHECKING:
    import httpx2

ADDRESS_LIMIT = 8_000
SCHEMES = ("http", "https")

# Where something else than HTTP listens, and could take a request for an order of its own kind.
_NOT_OF_THE_WEB = frozenset(
    (
        *(1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104),
        *(109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515),
        *(526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049),
        *(3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 0),
    )
)


def is_web_address(text: str) -> bool:
    """Whether a text names a place by a scheme and a host, and no file: ``https://…``, ``gopher://…``, ``file:///…``."""
    scheme, colon, rest = text.partition(":")
    # RFC 3986, 3.1: "+", "-" and "." may stand in a scheme.
    is_scheme = scheme.isascii() and scheme[:1].isalpha() and re.sub("[+.-]", "", scheme).isalnum()
    return bool(colon) and rest[:2] == "//" and is_scheme


def shown(address: str) -> str:
    """An address for a person, without what may be a password."""
    clean, _ = without_credentials(address)
    return clean if clean is not None and len(clean) < 300 else f"{(clean or 'this address')[:120]}…"


def judged_address(address: str) -> httpx2.URL:
    """An address that may be asked, as far as its form tells; without its fragment.

    Raises:
        AddressRefused: it is of another scheme, bears credentials, names no host or a port of no web server.
    """
    import httpx2

    named = shown(address)
    if len(address) > ADDRESS_LIMIT:
        raise AddressRefused(named, f"it is longer than {ADDRESS_LIMIT:,} characters")
    try:
        url = httpx2.URL(urldefrag(address.strip())[0])
        host, port = url.raw_host.decode("ascii"), url.port
    except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
        raise AddressRefused(named, f"it is no address ({' '.join(str(error).split())[:100]})") from error
    if url.scheme not in SCHEMES:
        scheme = url.scheme or "(none)"
        raise AddressRefused(named, f"its scheme {scheme} is not one that pages are fetched by (http, https)")
    if url.userinfo or without_credentials(address)[1]:
        raise AddressRefused(named, "it bears a user's name or password, which would stand in the archive")
    if not host:
        raise AddressRefused(named, "it names no host")
    if port is not None and port > 65_535:
        raise AddressRefused(named, f"it is no address (there is no port {port})")
    if port in _NOT_OF_THE_WEB:
        raise AddressRefused(named, f"its port {port} is not one of web servers (Fetch Standard, port blocking)")
    return url


def led_to(address: str, location: str) -> str:
    """Where a redirect leads.

    Raises:
        AddressRefused: that cannot be told.
    """
    try:
        return urljoin(address, location.strip())
    except ValueError as error:
        raise AddressRefused(shown(address), "it redirects to what is no address") from error

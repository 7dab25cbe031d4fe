"""One way of writing for all ways in which an address may be written that lead to the same place.

A page writes ``a b.png`` and a crawler asked for ``a%20b.png``; letters of other scripts, the case of a host and the
usual port differ as freely. What is compared here is never shown: each keeps the form in which it was written.

Source: RFC 3986, 6.2.2 (syntax-based normalization) and 6.2.3 (scheme-based); the URL Standard, 4.4 (what browsers
make of tabs, line ends, backslashes and letters beyond ASCII).
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

_USUAL = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*+(?:/[A-Za-z0-9_~!$&'()*+,;=:@-][A-Za-z0-9._~!$&'()*+,;=:@-]*+)*+/?"
)
"""Written as all would be, and most are: without port, query and escapes, and no part begins with a full stop."""

_BREAKS = re.compile(r"[\t\n\r]+")
_EDGES = "".join(map(chr, range(0x21)))
_PORTS = {"http": ":80", "https": ":443"}
_RESERVED = re.compile(rb"(%(?:2[1346-9A-CFa-cf]|3[ABDFabdf]|40|5[BDbd]|25))")
"""Escapes of signs that part an address: written as they are, they would mean something else (RFC 3986, 2.2)."""

_KEPT = "!#$&'()*+,/:;=?@[]~-._"


def normal_address(written: str) -> str:
    """An address in the form in which it is compared, without its fragment.

    Args:
        written: an absolute address; of another scheme than HTTP's only the escapes are written in one way.
    """
    if _USUAL.fullmatch(written):
        return written if written.count("/") > 2 else f"{written}/"
    plain = _BREAKS.sub("", written.strip(_EDGES)).partition("#")[0]
    scheme, colon, rest = plain.partition(":")
    scheme = scheme.lower()
    if scheme == "cid":
        return f"cid:{unquote(rest)}"  # RFC 2392: the name of a part of a mail, in escapes or not
    if not colon or scheme not in _PORTS:
        return f"{scheme}{colon}{_escaped(rest)}" if colon else _escaped(plain)
    try:
        parts = urlsplit(f"{scheme}:{_slashed(rest)}")
    except ValueError:
        return plain
    host = _host(parts.netloc.removesuffix(_PORTS[scheme]))
    path = _without_dots(_escaped(parts.path)) or "/"
    return f"{scheme}://{host}{path}" + (f"?{_escaped(parts.query)}" if parts.query else "")


def _slashed(rest: str) -> str:
    """Backslashes are slashes to a browser, up to the query."""
    path, mark, query = rest.partition("?")
    return path.replace("\\", "/") + mark + query


def _host(written: str) -> str:
    host = unquote_to_bytes(written).decode("utf-8", "replace") if "%" in written else written
    if host.isascii():
        return host.lower()
    try:
        return host.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return host.lower()


def _escaped(written: str) -> str:
    """Escapes where one must stand and nowhere else, their digits in capitals."""
    if written.isascii() and "%" not in written and not re.search(r"[^\w!#$&'()*+,/:;=?@\[\]~.-]", written):
        return written
    parts = _RESERVED.split(written.encode("utf-8", "surrogatepass"))
    return "".join(
        part.decode("ascii").upper() if number % 2 else quote(unquote_to_bytes(part), safe=_KEPT)
        for number, part in enumerate(parts)
    )


def _without_dots(path: str) -> str:
    """A path without the parts that lead nowhere (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    parts = path.split("/")
    for part in parts[1:]:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    end = "/" if parts[-1] in (".", "..") and kept else ""
    return "/" + "/".join(kept) + end

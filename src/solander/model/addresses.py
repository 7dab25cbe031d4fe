"""Addresses of pages: user and password left out of them, and whether a text is one at all.

Addresses come as people and programs write them: with backslashes, without slashes, with a host that no parser takes.
What a browser would still send as a password is a password here, and so is all that could only be meant as one.

Source: RFC 3986, 3.2.1 (userinfo); the URL Standard, "authority state" (what browsers make of an address).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from solander.model.late_pattern import late

_SPECIAL = frozenset(("http", "https", "ftp", "ws", "wss"))
"""Schemes of which every number and kind of slashes leads to a host (URL Standard, "special authority slashes")."""

_WITH_A_SIGN = frozenset(("about", "acct", "cid", "data", "mailto", "mid", "tag", "urn"))
"""Schemes without a host, in which ``@`` parts no password from one."""

NO_PLACES = frozenset(
    ("about", "blob", "data", "javascript", "livescript", "mailto", "sms", "tel", "vbscript", "view-source")
)
"""Schemes of what is no place: nothing stands there that could be captured, or it is a script."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*(?=:)")
_INNER = late(r"(?P<before>[A-Za-z][A-Za-z0-9+.\-]*:[/\\]{2}|(?:https?|ftp|wss?):[/\\]+)[^/\\?#]*@", re.IGNORECASE)
"""An address within an address, as web archives and redirectors have them."""

_HOST = re.compile(r"(?:\[[^\]]*\]|[^:\[\]]*)(?::[0-9]*)?")
"""A host with its port, if it has one."""

_SLASHES = "/\\"
_EDGES = "".join(map(chr, range(0x21)))
_REMOVED = str.maketrans("", "", "\t\n\r")
_WHOLE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s<>\"{}|\\^`%\x00-\x1f\x7f]|%[0-9A-Fa-f]{2})+\Z")
"""A URI or IRI with its scheme: characters beyond ASCII stay as they were written."""


def without_credentials(uri: str | None) -> tuple[str | None, bool]:
    """Leave user and password out of an address; say whether there were any.

    Returns:
        The address as it was given where it has none; ``None`` where what it has cannot be told from the rest.
    """
    if not uri or "@" not in uri:
        return uri or None, False
    # As browsers do before they read it.
    plain = uri.strip(_EDGES).translate(_REMOVED)
    outer = _outer(plain)
    inner = None if outer is None else _INNER.sub(r"\g<before>", outer)
    return (uri, False) if inner == plain else (inner or None, True)


def is_address(text: str) -> bool:
    """Whether a text is a URI or IRI that names its scheme and, where the scheme has hosts, a host."""
    if not _WHOLE.match(text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme not in _SPECIAL or bool(parts.hostname)
    except ValueError:
        return False


def host_of(address: str) -> str:
    """The host of an address, in small letters; empty where it has none, or is none that can be read."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _outer(plain: str) -> str | None:
    """An address without the credentials of its own; ``None`` where an ``@`` stands in front and nothing says why."""
    scheme = _SCHEME.match(plain)
    name = scheme[0].lower() if scheme else ""
    if name in _WITH_A_SIGN:
        return plain
    start = len(name) + 1 if name else 0
    tail = plain[start:]
    if name in _SPECIAL:
        rest = tail.lstrip(_SLASHES)
        bare = _bare(rest)
        return plain if bare == rest else f"{plain[:start]}//{bare}"
    if tail[:2] == "//" or (not name and len(tail[:2].strip(_SLASHES)) == 0):
        tail = tail[:2] + _bare(tail[2:])
    # Where no host follows, an "@" before the first slash is no path's; nor is one behind a colon in the first part.
    rest = tail.lstrip(_SLASHES)
    first = _first_part(rest)
    return None if "@" in first and (rest == tail or ":" in first) else plain[:start] + tail


def _bare(rest: str) -> str:
    """What begins with a host, without what stands before the host."""
    authority = _first_part(rest)
    if "@" in authority:
        return rest[authority.rindex("@") + 1 :]
    # "user:pa/ss@host": what looks like a port is no number, so that the slash can only be part of a password.
    if "@" in rest and not _HOST.fullmatch(authority):
        return rest[rest.rindex("@") + 1 :]
    return rest


def _first_part(rest: str) -> str:
    return re.split(r"[/\\?#]", rest, maxsplit=1)[0]

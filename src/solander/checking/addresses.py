"""URI references as XML takes them: the parts by RFC 3986, each judged by itself.

What this accepts, XML's ``anyURI`` accepts with every engine. That is a little less than the RFC: a scheme, or two
slashes, that name nothing (``mailto:``) are refused by some.

Source: RFC 3986, section 3 and appendix B; XML Schema Part 2, 3.2.17.
"""

from __future__ import annotations

import re

_PARTS = re.compile(
    r"(?:(?P<scheme>[^:/?#]+):)?(?://(?P<authority>[^/?#]*))?(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?\Z",
    re.DOTALL,
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*\Z")
_AUTHORITY = re.compile(
    r"(?:(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9\-._~!$&'()*+,;=:])*@)?"
    r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9\-._~!$&'()*+,;=])*)(?::[0-9]{1,5})?\Z"
)
_PATH = re.compile(r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9\-._~!$&'()*+,;=:@/])*\Z")
_QUERY = re.compile(r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9\-._~!$&'()*+,;=:@/?])*\Z")


def is_uri_reference(written: str) -> bool:
    """Whether this is a URI reference, relative or not, that every engine takes for ``anyURI``."""
    parts = _PARTS.match(written)
    if parts is None or not written:
        return False
    scheme, authority, path, query, fragment = parts.group("scheme", "authority", "path", "query", "fragment")
    if not (_PATH.match(path) and _QUERY.match(query or "") and _QUERY.match(fragment or "")):
        return False
    if scheme is None:
        # RFC 3986, 4.2: a colon in the first segment would make a scheme of what stands before it.
        if authority is None and ":" in path.partition("/")[0]:
            return False
    elif not _SCHEME.match(scheme) or (authority is None and not path and query is None):
        return False
    if authority is None:
        return True
    if not authority:
        return bool(path or query is not None or fragment is not None)
    host = _AUTHORITY.match(authority)
    return host is not None and (host["address"] is None or _is_internet_address(host["address"]))


def _is_internet_address(written: str) -> bool:
    # Late: few links name their host by a number of the newer kind.
    from ipaddress import IPv6Address

    try:
        IPv6Address(written)
    except ValueError:
        return False
    return True

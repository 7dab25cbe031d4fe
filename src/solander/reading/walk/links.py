"""Addresses as a page writes them, made absolute.

Source: RFC 3986, section 5.2 (relative resolution); HTML Standard, "base URL".
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

BASE_CHARACTERS = 2_000
"""A longer base is nobody's address; joined to each link of a page it would cost, and write, its length each time."""

_BREAKS = re.compile(r"[\t\n\r]+")
"""What stands in an address only because its line was too long (URL Standard, 4.4, "ASCII tab or newline")."""


_NO_BASE = re.compile(r"[\x00-\x20]*+(?:data|javascript):", re.IGNORECASE)
"""A ``base`` that says so says nothing (HTML Standard, 4.2.3, "frozen base URL")."""


class Resolver:
    """Resolves against one base; most links of a page need no more than joining two strings."""

    __slots__ = ("base", "origin", "page")

    def __init__(self, page: str | None, base: str | None) -> None:
        """Take the page's own address, if known, and what its first ``base`` says."""
        self.page = page
        if base and _NO_BASE.match(base):
            base = None
        self.base = _short(absolute(_short(page), base) if base and len(base) <= BASE_CHARACTERS else base or page)
        self.origin = ""
        if self.base:
            try:
                parts = urlsplit(self.base)
            except ValueError:
                self.base = None
            else:
                if parts.scheme in ("http", "https") and parts.netloc:
                    self.origin = f"{parts.scheme}://{parts.netloc}"

    def resolve(self, written: str) -> str:
        """The absolute address, or what was written where there is nothing to resolve against."""
        if "\n" in written or "\t" in written or "\r" in written:
            written = _BREAKS.sub("", written)
        if written.startswith(("https://", "http://", "mailto:", "data:", "javascript:")):
            return written
        if self.origin and written[:1] == "/" and written[:2] != "//" and "/." not in written:
            return self.origin + written
        return absolute(self.base, written)


def _short(base: str | None) -> str | None:
    """A base that is not too long, without its query if that is what makes it so; else none."""
    if base is not None and len(base) > BASE_CHARACTERS:
        base = re.split(r"[?#]", base[: BASE_CHARACTERS + 1], maxsplit=1)[0]
    return base if base is not None and len(base) <= BASE_CHARACTERS else None


def absolute(base: str | None, written: str) -> str:
    """Join an address to its base; one that cannot be read is given back as written."""
    if not base:
        return written
    try:
        return urljoin(base, written)
    except ValueError:
        return written

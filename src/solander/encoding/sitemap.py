"""The addresses of an archive's pages for search engines.

Source: sitemaps.org, "Sitemaps XML format" (0.9): 50,000 addresses a file, and an index of files above that.
"""

from __future__ import annotations

from collections.abc import Iterable

from solander.encoding.xml_text import DECLARATION, attributes, escape_text

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
ADDRESSES_AT_MOST = 50_000


def encode_sitemap(addresses: Iterable[str]) -> bytes:
    """A file of addresses."""
    return _encoded("urlset", "url", addresses)


def encode_sitemap_index(addresses: Iterable[str]) -> bytes:
    """The index of such files, by their addresses."""
    return _encoded("sitemapindex", "sitemap", addresses)


def _encoded(root: str, part: str, addresses: Iterable[str]) -> bytes:
    lines = "".join(f"<{part}><loc>{escape_text(one)}</loc></{part}>\n" for one in addresses)
    return f"{DECLARATION}<{root}{attributes({'xmlns': NAMESPACE})}>\n{lines}</{root}>\n".encode()

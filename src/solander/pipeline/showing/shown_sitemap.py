"""The addresses of an archive's bags for search engines, as they are served.

Source: sitemaps.org protocol 0.9.
"""

from __future__ import annotations

from solander.cataloguing import Catalogue
from solander.encoding.sitemap import ADDRESSES_AT_MOST, encode_sitemap, encode_sitemap_index
from solander.viewing.ways import SERVED


def sitemap(catalogue: Catalogue, base: str) -> bytes:
    """The addresses of bags; of many, the index of the files that have them.

    Args:
        catalogue: of the archive.
        base: the address of the home page.
    """
    starts = catalogue.every(ADDRESSES_AT_MOST)
    if len(starts) > 1:
        return encode_sitemap_index(f"{base}sitemap-{one}.xml" for one in range(1, len(starts) + 1))
    return _from(catalogue, base, starts[0])


def sitemap_part(catalogue: Catalogue, base: str, number: int) -> bytes | None:
    """The addresses of some bags, by the number of their file from 1; ``None`` where there are not so many."""
    starts = catalogue.every(ADDRESSES_AT_MOST)
    return _from(catalogue, base, starts[number - 1]) if 1 <= number <= len(starts) else None


def _from(catalogue: Catalogue, base: str, after: str) -> bytes:
    addresses: list[str] = []
    while len(addresses) < ADDRESSES_AT_MOST and (keys := catalogue.keys(after)):
        addresses += [f"{base}{SERVED.bag(key)}" for key, _ in keys]
        after = keys[-1][0]
    return encode_sitemap(addresses[:ADDRESSES_AT_MOST])

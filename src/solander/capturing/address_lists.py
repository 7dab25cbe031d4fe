"""Lists of addresses: sitemaps, feeds, and plain lists; what is no address of the web in them is left out.

XML is parsed without a network, a document type or entities.

Source: sitemaps.org protocol 0.9; RFC 4287 (Atom); RSS 2.0, ``item``; RSS 1.0, 5.5; JSON Feed 1.1.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

if TYPE_CHECKING:
    from lxml import etree

LIST_LIMIT_BYTES = 64 * 1024 * 1024
ADDRESSES_LIMIT = 50_000
"""As many as one sitemap may name, and as many as one run packs of a list."""


class Listed(NamedTuple):
    """What a list names."""

    pages: tuple[str, ...]
    lists: tuple[str, ...] = ()
    """Further sitemaps."""
    fault: str | None = None
    """Why it could not be read."""


def read_list(content: bytes) -> Listed:
    """Addresses, one a line; what begins with ``#`` is a remark."""
    lines = (line.strip() for line in content.decode("utf-8-sig", "replace").splitlines())
    return Listed(_each_once(line for line in lines if line and not line.startswith("#")))


def read_sitemap(content: bytes, uri: str | None) -> Listed:
    """The pages and the further sitemaps of a sitemap, in XML or as text."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        # sitemaps.org, "Text file": each line is an address in full.
        return Listed(_of_web(read_list(content).pages, None))
    root, fault = _parsed(content)
    if root is None:
        return Listed((), fault=fault)
    pages = [_text(one) for one in root.iter("{*}loc") if _parent(one) == "url"]
    lists = [_text(one) for one in root.iter("{*}loc") if _parent(one) == "sitemap"]
    if not pages and not lists and _name(root) not in ("urlset", "sitemapindex"):
        return Listed((), fault=f"it is no sitemap: its root is {_name(root)}")
    return Listed(_of_web(pages, uri), _of_web(lists, uri))


def read_feed(content: bytes, uri: str | None) -> Listed:
    """The pages of a feed's entries: Atom, RSS or JSON Feed."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _of_json(content, uri)
    root, fault = _parsed(content)
    if root is None:
        return Listed((), fault=fault)
    pages: list[str] = []
    for entry in (*root.iter("{*}entry"), *root.iter("{*}item")):
        links = [one for one in entry if _name(one) == "link"]
        wanted = [one for one in links if one.get("rel", "alternate") == "alternate"]
        pages += [one.get("href") or _text(one) for one in wanted[:1]]
    if not pages and _name(root) not in ("feed", "rss", "RDF"):
        return Listed((), fault=f"it is no feed: its root is {_name(root)}")
    return Listed(_of_web(pages, uri))


def _of_json(content: bytes, uri: str | None) -> Listed:
    try:
        value: Any = json.loads(content)
    except (ValueError, RecursionError):
        return Listed((), fault="it is neither XML nor JSON")
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        return Listed((), fault="it is no JSON Feed: it has no list of items")
    urls = [one.get("url") for one in items if isinstance(one, dict)]
    return Listed(_of_web([one for one in urls if isinstance(one, str)], uri))


def _parsed(content: bytes) -> tuple[etree._Element | None, str | None]:
    from lxml import etree  # late: only lists in XML need it

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return None, f"it is no XML: {' '.join(str(error).split())[:120]}"
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        return None, "it declares entities of its own, which are not read"
    return root, None


def _of_web(addresses: list[str] | tuple[str, ...], uri: str | None) -> tuple[str, ...]:
    joined: list[str] = []
    for one in addresses:
        try:
            joined.append(urljoin(uri or "", one.strip()))
        except ValueError:
            continue
    return _each_once(one for one in joined if one.lower().startswith(("http://", "https://")))


def _each_once(addresses: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(addresses))


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _parent(element: etree._Element) -> str:
    above = element.getparent()
    return _name(above) if above is not None else ""

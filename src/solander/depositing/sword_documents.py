"""What SWORD servers answer, read: service documents, collections' feeds, deposit receipts and states.

Servers differ in what they write; what is not there is left out, and never guessed.

Source: SWORD 2.0 Profile, 6.1 (service document), 10 (receipt), 11 (statement); RFC 5023, 8; RFC 4287; RFC 8288.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from lxml import etree

from solander.model.deposit import DRAFT, PUBLISHED, SUBMITTED

_APP, _ATOM = "{http://www.w3.org/2007/app}", "{http://www.w3.org/2005/Atom}"
_SWORD = "{http://purl.org/net/sword/terms/}"
_SWH = "{https://www.softwareheritage.org/schema/2018/deposit}"
_STATE = "http://purl.org/net/sword/terms/state"
_STATEMENT = "http://purl.org/net/sword/terms/statement"
_LINK = re.compile(r'<([^>]*)>\s*;[^,]*\brel="?next"?')
_NAME = re.compile(r"urn:[a-z0-9-]+:\S+|sha512:[0-9a-f]{128}", re.IGNORECASE)

_OPEN = frozenset(("partial", "inprogress", "in-progress", "draft", "workspace", "userarea"))
_PUBLIC = frozenset(("done", "archived", "archive", "published", "public", "released"))


class Collection(NamedTuple):
    """A collection that a service document offers."""

    address: str
    title: str
    name: str
    packagings: tuple[str, ...]
    limit_bytes: int | None
    """The largest file that is taken; ``None`` where that is not said."""


class Entry(NamedTuple):
    """A deposit, as a feed, a receipt or a state tells of it."""

    edit: str | None
    number: str
    """By what the server counts it, where it names that and no address."""
    names: tuple[str, ...]
    """Identifiers that it bears, and digests of bags."""
    state: str


class Feed(NamedTuple):
    """A page of a collection; a single entry is a page of one."""

    entries: tuple[Entry, ...]
    next_page: str | None


def parse_service(content: bytes, base: str) -> tuple[Collection, ...]:
    """The collections of a service document.

    Raises:
        ValueError: it is none.
    """
    root = _root(content)
    if root.tag != f"{_APP}service":
        raise ValueError(f"{etree.QName(root).localname} where a service document was asked for")
    # The profile has kilobytes; servers are known that write bytes. The larger reading refuses nothing that is taken.
    size = (root.findtext(f"{_SWORD}maxUploadSize") or "").strip()
    is_size = size.isascii() and size.isdigit() and len(size) < 19
    limit = int(size) * 1024 if is_size and int(size) else None
    return tuple(
        Collection(
            urljoin(base, one.get("href", "")),
            (one.findtext(f"{_ATOM}title") or "").strip(),
            (one.findtext(f"{_SWORD}name") or "").strip(),
            tuple((packaging.text or "").strip() for packaging in one.iter(f"{_SWORD}acceptPackaging")),
            limit,
        )
        for one in root.iter(f"{_APP}collection")
    )


def parse_feed(content: bytes, base: str, link_header: str = "") -> Feed:
    """A page of a collection, or a single entry.

    Raises:
        ValueError: it is neither.
    """
    root = _root(content)
    if root.tag not in (f"{_ATOM}feed", f"{_ATOM}entry"):
        raise ValueError(f"{etree.QName(root).localname} where a feed or an entry was asked for")
    nodes = [root] if root.tag == f"{_ATOM}entry" else root.findall(f"{_ATOM}entry")
    match = _LINK.search(link_header)
    following = next((one.get("href") for one in root.findall(f"{_ATOM}link") if one.get("rel") == "next"), None)
    following = following or (match[1] if match else None)
    return Feed(tuple(_entry(one, base) for one in nodes), urljoin(base, following) if following else None)


def parse_receipt(content: bytes, base: str) -> dict[str, str]:
    """The links of a deposit receipt: ``edit``, ``edit-media``, ``add`` and ``state``, those that it has.

    Raises:
        ValueError: it is none.
    """
    found: dict[str, str] = {}
    for link in _root(content).iter(f"{_ATOM}link"):
        relation, kind = (link.get("rel") or "").rpartition("/")[2], link.get("type") or ""
        href = urljoin(base, link.get("href", ""))
        if link.get("rel") == _STATEMENT and "rdf" not in kind:
            found["state"] = href
        elif relation == "alternate":
            found.setdefault("state", href)
        elif relation in ("edit", "edit-media", "add"):
            found.setdefault(relation, href)
    return found


def state_of(content: bytes) -> str:
    """The state that a statement, or what stands for it, tells: one of ``STATES``; handed over, if it tells none.

    Raises:
        ValueError: it is no XML.
    """
    return _state(_root(content))


def _entry(node: etree._Element, base: str) -> Entry:
    edit = next((one.get("href") for one in node.findall(f"{_ATOM}link") if one.get("rel") == "edit"), None)
    number = node.findtext(f"{_SWH}id") or node.findtext(f"{_SWH}deposit_id") or ""
    texts = [unquote((one.text or "").strip()) for one in node.iter() if isinstance(one.tag, str)]
    names = tuple(one for one in texts if _NAME.match(one))
    return Entry(urljoin(base, edit) if edit else None, number.strip(), names, _state(node))


def _state(node: etree._Element) -> str:
    marked = [one for one in node.iter(f"{_ATOM}category") if one.get("scheme") == _STATE]
    # The profile has the state as the term; others name what it is a state of there, and the state in the text.
    terms = [said for one in marked for said in (one.get("term", ""), one.text or "")]
    terms += [one.text or "" for tag in ("deposit_status", "status") for one in node.iter(f"{_SWH}{tag}")]
    for term in terms:
        short = re.split(r"[/#:]", term.strip())[-1].lower()
        if short in _OPEN:
            return DRAFT
        if short in _PUBLIC:
            return PUBLISHED
    return SUBMITTED


def _root(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None

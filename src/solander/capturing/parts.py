"""The parts of a file that holds a page with what it shows: which of them the page refers to, and by what address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from solander.capturing.references import references
from solander.errors import NotAPage, SourceEmpty
from solander.model.bag_layout import MEDIA_FOLDER
from solander.model.capture import Capture, Container, Medium, Origin, Transport
from solander.model.media_names import medium_name, medium_type
from solander.model.media_type import is_blank, tell
from solander.model.normal_addresses import normal_address

MEDIA_LIMIT_BYTES = 64 * 1024 * 1024
"""Of what one saved page shows together."""

PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part, its transfer coding undone."""

    location: str
    """Its address; empty where it has none."""
    name: str
    """What ``cid:`` calls it; empty where it has no name."""
    media_type: str
    charset: str | None
    content: bytes


def named_page(content: bytes, place: str) -> str:
    """The media type of a part that is to be the page.

    Args:
        content: the part's.
        place: what to call the file to a person.

    Raises:
        SourceEmpty: it is empty.
        NotAPage: it is none.
    """
    if is_blank(content):
        raise SourceEmpty(place, is_blank=bool(content), whose="its page")
    told = tell(content, "page.html")
    if told.media_type is None:
        raise NotAPage(place, told.found, told.remedy)
    return told.media_type


def web_address(written: str) -> str | None:
    """An address as a part bears it, if it is one that a page may have."""
    text = "".join(written.split())
    return text if re.match(r"(?:https?|ftp|file):", text, re.IGNORECASE) and _joined(text, "") else None


def captured(
    root: Part,
    parts: Sequence[Part],
    place: str,
    container: Container,
    *,
    uri: str | None,
    captured_at: datetime | None,
    declared_charset: str | None,
    transport: Transport | None = None,
    facts: Sequence[str] = (),
    unread: Sequence[str] = (),
) -> Capture:
    """The page of a file, with what the file has of what it shows.

    Args:
        root: the part that is the page.
        parts: all of them; ``root`` may be among them.
        place: what to call the file to a person.
        container: the file.
        uri: the page's address; instead of it, that of the root.
        captured_at: when it was saved.
        declared_charset: instead of the root's.
        transport: how it came.
        facts: what was met in the file's own form.
        unread: what the parts are called that are beyond their number.

    Raises:
        SourceError: the root is no page.
    """
    media_type = named_page(root.content, place)
    address = uri or web_address(root.location)
    media, too_large = media_of(root, parts, address)
    beyond = (*too_large, *unread)
    return Capture(
        content=root.content,
        uri=address,
        captured_at=captured_at,
        media_type=media_type,
        declared_charset=declared_charset or root.charset,
        origin=Origin(path=place.replace("\\", "/").rpartition("/")[2] if place != "-" else None),
        container=container,
        media=media,
        left_out=beyond,
        transport=transport,
        facts=(*facts, *(("media-left-out",) if beyond else ())),
    )


def media_of(root: Part, parts: Sequence[Part], uri: str | None) -> tuple[tuple[Medium, ...], tuple[str, ...]]:
    """Every other part, in the order in which the page refers to them, then the rest; and the addresses of those left
    out, for they are too large together.
    """
    by_address: dict[str, tuple[str, Part]] = {}
    for one in parts:
        if one is root:
            continue
        names = [_joined(uri or "", one.location) or one.location, one.location] if one.location else []
        for name in (*names, *([f"cid:{one.name}"] if one.name else [])):
            by_address.setdefault(normal_address(name), (name, one))
    found: list[Medium] = []
    told: set[str] = set()
    taken: dict[int, Medium | None] = {}
    size, beyond = 0, list[str]()
    waiting = [(one.uri, one.role) for one in references(root.content, uri)]
    waiting += [(address, "other") for address, _ in by_address.values()]
    for address, role in waiting:
        place = normal_address(address)
        _, part = by_address.get(place, ("", None))
        if part is None or place in told or (id(part) in taken and role == "other"):
            continue
        if id(part) in taken:
            first = taken[id(part)]
            if first is not None:
                told.add(place)
                found.append(_medium(address, first.name, part, role))
            continue  # else it was too large under its other address
        if size + len(part.content) > MEDIA_LIMIT_BYTES:
            taken[id(part)] = None
            beyond.append(address)
            continue
        size += len(part.content)
        kind = medium_type(part.content, part.media_type)
        name = f"{MEDIA_FOLDER}{medium_name(len(taken) + 1, address, kind)}"
        told.add(place)
        found.append(_medium(address, name, part, "style" if kind == "text/css" else role))
        taken[id(part)] = found[-1]
    return tuple(found), tuple(beyond)


def _joined(base: str, written: str) -> str | None:
    """An address joined to its base; ``None`` where one of them is none (``https://[``)."""
    try:
        return urljoin(base, written or ".")
    except ValueError:
        return None


def _medium(address: str, name: str, part: Part, role: str) -> Medium:
    kind = medium_type(part.content, part.media_type)
    return Medium(uri=address, name=name, media_type=kind, content=part.content, role=role)

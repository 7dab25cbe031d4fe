"""Pages in a file of records: which records hold any, chosen by what a person asks; and files that must be unpacked.

Source: ISO 28500:2017, 6 (record types); annex D (a record is a member by itself).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice

from solander.capturing.containers import records_of
from solander.capturing.members import MemberDamaged, Members
from solander.capturing.record_capture import RecordFile
from solander.capturing.warc_index import Held, Index
from solander.errors import SourceTooLarge
from solander.files.spooling import spooled
from solander.model.capture import Choice
from solander.model.normal_addresses import normal_address
from solander.model.ports import Readable

UNPACKED_LIMIT_BYTES = 64 * 1024 * 1024 * 1024
UNPACKED_TIMES = 200
"""A file that is one member may unpack to as much as this many times its size."""

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_UNKNOWN = (
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "application/unknown",
    "unknown/unknown",
    "text/xml",
    "application/xml",
)
"""Types that say nothing: only the bytes tell."""
_KINDS = frozenset(("response", "resource", "revisit", "conversion"))
SUCCESS = (200, 203)


@contextmanager
def opened_records(
    source: Readable, container: str, name: str, told: Callable[[int], None] | None = None
) -> Iterator[RecordFile]:
    """A file of records with its index; one whose records share members is unpacked into a temporary file first.

    Raises:
        SourceError: it cannot be read, or holds too much.
    """
    with Index(records_of(source, container), told) as index:
        if index.is_separate:
            yield RecordFile(source=source, container=container, name=name, index=index)
            return
        unread = index.unread
    with spooled(_unpacked(source, name)) as plain, Index(records_of(plain, container)) as index:
        index.unread = unread
        yield RecordFile(source=plain, container=container, name=name, index=index)


def _unpacked(source: Readable, name: str) -> Iterator[bytes]:
    members = Members(source)
    limit = min(UNPACKED_LIMIT_BYTES, max(source.size_bytes * UNPACKED_TIMES, 1 << 28))
    size = 0
    while True:
        try:
            piece = members.read(1 << 16)
        except MemberDamaged:
            return  # what is lacking is told of by whoever judges the file; the records before it are whole
        if not piece:
            return
        size += len(piece)
        if size > limit:
            raise SourceTooLarge(name, limit)
        yield piece


def chosen_pages(index: Index, choice: Choice) -> Iterator[Held]:
    """The records that may hold a page, in order, as far as they are asked for."""
    urls = set(map(normal_address, choice.urls))
    return (one for one in index.held if _is_chosen(index, choice, urls, one))


def may_be_packed(index: Index, choice: Choice, one: Held) -> bool:
    """Whether ``chosen_pages`` would give a record."""
    return _is_chosen(index, choice, set(map(normal_address, choice.urls)), one)


def page_named(index: Index, choice: Choice, record_id: str) -> Held | None:
    """The first record of a name that may hold a page, as ``chosen_pages`` would give it."""
    return next((one for one in index.all_by_id(record_id) if _is_chosen(index, choice, set(), one)), None)


def page_at(index: Index, choice: Choice, uri: str, captured_at: datetime | None) -> Held | None:
    """The same of an address, to the letter, and a moment, to the second."""
    for one in index.by_uri(uri):
        moment = one.moment.replace(microsecond=0) if one.moment is not None else None
        if one.uri == uri and moment == captured_at and _is_chosen(index, choice, set(), one):
            return one
    return None


def _is_chosen(index: Index, choice: Choice, urls: set[str], one: Held) -> bool:
    if one.kind not in _KINDS or one.uri is None:
        return False
    named = (bool(urls) and normal_address(one.uri) in urls) or (one.record_id or "") in choice.record_ids
    if (choice.urls or choice.record_ids) and not named:
        return False
    if choice.since is not None and (one.moment is None or one.moment < choice.since):
        return False
    if choice.at is not None and one.moment is not None and one.moment.replace(microsecond=0) != choice.at:
        return False
    wanted = choice.statuses or ((200, 203, 404, 410) if choice.record_ids else SUCCESS)
    if index.status_of(one) not in (None, *wanted) and not choice.record_ids:
        return False
    return named or is_page(index, one)


def followed(index: Index, choice: Choice) -> tuple[Choice | None, list[tuple[str, str]]]:
    """A choice by name, followed through the file: an address that was redirected is that to which it leads.

    Returns:
        The choice, ``None`` where nothing is left of it; and each name that leads to no page, with the reason.
    """
    urls, lost = list[str](), list[tuple[str, str]]()
    for url in choice.urls:
        way = index.way_to(url, None)
        for uri in dict.fromkeys((url, *(one.uri for one in way[-1:] if one.uri))):
            alone = replace(choice, urls=(uri,), record_ids=())
            if any(_is_chosen(index, alone, {normal_address(uri)}, one) for one in index.by_uri(uri)):
                urls.append(uri)
                break
        else:
            lost.append((url, _why_not(index, url)))
    ids = [name for name in choice.record_ids if index.by_id(name) is not None]
    lost += [
        (name, f"no record of that name is in it{_there_are(index)}") for name in choice.record_ids if name not in ids
    ]
    if (choice.urls or choice.record_ids) and not (urls or ids):
        return None, lost
    return replace(choice, urls=tuple(urls), record_ids=tuple(ids)), lost


def _why_not(index: Index, url: str) -> str:
    held = [one for one in index.by_uri(url) if one.kind in _KINDS]
    if not held:
        return f"there is no capture of this address in it{_there_are(index)}"
    statuses = sorted({one.status for one in held if one.status is not None})
    said = f" (status {', '.join(map(str, statuses))}; see --status)" if set(statuses) - set(SUCCESS) else ""
    return f"none of the captures of this address is one that was asked for{said}"


def _there_are(index: Index) -> str:
    pages = [one.uri or "" for one in islice(chosen_pages(index, Choice()), _NAMED + 1)]
    if not pages:
        return ", nor any page that was captured with success"
    return f"; its pages: {', '.join(pages[:_NAMED])}{' …' if len(pages) > _NAMED else ''}"


_NAMED = 3
"""So many pages are named to whoever asked for one that is not there."""


def is_success(index: Index, one: Held) -> bool:
    """Whether a record was captured with success, as far as it says."""
    return index.status_of(one) in (None, *SUCCESS)


def is_robots_file(uri: str) -> bool:
    """Whether an address is that of what a site tells robots."""
    return uri.partition("?")[0].endswith("/robots.txt")


def is_page(index: Index, one: Held) -> bool:
    """Whether a record may hold a page, by its address and its type."""
    if not (one.uri or "").lower().startswith(("http:", "https:")) or is_robots_file(one.uri or ""):
        return False
    kind = one.media_type
    if one.kind == "revisit" and not kind:
        original = index.original_of(one)
        kind = original.media_type if original is not None else "text/html"
    return kind in _PAGES or kind in _UNKNOWN


def is_surely_page(one: Held) -> bool:
    """Whether a record says that it holds a page: if it then holds none, that is told; of others it is not."""
    return one.media_type in _PAGES

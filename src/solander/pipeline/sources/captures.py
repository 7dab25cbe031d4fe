"""From what a user names to captures: a page is one, a file of records may hold thousands.

A source of captures yields ``Capture`` values, each with its media and the container that is its original; what fails
is told of each by itself, and stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from solander.errors import (
    NotAPage,
    PageTooCostly,
    SolanderError,
    SourceEmpty,
    SourceError,
    SourceUnreadable,
    UsageError,
)
from solander.files.named import kind_of, read_head
from solander.model.capture import Capture, Choice
from solander.model.ports import Readable
from solander.pipeline.requests import Request
from solander.pipeline.sources.given_streams import standard_input
from solander.pipeline.sources.live import AddressList, Guest, is_live
from solander.pipeline.subject import PAGE_CONTAINERS, RECORD_KINDS, container_at

if TYPE_CHECKING:
    from solander.capturing.record_capture import RecordFile
    from solander.capturing.record_table import Held

Source: TypeAlias = str | Path | Capture | AddressList
"""A path, ``-`` for standard input, an address, a list of addresses, or a capture in hand."""

Watch: TypeAlias = Callable[[str, int, int], None]
"""Is told what is worked on, how much of it is done, and how much there is."""

_HEAD_BYTES = 4096

UNREAD_TOLD = 20
"""Of one file, so many stretches that could not be read are told of by their place."""


class Found(NamedTuple):
    """One page that was found, or why there is none."""

    name: str
    """How to call it to a person."""
    capture: Capture | SolanderError
    is_of_many: bool = False
    """Whether others may come of the same file."""
    is_live: bool = False
    """Whether it was captured only now."""


def find_captures(
    source: Source, request: Request, watch: Watch | None = None, guest: Guest | None = None
) -> Iterator[Found]:
    """The captures at a source, one after the other; ``guest`` is who asks for live pages.

    Raises:
        UsageError: something is said of a capture that knows it already, or of one page where there are several.
    """
    if isinstance(source, Capture):
        _refuse_facts(request, "a Capture", "say them when making it")
        yield Found(source.uri or source.identifier, source)
        return
    if isinstance(source, AddressList) or (isinstance(source, str) and is_live(source)):
        if guest is None:
            raise UsageError(
                f"{source}: a live page is fetched by packing it, which keeps what was fetched: solander pack"
            )
        for name, capture in guest.captures(source):
            yield Found(name, capture, is_live=True)
        return
    try:
        container = _container(source)
    except SolanderError as error:
        yield Found(str(source), error)
        return
    if container in (None, *PAGE_CONTAINERS):
        if request.choice.is_said:
            raise UsageError(f"{source}: --url, --record, --status and --since choose from a file of many captures")
        try:
            yield Found(
                str(source), _page(source, request) if container is None else _in_one(source, container, request)
            )
        except SourceError as error:
            yield Found(str(source), error)
        return
    _refuse_facts(request, f"{source}: a file of captures", "leave them out")
    yield from _in_records(str(source), container, request, watch)


def holds_many(place: str) -> bool:
    """Whether a file that a user named holds many captures."""
    return _container(place) in RECORD_KINDS


def capture_of(source: Source, request: Request) -> Capture:
    """The one capture at a source.

    Raises:
        SourceError: nothing could be read there, or what is there is no page.
        UsageError: there are several, or something is said of a capture that knows it already.
    """
    found = find_captures(source, request)
    first = next(found)
    if isinstance(first.capture, SolanderError):
        raise first.capture
    if next(found, None) is not None:
        raise UsageError(f"{source}: it holds several pages; name one by its address (--url) or its record (--record)")
    return first.capture


def _container(source: str | Path) -> str | None:
    if str(source) == "-":
        return None
    path = Path(source)
    try:
        if kind_of(path) != "file":
            return None  # whoever reads it tells what is wrong
        head = read_head(path, _HEAD_BYTES)
    except SolanderError:
        return None
    return container_at(path, head)


def _refuse_facts(request: Request, what: str, remedy: str) -> None:
    if (request.uri, request.captured_at, request.declared_charset) != (None, None, None):
        raise UsageError(f"{what} bears its own uri, captured_at and declared_charset: {remedy}")


def _page(source: str | Path, request: Request) -> Capture:
    from solander.capturing import DEFAULT_LIMIT_BYTES, read_capture

    return read_capture(
        str(source),
        uri=request.uri,
        captured_at=request.captured_at,
        declared_charset=request.declared_charset,
        limit_bytes=DEFAULT_LIMIT_BYTES if request.limit_bytes is None else request.limit_bytes,
        stdin=standard_input(str(source), request.stdin),
    )


def _in_one(source: str | Path, container: str, request: Request) -> Capture:
    from solander.capturing.file import received
    from solander.capturing.mhtml import read_mhtml
    from solander.capturing.safari_archive import read_safari_archive

    limit_bytes = MAIL_LIMIT_BYTES if request.limit_bytes is None else request.limit_bytes
    read = read_mhtml if container == "mhtml" else read_safari_archive
    return read(
        received(str(source), limit_bytes),
        str(source),
        uri=request.uri,
        captured_at=request.captured_at,
        declared_charset=request.declared_charset,
    )


MAIL_LIMIT_BYTES = 64 * 1024 * 1024
"""Of an MHTML file or a Safari web archive, with all that it holds."""


def _in_records(source: str, container: str, request: Request, watch: Watch | None) -> Iterator[Found]:
    from solander.files.streaming import OpenFile  # late: only files of records need it

    with ExitStack() as stack:
        file = stack.enter_context(OpenFile(source))
        yield from found_in_records(file, source, container, request, stack, watch)
        file.refuse_change()


def found_in_records(
    file: Readable, source: str, container: str, request: Request, stack: ExitStack, watch: Watch | None = None
) -> Iterator[Found]:
    """The pages of a file of captures that is open.

    Args:
        file: its bytes.
        source: as what it was named.
        container: ``warc``, ``arc`` or ``wacz``.
        request: which pages are wanted.
        stack: holds what is open until the pages are read.
        watch: is told how far the work has come.

    Raises:
        UsageError: something is said of one page where there are several.
    """
    # Late: only files of records need what reads them.
    from solander.capturing.passed_records import passed_records
    from solander.capturing.record_pages import chosen_pages, followed, opened_records

    told = None if watch is None else lambda done: watch(source, done, file.size_bytes)
    readable, choice = file, request.choice
    if container == "wacz":
        try:
            readable, choice, elsewhere = _in_wacz(file, source, request, stack)
        except SourceError as error:
            yield Found(source, error)
            return
        for name in elsewhere[:UNREAD_TOLD]:
            what = "it is no WARC file in archive/, and nothing of it was packed; unpack it, and name it by itself"
            yield Found(f"{source}: {name}", SourceUnreadable(f"{source}: {name}", what))
    kind = "arc" if container == "arc" else "warc"
    with opened_records(readable, kind, source, told) as records:
        records.keeps_media = request.keeps_media
        # Who chooses knows that the rest is left.
        passed = request.passed if not request.choice.is_said else None
        records.used = bytearray() if passed is not None else None
        asked, lost = followed(records.index, choice)
        for name, why in lost:
            yield Found(f"{source}: {name}", SourceError(f"{source}: {name}", why))
        if asked is None:
            return
        choice = asked
        # Counted first and found again: as many as there are need not be held.
        several = sum(1 for _ in chosen_pages(records.index, choice))
        if several > 1 and request.of_one_page:
            names = ", ".join(request.of_one_page)
            raise UsageError(f"{source}: {names}: for one page at a time, and it holds {several}; choose by --url")
        yield from _unread(records, source)
        if records.index.unread and not len(records.index.held):
            return
        none = True
        for number, one in enumerate(chosen_pages(records.index, choice), 1):
            found = _in_record(records, one, source, request)
            if found is None:
                continue
            none = False
            yield found
            if watch is not None and found.is_of_many:
                watch(f"{one.uri}", number, several)
        if none and not lost and not records.index.is_broken and not records.index.unread:
            yield Found(source, SourceError(source, _nothing(len(records.index.held), request)))
        if passed is not None:
            for reason, of in passed_records(records, choice):
                passed(reason, of)


def _unread(records: RecordFile, source: str) -> Iterator[Found]:
    """The records that are not whole, and what could not be read at all."""
    for uri, offset in records.index.broken:
        what = f"the record at byte {offset:,} is not whole, and nothing of it was packed"
        yield Found(f"{source}: {uri}", SourceUnreadable(f"{source}: {uri}", what))
    if records.index.unread and not len(records.index.held):
        _, wrong = records.index.unread[0]
        yield Found(source, SourceUnreadable(source, f"{wrong}, and no record of it could be read"))
        return
    for offset, wrong in records.index.unread[:UNREAD_TOLD]:
        name = f"{source}: byte {offset:,}"
        yield Found(name, SourceUnreadable(name, f"{wrong}, and what stands there was not packed"))
    if (more := len(records.index.unread) - UNREAD_TOLD) > 0:
        name = f"{source}: elsewhere"
        yield Found(name, SourceUnreadable(name, f"{more:,} more stretches could not be read; see: validate"))


def _in_record(records: RecordFile, one: Held, source: str, request: Request) -> Found | None:
    """The page of a record, or why there is none; ``None`` where it only seemed one, which is told as passed by."""
    from solander.capturing.passed_records import OF_BYTES
    from solander.capturing.record_capture import PAGE_LIMIT_BYTES
    from solander.capturing.record_pages import is_surely_page

    name = f"{source}: {one.uri}"
    try:
        capture = records.capture(one, PAGE_LIMIT_BYTES if request.limit_bytes is None else request.limit_bytes)
    except (NotAPage, SourceEmpty) as error:
        if is_surely_page(one) or request.choice.is_said:
            return Found(name, error)
        if request.passed is not None and not records.is_used(one):
            request.passed(OF_BYTES, one.media_type)
        return None
    except (SourceError, PageTooCostly) as error:
        return Found(name, error)
    return Found(name, capture, is_of_many=True)


def _in_wacz(file: Readable, source: str, request: Request, stack: ExitStack) -> tuple[Readable, Choice, Sequence[str]]:
    """The records of a WACZ file; of its pages those that the collector listed, unless others are asked for.

    And what it has of records that are not read.
    """
    from solander.capturing.wacz import Wacz, listed_pages

    opened = Wacz(file, source)
    readable = stack.enter_context(opened.records())
    if request.choice.is_said:
        return readable, request.choice, opened.elsewhere
    return readable, Choice(urls=listed_pages(opened)), opened.elsewhere


def _nothing(records: int, request: Request) -> str:
    if not records:
        return "there is no record in it (see: solander validate)"
    which = f"none of its {records:,} records is" if records > 1 else "its one record is not"
    if request.choice.is_said:
        return f"{which} a page as it was asked for"
    return f"{which} a page that was captured with success (other statuses: --status)"


def moment_or_none(written: str | None) -> datetime | None:
    """A recorded moment; ``None`` where none was."""
    return datetime.fromisoformat(written) if written else None

"""Where a finding about a record lies: the file, the record's number, and the byte at which it begins.

A file of records has no lines; where a text has the number of a line, it has that of the record.
"""

from __future__ import annotations

from collections.abc import Iterator

from solander.checking.rules import Fault
from solander.model.finding import Place
from solander.model.warc import Crawl, RecordSeen


def place(path: str, record: RecordSeen | int) -> Place:
    """The place of a record: the file, and as its line the record's number."""
    return Place(path, record if isinstance(record, int) else record.head.number)


def met(path: str, seen: RecordSeen, kind: str) -> Iterator[Fault]:
    """What was met of one kind in a record."""
    for one in seen.every:
        if one.kind == kind:
            yield Fault(place(path, seen), one.message, one.expected, one.found)


def met_between(path: str, crawl: Crawl, kind: str) -> Iterator[Fault]:
    """What was met of one kind between records."""
    for offset, one in crawl.met:
        if one.kind == kind:
            yield Fault(Place(path), f"{one.message} (at byte {offset:,})", one.expected, one.found)

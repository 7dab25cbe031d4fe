"""What several shards have in common: pages of the same bytes, and of nearly the same words; told and never dropped.

What the shards wrote down of their pages is sorted on the disk and not in memory: at hand are the pages of one shard
at a time, and of a table a row.

Nearly the same is what it is within a shard (``alikeness``): sketches of 64 bits that differ in three at most. Of five
parts of a sketch, three bits leave two as they are, so that any such pair has two parts in common, in one of ten ways.
Pages are sorted by each of these ways in turn, and compared where they have both parts in common: one in 2**25 of
those that have nothing to do with one another.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, combinations, groupby
from typing import NamedTuple

from solander.pipeline.crawls.alikeness import BITS_APART
from solander.pipeline.shards.records import Records

SAME_NAME = "same-pages.csv"
"""In the archive: which pages of the same bytes stand in several shards."""

ALIKE_NAME = "alike-pages.csv"
"""In the archive: which pages have nearly the words of one in an earlier shard."""

SAME_COLUMNS = ("sha256", "shard", "item", "uri")
ALIKE_COLUMNS = ("shard", "item", "uri", "like-shard", "like-item", "like-uri", "bits")

_LINE = re.compile(rb"([0-9a-f]{64}) ([0-9]{1,12})(?::([0-9a-f]{16}))? (.*)")
_PARTS = ((0, 13), (13, 13), (26, 13), (39, 13), (52, 12))
"""Of a sketch: first bit, and how many."""
_COMPARED = 64
"""With as many that share two parts a page is compared, the first: where more do, it is the sketch of a frame."""

_Listed = tuple[str, str, int, int | None, str]


class Across(NamedTuple):
    """How many pages of some shards were in an earlier one already."""

    same: int = 0
    """To the byte."""
    alike: int = 0
    """Nearly; of pages that are the same or alike within a shard, only the first was looked at."""


def compare_shards(records: Records, shards: Iterable[str], *, writes: bool = True) -> Across:
    """Write which pages stand in several shards, and tell how many are in an earlier one already.

    Args:
        records: of the archive.
        shards: the names of those to be compared.
        writes: whether the tables are written: of some of an archive's shards alone they would be untrue.

    Raises:
        ArchiveError: what was written down cannot be read, or a table not written.
    """
    # Without a name it is a temporary file, which goes with the connection.
    with closing(sqlite3.connect("", isolation_level=None)) as base:
        base.execute("pragma temp_store = file")
        base.execute(
            "create table page (id integer primary key, sha256 text, shard text, item int, sketch int, uri text)"
        )
        base.execute("create table near (id integer primary key, other integer)")
        base.execute("begin")
        for shard in sorted(shards):
            insert = "insert into page (sha256, shard, item, sketch, uri) values (?, ?, ?, ?, ?)"
            base.executemany(insert, _firsts(records.pages(shard), shard))
        base.execute("create index page_sha256 on page (sha256, id)")
        same = base.execute("select count(*) - count(distinct sha256) from page").fetchone()[0]
        _find_alike(base)
        alike = base.execute("select count(*) from near").fetchone()[0]
        if writes and (same or records.stands(SAME_NAME)):
            records.write(SAME_NAME, _rows(SAME_COLUMNS, _same(base)))
        if writes and (alike or records.stands(ALIKE_NAME)):
            records.write(ALIKE_NAME, _rows(ALIKE_COLUMNS, _alike(base)))
    return Across(int(same), int(alike))


def _firsts(pages: bytes, shard: str) -> Iterator[_Listed]:
    """The first page of each digest in a shard."""
    seen: set[bytes] = set()
    for line in pages.splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        digest, number, sketch, uri = match.groups()
        key = bytes.fromhex(digest.decode())
        if key not in seen:
            seen.add(key)
            bits = None if sketch is None else int.from_bytes(bytes.fromhex(sketch.decode()), "big", signed=True)
            yield digest.decode(), shard, int(number), bits, uri.decode("utf-8", "replace")


def _find_alike(base: sqlite3.Connection) -> None:
    """Note for each page the first of an earlier shard that is nearly the same."""
    # What is the same to the byte as one of an earlier shard is told by that.
    base.execute(
        "create table sketched as select id, shard, sketch from page where sketch is not null "
        "and id in (select min(id) from page group by sha256)"
    )
    for one, other in combinations(_PARTS, 2):
        key = " << 13 | ".join(f"(sketch >> {first} & {(1 << bits) - 1})" for first, bits in (one, other))
        rows = base.execute(f"select {key}, id, shard, sketch from sketched order by 1, 2")  # noqa: S608 - our numbers
        found = (pair for _, group in groupby(rows, _key) for pair in _pairs(group))
        insert = "insert into near values (?, ?) on conflict do update set other = min(other, excluded.other)"
        base.executemany(insert, found)


def _key(row: tuple[int, int, str, int]) -> int:
    return row[0]


def _pairs(group: Iterable[tuple[int, int, str, int]]) -> Iterator[tuple[int, int]]:
    """Of pages with two parts in common: which is like which, the first that is."""
    earlier: list[tuple[int, str, int]] = []
    for _, number, shard, sketch in group:
        for other, whose, bits in earlier:
            if whose != shard and _bits_apart(sketch, bits) <= BITS_APART:
                yield number, other
                break
        if len(earlier) < _COMPARED:
            earlier.append((number, shard, sketch))


def _bits_apart(one: int, other: int) -> int:
    return ((one ^ other) & 0xFFFF_FFFF_FFFF_FFFF).bit_count()


def _same(base: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    yield from base.execute(
        "select sha256, shard, item, uri from page where sha256 in "
        "(select sha256 from page group by sha256 having count(*) > 1) order by sha256, id"
    )


def _alike(base: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    found = base.execute(
        "select one.shard, one.item, one.uri, other.shard, other.item, other.uri, one.sketch, other.sketch "
        "from near join page one on one.id = near.id join page other on other.id = near.other order by near.id"
    )
    for *told, sketch, other in found:
        yield (*told, _bits_apart(sketch, other))


def _rows(names: tuple[str, ...], found: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    for row in chain((names,), found):
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerow(row)
        yield out.getvalue().encode()

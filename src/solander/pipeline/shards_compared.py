"""What several shards have in common: pages of the same bytes, told and never dropped.

What the shards wrote down of their pages is sorted on the disk and not in memory: at hand are the pages of one shard
at a time, and of the table a row.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

from solander.pipeline.shard_records import Records

SAME_NAME = "same-pages.csv"
"""In the archive: which pages of the same bytes stand in several shards."""

COLUMNS = ("sha256", "shard", "item", "uri")

_SHA256 = re.compile(b"[0-9a-f]{64}")


def compare_shards(records: Records, shards: Iterable[str], *, writes: bool = True) -> int:
    """Write which pages stand in several shards, and tell how many are in an earlier one already.

    Args:
        records: of the archive.
        shards: the names of those to be compared.
        writes: whether the table is written: of some of an archive's shards alone it would be untrue.

    Raises:
        ArchiveError: what was written down cannot be read, or the table not written.
    """
    # Without a name it is a temporary file, which goes with the connection.
    with closing(sqlite3.connect("")) as base:
        base.execute("create table page (sha256 text, shard text, item integer, uri text)")
        for shard in sorted(shards):
            base.executemany("insert into page values (?, ?, ?, ?)", _firsts(records.pages(shard), shard))
        base.execute("create index page_sha256 on page (sha256, shard)")
        again = base.execute("select count(*) - count(distinct sha256) from page").fetchone()[0]
        found = base.execute(
            "select sha256, shard, item, uri from page where sha256 in "
            "(select sha256 from page group by sha256 having count(*) > 1) order by sha256, shard"
        )
        if writes and (again or records.stands(SAME_NAME)):
            records.write(SAME_NAME, _rows(found))
    return int(again)


def _firsts(pages: bytes, shard: str) -> Iterator[tuple[str, str, int, str]]:
    """The first page of each digest in a shard."""
    seen: set[bytes] = set()
    for line in pages.splitlines():
        digest, _, rest = line.partition(b" ")
        item, _, uri = rest.partition(b" ")
        if not _SHA256.fullmatch(digest) or not item.isdigit():
            continue
        key = bytes.fromhex(digest.decode())
        if key not in seen:
            seen.add(key)
            yield digest.decode(), shard, int(item), uri.decode("utf-8", "replace")


def _rows(found: Iterable[tuple[str, str, int, str]]) -> Iterator[bytes]:
    yield (",".join(COLUMNS) + "\r\n").encode()
    for row in found:
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerow(row)
        yield out.getvalue().encode()

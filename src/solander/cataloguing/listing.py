"""The whole of a catalogue in lists that do not hang on when it was brought up to date: the latest page first.

Source: docs/showing.md, "As files".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from solander.cataloguing.sound_rows import RowHarmed
from solander.model.catalogue import Newest


class Listing:
    """The part of a catalogue that is listed."""

    _connection: sqlite3.Connection

    def in_order(self) -> list[tuple[int, str]]:
        """Numbers and keys of all bags and pages of bags: by the date of the page, the latest first, and by name."""
        sql = "SELECT docid, key FROM bag WHERE kind <> 'stray' ORDER BY date DESC, key"
        return self._connection.execute(sql).fetchall()

    def values(self, kind: str) -> tuple[tuple[str, int], ...]:
        """The values of a facet and how many bags have each, by value."""
        sql = (
            "SELECT value, count(*) FROM facet JOIN bag USING (docid) WHERE facet.kind = ? AND bag.kind <> 'stray' "
            "GROUP BY value ORDER BY value"
        )
        return tuple(self._connection.execute(sql, (kind,)))

    def having(self, kind: str, value: str) -> list[int]:
        """The numbers of the bags that have a value of a facet, in no order."""
        sql = "SELECT docid FROM facet WHERE kind = ? AND value = ?"
        return [row[0] for row in self._connection.execute(sql, (kind, value))]

    def versions(self, key: str) -> tuple[tuple[str, int], ...]:
        """Keys and numbers of the other versions of a bag's object, by number; of others' bags none is known to be one.

        What an identifier and a version mean in a bag that has no report of ours is for others to say.
        """
        sql = (
            "SELECT other.key, other.version FROM bag AS this JOIN bag AS other USING (identifier) WHERE this.key = ? "
            "AND other.key <> this.key AND this.kind IN ('bag', 'serialised') AND other.kind IN ('bag', 'serialised') "
            "AND this.is_judged AND other.is_judged AND this.version AND other.version ORDER BY 2, 1"
        )
        return tuple(self._connection.execute(sql, (key,)))

    def newest(self, limit: int) -> tuple[Newest, ...]:
        """The bags that were packed last."""
        sql = (
            "SELECT key, identifier, title, creators, abstract, packed_on FROM bag WHERE kind NOT IN ('stray', 'page') "
            "ORDER BY packed_on DESC, key LIMIT ?"
        )
        return tuple(Newest(*row) for row in self._connection.execute(sql, (limit,)))

    def characters(self) -> int:
        """Of all texts."""
        return int(self._connection.execute("SELECT coalesce(sum(length(text)), 0) FROM body").fetchone()[0])

    def texts(self, docids: Sequence[int]) -> Iterator[tuple[str, str, str]]:
        """Titles, creators and texts of bags, in the order of their numbers as they are given."""
        sql = "SELECT title, creators, text FROM bag JOIN body USING (docid) WHERE docid = ?"
        for docid in docids:
            row = self._connection.execute(sql, (docid,)).fetchone()
            if row is None:
                raise RowHarmed("docid", "of no text")
            yield row

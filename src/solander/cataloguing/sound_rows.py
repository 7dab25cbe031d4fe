"""Rows of a catalogue as its tables have them: SQLite keeps whatever it is given, also where a text should stand.

Source: SQLite, "Datatypes In SQLite", 3 (type affinity).
"""

from __future__ import annotations

import sqlite3
from typing import Any

_INTEGERS = frozenset(("docid", "version", "size_bytes", "files", "errors", "warnings", "is_judged")).union(
    ("sequence", "stamp")
)
_TEXTS = frozenset(
    ("key", "value", "kind", "state", "identifier", "digest", "title", "creators", "date", "uri", "site", "language")
).union(
    ("abstract", "captured_at", "packed_on", "damage", "formats", "audit", "outside", "text", "dublin_core"),
    ("site_set", "year_set", "collection_set"),
)


class RowHarmed(sqlite3.DatabaseError):
    """A row holds what no catalogue has there: it was altered by others, or harmed."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(f"what stands in its column {column} is {why}")


class SoundRows:
    """Hands on rows as they are, and refuses those in which a value is of another type than its column."""

    def __init__(self) -> None:
        self._described: Any = None
        self._wanted: tuple[type, ...] = ()

    def __call__(self, cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """A row as it is.

        Raises:
            RowHarmed: it is not as the tables have it.
        """
        # The description is made once for each statement: most rows are held against the same types as the last.
        if cursor.description is not self._described:
            self._described = cursor.description
            self._wanted = tuple(_type_of(column[0]) for column in self._described)
        if tuple(map(type, row)) != self._wanted:
            self._refuse_harmed(row)
        return row

    def _refuse_harmed(self, row: tuple[Any, ...]) -> None:
        for value, wanted, column in zip(row, self._wanted, self._described, strict=True):
            # What is null, the tables and joins allow; what is reckoned has a type of its own.
            if value is not None and wanted is not object and type(value) is not wanted:
                raise RowHarmed(column[0], "no text" if wanted is str else "no number")


def _type_of(column: str) -> type:
    return int if column in _INTEGERS else str if column in _TEXTS else object

"""Items of a catalogue for whoever harvests: in the order of their changes, from where the last answer ended.

Source: OAI-PMH 2.0, 2.7 and 3.5 (flow control).
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote_to_bytes

from solander.cataloguing.sound_rows import RowHarmed
from solander.model.catalogue import Harvest, Item, parted

SETS = ("site", "year", "collection")
"""What sets are made of: the host, the year, and the bag of many pages that an item is in."""

LOST = "-"
"""Before a format that an item had and has no longer."""

_COLUMNS = (
    "i.identifier, i.sequence, i.stamp, i.site_set, i.year_set, i.collection_set, i.docid, b.key, t.dublin_core, "
    "i.formats "
    "FROM item i LEFT JOIN bag b ON b.docid = i.docid LEFT JOIN body t ON t.docid = i.docid"
)


class Harvesting:
    """The part of a catalogue that is harvested."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def last_sequence(self) -> int:
        """The sequence of the latest change; 0 where nothing was ever catalogued."""
        sql = "SELECT coalesce(max(sequence), 0) AS sequence FROM item"
        return int(self._connection.execute(sql).fetchone()[0])

    def earliest_stamp(self) -> datetime | None:
        """Of all items; ``None`` where there is none."""
        found = self._connection.execute("SELECT min(stamp) AS stamp FROM item").fetchone()[0]
        return _moment(found) if found is not None else None

    def items(self, harvest: Harvest, limit: int) -> tuple[Item, ...]:
        """The first items that are wanted, ``limit`` at most."""
        where, values = _where(harvest)
        sql = f"SELECT {_COLUMNS} WHERE {where} ORDER BY i.sequence LIMIT ?"
        return tuple(_item(row) for row in self._connection.execute(sql, (*values, limit)))

    def count_items(self, harvest: Harvest) -> int:
        """How many items are wanted, wherever the harvest stands."""
        where, values = _where(harvest._replace(after=0))
        sql = f"SELECT count(*) FROM item i WHERE {where}"
        return int(self._connection.execute(sql, values).fetchone()[0])

    def item(self, identifier: str) -> Item | None:
        """One item; ``None`` where it was never known."""
        sql = f"SELECT {_COLUMNS} WHERE i.identifier = ?"
        row = self._connection.execute(sql, (identifier,)).fetchone()
        return _item(row) if row is not None else None

    def sets(self, after: str = "", limit: int = 500) -> tuple[str, ...]:
        """The sets that items are in, in order: those behind ``after``."""
        rows = self._connection.execute(
            "SELECT site_set FROM item WHERE site_set > :after AND site_set <> '' UNION "
            "SELECT year_set FROM item WHERE year_set > :after AND year_set <> '' UNION "
            "SELECT collection_set FROM item WHERE collection_set > :after AND collection_set <> '' "
            "ORDER BY 1 LIMIT :limit",
            {"after": after, "limit": limit},
        )
        return tuple(row[0] for row in rows)


def _where(harvest: Harvest) -> tuple[str, list[Any]]:
    where: list[str] = ["i.sequence > ?"]
    values: list[Any] = [harvest.after]
    conditions: list[tuple[str, Any]] = []
    if harvest.up_to:
        conditions.append(("i.sequence <= ?", harvest.up_to))
    if harvest.earliest is not None:
        conditions.append(("i.stamp >= ?", int(harvest.earliest.timestamp())))
    if harvest.latest is not None:
        conditions.append(("i.stamp <= ?", int(harvest.latest.timestamp())))
    if harvest.in_set in SETS:
        where.append(f"i.{harvest.in_set}_set <> ''")
    elif harvest.in_set:
        kind = harvest.in_set.partition(":")[0]
        conditions.append((f"i.{kind if kind in SETS else 'site'}_set = ?", harvest.in_set))
    if harvest.format != "oai_dc":
        # Who harvests a format is told of an item that has lost it, and never of one that did not have it.
        where.append("((' ' || i.formats || ' ') LIKE ? OR (' ' || i.formats || ' ') LIKE ?)")
        values += [f"% {harvest.format} %", f"% {LOST}{harvest.format} %"]
    for condition, value in conditions:
        where.append(condition)
        values.append(value)
    return " AND ".join(where), values


def _moment(stamp: int) -> datetime:
    try:
        return datetime.fromtimestamp(stamp, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise RowHarmed("stamp", "no moment") from error


def _item(row: tuple[Any, ...]) -> Item:
    identifier, sequence, stamp, site_set, year_set, collection_set, docid, key, dublin_core, formats = row
    bag, page = parted(key or "")
    return Item(
        identifier=identifier,
        sequence=sequence,
        stamp=_moment(stamp),
        sets=tuple(filter(None, (site_set, year_set, collection_set))),
        is_deleted=docid is None,
        key=key or "",
        name=unquote_to_bytes(bag).decode("utf-8", "surrogateescape"),
        page=page,
        dublin_core=dublin_core or "",
        formats=tuple(one for one in formats.split() if not one.startswith(LOST)),
    )

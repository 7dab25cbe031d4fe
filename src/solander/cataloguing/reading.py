"""What a catalogue answers: lists with marked passages and facets, and the archive at a glance.

What is counted, ranked and given facets is bounded (``LISTED_AT_MOST``): a word that stands in every bag must cost no
more than one that stands in few.

Source: SQLite, "FTS5 Extension", 3 and 5.1.1 (bm25).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from solander.cataloguing import tables
from solander.cataloguing.folding import Terms, as_phrases, terms_of
from solander.cataloguing.harvesting import Harvesting
from solander.cataloguing.listing import Listing
from solander.cataloguing.passages import excerpt, marks
from solander.cataloguing.sound_rows import RowHarmed
from solander.model.catalogue import (
    FACETS,
    LISTED_AT_MOST,
    VALUES_SHOWN,
    Found,
    Hit,
    Passage,
    Query,
    Tallies,
    pages_span,
    parted,
)

_TITLE_WEIGHT = 8.0

Facets = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


class Catalogue(Harvesting, Listing):
    """A catalogue that is read; one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            CatalogueBroken: it is none that can be used.
            ArchiveError: there is none.
        """
        super().__init__(tables.open_to_read(path))

    def close(self) -> None:
        """Let it go."""
        self._connection.close()

    def search(self, query: Query) -> Found:
        """The bags that have all words and all facets of a query: by how well they fit, or the latest first."""
        terms = terms_of(query.words)
        facets = [(kind, value) for kind, value in query.facets if kind in FACETS]
        if query.words.strip() and not terms:
            return Found((), 0, False, ())
        docids, total, has_more = self._chosen(terms, facets)
        begin = max(query.page - 1, 0) * query.size
        shown = docids[begin : begin + query.size]
        is_all = not (terms or facets)
        counted = self._all_facets() if is_all else self._counted(docids)
        pages = 0 if is_all else self._count_pages(docids)
        hits = tuple(hit for docid in shown if (hit := self._hit(docid, terms)) is not None)
        return Found(hits, total, has_more, counted, pages)

    def tallies(self) -> Tallies:
        """The archive at a glance."""
        row = self._connection.execute(
            "SELECT count(*) FILTER (WHERE kind NOT IN ('stray', 'page')), count(*) FILTER (WHERE kind = 'stray'), "
            "count(*) FILTER (WHERE damage <> '[]' AND kind <> 'stray'), coalesce(sum(size_bytes), 0) AS size_bytes, "
            "coalesce(sum(files), 0) AS files, count(*) FILTER (WHERE errors > 0), "
            "count(*) FILTER (WHERE warnings > 0 AND errors = 0), count(*) FILTER (WHERE kind = 'page') FROM bag"
        ).fetchone()
        about = dict(self._connection.execute("SELECT key, value FROM about"))
        bags, strays, damaged, size_bytes, files, with_errors, with_warnings, pages = row
        return Tallies(
            bags=bags,
            strays=strays,
            damaged=damaged,
            size_bytes=size_bytes,
            files=files,
            with_errors=with_errors,
            with_warnings=with_warnings,
            facets=self._all_facets(),
            last_audit=about.get("last_audit", ""),
            built_at=about.get("built_at", ""),
            pages=pages,
        )

    def is_known(self, key: str) -> bool:
        """Whether a bag of this key stands in the catalogue."""
        return self._connection.execute("SELECT 1 FROM bag WHERE key = ?", (key,)).fetchone() is not None

    def has_pages(self, key: str) -> bool:
        """Whether a bag has pages of its own in the catalogue."""
        sql = "SELECT 1 FROM bag WHERE key > ? AND key < ? AND kind = 'page' LIMIT 1"
        return self._connection.execute(sql, pages_span(key)).fetchone() is not None

    def about(self, key: str) -> dict[str, Any] | None:
        """What is known of one bag, by the names of the columns; ``None`` where it is not known."""
        cursor = self._connection.execute("SELECT * FROM bag WHERE key = ?", (key,))
        row = cursor.fetchone()
        if row is None:
            return None
        value = dict(zip((column[0] for column in cursor.description), row, strict=True))
        value["damage"] = _lines_in("damage", value["damage"])
        value["deposited"] = _lines_in("outside", value.pop("outside") or "[]")[2:]
        del value["docid"], value["state"]
        return value

    def hit(self, docid: int) -> Hit | None:
        """One bag as a list shows it, by its number; ``None`` where it is gone."""
        return self._hit(docid, terms_of(""))

    def keys(self, after: str = "", limit: int = LISTED_AT_MOST) -> tuple[tuple[str, str], ...]:
        """Keys of bags and the days on which they were packed, by key: those behind ``after``."""
        rows = self._connection.execute(
            "SELECT key, packed_on FROM bag WHERE kind <> 'stray' AND key > ? ORDER BY key LIMIT ?", (after, limit)
        )
        return tuple(rows)

    def every(self, step: int) -> list[str]:
        """Behind which keys each ``step``-th bag begins, by key; the first is empty."""
        sql = (
            "SELECT key FROM (SELECT key, row_number() OVER (ORDER BY key) AS n FROM bag WHERE kind <> 'stray') "
            "WHERE n % ? = 0"
        )
        ends = ["", *(row[0] for row in self._connection.execute(sql, (step,)))]
        return ends if len(ends) == 1 or self.keys(ends[-1], 1) else ends[:-1]

    def _chosen(self, terms: Terms, facets: Sequence[tuple[str, str]]) -> tuple[list[int], int, bool]:
        """The bags by their numbers, how many, and whether there are more than are counted."""
        where, values = "", []
        if terms.long:
            column, where = "p.rowid", "FROM passage p WHERE passage MATCH ?"
            values.append(as_phrases(terms.long))
            if terms.short:
                where += " AND +p.rowid IN (SELECT rowid FROM short WHERE short MATCH ?)"
                values.append(as_phrases(terms.short))
        elif terms.short:
            column, where = "s.rowid", "FROM short s WHERE short MATCH ?"
            values.append(as_phrases(terms.short))
        elif facets:
            column, where = "f.docid", "FROM facet f WHERE f.kind = ? AND f.value = ?"
            values += facets[0]
            facets = facets[1:]
        else:
            return self._latest()
        for kind, value in facets:
            where += f" AND EXISTS (SELECT 1 FROM facet x WHERE x.kind = ? AND x.value = ? AND x.docid = {column})"
            values += [kind, value]
        sql = f"SELECT {column} {where} ORDER BY {column} DESC LIMIT {LISTED_AT_MOST + 1}"
        docids = [row[0] for row in self._connection.execute(sql, values)]
        if len(docids) > LISTED_AT_MOST:
            return docids[:LISTED_AT_MOST], LISTED_AT_MOST, True
        if terms.long:
            docids = self._ranked(terms.long, docids)
        return docids, len(docids), False

    def _latest(self) -> tuple[list[int], int, bool]:
        # All of an archive are its bags; the pages of those that have many are found by what is sought.
        count = self._connection.execute("SELECT count(*) FROM bag WHERE kind <> 'page'").fetchone()[0]
        rows = self._connection.execute(
            f"SELECT docid FROM bag WHERE kind <> 'page' ORDER BY docid DESC LIMIT {LISTED_AT_MOST}"
        )
        return [row[0] for row in rows], min(count, LISTED_AT_MOST), count > LISTED_AT_MOST

    def _ranked(self, terms: tuple[str, ...], docids: list[int]) -> list[int]:
        wanted = set(docids)
        rows = self._connection.execute(
            # The sign keeps SQLite from asking the index anew for each number: one pass, and only these are ranked.
            "SELECT rowid FROM passage WHERE passage MATCH ? AND +rowid IN (SELECT value FROM json_each(?)) "
            f"ORDER BY bm25(passage, {_TITLE_WEIGHT}, 1.0), rowid DESC",
            (as_phrases(terms), json.dumps(docids)),
        )
        return [row[0] for row in rows if row[0] in wanted]

    def _count_pages(self, docids: list[int]) -> int:
        sql = "SELECT count(*) FROM bag WHERE docid IN (SELECT value FROM json_each(?)) AND kind = 'page'"
        return int(self._connection.execute(sql, (json.dumps(docids),)).fetchone()[0])

    def _counted(self, docids: list[int]) -> Facets:
        rows = self._connection.execute(
            "SELECT kind, value, count(*) FROM facet WHERE docid IN (SELECT value FROM json_each(?)) "
            "GROUP BY kind, value",
            (json.dumps(docids),),
        )
        return _ordered(rows)

    def _all_facets(self) -> Facets:
        return _ordered(self._connection.execute("SELECT kind, value, count(*) FROM facet GROUP BY kind, value"))

    def _hit(self, docid: int, terms: Terms) -> Hit | None:
        row = self._connection.execute(
            "SELECT key, title, creators, date, site, language, errors, warnings, damage, audit, size_bytes, "
            "packed_on, captured_at, text FROM bag JOIN body USING (docid) WHERE docid = ?",
            (docid,),
        ).fetchone()
        if row is None:
            return None
        key, title, creators, date, site, language, errors, warnings, damage, audit, size_bytes, packed_on = row[:12]
        captured_at, text = row[12:]
        bag, page = parted(key)
        name = unquote_to_bytes(bag).decode("utf-8", "replace") + ("" if page is None else f", page {page}")
        shown = marks(title, terms.all) if title else (Passage(name, False),)
        passages = excerpt(text, terms.all) if text else ()
        return Hit(
            key, name, shown, creators, date, site, language, passages,
            errors, warnings, damage != "[]", audit, size_bytes, packed_on, captured_at,
        )  # fmt: skip


def _lines_in(column: str, written: str) -> list[str]:
    """A list of texts, as a column has it in JSON.

    Raises:
        RowHarmed: it is none.
    """
    try:
        lines = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise RowHarmed(column, "no JSON") from error
    if not isinstance(lines, list) or not all(isinstance(one, str) for one in lines):
        raise RowHarmed(column, "no list of texts")
    return lines


def _ordered(rows: sqlite3.Cursor) -> Facets:
    by_kind: dict[str, list[tuple[str, int]]] = {kind: [] for kind in FACETS}
    for kind, value, count in rows:
        if kind not in by_kind:
            raise RowHarmed("kind", "no facet")
        by_kind[kind].append((value, count))
    ordered = {
        kind: sorted(values, key=lambda one: (-one[1], one[0]))[:VALUES_SHOWN] for kind, values in by_kind.items()
    }
    return tuple((kind, tuple(values)) for kind, values in ordered.items() if values)

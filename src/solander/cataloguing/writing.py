"""Entries -> the catalogue: written in batches, each of them whole or not at all.

A change of an item is stamped at the end of its batch, just before the batch is seen by others: whoever harvests from
a moment on finds everything that was not there before it.

Source: OAI-PMH 2.0, 2.7.1 (datestamp) and 2.5.1 (deleted records).
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from solander.cataloguing import tables
from solander.cataloguing.folding import fold, short_words
from solander.cataloguing.harvesting import LOST
from solander.errors import ArchiveError
from solander.model.catalogue import CLEAN, NEVER_AUDITED, CatalogueEntry, Outside, key_of, page_key, pages_span, parted

TEXT_CHARACTERS = 2_000_000
"""Of one text, so many are indexed."""

_NO_SET = re.compile(r"[^A-Za-z0-9_.!~*'()-]")
_NAMES = (
    "key kind state identifier version digest title creators date uri site language abstract captured_at packed_on "
    "size_bytes files errors warnings is_judged damage formats"
)
_COLUMNS = tuple(_NAMES.split())


class CatalogueWriter:
    """A catalogue that is being written; ``commit`` ends a batch."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._touched: set[str] = set()
        self._begun = False

    @classmethod
    def create(cls, path: Path) -> CatalogueWriter:
        """Begin a new catalogue."""
        return cls(tables.create(path))

    @classmethod
    def open(cls, path: Path) -> CatalogueWriter:
        """Go on with one that stands.

        Raises:
            CatalogueBroken: it is none that can be used.
        """
        return cls(tables.open_to_write(path))

    def close(self) -> None:
        """Let it go; what was not committed is lost."""
        self._connection.close()

    def states(self) -> dict[str, str]:
        """What is known of each bag: its key, and the state in which it was read."""
        return dict(self._connection.execute("SELECT key, state FROM bag WHERE kind <> 'page'"))

    def put(self, entry: CatalogueEntry) -> None:
        """Write an entry, over the one of its name."""
        self._begin()
        key = key_of(entry.name)
        if entry.page is not None:
            key = page_key(key, entry.page)
        self._take_out(key)
        clean = _clean
        marks = ",".join("?" * len(_COLUMNS))
        done = self._connection.execute(f"INSERT INTO bag ({','.join(_COLUMNS)}) VALUES ({marks})", _values(entry, key))
        docid = done.lastrowid
        text = clean(entry.text[:TEXT_CHARACTERS])
        self._connection.execute("INSERT INTO body VALUES (?, ?, ?)", (docid, text, clean(entry.dublin_core)))
        title, body, short = _indexed(clean(entry.title), clean("; ".join(entry.creators)), text)
        self._connection.execute("INSERT INTO passage (rowid, title, body) VALUES (?, ?, ?)", (docid, title, body))
        self._connection.execute("INSERT INTO short (rowid, body) VALUES (?, ?)", (docid, short))
        facets = [(kind, clean(value), docid) for kind, value in _facets(entry)]
        self._connection.executemany("INSERT OR IGNORE INTO facet VALUES (?, ?, ?)", facets)
        self._touched.add(clean(entry.identifier))

    def settle(self, name: str, state: str) -> None:
        """Say that a bag was written with all its pages, after them; pages that it had before are taken out.

        Args:
            name: the bag's.
            state: in which it was read.
        """
        self._begin()
        key = key_of(name)
        ((docid,),) = self._connection.execute("SELECT docid FROM bag WHERE key = ?", (key,))
        # What was written after the bag has a greater number.
        for page in self._pages(key, docid):
            self._take_out(page)
        self._connection.execute("UPDATE bag SET state = ? WHERE docid = ?", (state, docid))

    def remove(self, key: str) -> None:
        """Take a bag out that no longer stands in the archive, with its pages."""
        self._begin()
        self._take_out(key)
        for page in self._pages(key):
            self._take_out(page)

    def tell_outside(self, outside: Outside) -> int:
        """Write what receipts and audits say of the bags, where it is not what is written already; how many changed."""
        self._begin()
        deposited = {key_of(name): targets for name, targets in outside.deposited.items()}
        audits = {key_of(name): audit for name, audit in outside.audits.items()}
        changed = 0
        for docid, key, before in self._in_pieces():
            outcome, moment = audits.get(key, (NEVER_AUDITED, ""))
            targets = deposited.get(key, ())
            told = json.dumps([outcome, moment, *targets])
            if told == before:
                continue
            changed += 1
            audit = f"{outcome} {moment[:10]}".strip()
            self._connection.execute("UPDATE bag SET outside = ?, audit = ? WHERE docid = ?", (told, audit, docid))
            self._connection.execute("DELETE FROM facet WHERE docid = ? AND kind IN ('deposited', 'audit')", (docid,))
            facets = [("audit", outcome, docid), *(("deposited", _clean(one), docid) for one in targets)]
            self._connection.executemany("INSERT OR IGNORE INTO facet VALUES (?, ?, ?)", facets)
        return changed

    def keep_history(self, older: Path) -> None:
        """Keep what an older catalogue told harvesters: stamps of what is as it was, and marks of what is gone.

        To be called before anything is put. One that cannot be used is passed over: then every item is new.
        """
        try:
            source = tables.open_to_read(older)
        except ArchiveError:
            return
        try:
            self._begin()
            rows = source.execute(
                "SELECT identifier, sequence, stamp, digest, site_set, year_set, collection_set, formats FROM item "
                "ORDER BY sequence"
            )
            # Without a bag for now: ``commit`` gives each its own, and stamps only those that have another digest.
            self._connection.executemany("INSERT INTO item VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?)", rows)
        except sqlite3.Error:
            self._connection.execute("DELETE FROM item")
        finally:
            source.close()

    def gone_items(self) -> Iterator[str]:
        """Identifiers of items that have no bag though they are not marked as gone: of an older catalogue."""
        rows = self._connection.execute("SELECT identifier FROM item WHERE docid IS NULL AND digest <> ''")
        yield from [row[0] for row in rows]

    def touch(self, identifiers: Iterable[str]) -> None:
        """Look at these items again when the batch ends."""
        self._touched.update(identifiers)

    def commit(self, stamp: int) -> None:
        """End a batch: items that changed are stamped, and all is seen by others at once.

        Args:
            stamp: the moment, in seconds since 1970.
        """
        if not self._begun and not self._touched:
            return
        self._begin()
        last = self._connection.execute("SELECT max(sequence), max(stamp) FROM item").fetchone()
        sequence, stamp = last[0] or 0, max(stamp, last[1] or 0)
        for identifier in sorted(self._touched):
            sequence = self._item(identifier, sequence, stamp)
        self._touched.clear()
        self._connection.execute("COMMIT")
        self._begun = False

    def finish(self, built_at: str, last_audit: str) -> None:
        """Say when it was brought up to date, and order the indexes for those who read."""
        self._begin()
        for key, value in (("built_at", built_at), ("last_audit", last_audit)):
            self._connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, value))
        self._connection.execute("COMMIT")
        self._begun = False

    def optimise(self) -> None:
        """Merge what was written in batches; for a catalogue that was made anew."""
        self._connection.execute("INSERT INTO passage (passage) VALUES ('optimize')")
        self._connection.execute("INSERT INTO short (short) VALUES ('optimize')")
        self._connection.execute("ANALYZE")

    def _in_pieces(self) -> Iterator[tuple[int, str, str]]:
        """Bags and what is written of them; each piece is read before it is changed."""
        last = 0
        # What is told from outside is told of bags.
        sql = "SELECT docid, key, outside FROM bag WHERE docid > ? AND kind <> 'page' ORDER BY docid LIMIT 100"
        while piece := self._connection.execute(sql, (last,)).fetchall():
            yield from piece
            last = piece[-1][0]

    def _begin(self) -> None:
        if not self._begun:
            self._connection.execute("BEGIN IMMEDIATE")
            self._begun = True

    def _pages(self, key: str, before: int = 1 << 62) -> list[str]:
        """The keys of a bag's pages that have smaller numbers than ``before``."""
        sql = "SELECT key FROM bag WHERE key > ? AND key < ? AND docid < ?"
        return [row[0] for row in self._connection.execute(sql, (*pages_span(key), before))]

    def _take_out(self, key: str) -> None:
        row = self._connection.execute("SELECT docid, identifier, title, creators FROM bag WHERE key = ?", (key,))
        found = row.fetchone()
        if found is None:
            return
        docid, identifier, title, creators = found
        text = self._connection.execute("SELECT text FROM body WHERE docid = ?", (docid,)).fetchone()[0]
        shown, body, short = _indexed(title, creators, text)
        delete = "INSERT INTO passage (passage, rowid, title, body) VALUES ('delete', ?, ?, ?)"
        self._connection.execute(delete, (docid, shown, body))
        self._connection.execute("INSERT INTO short (short, rowid, body) VALUES ('delete', ?, ?)", (docid, short))
        for table in ("bag", "body", "facet"):
            self._connection.execute(f"DELETE FROM {table} WHERE docid = ?", (docid,))
        self._touched.add(identifier)

    def _item(self, identifier: str, sequence: int, stamp: int) -> int:
        """Bring an item in line with its bags; the sequence that was given out last."""
        best = self._connection.execute(
            # A page that has a bag of its own is that, whatever crawls hold it too.
            "SELECT docid, digest, site, date, formats, key FROM bag WHERE identifier = ? AND kind <> 'stray' "
            "ORDER BY kind = 'page', version DESC, key DESC LIMIT 1",
            (identifier,),
        ).fetchone()
        before = self._connection.execute(
            "SELECT docid, digest, site_set, year_set, collection_set, formats FROM item WHERE identifier = ?",
            (identifier,),
        ).fetchone()
        if best is None:
            if before is None or (before[0] is None and not before[1]):
                return sequence
            now = (None, "", *before[2:])
        else:
            docid, digest, site, date, formats, key = best
            known = _with_lost(formats, before[5] if before is not None else "")
            bag, page = parted(key)
            collection = _set("collection", bag) if page is not None else ""
            now = (docid, digest or f"bag {docid}", _set("site", site), _set("year", date[:4]), collection, known)
            if before is not None and before[1:] == now[1:]:
                self._connection.execute("UPDATE item SET docid = ? WHERE identifier = ?", (docid, identifier))
                return sequence
        sequence += 1
        values = (identifier, sequence, stamp, *now)
        self._connection.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        return sequence


def _values(entry: CatalogueEntry, key: str) -> tuple[str | int, ...]:
    """What an entry has in each of the columns."""
    clean = _clean
    return (
        key,
        entry.kind,
        entry.state,
        clean(entry.identifier),
        entry.version,
        entry.digest,
        clean(entry.title),
        clean("; ".join(entry.creators)),
        clean(entry.date),
        clean(entry.uri),
        clean(entry.site),
        clean(next(iter(entry.languages), "")),
        clean(entry.abstract),
        clean(entry.captured_at),
        clean(entry.packed_on),
        entry.size_bytes,
        entry.files,
        entry.errors,
        entry.warnings,
        int(entry.is_judged),
        json.dumps([clean(line) for line in entry.damage], ensure_ascii=False),
        " ".join(entry.formats),
    )


def _with_lost(formats: str, before: str) -> str:
    """The formats of an item, and with ``LOST`` before them those that it had: harvesters are told of that."""
    now = formats.split()
    had = (one.removeprefix(LOST) for one in before.split())
    return " ".join((*now, *(LOST + one for one in had if one not in now)))


def _set(kind: str, value: str) -> str:
    return f"{kind}:{_NO_SET.sub('_', value)}" if value else ""


def _clean(text: str) -> str:
    """Text without lone surrogates and NULs, which no column of text holds."""
    if text.isascii():
        return text.replace("\0", "\ufffd") if "\0" in text else text
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def _indexed(title: str, creators: str, text: str) -> tuple[str, str, str]:
    folded, body = fold(title), fold(f"{creators}\n{text}")
    return folded, body, short_words(f"{folded}\n{body}")


def _facets(entry: CatalogueEntry) -> Iterator[tuple[str, str]]:
    yield from (("site", one) for one in (entry.site,) if one)
    yield from (("year", one) for one in (entry.year,) if one)
    yield from (("language", one) for one in entry.languages if one)
    yield from (("type", one) for one in entry.types if one)
    if entry.page is not None:
        yield ("collection", entry.name)
    if entry.damage:
        yield ("finding", "damaged")
    yield from (("finding", code) for code in entry.codes)
    if entry.is_judged and not entry.codes and not entry.damage:
        yield ("finding", CLEAN)

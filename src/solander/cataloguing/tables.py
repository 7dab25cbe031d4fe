"""The catalogue's tables, and how its file is opened.

The text of a bag stands once, in ``body``; the two indexes have no copy of it (``content=''``). What is taken out of
them is given to them once more, as FTS5 wants it.

Source: SQLite, "FTS5 Extension", 4.4.1 (contentless tables); "URI Filenames".
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from solander.cataloguing.sound_rows import SoundRows
from solander.errors import ArchiveError
from solander.files.named import kind_of

VERSION = "6"
"""Of these tables: a catalogue of another version is made again."""

_BUSY_SECONDS = 30.0

TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE bag (
  docid INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, state TEXT NOT NULL,
  identifier TEXT NOT NULL, version INTEGER NOT NULL, digest TEXT NOT NULL,
  title TEXT NOT NULL, creators TEXT NOT NULL, date TEXT NOT NULL, uri TEXT NOT NULL, site TEXT NOT NULL,
  language TEXT NOT NULL, abstract TEXT NOT NULL, captured_at TEXT NOT NULL, packed_on TEXT NOT NULL,
  size_bytes INTEGER NOT NULL, files INTEGER NOT NULL, errors INTEGER NOT NULL, warnings INTEGER NOT NULL,
  is_judged INTEGER NOT NULL, damage TEXT NOT NULL, formats TEXT NOT NULL, audit TEXT NOT NULL DEFAULT '',
  outside TEXT NOT NULL DEFAULT ''
);
CREATE INDEX bag_identifier ON bag (identifier);
CREATE INDEX bag_packed ON bag (packed_on, key);
CREATE INDEX bag_whole ON bag (docid) WHERE kind <> 'page';
CREATE TABLE body (docid INTEGER PRIMARY KEY, text TEXT NOT NULL, dublin_core TEXT NOT NULL);
CREATE TABLE facet (kind TEXT NOT NULL, value TEXT NOT NULL, docid INTEGER NOT NULL,
  PRIMARY KEY (kind, value, docid)) WITHOUT ROWID;
CREATE INDEX facet_docid ON facet (docid);
CREATE TABLE item (
  identifier TEXT PRIMARY KEY, sequence INTEGER NOT NULL UNIQUE, stamp INTEGER NOT NULL, docid INTEGER,
  digest TEXT NOT NULL, site_set TEXT NOT NULL, year_set TEXT NOT NULL, collection_set TEXT NOT NULL,
  formats TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX item_stamp ON item (stamp);
CREATE INDEX item_site ON item (site_set, sequence);
CREATE INDEX item_year ON item (year_set, sequence);
CREATE INDEX item_collection ON item (collection_set, sequence);
CREATE INDEX item_docid ON item (docid);
CREATE VIRTUAL TABLE passage USING fts5(title, body, content='', tokenize="trigram");
CREATE VIRTUAL TABLE short USING fts5(body, content='', columnsize=0, tokenize="ascii tokenchars '_'");
"""


class CatalogueBroken(ArchiveError):
    """The file is no catalogue, one of another version, or damaged: it is to be made again."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            path, f"this is no catalogue that can be used ({why}); make it again: solander catalogue --afresh"
        )


class _Connection(sqlite3.Connection):
    """Is closed when it is forgotten: a thread that ends leaves its own to nobody."""

    def __del__(self) -> None:
        self.close()


def create(path: Path) -> sqlite3.Connection:
    """A new catalogue, without care for the disk: it gets its name when it is whole and synced."""
    connection = sqlite3.connect(path, isolation_level=None, factory=_Connection)
    connection.executescript("PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES)
    connection.execute("INSERT INTO about VALUES ('version', ?)", (VERSION,))
    _bounded(connection)
    return connection


def open_to_write(path: Path) -> sqlite3.Connection:
    """A catalogue that stands, to be brought up to date.

    Raises:
        CatalogueBroken: it is none that can be used.
    """
    connection = _opened(path, "rw")
    _bounded(connection)
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """A catalogue that stands; nothing can be written by this connection, and any thread may use it in turn.

    Raises:
        CatalogueBroken: it is none that can be used.
        ArchiveError: there is none.
    """
    connection = _opened(path, "ro")
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA cache_size=-16384")
    return connection


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    if kind_of(path) != "file":
        raise ArchiveError(path, "there is no catalogue; make one: solander catalogue ARCHIVE")
    address = f"file:{quote(str(path.resolve()))}?mode={mode}"
    try:
        connection = sqlite3.connect(
            address,
            uri=True,
            isolation_level=None,
            timeout=_BUSY_SECONDS,
            check_same_thread=False,
            factory=_Connection,
        )
    except sqlite3.Error as error:
        raise CatalogueBroken(path, str(error)) from error
    try:
        found = connection.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        # SQLite's own words for what is wrong may hold bytes of a harmed file.
        connection.close()
        raise CatalogueBroken(path, str(error)) from error
    if found is None or found[0] != VERSION:
        connection.close()
        raise CatalogueBroken(path, "it is of another version")
    connection.row_factory = SoundRows()
    return connection


def _bounded(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA cache_size=-65536")
    connection.execute("PRAGMA temp_store=FILE")

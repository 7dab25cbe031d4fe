"""The catalogue of an archive: made anew beside the one that stands, or brought in line with what changed.

A catalogue that is made anew takes the other's name when it is whole; until then, and if anything stops the run,
readers have the old one. One that is brought up to date is changed batch by batch, each whole or not at all.

Source: docs/showing.md, "The catalogue"; docs/design.md, section 1, law 4.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from solander.cataloguing import Catalogue, CatalogueBroken, CatalogueWriter
from solander.encoding.audit_line import parse_audited
from solander.errors import ArchiveError, ArchiveUnwritable, SourceMissing, UsageError
from solander.files.folder import Folder
from solander.files.named import kind_of
from solander.files.taking_over import take_over
from solander.files.whole import passing_folder
from solander.model.audit import LOG_NAME, WITHDRAWN
from solander.model.capture import written_moment
from solander.model.catalogue import CATALOGUE_NAME, CatalogueEntry, Outside, key_of
from solander.model.shown_target import shown_target
from solander.pipeline import clock
from solander.pipeline.archives.catalogue_entries import entries_of, pieces_of
from solander.pipeline.outside_bags import outside_bags
from solander.pipeline.receipts import receipts_in
from solander.pipeline.subject import is_bag, subjects

_BATCH = 200
"""So many bags and pages are seen by readers at once; a batch takes a fraction of a second."""


class Catalogued(NamedTuple):
    """What came of a run."""

    path: Path
    read: int
    """Bags that were read: those that are new or changed; all of them, where it was made anew."""
    kept: int
    gone: int
    damaged: tuple[tuple[str, str], ...]
    """Of what was read: names, and the first thing that is wrong; a hundred at most."""
    damaged_count: int
    is_new: bool
    unread: tuple[str, ...]
    """Receipts and lines of the log that could not be read."""
    pages: int = 0
    """Of bags of many pages that were read."""


def catalogue_of(archive: str | Path) -> Path:
    """Where an archive's catalogue stands, unless it is said otherwise."""
    return Path(archive) / CATALOGUE_NAME


def open_catalogue(path: str | Path) -> Catalogue:
    """A catalogue to be read.

    Raises:
        ArchiveError: there is none, or none that can be used.
    """
    return Catalogue(Path(path))


_HARMS = ("malformed", "no such", "UTF-8")
"""What SQLite says of a file that is harmed, in the class of errors that it has for a full disk, too."""


def catalogue(
    archive: str | Path,
    *,
    to: str | Path | None = None,
    afresh: bool = False,
    at: datetime | None = None,
    tell: Callable[[int], None] | None = None,
) -> Catalogued:
    """Make an archive's catalogue, or bring it up to date.

    Args:
        archive: a folder of bags.
        to: where the catalogue stands; beside the bags, if it is not said.
        afresh: whether every bag is read, as if there were no catalogue. What harvesters were told is kept.
        at: the moment of this work; now, if it is not given.
        tell: is told how many bags were looked at, now and then.

    Raises:
        SourceMissing: there is no such archive.
        NotABag: nothing in it is a bag, and no ``solander.toml`` says that it is an archive.
        UsageError: it is a bag, or no folder.
        ArchiveError: it could not be listed, or the catalogue could not be written.
    """
    folder = Path(archive)
    if to is not None:
        outside_bags(to, "--to")
    kind = kind_of(folder)
    if kind == "nothing":
        raise SourceMissing(str(folder))
    if kind != "folder" or is_bag(folder):
        raise UsageError(f"{folder}: a catalogue is of an archive, a folder of bags")
    clock.moment(at)
    path = Path(to) if to is not None else catalogue_of(folder)
    if kind_of(path) == "nothing" and all(piece.kind == "stray" for piece in pieces_of(folder)):
        subjects(folder)  # an archive that holds nothing yet is one; any other folder is a wrong word
    try:
        if not afresh and kind_of(path) == "file":
            try:
                return _update(folder, path, at, tell)
            except CatalogueBroken:
                pass
        return _build(folder, path, at, tell)
    except (sqlite3.Error, ArchiveUnwritable) as error:
        why = error.what if isinstance(error, ArchiveUnwritable) else str(error)
        elsewhere = "it may stand elsewhere: catalogue --to, serve and site --catalogue"
        raise ArchiveUnwritable(path, f"the catalogue could not be written ({why}); {elsewhere}") from error


def write_entries(
    path: Path, entries: Iterable[CatalogueEntry], *, outside: Outside | None = None, at: datetime | None = None
) -> int:
    """Make a catalogue of entries that are at hand; how many bags they were.

    Raises:
        ArchiveUnwritable: it could not be written.
    """
    count = 0
    with passing_folder(path.parent) as folder:
        temporary = folder / CATALOGUE_NAME
        writer = CatalogueWriter.create(temporary)
        try:
            if kind_of(path) == "file":
                writer.keep_history(path)
            for number, entry in enumerate(entries, start=1):
                writer.put(entry)
                count += entry.page is None
                if number % _BATCH == 0:
                    writer.commit(_seconds(at))
            writer.touch(writer.gone_items())
            writer.commit(_seconds(at))
            _finish(writer, outside or Outside(), at)
            writer.optimise()
        finally:
            writer.close()
        take_over(temporary, path)
    return count


def _build(folder: Path, path: Path, at: datetime | None, tell: Callable[[int], None] | None) -> Catalogued:
    damage = _Damage()
    outside, unread = outside_of(folder)

    def entries() -> Iterable[CatalogueEntry]:
        for number, piece in enumerate(pieces_of(folder)):
            if tell is not None and number % 50 == 0:
                tell(number)
            yield from map(damage.seen, entries_of(piece))

    count = write_entries(path, entries(), outside=outside, at=at)
    return Catalogued(path, count, 0, 0, tuple(damage.lines), damage.count, True, unread, damage.pages)


def _update(folder: Path, path: Path, at: datetime | None, tell: Callable[[int], None] | None) -> Catalogued:
    damage = _Damage()
    outside, unread = outside_of(folder)
    writer = CatalogueWriter.open(path)
    try:
        known = writer.states()
        read = kept = waiting = 0
        for number, piece in enumerate(pieces_of(folder)):
            if tell is not None and number % 50 == 0:
                tell(number)
            if known.pop(key_of(piece.name), None) == piece.state:
                kept += 1
                continue
            read += 1
            for entry in map(damage.seen, entries_of(piece)):
                # Until all its pages are written, a bag is one that is to be read again.
                writer.put(replace(entry, state=""))
                waiting += 1
                if waiting == _BATCH:
                    writer.commit(_seconds(at))
                    waiting = 0
            writer.settle(piece.name, piece.state)
        for key in known:
            writer.remove(key)
        writer.commit(_seconds(at))
        _finish(writer, outside, at)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.OperationalError) and not any(harm in str(error) for harm in _HARMS):
            raise
        # Whatever harmed it: it can be made again.
        raise CatalogueBroken(path, str(error)) from error
    finally:
        writer.close()
    return Catalogued(path, read, kept, len(known), tuple(damage.lines), damage.count, False, unread, damage.pages)


def _finish(writer: CatalogueWriter, outside: Outside, at: datetime | None) -> None:
    writer.tell_outside(outside)
    last = max((moment for _, moment in outside.audits.values()), default="")
    writer.finish(written_moment(clock.moment(at)), last)


def outside_of(archive: Path) -> tuple[Outside, tuple[str, ...]]:
    """What receipts and the log of audits say of an archive's bags, and what of them could not be read.

    Of where a bag was deposited it has what readers are told: a catalogue is shown.
    """
    deposited: dict[str, tuple[str, ...]] = {}
    unread: list[str] = []
    try:
        for one in receipts_in(archive):
            if one.receipt is None:
                unread.append(f"{one.name}: {one.why}")
                continue
            before = deposited.get(one.receipt.bag, ())
            deposited[one.receipt.bag] = tuple(dict.fromkeys((*before, shown_target(one.receipt.target))))
    except ArchiveError as error:
        unread.append(str(error))
    audits: dict[str, tuple[str, str]] = {}
    if kind_of(archive / LOG_NAME) == "file":
        rest = b""
        try:
            for chunk in Folder(archive).chunks(LOG_NAME):
                *lines, rest = (rest + chunk).split(b"\n")
                _take(lines, audits, unread)
            _take([rest] if rest else [], audits, unread)
        except ArchiveError as error:
            unread.append(str(error))
    return Outside(deposited=deposited, audits=audits), tuple(unread[:100])


def _take(lines: list[bytes], audits: dict[str, tuple[str, str]], unread: list[str]) -> None:
    for line in lines:
        try:
            one = parse_audited(line)
        except ValueError as error:
            unread.append(f"{LOG_NAME}: a line could not be read ({error})")
            continue
        if one.outcome == WITHDRAWN:
            audits.pop(one.bag, None)
        else:
            audits[one.bag] = (one.outcome, written_moment(one.at))


class _Damage:
    """The damaged bags of a run: their number, and the first of them by name; and how many pages went by."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []
        self.count = self.pages = 0
        self._last = ""

    def seen(self, entry: CatalogueEntry) -> CatalogueEntry:
        self.pages += entry.page is not None
        # A bag's pages follow it: damaged pages make one damaged bag.
        if entry.damage and not (entry.page is not None and self._last == entry.name):
            self._last = entry.name
            self.count += 1
            if len(self.lines) < 100:
                self.lines.append((entry.name, entry.damage[0]))
        return entry


def _seconds(at: datetime | None) -> int:
    return int(clock.moment(at).timestamp())

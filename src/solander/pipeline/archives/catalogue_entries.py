"""A bag -> what a catalogue tells of it. Whatever is wrong with a bag is told there, and ends nothing.

Source: docs/showing.md, "The catalogue".
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from solander.encoding.datacite_xml import datacite_xml
from solander.encoding.dublin_core import dc_element
from solander.encoding.statements import parse_statements
from solander.encoding.tei_reading import body_words
from solander.errors import ArchiveError, SolanderError
from solander.files.folder import Folder
from solander.model.archive_names import RECEIPTS_FOLDER
from solander.model.bag import Bag, is_bag_version
from solander.model.bag_layout import DATACITE_NAME, REPORT_NAME, STATEMENTS_NAME, TEI_NAME
from solander.model.catalogue import CatalogueEntry
from solander.model.description import Description, Evidence, Statement
from solander.model.finding import Report
from solander.model.identifiers import named
from solander.model.item import INDEX_NAME
from solander.model.ports import Tree
from solander.model.serialised import SERIALISED_ENDINGS
from solander.packing.parse import parse_bag
from solander.pipeline.archive import RECORD_LIMIT_BYTES
from solander.pipeline.archives.catalogue_pages import fault_of_index, pages_of, site_of

TEI_LIMIT_BYTES = 32 * 1024 * 1024
"""Of a larger TEI file the words are not indexed, and that is told."""

_DAMAGE = frozenset(
    ("file-unreadable", "tag-file-undecodable", "bagit-txt-malformed", "bagit-version-unknown", "bagit-txt-missing")
)
_DAMAGE_LINES = 20


class Piece(NamedTuple):
    """Something in an archive that may be a bag."""

    name: str
    """With lone surrogates for bytes that are no UTF-8."""
    path: Path
    kind: str
    """As in ``CatalogueEntry``."""
    state: str


def pieces_of(archive: Path) -> Iterator[Piece]:
    """What may be bags in an archive, by name; nothing is read but names and what the system says of them.

    Raises:
        ArchiveError: the folder could not be listed.
    """
    try:
        with os.scandir(archive) as entries:
            names = sorted(
                (one.name, one.is_dir(follow_symlinks=False))
                for one in entries
                if one.name[0] != "." and one.name != RECEIPTS_FOLDER and _may_be_bag(one)
            )
    except OSError as error:
        raise ArchiveError(archive, (error.strerror or "it could not be listed").lower()) from error
    for name, is_folder in names:
        path = archive / name
        is_bag = is_folder and os.path.lexists(path / "bagit.txt")
        kind = "bag" if is_bag else "stray" if is_folder else "serialised"
        yield Piece(os.fsencode(name).decode("utf-8", "surrogateescape"), path, kind, _state(path, kind))


def entries_of(piece: Piece) -> Iterator[CatalogueEntry]:
    """What a catalogue tells of a bag, and then of its pages, if it has many; of what cannot be read, what is wrong."""
    with ExitStack() as stack:
        try:
            if piece.kind == "stray":
                yield _nothing(piece, "this folder has no bagit.txt: it is no bag")
                return
            tree = _tree(piece)
            if tree is None:
                yield _nothing(piece._replace(kind="stray"), "this archive file holds no bag")
                return
            bag = parse_bag(tree)
            there = {one.path for one in bag.entries}
            has_pages = INDEX_NAME in there and TEI_NAME not in there
            if has_pages:
                tree = _of_pages(piece, tree, stack)
            entry = _read(piece, tree, bag)
        except (SolanderError, OSError) as error:
            yield _nothing(piece, str(error))
            return
        yield entry
        if has_pages:
            yield from pages_of(tree, there, entry)


def _of_pages(piece: Piece, tree: Tree, stack: ExitStack) -> Tree:
    """A tree out of which many files can be read: what is compressed as a whole is laid open first.

    Raises:
        ArchiveError: it cannot be laid open.
    """
    if piece.kind == "bag":
        return tree
    # Late: a folder needs none of what reads archive files.
    from solander.files.members import SerialisedTree
    from solander.pipeline.bags.laid_open_bag import bag_laid_open

    if isinstance(tree, SerialisedTree) and tree.form in ("tar", "zip"):
        return tree
    return Folder(stack.enter_context(bag_laid_open(piece.path)))


def _read(piece: Piece, tree: Tree, bag: Bag) -> CatalogueEntry:
    damage = [f"{fault.path}: {fault.message}" for fault in bag.faults if fault.kind in _DAMAGE]
    there = {one.path for one in bag.entries}
    damage += [f"{name}: there is no such file" for name in bag.lacking()]
    description = _description(tree, there, damage)
    report = _report(tree, there, damage)
    text = _text(tree, there, damage)
    uri = bag.info.first("Web-Capture-URI") or _uri(description)
    identifier = bag.info.first("External-Identifier") or named(
        "bag " + piece.name.encode("utf-8", "backslashreplace").decode()
    )
    version = bag.info.first("Bag-Version") or "1"
    title = description.first("title") or bag.info.first("External-Description") or ""
    told = _told(description, title or piece.name, identifier)
    found = report.at_or_above("warning") if report is not None else ()
    if len(damage) > _DAMAGE_LINES:
        damage = [*damage[:_DAMAGE_LINES], f"and {len(damage) - _DAMAGE_LINES:,} more"]
    return CatalogueEntry(
        name=piece.name,
        kind=piece.kind,
        state=piece.state,
        identifier=identifier,
        version=int(version) if is_bag_version(version) else 0,
        digest=_digest(tree, bag),
        title=title,
        creators=description.values("creator"),
        date=description.first("date") or "",
        uri=uri,
        site=site_of(uri),
        languages=description.values("language"),
        types=description.values("type"),
        abstract=description.first("description") or "",
        captured_at=_captured(bag),
        packed_on=bag.info.first("Bagging-Date") or "",
        size_bytes=sum(one.size_bytes for one in bag.entries),
        files=sum(one.kind == "file" for one in bag.entries),
        codes=tuple(dict.fromkeys(one.code for one in found)),
        errors=sum(one.severity == "error" for one in found),
        warnings=sum(one.severity == "warning" for one in found),
        is_judged=report is not None,
        damage=tuple(dict.fromkeys(damage)),
        text=text,
        dublin_core=dc_element(told),
        formats=_formats(piece, tree, there, identifier, has_text=bool(text)),
    )


def _nothing(piece: Piece, why: str) -> CatalogueEntry:
    identifier = named("bag " + piece.name.encode("utf-8", "backslashreplace").decode())
    told = _told(Description(), piece.name, identifier)
    return CatalogueEntry(
        name=piece.name,
        kind=piece.kind,
        state=piece.state,
        identifier=identifier,
        damage=(why,),
        dublin_core=dc_element(told),
    )


def _told(description: Description, title: str, identifier: str) -> Description:
    """A description that has a title and the object's identifier, whatever the bag has."""
    evidence = Evidence("capture", "bag")
    added: list[Statement] = []
    if description.first("title") is None:
        added.append(Statement("title", title.encode("utf-8", "replace").decode(), evidence))
    if identifier not in description.values("identifier"):
        added.append(Statement("identifier", identifier, evidence))
    return Description(statements=(*description.statements, *added)) if added else description


def _tree(piece: Piece) -> Tree | None:
    if piece.kind == "bag":
        return Folder(piece.path)
    # Late: a folder needs none of the libraries that decompress.
    from solander.pipeline.subject import tree_in

    tree = tree_in(piece.path)
    return tree if tree is not None and any(one.path == "bagit.txt" for one in tree.entries()) else None


def _description(tree: Tree, there: set[str], damage: list[str]) -> Description:
    if STATEMENTS_NAME not in there:
        return Description()
    try:
        return parse_statements(tree.read(STATEMENTS_NAME, RECORD_LIMIT_BYTES)).description
    except (ArchiveError, ValueError) as error:
        damage.append(f"{STATEMENTS_NAME}: {_why(error)}")
        return Description()


def _report(tree: Tree, there: set[str], damage: list[str]) -> Report | None:
    if REPORT_NAME not in there:
        return None
    from solander.encoding.report_json import parse_report

    try:
        return parse_report(tree.read(REPORT_NAME, RECORD_LIMIT_BYTES))
    except (ArchiveError, ValueError) as error:
        damage.append(f"{REPORT_NAME}: {_why(error)}")
        return None


def _text(tree: Tree, there: set[str], damage: list[str]) -> str:
    if TEI_NAME not in there:
        # The words of many pages are found by the pages.
        if INDEX_NAME in there and (fault := fault_of_index(tree)):
            damage.append(f"{INDEX_NAME}: {fault}")
        return ""
    try:
        return body_words(tree.read(TEI_NAME, TEI_LIMIT_BYTES))
    except (ArchiveError, ValueError, RecursionError) as error:
        damage.append(f"{TEI_NAME}: {_why(error)}")
        return ""


def _formats(piece: Piece, tree: Tree, there: set[str], identifier: str, *, has_text: bool) -> tuple[str, ...]:
    """The records beside Dublin Core that harvesters can have: of a folder alone, for they are read when asked for."""
    if piece.kind != "bag":
        return ()
    # A bag of many pages has no one TEI that could stand for it.
    formats = ["tei"] if has_text and TEI_NAME in there else []
    if DATACITE_NAME in there:
        try:
            datacite_xml(tree.read(DATACITE_NAME, RECORD_LIMIT_BYTES), identifier)
            formats.append("datacite")
        except (ArchiveError, ValueError):
            # Whether the record is as it should be is judged elsewhere.
            pass
    return tuple(formats)


def _why(error: Exception) -> str:
    return error.what if isinstance(error, ArchiveError) else str(error)


def _digest(tree: Tree, bag: Bag) -> str:
    """Of the manifests that bind the bag; empty where they cannot be read."""
    digest = hashlib.sha256()
    names = [one.path for one in (bag.tag_manifests or bag.manifests)]
    try:
        for name in names:
            digest.update(name.encode("utf-8", "surrogateescape") + b"\n")
            for chunk in tree.chunks(name):
                digest.update(chunk)
    except ArchiveError:
        return ""
    return digest.hexdigest() if names else ""


def _captured(bag: Bag) -> str:
    span = [bag.info.first("Web-Capture-Begin"), bag.info.first("Web-Capture-End")]
    return bag.info.first("Web-Capture-Date") or "/".join(dict.fromkeys(one for one in span if one))


def _uri(description: Description) -> str:
    return next((one for one in description.values("identifier") if one.startswith(("http://", "https://"))), "")


def _may_be_bag(one: os.DirEntry[str]) -> bool:
    if one.is_dir(follow_symlinks=False):
        return True
    return one.name.lower().endswith(SERIALISED_ENDINGS) and one.is_file(follow_symlinks=False)


def _state(path: Path, kind: str) -> str:
    """What the system says of what changes when a bag is written: its folder, and the files at its top."""
    names = [path]
    if kind == "bag":
        # Every way to change a bag and to keep it valid changes its tag manifest.
        names += [
            path / name for name in ("tagmanifest-sha512.txt", "manifest-sha512.txt", "bag-info.txt", "bagit.txt")
        ]
        names += [path / "metadata", path / "data"]
    told: list[object] = [kind]
    for name in names:
        try:
            one = os.lstat(name)
            told.append([one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns])
        except OSError as error:
            told.append(error.errno)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]

"""The pages of a bag that holds many -> what a catalogue tells of each: a hit leads to the page, not to the bag.

They are read one after the other, and their records a folder at a time: memory does not grow with the bag.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from solander.encoding.dublin_core import DC, OAI_DC, dc_element
from solander.encoding.item_index import IndexUnreadable, parse_index
from solander.encoding.tei_reading import body_words
from solander.errors import ArchiveError
from solander.model.addresses import host_of
from solander.model.bag_layout import ITEM_LIMIT_BYTES
from solander.model.catalogue import CatalogueEntry
from solander.model.description import ELEMENTS, Description, Evidence, Statement
from solander.model.identifiers import ITEMS_NAMESPACE
from solander.model.item import INDEX_NAME, TEI_FOLDERS, Item, records_name
from solander.model.ports import Tree
from solander.pipeline.archive import RECORD_LIMIT_BYTES

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def pages_of(tree: Tree, there: set[str], bag: CatalogueEntry) -> Iterator[CatalogueEntry]:
    """What a catalogue tells of the pages that have TEI, up to where the index can be read.

    Args:
        tree: the bag's files.
        there: their names.
        bag: what is told of the bag.
    """
    records = _Records(tree, there)
    try:
        for item in parse_index(tree.chunks(INDEX_NAME)):
            # Pages are counted from 1, and no address leads to another.
            if item.number and item.tei in there and item.tei.startswith(TEI_FOLDERS):
                yield _page(tree, bag, item, records.of(item.number))
    except (IndexUnreadable, ArchiveError):
        # The bag itself tells of that.
        return


def site_of(uri: str) -> str:
    """The host of an address, as catalogues list it; empty where it has none."""
    return host_of(uri)[:255]


def fault_of_index(tree: Tree) -> str:
    """Why a bag's index cannot be read to its end; empty where it can."""
    try:
        for _ in parse_index(tree.chunks(INDEX_NAME)):
            pass
    except IndexUnreadable as error:
        return f"line {error.line}: {error}"
    except ArchiveError as error:
        return error.what
    return ""


def _page(tree: Tree, bag: CatalogueEntry, item: Item, record: Description) -> CatalogueEntry:
    damage, text, tei = "", "", b""
    try:
        tei = tree.read(item.tei, ITEM_LIMIT_BYTES)
        text = body_words(tei)
    except (ArchiveError, ValueError, RecursionError) as error:
        damage = f"{item.tei}: {error.what if isinstance(error, ArchiveError) else error}"
    identifier = item.identifier or f"{bag.identifier}#{item.number}"
    told = dc_element(_whole(record, item, identifier))
    return CatalogueEntry(
        name=bag.name,
        kind="page",
        page=item.number,
        identifier=identifier,
        digest=hashlib.sha256(tei + told.encode()).hexdigest() if tei else "",
        title=item.title or record.first("title") or "",
        creators=record.values("creator"),
        date=record.first("date") or "",
        uri=item.uri,
        site=site_of(item.uri),
        languages=record.values("language") or ((item.language,) if item.language else ()),
        types=record.values("type"),
        abstract=record.first("description") or "",
        captured_at=item.captured,
        packed_on=bag.packed_on,
        damage=(damage,) if damage else (),
        # Behind the words, so that no excerpt begins with it.
        text=f"{text}\n{item.uri}",
        dublin_core=told,
        # Records are read when they are asked for, and of a folder alone.
        formats=("tei",) if text and bag.kind == "bag" else (),
    )


def _whole(record: Description, item: Item, identifier: str) -> Description:
    """A description with a title and the object's identifier, whatever its record has."""
    evidence = Evidence("capture", "bag")
    added = []
    if record.first("title") is None:
        added.append(Statement("title", item.title or item.uri or identifier, evidence))
    if identifier not in record.values("identifier"):
        added.append(Statement("identifier", identifier, evidence))
    return Description(statements=(*record.statements, *added))


class _Records:
    """The Dublin Core of the pages, a file at a time."""

    def __init__(self, tree: Tree, there: set[str]) -> None:
        self._tree, self._there = tree, there
        self._name = ""
        self._found: dict[int, Description] = {}

    def of(self, number: int) -> Description:
        """What is said of a page; nothing where that cannot be read, for which the rules have a code."""
        name = records_name(number)
        if name != self._name:
            self._name, self._found = name, {}
            if name in self._there:
                self._found = dict(self._read(name))
        return self._found.get(number, Description())

    def _read(self, name: str) -> Iterator[tuple[int, Description]]:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True)
        try:
            root = etree.fromstring(self._tree.read(name, RECORD_LIMIT_BYTES), parser)
        except (ArchiveError, etree.XMLSyntaxError):
            return
        for item in root.iterfind(f"{{{ITEMS_NAMESPACE}}}item"):
            number = item.get("n", "")
            record = item.find(f"{{{OAI_DC}}}dc")
            if record is not None and number.isascii() and number.isdigit() and len(number) < 13:
                yield int(number), _description(record)


def _description(record: Any) -> Description:
    evidence = Evidence("capture", "bag")
    names = {f"{{{DC}}}{element}": element for element in ELEMENTS}
    return Description(
        statements=tuple(
            Statement(names[one.tag], one.text, evidence, language=one.get(_LANGUAGE))
            for one in record
            if one.tag in names and one.text
        )
    )

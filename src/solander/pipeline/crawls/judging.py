"""Judging what a bag of many pages holds: each page's TEI against the record that it comes from, and the index.

The file of captures is read once for its records, and then page by page. Of a page that was judged only its row of the
index and three digests are kept: the rules on the whole ask for no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from solander.checking.records.collection import RULES, ManyPages, Seen, check_collection
from solander.checking.rules import codes
from solander.encoding.item_index import IndexUnreadable, parse_index
from solander.errors import ArchiveError, SolanderError
from solander.model.bag import Bag
from solander.model.bag_layout import ITEM_LIMIT_BYTES, ORIGINAL_FOLDER
from solander.model.finding import Report
from solander.model.item import FOLDER_ITEMS, INDEX_NAME, TEI_FOLDERS, Item, records_name
from solander.model.ports import Tree
from solander.pipeline.crawls.pages import CrawlPages
from solander.pipeline.crawls.totals import Totals
from solander.pipeline.pages.judging import judge_tei, judge_words


def judge_crawl(tree: Tree, bag: Bag) -> Report:
    """Judge the pages of a bag that holds many.

    Args:
        tree: where the files are read.
        bag: what stands in it.
    """
    there = {entry.path for entry in bag.entries if entry.kind == "file"}
    totals, seen = Totals(), list[Seen]()
    unchecked: list[str] = []
    fault: tuple[int, str] | None = None
    originals = sorted(name for name in there if name.startswith(ORIGINAL_FOLDER))
    with ExitStack() as stack:
        pages = None
        try:
            if len(originals) != 1:
                raise ArchiveError(Path(tree.name), f"{len(originals)} files lie in {ORIGINAL_FOLDER}")
            pages = CrawlPages(tree, originals[0], stack)
        except SolanderError as error:
            unchecked.append(f"the words of the pages: {error}")
        records = _Records(tree, there)
        try:
            if INDEX_NAME not in there:
                raise IndexUnreadable(1, "there is no index")
            for line, item in enumerate(parse_index(tree.chunks(INDEX_NAME)), 2):
                one, report = _judged(tree, there, pages, records, item, line)
                seen.append(one)
                totals.note(report)
        except IndexUnreadable as error:
            fault = (error.line, str(error))
        except ArchiveError as error:
            unchecked.append(str(error))
    tei_files = {name for name in there if name.startswith(TEI_FOLDERS)}
    many = ManyPages(seen, tei_files, bag.info.first("Web-Capture-Pages"), fault)
    totals.note(
        Report(subject=bag.name, findings=check_collection(many), rules=codes(RULES), unchecked=tuple(unchecked))
    )
    return totals.report(bag.name, counts=False)


def _judged(
    tree: Tree, there: set[str], pages: CrawlPages | None, records: _Records, item: Item, line: int
) -> tuple[Seen, Report]:
    nothing = Report(subject="")
    if item.tei not in there or not item.tei.startswith(TEI_FOLDERS):
        return Seen(item, line), nothing
    try:
        tei = tree.read(item.tei, ITEM_LIMIT_BYTES)
    except ArchiveError as error:
        return Seen(item, line), Report(subject="", unchecked=(str(error),))
    totals = Totals()
    sha256, is_found = None, None
    words: Report | None = None
    if pages is not None:
        try:
            original, sha256 = pages.original(item)
            is_found = True
            words = judge_words(original, tei, item.tei)
        except LookupError:
            is_found = False
        except SolanderError as error:
            totals.note(Report(subject="", unchecked=(f"the words of {item.tei}: {error}",)))
    if words is not None:
        totals.note(words)
    totals.note(judge_tei(tei, item.tei, alone=words is None or bool(words.unchecked)))
    seen = Seen(item, line, sha256, is_found, _header_record(tei), records.of(item.number))
    return seen, totals.report("", counts=False)


class _Records:
    """The Dublin Core of the items, a file at a time."""

    def __init__(self, tree: Tree, there: set[str]) -> None:
        self._tree, self._there = tree, there
        self._name = ""
        self._found: dict[int, bytes] = {}

    def of(self, number: int) -> bytes | None:
        """A digest of the ``oai_dc:dc`` of an item; ``None`` where there is none that can be read."""
        name = records_name(number)
        if name != self._name:
            self._name, self._found = name, dict(self._read(name))
        return self._found.get(number)

    def _read(self, name: str) -> Iterator[tuple[int, bytes]]:
        if name not in self._there:
            return
        try:
            root = _parsed(self._tree.read(name, ITEM_LIMIT_BYTES * FOLDER_ITEMS // 100))
        except (ArchiveError, ValueError):
            return
        for item in root:
            number = item.get("n", "")
            if number.isascii() and number.isdigit() and len(number) < 12 and len(item):
                yield int(number), _digest(item[0])


def _header_record(tei: bytes) -> bytes | None:
    try:
        root = _parsed(tei)
    except ValueError:
        return None
    found = root.find(".//{http://www.openarchives.org/OAI/2.0/oai_dc/}dc")
    return None if found is None else _digest(found)


def _parsed(content: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def _digest(element: Any) -> bytes:
    """What an element is in its canonical form, in few bytes: it is only held against its like."""
    from lxml import etree

    element.tail = None
    return hashlib.sha256(etree.tostring(element, method="c14n", exclusive=True)).digest()

"""Deriving a bag of many pages again from its own file of captures: each page's TEI, their records, index and names.

The file is read as it was when the bag was made, page by page; memory grows with the index alone. What rules found of
a page is a judgement, and not derived: it may differ from one version to the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from solander.checking.records import rederivation
from solander.checking.rules import codes
from solander.encoding.item_index import IndexUnreadable, format_row, index_head, parse_index
from solander.errors import ArchiveError, SolanderError
from solander.files.laid_open import laid_open
from solander.model.addresses import host_of
from solander.model.bag import BagInfo
from solander.model.bag_layout import ITEM_LIMIT_BYTES, ORIGINAL_FOLDER
from solander.model.finding import Finding, Report, in_order
from solander.model.item import FOLDER_ITEMS, INDEX_NAME, Item, records_name
from solander.model.ports import Readable, Tree
from solander.pipeline.archive import RECORD_LIMIT_BYTES
from solander.pipeline.crawls.alikeness import Alikeness
from solander.pipeline.crawls.items import item_of
from solander.pipeline.crawls.packing import CAPTURE_KINDS, crawl_identifier
from solander.pipeline.crawls.rederiving_told import crawl_told_otherwise
from solander.pipeline.crawls.stated import described
from solander.pipeline.crawls.totals import Totals
from solander.pipeline.requests import Request
from solander.pipeline.sources.captures import found_in_records
from solander.profiles import Profile

_PIECE_BYTES = 1 << 20


def rederive_crawl(
    tree: Tree, info: BagInfo, options: dict[str, str], profile: Profile, place: Path
) -> Iterator[Report]:
    """Derive a bag again, and compare; a report for each page that differs, and one for the whole.

    Args:
        tree: the bag's files.
        info: what its ``bag-info.txt`` says.
        options: how it was made.
        profile: the imprint and the algorithms that were recorded.
        place: the bag, for messages.

    Raises:
        ArchiveError: it does not record how it was made, or could not be read.
    """
    name = options.get("original-name", "")
    try:
        at, kind = datetime.fromisoformat(options["at"]), name.split(".")[1]
        limit = int(options["limit-bytes"]) if "limit-bytes" in options else None
        label, media_type = options["file-name"], CAPTURE_KINDS[kind]
        if at.tzinfo is None:
            raise ValueError(f"{at.isoformat()} has no time zone")
    except (KeyError, IndexError, ValueError) as error:
        raise ArchiveError(place, f"it does not record how it was made ({error})") from error
    there = {entry.path for entry in tree.entries() if entry.kind == "file"}
    request = Request(at=at, limit_bytes=limit, keeps_media=False)
    with ExitStack() as stack:
        file = stack.enter_context(laid_open(tree, ORIGINAL_FOLDER + name))
        sha256 = _sha256(file)
        identifier = crawl_identifier(sha256)
        recorded = _Recorded(tree)
        totals, alikeness, number = Totals(), Alikeness(), 0
        records: list[str] = []
        try:
            for number, found in enumerate(found_in_records(file, label, kind, request, stack), 1):
                made = item_of(number, found, label, name, at, profile, alikeness)
                totals.add(made.item, None, host_of(made.item.uri))
                findings = list(recorded.compare(made.item))
                if made.item.tei:
                    kept = tree.read(made.item.tei, ITEM_LIMIT_BYTES) if made.item.tei in there else b""
                    findings += rederivation.tei_not_rederived(made.item.tei, kept, made.tei)
                    records.append(made.record)
                if number % FOLDER_ITEMS == 0:
                    findings += _records_compared(tree, there, number, records)
                    records = []
                if findings:
                    yield Report(subject="", findings=in_order(findings))
            last = list(_records_compared(tree, there, number, records)) if number % FOLDER_ITEMS else []
            last += recorded.rest(number)
        except SolanderError as error:
            raise ArchiveError(place, f"its file of captures cannot be read again: {error}") from error
        except IndexUnreadable as error:
            raise ArchiveError(place / INDEX_NAME, f"line {error.line}: {error}") from error
    last += rederivation.identifier_not_rederived("bag-info.txt", info.first("External-Identifier") or "", identifier)
    last += _whole_compared(tree, options, identifier, totals)
    yield Report(subject="", findings=in_order(last), rules=codes(rederivation.PAGE_RULES))
    yield crawl_told_otherwise(
        tree,
        info,
        options,
        media_type=media_type,
        identifier=identifier,
        sha256=sha256,
        totals=totals,
        at=at,
        profile=profile,
    )


class _Recorded:
    """The index as the bag has it, a row at a time."""

    def __init__(self, tree: Tree) -> None:
        self._items = parse_index(tree.chunks(INDEX_NAME))
        self._has_sketches = next(tree.chunks(INDEX_NAME), b"").startswith(index_head())

    def compare(self, item: Item) -> Iterator[Finding]:
        kept = next(self._items, None)
        # An index that was written before there were sketches is compared without them.
        sketch = item.sketch if self._has_sketches else None
        derived = replace(item, findings=kept.findings if kept else item.findings, sketch=sketch)
        written = format_row(kept) if kept else b""
        for one in rederivation.record_not_rederived(INDEX_NAME, written, format_row(derived)):
            # Each row was compared by itself; the line of names is the first.
            yield one._replace(place=one.place._replace(line=item.number + 1))

    def rest(self, number: int) -> Iterator[Finding]:
        for kept in self._items:
            number += 1
            for one in rederivation.record_not_rederived(INDEX_NAME, format_row(kept), b""):
                yield one._replace(place=one.place._replace(line=number + 1))


def _records_compared(tree: Tree, there: set[str], number: int, records: list[str]) -> Iterator[Finding]:
    from solander.encoding.item_records import encode_item_records

    document = encode_item_records(records_name(number), records)
    kept = tree.read(document.name, RECORD_LIMIT_BYTES) if document.name in there else b""
    yield from rederivation.record_not_rederived(document.name, kept, document.content)


def _whole_compared(tree: Tree, options: dict[str, str], identifier: str, totals: Totals) -> Iterator[Finding]:
    from solander.encoding.dublin_core import encode_dc, encode_dcterms
    from solander.encoding.statements import encode_statements

    description = described(options["file-name"], identifier, totals)
    evidence = encode_statements(description, said=(), options=options)
    for document, check in (
        (encode_dc(description), rederivation.record_not_rederived),
        (encode_dcterms(description), rederivation.record_not_rederived),
        (evidence, rederivation.evidence_not_rederived),
    ):
        yield from check(document.name, tree.read(document.name, RECORD_LIMIT_BYTES), document.content)


def _sha256(file: Readable) -> str:
    whole = hashlib.sha256()
    for at in range(0, file.size_bytes, _PIECE_BYTES):
        whole.update(file.read_at(at, _PIECE_BYTES))
    return whole.hexdigest()

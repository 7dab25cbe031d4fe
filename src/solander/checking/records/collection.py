"""A bag of many pages -> findings: COL, whether its index, its TEI, its Dublin Core and its file of captures agree.

Source: docs/format.md, "Bags of many pages"; RFC 4180.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from solander.checking.rules import Check, Fault, bounded, rule
from solander.model.finding import Finding, Place, in_order
from solander.model.item import INDEX_NAME, Item, records_name, tei_name

_SOURCE = "docs/format.md, bags of many pages"


class Seen(NamedTuple):
    """What is there of one item of the index."""

    item: Item
    line: int
    """Of the index; the lines of names is the first."""
    sha256: str | None = None
    """Of the page in the file of captures, reckoned; ``None`` where it was not found or not asked for."""
    is_found: bool | None = None
    """Whether the file of captures has the record; ``None`` where nobody looked."""
    header_record: bytes | None = None
    """A digest of the ``oai_dc:dc`` in the TEI's header, canonical; ``None`` where the TEI could not be read."""
    record: bytes | None = None
    """The same in ``metadata/items/``; ``None`` where there is none."""


class ManyPages(NamedTuple):
    """A bag of many pages, as far as the rules look at it."""

    seen: Sequence[Seen]
    tei_files: Collection[str]
    """Of the bag's payload, all names below the folders of TEI."""
    pages: str | None
    """``Web-Capture-Pages``, as ``bag-info.txt`` writes it."""
    index_fault: tuple[int, str] | None = None
    """Line and fault, where the index could not be read any further."""


@rule("COL001", "page-not-made", severity="warning", source="law 1")
def page_not_made(collection: ManyPages) -> Iterator[Fault]:
    """A page of the file of captures has no TEI: it could not be read, or the record is not whole.

    Why: Its bytes are kept, as far as they were there, but nobody finds its words.

    Remedy: Read the note in the index; pack the page by itself (solander pack FILE --url ADDRESS) to see more.
    """
    for one in collection.seen:
        if not one.item.tei:
            yield Fault(
                Place(INDEX_NAME, one.line), f"{one.item.uri or 'a page'}: {one.item.note or 'no reason given'}"
            )


@rule("COL002", "index-unreadable", severity="error", source="RFC 4180")
def index_unreadable(collection: ManyPages) -> Iterator[Fault]:
    """The index of the pages is no CSV of Solander's columns.

    Why: It alone tells which file is which page; what stands behind that line was not looked at.

    Remedy: Restore the file from another copy of the bag.
    """
    if collection.index_fault is not None:
        line, what = collection.index_fault
        yield Fault(Place(INDEX_NAME, line), what)


@rule("COL003", "item-out-of-order", severity="error", source=_SOURCE)
def item_out_of_order(collection: ManyPages) -> Iterator[Fault]:
    """A row of the index has not the number of its place, or its TEI another name than its number gives.

    Why: Numbers name files, and other rows point to them; with a row lost or moved they lead astray.

    Remedy: Restore the index from another copy of the bag.
    """
    for place, one in enumerate(collection.seen, 1):
        if one.item.number != place:
            yield Fault(Place(INDEX_NAME, one.line), "the row has the wrong number", str(place), str(one.item.number))
        elif one.item.tei not in ("", tei_name(place)):
            yield Fault(Place(INDEX_NAME, one.line), "the row names the wrong TEI file", tei_name(place), one.item.tei)


@rule("COL004", "item-file-missing", severity="error", source=_SOURCE)
def item_file_missing(collection: ManyPages) -> Iterator[Fault]:
    """The index names a TEI file that is not in the bag.

    Why: The words of that page are lost to whoever looks for them.

    Remedy: Restore the file from another copy, or make the bag again from its file of captures.
    """
    for one in collection.seen:
        if one.item.tei and one.item.tei not in collection.tei_files:
            yield Fault(Place(INDEX_NAME, one.line), f"there is no {one.item.tei}")


@rule("COL005", "item-file-unlisted", severity="error", source=_SOURCE)
def item_file_unlisted(collection: ManyPages) -> Iterator[Fault]:
    """A file among the TEI is in no row of the index.

    Why: Nobody can tell which page it is.

    Remedy: Take it out, or restore the index from another copy of the bag.
    """
    if collection.index_fault is None:
        listed = {one.item.tei for one in collection.seen}
        for name in sorted(set(collection.tei_files) - listed):
            yield Fault(Place(name), "no row of metadata/items.csv names it")


@rule("COL006", "item-record-missing", severity="error", source="ISO 28500:2017, 5.2 (WARC-Record-ID)")
def item_record_missing(collection: ManyPages) -> Iterator[Fault]:
    """The file of captures has no page of the record, or of the address and moment, that the index names.

    Why: The words cannot be proved by the bytes that they come from.

    Remedy: Compare index and file of captures with another copy of the bag.
    """
    for one in collection.seen:
        if one.is_found is False:
            yield Fault(
                Place(INDEX_NAME, one.line), f"the file of captures has no page {one.item.record or one.item.uri}"
            )


@rule("COL007", "item-digest-mismatch", severity="error", source=_SOURCE)
def item_digest_mismatch(collection: ManyPages) -> Iterator[Fault]:
    """The page in the file of captures has other bytes than the index says.

    Why: One of the two was changed, and what is called the same page may be another.

    Remedy: Compare index and file of captures with another copy of the bag.
    """
    for one in collection.seen:
        if one.sha256 is not None and one.item.tei and one.sha256 != one.item.sha256:
            yield Fault(Place(INDEX_NAME, one.line), "the page has another SHA-256", one.item.sha256, one.sha256)


@rule("COL008", "item-likeness-untrue", severity="error", source=_SOURCE)
def item_likeness_untrue(collection: ManyPages) -> Iterator[Fault]:
    """The index says that two pages are the same, and their digests differ; or does not say it where they do not.

    Why: Whoever counts or drops what is there twice would go by it.

    Remedy: Restore the index from another copy of the bag.
    """
    first: dict[str, int] = {}
    for one in collection.seen:
        if not one.item.tei:
            continue
        same = first.setdefault(one.item.sha256, one.item.number)
        expected = None if same == one.item.number else same
        if one.item.same_as != expected:
            yield Fault(
                Place(INDEX_NAME, one.line),
                "the row names the wrong earlier page with the same bytes",
                str(expected or "none"),
                str(one.item.same_as or "none"),
            )


@rule("COL009", "item-description-differs", severity="error", source="DCMI Metadata Terms (2020-01-20)")
def item_description_differs(collection: ManyPages) -> Iterator[Fault]:
    """The Dublin Core of a page in ``metadata/items/`` is not that in its TEI's header, or is not there.

    Why: A catalogue is made of the one, readers see the other.

    Remedy: Restore the file from another copy, or make the bag again from its file of captures.
    """
    for one in collection.seen:
        if one.header_record is not None and one.record != one.header_record:
            name = records_name(one.item.number)
            what = "is not there" if one.record is None else "is not that in its TEI"
            yield Fault(Place(name), f"the Dublin Core of item {one.item.number} {what}")


@rule("COL010", "pages-miscounted", severity="error", source=_SOURCE)
def pages_miscounted(collection: ManyPages) -> Iterator[Fault]:
    """``Web-Capture-Pages`` is not the number of pages in the index that have TEI.

    Why: Pages were lost or added since the bag was made, or the count was never true.

    Remedy: Restore index and bag-info.txt from another copy of the bag.
    """
    found = str(sum(bool(one.item.tei) for one in collection.seen))
    if collection.index_fault is None and collection.pages is not None and collection.pages != found:
        yield Fault(Place("bag-info.txt"), "the number of pages is wrong", collection.pages, found)


RULES: tuple[Check[[ManyPages]], ...] = (
    page_not_made,
    index_unreadable,
    item_out_of_order,
    item_file_missing,
    item_file_unlisted,
    item_record_missing,
    item_digest_mismatch,
    item_likeness_untrue,
    item_description_differs,
    pages_miscounted,
)
"""By code."""

PACKING_RULES: tuple[Check[[ManyPages]], ...] = (page_not_made,)
"""Those that speak when a bag is made; the others hold then by how it is made."""


def check_collection(
    collection: ManyPages, checks: Sequence[Callable[[ManyPages], Iterator[Finding]]] = RULES
) -> tuple[Finding, ...]:
    """Judge a bag of many pages."""
    return in_order(finding for check in checks for finding in bounded(check(collection)))

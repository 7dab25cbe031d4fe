"""One page of many: normalised, judged, and what the bag's index tells of it.

The page's TEI is what it is in a bag of its own, but for the pictures: those stay in the file of captures, and the
TEI's addresses lead to where they were in the web.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from solander.errors import PageTooCostly, SolanderError
from solander.model.bag import one_line
from solander.model.bag_layout import STATEMENTS_NAME, TEI_NAME
from solander.model.capture import Capture, Container, written_moment
from solander.model.finding import Finding, Report
from solander.model.item import Item, tei_name
from solander.pipeline.crawls.alikeness import Alikeness, sketch_of
from solander.pipeline.merging import without
from solander.pipeline.pages.judging import judge
from solander.pipeline.pages.normalising import Normalised, normalise_capture
from solander.pipeline.sources.captures import Found
from solander.profiles import Profile

TITLE_LIMIT = 300
"""Characters of a title that the index has."""


class MadeItem(NamedTuple):
    """A page that was made, or a note why it was not."""

    item: Item
    tei: bytes = b""
    record: str = ""
    """Its Dublin Core, an ``item`` element."""
    report: Report | None = None


def item_of(
    number: int, found: Found, label: str, name: str, at: datetime, profile: Profile, alikeness: Alikeness
) -> MadeItem:
    """Make one page that was found in a file of captures, or note why it cannot be made.

    Args:
        number: from 1.
        found: the page, or why there is none.
        label: as what the file was asked for when it was read, which messages may hold.
        name: what the file of captures is called in ``data/original/``.
        at: the moment of the work.
        profile: the archive's.
        alikeness: the pages before.
    """
    if isinstance(found.capture, SolanderError):
        uri, note = found.name.removeprefix(f"{label}: "), told(found.capture)
        # What the file was called is no secret; where it lay is.
        note = note.replace(label, label.replace("\\", "/").rpartition("/")[2])
        return MadeItem(Item(number=number, uri=uri, captured="", record="", note=note))
    return make_item(number, found.capture, name, at, profile, alikeness)


def make_item(
    number: int, capture: Capture, name: str, at: datetime, profile: Profile, alikeness: Alikeness
) -> MadeItem:
    """Make one page.

    Args:
        number: from 1.
        capture: the page, its container that of its own records.
        name: what the file of captures is called in ``data/original/``.
        at: the moment of the work.
        profile: the archive's.
        alikeness: the pages before.
    """
    item = Item(
        number=number,
        uri=capture.uri or "",
        captured=written_moment(capture.captured_at) if capture.captured_at else "",
        record=capture.origin.record_id or "",
    )
    try:
        normalised = normalise_capture(called(capture, name), at, (), profile.imprint)
        report = without(judge(normalised), profile.ignore)
    except PageTooCostly as error:
        return MadeItem(replace(item, note=told(error)))
    return _made(item, normalised, report, alikeness)


def called(capture: Capture, name: str) -> Capture:
    """The capture as one of a file of this name: then its pointers lead into that."""
    container = capture.container
    kept = Container(name=name, media_type=container.media_type, content=container.content) if container else None
    return replace(capture, container=kept, media=())


def told(error: SolanderError) -> str:
    """Why a page was not made, on one line."""
    return one_line(str(error))[:500]


def _made(item: Item, normalised: Normalised, report: Report, alikeness: Alikeness) -> MadeItem:
    from solander.encoding.item_records import item_record  # late: only packing writes it

    capture, description = normalised.capture, normalised.description
    same_as = alikeness.same_as(item.number, capture.sha256)
    sketch = None if same_as else sketch_of(normalised.page.text())
    tei = tei_name(item.number)
    made = replace(
        item,
        identifier=capture.identifier,
        sha256=capture.sha256,
        tei=tei,
        media_type=capture.media_type,
        charset=normalised.page.charset.name,
        language=description.first("language") or "",
        title=one_line(description.first("title") or "")[:TITLE_LIMIT],
        words=dict(report.counts).get("words", 0),
        findings=tuple(dict.fromkeys(one.code for one in report.findings)),
        same_as=same_as,
        like=alikeness.like(item.number, sketch),
        sketch=sketch,
    )
    record = item_record(item.number, capture.identifier, description)
    return MadeItem(made, normalised.tei.content, record, at_item(report, tei))


def at_item(report: Report, tei: str) -> Report:
    """A page's report with the places where its bag has things: what is said of its description is said of its TEI."""
    names = {TEI_NAME: tei, STATEMENTS_NAME: tei}
    return moved(
        report, lambda one: one._replace(place=one.place._replace(path=names.get(one.place.path, one.place.path)))
    )


def moved(report: Report, move: Callable[[Finding], Finding]) -> Report:
    """The same report with other findings."""
    return report._replace(findings=tuple(map(move, report.findings)))

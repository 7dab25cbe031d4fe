"""The record of what was done to a page: the bag's files as objects, and the events, as ``metadata/premis.xml``.

Packing writes it, and whoever derives a bag again writes it again.

Source: docs/format.md, "Provenance"; PREMIS Data Dictionary 3.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from solander.model.addresses import without_credentials
from solander.model.bag_layout import ORIGINAL_FOLDER, REPORT_NAME
from solander.model.capture import Capture, Medium
from solander.model.document import Document
from solander.model.finding import Report
from solander.model.fixity import digest
from solander.model.provenance import Event
from solander.pipeline.events import Following, events_of
from solander.pipeline.pages.normalising import Normalised


class Provenance(NamedTuple):
    """What was done, as values and as the file that says so."""

    events: tuple[Event, ...]
    document: Document


def provenance_of(
    normalised: Normalised,
    records: Sequence[Document],
    view: Document,
    report: Report,
    *,
    algorithms: tuple[str, ...],
    following: Following | None,
    original_name: str | None,
) -> Provenance:
    """Write the record of a page's way into its bag.

    Args:
        records: the forms of the description, ``description.json`` among them.
        view: the view for reading.
        report: the judgement of text, description, TEI and view.
        algorithms: of the manifests.
        following: what the bag follows, if it is not the object's first.
        original_name: what the page's file was called, where that is known.
    """
    # Late: only packing and deriving again write this form.
    from solander.encoding.premis import PremisObject, encode_premis

    capture, tei = normalised.capture, normalised.tei
    made = tuple(one.name for one in records)
    events = events_of(normalised, report, view=view.name, made=made, algorithms=algorithms, following=following)
    original = ORIGINAL_FOLDER + capture.original_name
    kept = (
        (original, capture.original, _original_type(normalised)),
        (tei.name, tei.content, "application/tei+xml"),
        (view.name, view.content, "text/html"),
        *((one.name, one.content, _media_type(one.name)) for one in records),
        *((name, one.content, one.media_type) for name, one in files_of(capture).items()),
    )
    addresses = {one.name: without_credentials(one.uri)[0] for one in reversed(capture.media)}
    taken_out = addresses if capture.container is not None else {}
    objects = [
        PremisObject(
            name=name,
            media_type=kind,
            size_bytes=len(content),
            digests=tuple(digest(content, algorithm) for algorithm in algorithms),
            original_name=original_name if name == original else addresses.get(name),
            derived_from=original if name in (tei.name, view.name) or name in taken_out else None,
        )
        for name, content, kind in kept
    ]
    # The report judges this record too, so that its digest cannot stand in it.
    objects.append(PremisObject(name=REPORT_NAME, media_type=_media_type(REPORT_NAME)))
    return Provenance(events, encode_premis(identifier=capture.identifier, objects=objects, events=events))


def files_of(capture: Capture) -> dict[str, Medium]:
    """The media of a capture by name: one file may stand under several addresses."""
    return {one.name: one for one in reversed(capture.media)}


def _original_type(normalised: Normalised) -> str:
    if normalised.capture.container is not None:
        return normalised.capture.container.media_type
    return "application/gzip" if normalised.capture.received is not None else normalised.capture.media_type


def _media_type(name: str) -> str:
    if name.endswith(".jsonld"):
        return "application/ld+json"
    return "application/json" if name.endswith(".json") else "application/xml"

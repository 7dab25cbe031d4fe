"""The record of how a file of captures became a bag of many pages, as ``metadata/premis.xml``.

Packing writes it, and whoever derives a bag again writes it again.

Source: PREMIS Data Dictionary 3.0; docs/format.md, "Bags of many pages".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from solander.model.bag_layout import ORIGINAL_FOLDER, REPORT_NAME
from solander.model.document import Document
from solander.model.fixity import Digest
from solander.pipeline.crawls.stated import crawl_events
from solander.pipeline.crawls.totals import Totals


def crawl_provenance(
    identifier: str,
    original: str,
    media_type: str,
    made: tuple[str, ...],
    totals: Totals,
    *,
    at: datetime,
    algorithms: tuple[str, ...],
    file_name: str,
    sizes: Mapping[str, int],
    digests: Mapping[str, tuple[str, ...]],
) -> Document:
    """Write the file of captures, what was made of it, and the steps from one to the other.

    Args:
        identifier: the object's.
        original: what the file of captures is called in ``data/original/``.
        media_type: of that file.
        made: paths of the records of the whole.
        totals: what the pages come to, their findings with them.
        at: the moment of the work, aware.
        algorithms: of the manifests, in the order in which each of ``digests`` has its values.
        file_name: what the file of captures was called before.
        sizes: of the files, by path; of one that is not there none is told.
        digests: of the files, by path, likewise.
    """
    # Late: only packing and deriving again write this form.
    from solander.encoding.premis import PremisObject, encode_premis

    whole = ORIGINAL_FOLDER + original
    objects = [
        PremisObject(
            name=name,
            media_type=kind,
            size_bytes=sizes.get(name),
            digests=tuple(
                Digest(algorithm, value) for algorithm, value in zip(algorithms, digests.get(name, ()), strict=False)
            ),
            original_name=file_name if name == whole else None,
            derived_from=None if name == whole else whole,
        )
        for name, kind in ((whole, media_type), *((name, _media_type(name)) for name in made))
    ]
    objects.append(PremisObject(name=REPORT_NAME, media_type=_media_type(REPORT_NAME)))
    events = crawl_events(totals, whole, made, REPORT_NAME, at, algorithms)
    return encode_premis(identifier=identifier, objects=objects, events=events)


def _media_type(name: str) -> str:
    return {"csv": "text/csv", "json": "application/json"}.get(name.rpartition(".")[2], "application/xml")

"""What a person who packs a page should know of other objects in its archive: the same bytes, or the same address."""

from __future__ import annotations

from dataclasses import replace

from solander.model.accession import Accession
from solander.pipeline.archive import Archive

TOLD = 3
"""So many bags are named and the rest counted: else what a run tells grows with the square of its captures."""


def beside_others(accession: Accession, archive: Archive) -> Accession:
    """An accession whose bag was just written, with the other objects of its bytes and of its address.

    A later version is told of its address no more: its first was.
    """
    capture = accession.capture
    same = archive.same_bytes(capture.sha256, accession.identifier)
    there: tuple[str, ...] = ()
    if capture.uri is not None and accession.version == 1:
        alike = set(same)
        there = tuple(one for one in archive.same_address(capture.uri, accession.identifier) if one not in alike)
    return replace(
        accession,
        same_bytes=same[:TOLD],
        same_bytes_total=len(same),
        same_address=there[:TOLD],
        same_address_total=len(there),
    )

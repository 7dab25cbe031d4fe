"""An accession: all that is packed together as one object, and where it came to stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from solander.model.capture import Capture
from solander.model.description import Description
from solander.model.document import Document
from solander.model.finding import Report
from solander.model.provenance import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Accession:
    """One page with everything said of it, ready for a bag or standing in one."""

    identifier: str
    """``urn:uuid:…``: the object's name through all its versions (``External-Identifier``)."""

    version: int
    """``Bag-Version``: counts the bags of one object, from 1."""

    name: str
    """The bag's folder name."""

    at: datetime
    """The moment of packing, aware, UTC."""

    capture: Capture
    description: Description
    documents: tuple[Document, ...]
    events: tuple[Event, ...]
    report: Report
    """The judgement at packing (``metadata/validation.json``): of everything but the bag's own manifests."""

    path: Path | None = None
    """The bag; ``None`` until it stands, and where ``--strict`` made none."""

    already_there: bool = False
    """The same capture with the same statements and options was packed before: nothing was written."""

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


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Accession:
    """One page with everything said of it, ready for a bag or standing in one."""

    identifier: str
    """``urn:uuid:…``: the object's name through all its versions (``External-Identifier``)."""

    version: int
    """``Bag-Version``: counts the bags of one object, from 1."""

    name: str
    """The bag's folder name."""

    at: datetime
    """The moment of packing, aware, UTC; of a bag that was already there, the moment that it records."""

    capture: Capture
    description: Description
    documents: tuple[Document, ...]
    events: tuple[Event, ...]
    """What was done in this run; empty where the bag was already there."""

    report: Report
    """The judgement at packing (``metadata/validation.json``): of everything but the bag's own manifests."""

    path: Path | None = None
    """The bag; ``None`` until it stands, and where ``--strict`` made none."""

    already_there: bool = False
    """The same capture with the same statements and options was packed before: nothing was written."""

    follows: str | None = None
    """The name of the bag of the version before; ``None`` for the first, and where nothing was made."""

    changed: tuple[str, ...] = ()
    """What is stated or asked otherwise than in that bag: elements (``title``) and options (``algorithms``)."""

    carried: tuple[str, ...] = ()
    """Elements of which nothing was stated now, so that what stands stated of them in the bag before still holds."""

    same_bytes: tuple[str, ...] = ()
    """Names of bags of other objects in the archive whose original is the same to the byte: the first of them."""

    same_bytes_total: int = 0
    """How many such bags there are: the same page of an error may stand in an archive ten thousand times."""

    same_address: tuple[str, ...] = ()
    """Names of bags of other objects in the archive that hold other bytes of the same address: the first of them."""

    same_address_total: int = 0
    """How many such bags there are."""

    def __repr__(self) -> str:
        """Short: which object, where; nothing of its page."""
        where = f"at {self.path}" if self.path else "standing nowhere"
        return f"<Accession {self.identifier}, version {self.version}, {where}>"

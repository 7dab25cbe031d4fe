"""Packages of DSpace's Simple Archive Format as a target: a folder of them, which ``dspace import --add`` takes in.

Each deposit is a folder with ``dublin_core.xml``, ``contents`` and the files that it lists. Who may read the files is
said there by name of a group, where the setting ``group`` names one; an embargo is for DSpace's keeper to set.

Source: DSpace documentation, "Importing and Exporting Items via Simple Archive Format",
https://wiki.lyrasis.org/display/DSDOC9x/Importing+and+Exporting+Items+via+Simple+Archive+Format
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from solander.depositing.folder import open_store
from solander.depositing.storage import StorageTarget, Store
from solander.depositing.terms import TargetTerms
from solander.errors import UsageError
from solander.model.deposit import OPEN, Consignment, Gap, Record

DESCRIPTION_NAME, CONTENTS_NAME = "dublin_core.xml", "contents"


def open_target(scheme: str, rest: str, terms: TargetTerms) -> PackagesTarget:
    """A folder of packages as a target; it is made when something is sent.

    Raises:
        UsageError: no folder is named, or something else has its name.
    """
    name = f"{scheme}:{rest}"
    if not rest:
        raise UsageError(f"{scheme}: names no folder; write {scheme}:PATH")
    return PackagesTarget(name, open_store(name, Path(rest)), terms)


class PackagesTarget(StorageTarget):
    """A folder of packages; keeps ``Target``."""

    metadata_form = "saf"
    holds_back = True

    def __init__(self, name: str, store: Store, terms: TargetTerms) -> None:
        super().__init__(name, store, forms=("zip", "tar"))
        self._group = terms.setting("group")

    def gaps(self, consignment: Consignment) -> Iterator[Gap]:
        """Who may read files that are not open: a package says it by a group's name."""
        if consignment.access.policy != OPEN and self._group is None:
            yield Gap(
                "contents",
                "its files are not for everybody, and no group of DSpace is named that may read them",
                "--set group=Administrator, or --access open",
            )

    def complete(self, record: Record, consignment: Consignment) -> Record:
        """Write what makes it a package, then the note that says that all of it is there."""
        content = consignment.metadata if isinstance(consignment.metadata, bytes) else b""
        self.store.put_small(f"{record.name}/{DESCRIPTION_NAME}", content)
        self.store.put_small(f"{record.name}/{CONTENTS_NAME}", self._contents(consignment))
        return super().complete(record, consignment)

    def _belonging(self, consignment: Consignment) -> set[str]:
        return {*super()._belonging(consignment), DESCRIPTION_NAME, CONTENTS_NAME}

    def _is_sent(self, name: str) -> bool:
        return super()._is_sent(name) and name not in (DESCRIPTION_NAME, CONTENTS_NAME)

    def _contents(self, consignment: Consignment) -> bytes:
        may_read = f"\tpermissions:-r '{self._group}'" if consignment.access.policy != OPEN else ""
        lines = (f"{one.name}\tbundle:ORIGINAL{may_read}\n" for one in consignment.parcels)
        return "".join(lines).encode()

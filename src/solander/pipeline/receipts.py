"""Receipts: what was deposited where, kept beside an archive's bags and held against them.

Source: docs/design.md, section 4; docs/format.md, "Deposits".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from solander.checking.bags import deposit as rules
from solander.encoding.receipt import encode_receipt, parse_receipt
from solander.errors import ArchiveError, SolanderError
from solander.files.folder import Folder
from solander.files.many_files import ManyFiles
from solander.files.named import kind_of
from solander.model.archive_names import RECEIPTS_FOLDER
from solander.model.deposit import Receipt
from solander.model.finding import Report, in_order
from solander.pipeline.bag_digest import bag_digest

RECEIPT_LIMIT_BYTES = 64 * 1024 * 1024


class Kept(NamedTuple):
    """A file among the receipts."""

    name: str
    """Within the archive, with forward slashes."""
    receipt: Receipt | None
    """``None`` if it is none that can be read."""
    why: str
    """Why it is none; empty otherwise."""


class Receipts:
    """An archive's receipts, as deposits go on; several threads may add to them."""

    def __init__(self, archive: Path) -> None:
        self._folder = archive / RECEIPTS_FOLDER
        self._files = ManyFiles(self._folder)

    def keep(self, receipt: Receipt) -> Path:
        """Write a receipt beside the bags, over an older one of the same bag at the same place.

        It is there whole when this returns, and on the disk when ``settle`` has returned.

        Raises:
            ArchiveUnwritable: the system refused.
        """
        return self._files.write(_name_of(receipt), encode_receipt(receipt))

    def standing(self, receipt: Receipt) -> Receipt | None:
        """The receipt that stands where this one would, for which ``settle`` waits, too; ``None`` if none can be read.

        Raises:
            ArchiveUnwritable: the system refused.
        """
        name = _name_of(receipt)
        try:
            found = parse_receipt(Folder(self._folder).read(name, RECEIPT_LIMIT_BYTES))
        except (ArchiveError, ValueError):
            return None
        self._files.found(name)
        return found

    def settle(self) -> None:
        """Wait until the disk has all that were written.

        Raises:
            ArchiveUnwritable: the disk refused.
        """
        self._files.settle()

    def close(self) -> None:
        """Let go of the folder."""
        self._files.close()


def _name_of(receipt: Receipt) -> str:
    target = re.sub("[^a-z0-9]+", "-", receipt.target.lower()).strip("-")[:60]
    return f"{receipt.bag}--{target}.json"


def receipts_in(archive: Path, *, of: str | None = None) -> Iterator[Kept]:
    """Every file among an archive's receipts, by name; or those of the bag of a name, as they are called.

    Raises:
        ArchiveError: the folder could not be read.
    """
    folder = archive / RECEIPTS_FOLDER
    if kind_of(folder) != "folder":
        return
    tree = Folder(folder)
    for entry in sorted(tree.entries()):
        if entry.kind == "folder" or entry.path.startswith(".solander-"):
            continue
        if of is not None and not entry.path.startswith(f"{of}--"):
            continue
        name = f"{RECEIPTS_FOLDER}/{entry.path}"
        try:
            yield Kept(name, parse_receipt(tree.read(entry.path, RECEIPT_LIMIT_BYTES)), "")
        except ValueError as error:
            yield Kept(name, None, str(error))
        except ArchiveError as error:
            yield Kept(name, None, error.what)


def receipts_of(bag: Path) -> tuple[Receipt, ...]:
    """The receipts of a bag, by when they were given."""
    archive, name = bag.resolve().parent, bag.resolve().name
    try:
        found = [one.receipt for one in receipts_in(archive, of=name) if one.receipt is not None]
    except ArchiveError:
        return ()
    return tuple(sorted((one for one in found if one.bag == name), key=lambda one: one.at))


def judge_receipts(archive: Path) -> Report:
    """Hold an archive's receipts against its bags.

    Raises:
        ArchiveError: they could not be listed.
    """
    findings = []
    for name, receipt, why in receipts_in(archive):
        digest = None
        if receipt is not None:
            try:
                digest = bag_digest(archive / receipt.bag)
            except SolanderError:
                digest = None
        findings += rules.check_deposited(rules.Deposited(name, receipt, why, digest))
    return Report(subject=str(archive), findings=in_order(findings), rules=rules.codes_after())

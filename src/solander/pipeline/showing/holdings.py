"""What a bag holds and where it came from, for a person who looks into it; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from solander.errors import ArchiveError, NotABag
from solander.files.named import kind_of
from solander.model.bag import Bag, BagInfo
from solander.model.bag_layout import PROVENANCE_NAME, REPORT_NAME, STATEMENTS_NAME
from solander.model.description import Description
from solander.model.finding import Report
from solander.model.ports import Tree
from solander.pipeline.archive import (
    RECORD_LIMIT_BYTES,
    bag_at,
    recorded_in,
    recorded_report,
)
from solander.pipeline.subject import NO_ARCHIVE_FILE, tree_in, without_bag


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One bag, looked into."""

    path: Path
    info: BagInfo
    """``bag-info.txt``."""

    description: Description | None
    """``None`` where the bag has none that Solander wrote."""

    report: Report | None
    """The judgement at packing; ``None`` where there is none."""

    files: tuple[tuple[str, int], ...]
    """Names within the bag and sizes in bytes, by name."""

    story: tuple[str, ...] = ()
    """How the page was received, in sentences, as far as it was recorded."""

    damage: tuple[str, ...] = ()
    """What shows at a glance to be missing or cannot be read, a line each; no digest was compared."""


def look_into(bag: str | Path) -> Holding:
    """Look into a bag: a folder, or an archive file, out of which nothing is unpacked.

    Raises:
        NotABag: there is none.
        ArchiveError: the folder or the file could not be read.
    """
    # Late: whoever only packs does without.
    from solander.packing import parse_bag

    path = Path(bag)
    tree, damage = _tree(path)
    parsed = parse_bag(tree)
    damage += [f"{fault.path}: {fault.message}" for fault in parsed.faults if fault.kind in _DAMAGE]
    there = {entry.path for entry in parsed.entries}
    damage += _silence(parsed, there)
    damage += [f"{name}: there is no such file" for name in parsed.lacking()]
    description = None
    if STATEMENTS_NAME in there:
        try:
            description = recorded_in(path, tree).description
        except ArchiveError as error:
            damage.append(f"{STATEMENTS_NAME}: {error.what}")
    report = recorded_report(path, tree) if REPORT_NAME in there else None
    if report is not None and report.unchecked and not report.rules:
        damage += (f"{REPORT_NAME}: {line}" for line in report.unchecked)
        report = None
    story: tuple[str, ...] = ()
    if PROVENANCE_NAME in there:
        from solander.encoding.premis import capture_told

        try:
            story = capture_told(tree.read(PROVENANCE_NAME, RECORD_LIMIT_BYTES))
        except (ArchiveError, ValueError) as error:
            damage.append(f"{PROVENANCE_NAME}: {error}")
    return Holding(
        path=path,
        story=story,
        info=parsed.info,
        description=description,
        report=report,
        files=tuple((entry.path, entry.size_bytes) for entry in parsed.entries if entry.kind != "folder"),
        damage=tuple(dict.fromkeys(damage)),
    )


def _tree(path: Path) -> tuple[Tree, list[str]]:
    """The bag's tree, and of an archive file what keeps it from being read whole.

    Raises:
        NotABag: there is none.
        ArchiveError: it could not be read.
    """
    if kind_of(path) != "file":
        return bag_at(path), []
    tree = tree_in(path)
    if tree is None:
        raise NotABag(path, NO_ARCHIVE_FILE)
    if not any(one.path == "bagit.txt" for one in tree.entries()):
        raise without_bag(path, tree, f"; see: solander validate {path}")
    return tree, [one.message for one in tree.faults_so_far() if one.kind == "serialised-unreadable"]


def _silence(bag: Bag, there: Set[str]) -> Iterator[str]:
    """Told of a ``bag-info.txt`` in which nothing stands that could be read."""
    if bag.info_path not in there:
        return
    if not bag.info.pairs and any(one.path == bag.info_path and one.size_bytes for one in bag.entries):
        yield f"{bag.info_path}: no field in it can be read"
    elif STATEMENTS_NAME in there and bag.info.first("External-Identifier") is None:
        yield f"{bag.info_path}: it does not say what the bag holds (External-Identifier)"


_DAMAGE = frozenset(("file-unreadable", "bagit-txt-malformed", "bagit-version-unknown"))
"""Faults of writing after which it is not certain what a bag holds."""

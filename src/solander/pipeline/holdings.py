"""What a bag holds and where it came from, for a person who looks into it; nothing is judged here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from solander.errors import ArchiveError
from solander.model.bag import BagInfo
from solander.model.description import Description
from solander.model.finding import Report
from solander.pipeline.archive import bag_at, bag_info, recorded_in, recorded_report


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


def look_into(bag: str | Path) -> Holding:
    """Look into a bag.

    Raises:
        NotABag: there is none.
        ArchiveError: the folder could not be read.
    """
    path = Path(bag)
    entries = sorted(bag_at(path).entries())
    try:
        description = recorded_in(path).description
    except ArchiveError:
        description = None
    report = recorded_report(path)
    return Holding(
        path=path,
        info=bag_info(path),
        description=description,
        report=None if report.unchecked and not report.rules else report,
        files=tuple((entry.path, entry.size_bytes) for entry in entries if entry.kind != "folder"),
    )

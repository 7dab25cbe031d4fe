"""The bags that are deposited."""

from __future__ import annotations

from pathlib import Path


def bag_in(archive: Path) -> Path:
    return next(one for one in archive.iterdir() if (one / "bagit.txt").exists())

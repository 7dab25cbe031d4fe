"""What a folder holds, and all of it that anybody could have changed."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

AT = datetime(2026, 1, 1, tzinfo=UTC)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        os.fsdecode(os.path.relpath(path, folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def state(folder: Path) -> dict[str, tuple[int, ...]]:
    """All that anybody could have changed of a folder, but for the time at which it was last read."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        status = path.lstat()
        found[str(path)] = (status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return found


def bags_in(place: Path) -> list[str]:
    return sorted(one.name for one in place.iterdir()) if place.exists() else []

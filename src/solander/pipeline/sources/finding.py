"""The pages at the places that a user names; and what in their folders is none.

What stands in bags is packed already: a bag, an archive, or a folder that holds one is refused, for else each bag's
original would be packed once more, as a page that comes from nowhere.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from solander.errors import OutputInsideSource, UsageError
from solander.profiles import PROFILE_NAME

_MARK = "bagit.txt"


def find_sources(places: Sequence[str], *, into: Path) -> list[str]:
    """The pages at some places: a folder stands for every page in it.

    Raises:
        SourceError: a folder holds no page, or cannot be read.
        OutputInsideSource: the archive lies in a folder that is to be packed.
        UsageError: a folder is a bag or an archive, or holds one.
    """
    from solander.capturing import find_sources as find

    archive = Path(os.path.realpath(into))
    found: list[str] = []
    for place in places:
        if place == "-" or not _is_folder(place):
            # Whatever is wrong with it is told when it is read.
            found.append(place)
            continue
        for above in Path(os.path.realpath(place)).parents:
            _refuse_bag(above)
        _refuse_packed(place, place)
        if archive.is_relative_to(os.path.realpath(place)):
            raise OutputInsideSource(into, Path(place))
        pages = find([place])
        seen: set[Path] = set()
        for folder in dict.fromkeys(os.path.dirname(page) for page in pages):  # noqa: PTH120 - names as they were given
            _refuse_packed(place, folder, seen)
        found += pages
    return found


def passed_by(places: Sequence[str], found: Sequence[str]) -> dict[str, int]:
    """How many files in the folders that were named are no pages, by suffix; hidden ones and parts of pages aside.

    Links are not followed, and counted as such.
    """
    pages = set(found)
    counts: Counter[str] = Counter()
    waiting = [place for place in places if place != "-" and _is_folder(place)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as names:
                entries = [one for one in names if not one.name.startswith(".")]
        except OSError:
            continue
        for entry in entries:
            if entry.is_symlink():
                counts["links"] += 1
            elif entry.is_dir(follow_symlinks=False):
                # What a browser saves beside a page is no file of its own.
                if not entry.name.endswith(("_files", "_Dateien", "-Dateien")):
                    waiting.append(entry.path)
            elif entry.path not in pages:
                counts[os.path.splitext(entry.name)[1].lower() or "without a suffix"] += 1  # noqa: PTH122
    return dict(sorted(counts.items()))


def _refuse_packed(place: str, folder: str, seen: set[Path] | None = None) -> None:
    """Refuse a folder that is a bag, stands within one, or holds one.

    Args:
        place: as the user named it; nothing above it is looked at.
        folder: within it.
        seen: folders that were looked at and are none; those of this one are added.

    Raises:
        UsageError: it is, stands or does.
    """
    seen = set() if seen is None else seen
    here = Path(folder)
    for one in (here, *here.parents):
        if one in seen or not one.is_relative_to(place):
            return
        _refuse_bag(one)
        if _stands(one / PROFILE_NAME) or _holds_bags(one):
            raise UsageError(f"{one}: this is an archive, and its pages are packed already; name saved pages")
        seen.add(one)


def _refuse_bag(folder: Path) -> None:
    if _stands(folder / _MARK):
        raise UsageError(f"{folder}: this is a bag, and its page is packed already; name saved pages")


def _holds_bags(folder: Path) -> bool:
    try:
        with os.scandir(folder) as names:
            return any(one.is_dir(follow_symlinks=False) and _stands(Path(one.path) / _MARK) for one in names)
    except OSError:
        return False


def _is_folder(place: str) -> bool:
    try:
        return stat.S_ISDIR(os.stat(place).st_mode)  # noqa: PTH116 - a path that may be no path at all
    except (OSError, ValueError):
        return False


def _stands(path: Path) -> bool:
    return os.path.lexists(path)

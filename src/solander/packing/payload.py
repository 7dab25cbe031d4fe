"""Which files of a folder become a bag's payload: what is left out was asked for, what no bag can hold is refused.

Nothing is passed over in silence: each name is a payload file, an empty folder, a link, left out as asked, or refused
with its reason.

Source: RFC 8493, sections 2.1.2 (payload), 2.1.3 (what a manifest can hold), 5.1.1 and 5.2 (names).
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from solander.model.ports import Entry
from solander.packing.paths import escape

SYSTEM_FILES = (".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", "._*")
"""What operating systems leave in folders, and is no content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What becomes of each name in a folder; paths are relative to it, in order."""

    files: tuple[Entry, ...] = ()
    empty_folders: tuple[str, ...] = ()
    """Folders in which nothing is kept: no manifest can list them."""

    links: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    """What was to be left out; of a folder its own path alone."""

    refused: tuple[tuple[str, str], ...] = ()
    """Paths that no bag can hold, and why."""


def choose_payload(
    entries: Iterable[Entry], *, below: str, exclude: Sequence[str] = (), links_are_refused: bool = True
) -> Chosen:
    """Say what becomes of each name.

    Args:
        entries: every name in the folder.
        below: where the files come to lie: ``data/`` or a folder in it, with its slash.
        exclude: patterns of the shell; one without a slash is held against names, one with a slash against paths.
            What they meet is left out, folders with all that is in them.
        links_are_refused: whether a symbolic link is a reason to refuse.
    """
    left_out = _matcher(exclude)
    files: list[Entry] = []
    folders: list[str] = []
    links: list[str] = []
    excluded: list[str] = []
    refused: list[tuple[str, str]] = []
    gone: set[str] = set()
    full: set[str] = set()
    # By path, so that a folder comes before what is in it.
    for entry in sorted(entries):
        path, kind = entry.path, entry.kind
        above = path.rpartition("/")[0]
        if above in gone:
            if kind == "folder":
                gone.add(path)
            continue
        if left_out(path):
            excluded.append(path)
            if kind == "folder":
                gone.add(path)
            continue
        full.add(above)
        fault = _fault(below + path, kind)
        if fault is None and kind == "symlink" and links_are_refused:
            fault = "a symbolic link"
        if fault is not None:
            refused.append((path, fault))
        elif kind == "file":
            files.append(entry)
        elif kind == "folder":
            folders.append(path)
        else:
            links.append(path)
    return Chosen(
        files=tuple(files),
        empty_folders=tuple(path for path in folders if path not in full),
        links=tuple(links),
        excluded=tuple(excluded),
        refused=tuple(refused),
    )


def _fault(path: str, kind: str) -> str | None:
    if kind == "special":
        return "a pipe, a socket or a device"
    try:
        escape(path)
    except UnicodeEncodeError:
        return "its name is not in UTF-8"
    except ValueError:
        return "no manifest can hold its name: read on another system, it leads out of the bag"
    return None


def _matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    if not patterns:
        return lambda path: False
    # A manifest's paths know capitals from small letters on every system, and so do these.
    of_paths = [fnmatch.translate(one.strip("/")) for one in patterns if "/" in one.rstrip("/")]
    of_names = [fnmatch.translate(one.rstrip("/")) for one in patterns if "/" not in one.rstrip("/")]
    names = re.compile("|".join(of_names)) if of_names else None
    paths = re.compile("|".join(of_paths)) if of_paths else None

    def left_out(path: str) -> bool:
        if names is not None and names.match(path.rpartition("/")[2]):
            return True
        return paths is not None and paths.match(path) is not None

    return left_out

"""Where the symbolic links of a bag lead, reckoned from the names alone: nothing is opened or followed.

A link that leads to a payload file can be judged by that file, under the file's own name; every other link leads
somewhere that no manifest vouches for.

Source: none; RFC 8493 does not speak of links. ``docs/format.md`` has the policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, TypeAlias

from solander.model.ports import Entry

Lead: TypeAlias = Literal["file", "folder", "tag", "special", "outside", "loop", "nothing", "unread"]
"""What a link leads to: a ``file`` or ``folder`` of the payload; a name outside ``data/`` (``tag``); a pipe, a socket
or a device in ``data/`` (``special``); out of the bag (``outside``); back to itself (``loop``); ``nothing``. Where it
says that it leads was not read (``unread``): it lies in an archive file."""

LINKS_LIMIT = 40
"""Links on the way to one name; Linux follows no more either."""

_PAYLOAD = "data"


class Led(NamedTuple):
    """Where one link leads."""

    lead: Lead
    path: str
    """The name at which it arrives, relative to the bag; empty where it arrives nowhere in it."""


def lead_links(entries: Iterable[Entry]) -> dict[str, Led]:
    """Where each link of a tree leads, by its path.

    A target that begins at the root of the file system, or that climbs out of the bag on its way, leads out of it,
    even if it would come back: the bag may stand elsewhere tomorrow.
    """
    every = tuple(entries)
    targets = {entry.path: entry.target for entry in every if entry.kind == "symlink"}
    if not targets:
        return {}
    kinds = {entry.path: entry.kind for entry in every}
    return {path: _led(path, targets, kinds) for path in targets}


def _led(link: str, targets: Mapping[str, str], kinds: Mapping[str, str]) -> Led:
    if not targets[link]:
        return Led("unread", "")
    at = link.split("/")
    # Parts still to go, the next one last.
    ahead: list[str] = [at.pop()]
    links = 0
    while ahead:
        part = ahead.pop()
        if part in ("", "."):
            continue
        if part == "..":
            if not at:
                return Led("outside", "")
            at.pop()
            continue
        at.append(part)
        path = "/".join(at)
        kind = kinds.get(path)
        if kind == "symlink":
            links += 1
            if links > LINKS_LIMIT:
                return Led("loop", "")
            if targets[path].startswith("/"):
                return Led("outside", "")
            if not targets[path]:
                return Led("unread", "")
            at.pop()
            ahead.extend(reversed(targets[path].split("/")))
        elif kind is None or (kind != "folder" and ahead):
            # A slash behind a name asks for a folder, even if nothing follows (POSIX, 4.13).
            return Led("nothing", "")
    return _arrived("/".join(at), link, kinds)


def _arrived(path: str, link: str, kinds: Mapping[str, str]) -> Led:
    if not path or link.startswith(f"{path}/"):
        # It leads to a folder in which it lies itself.
        return Led("loop", path)
    if path.partition("/")[0] != _PAYLOAD:
        return Led("tag", path)
    kind = kinds[path]
    return Led("file" if kind == "file" else "folder" if kind == "folder" else "special", path)

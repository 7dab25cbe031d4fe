"""Whether a bag that stands in an archive has what it lists, as a look at names and sizes tells; no digest is reckoned.

Source: RFC 8493, sections 2.1.3, 2.2.1 and 2.2.2 (Payload-Oxum).
"""

from __future__ import annotations

import os
from pathlib import Path

from solander.errors import ArchiveError, NameTaken
from solander.files.folder import Folder
from solander.packing.parse import parse_bag
from solander.pipeline.archive import bag_info

_REMEDY = "restore it, or move it away and pack again; see: solander validate"


def refuse_broken(path: Path) -> None:
    """Refuse a bag that is not whole: to say of its page that it is there already would be to say too much.

    Raises:
        ArchiveError: a file that it lists is not there, or its payload has not the bytes that it counts.
    """
    if (lacks := _lacking(path)) is not None:
        raise ArchiveError(path, f"this page's bag is not whole ({lacks}); {_REMEDY}")


def refused_name(path: Path) -> ArchiveError:
    """Why a bag cannot have its name: another has it, or its own bag stands there and no longer says what it is."""
    is_silent = os.path.lexists(path / "bagit.txt") and bag_info(path).first("External-Identifier") is None
    if not is_silent:
        return NameTaken(path)
    return ArchiveError(path, f"this page's bag does not say what it holds (bag-info.txt is damaged); {_REMEDY}")


def _lacking(path: Path) -> str | None:
    """What shows first to be missing from a bag, in words; ``None`` if nothing does."""
    bag = parse_bag(Folder(path))
    sizes = {entry.path: entry.size_bytes for entry in bag.entries if entry.kind != "folder"}
    elsewhere = {one.path for one in bag.fetch}
    payload = {name for manifest in bag.manifests for name in manifest.entries.paths}
    listed = payload.union(*(manifest.entries.paths for manifest in bag.tag_manifests))
    if missing := sorted(listed - sizes.keys() - elsewhere):
        more = f", nor are {len(missing) - 1} more" if len(missing) > 1 else ""
        return f"{missing[0]} is not there{more}"
    recorded = bag.info.first("Payload-Oxum")
    # What lies there unlisted takes nothing away; what is fetched from elsewhere may not have come yet.
    found = f"{sum(sizes[name] for name in payload if name in sizes)}.{len(payload)}"
    if recorded and not elsewhere and recorded.strip() != found:
        return f"its payload: recorded {recorded.strip()}, found {found}"
    return None

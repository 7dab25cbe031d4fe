"""What tells one bag from another, without judging it: whom it names, and the digests of the manifests that bind it.

Source: RFC 8493, 2.2.1 (tag manifests) and 2.2.2 (``External-Identifier``).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from solander.errors import ArchiveError
from solander.files.folder import Folder
from solander.model.ports import Tree
from solander.packing.tag_files import MANIFEST_NAME, parse_bag_info
from solander.pipeline.archive import BAG_INFO_LIMIT_BYTES
from solander.pipeline.subject import Subject, tree_in

MANIFEST_LIMIT_BYTES = 1024 * 1024 * 1024
"""Of a manifest that is read for its digest: judging refuses larger ones."""

State = tuple[tuple[str | int, ...], ...]


class Seen(NamedTuple):
    """A bag at a glance."""

    identifier: str | None
    """``External-Identifier``; ``None`` where it has none, or it cannot be read."""
    manifests: tuple[tuple[str, str], ...]
    """Its tag manifests, or its payload manifests where there is none: names, and the SHA-256 of each; by name. Empty
    where they cannot be read."""


def see(piece: Subject) -> Seen:
    """What a bag says it is, and the digests of what binds it; nothing, where that cannot be read: judging tells."""
    try:
        tree = _tree(piece)
        if tree is None:
            return Seen(None, ())
        manifests = tuple((name, _sha256(tree, name)) for name in _manifest_names(piece, tree))
    except (ArchiveError, OSError):
        return Seen(None, ())
    try:
        content = tree.read("bag-info.txt", BAG_INFO_LIMIT_BYTES)
    except ArchiveError:
        return Seen(None, manifests)
    return Seen(parse_bag_info(content.decode("utf-8", "replace"))[0].first("External-Identifier"), manifests)


def state_of(piece: Subject) -> State | None:
    """What the system says of the files of which digests are recorded: whoever writes one changes it."""
    try:
        if piece.kind != "bag":
            paths = [piece.path]
        else:
            paths = [piece.path / name for name in _manifest_names(piece, Folder(piece.path))]
        statuses = [(str(path), os.lstat(path)) for path in paths]
    except OSError:
        return None
    return tuple((name, one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for name, one in statuses)


def _tree(piece: Subject) -> Tree | None:
    return Folder(piece.path) if piece.kind == "bag" else tree_in(piece.path)


def _manifest_names(piece: Subject, tree: Tree) -> list[str]:
    """The names of its tag manifests, or of the payload manifests where there is none."""
    if piece.kind == "bag":
        with os.scandir(piece.path) as entries:
            names = sorted(one.name for one in entries if one.is_file(follow_symlinks=False))
    else:
        names = sorted(one.path for one in tree.entries() if one.kind == "file" and "/" not in one.path)
    matches = [match for match in map(MANIFEST_NAME.fullmatch, names) if match]
    tags = [match[0] for match in matches if match["tag"]]
    return tags or [match[0] for match in matches]


def _sha256(tree: Tree, name: str) -> str:
    digest, size_bytes = hashlib.sha256(), 0
    for chunk in tree.chunks(name):
        digest.update(chunk)
        size_bytes += len(chunk)
        if size_bytes > MANIFEST_LIMIT_BYTES:
            raise ArchiveError(Path(tree.name) / name, f"larger than the limit of {MANIFEST_LIMIT_BYTES:,} bytes")
    return digest.hexdigest()

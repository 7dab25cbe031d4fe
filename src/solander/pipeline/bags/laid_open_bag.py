"""A bag in an archive file, laid open in a temporary folder for as long as somebody looks into it.

What is wrong with the bag inside is told of the archive file, and not of a folder that nobody has.

Source: docs/design.md, section 1 (law 4: nothing is left behind).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from solander.errors import ArchiveError, ArchiveUnwritable, NotABag
from solander.files.leftovers import remove_tree
from solander.files.members import SerialisedTree
from solander.files.whole import opened_folder, temporary_folder
from solander.model.bag import PAYLOAD_FOLDER
from solander.model.ports import Tree, Wanted
from solander.model.serialised import INNER_MARK
from solander.pipeline.subject import NO_ARCHIVE_FILE, closed_to_us, cut_short, tree_in, without_bag

LIMIT_BYTES = 64 << 30
"""Of an archive file, unpacked: no more may lie in the temporary folder."""

_NAME = "bag"
_BY_OTHERS = "; take its files out with a program of your own, as tar, unzip, or zip -FF"


@contextmanager
def bag_laid_open(
    path: Path, tree: SerialisedTree[Any] | None = None, left_out: Mapping[str, str] | None = None
) -> Iterator[Path]:
    """A folder that holds what an archive file holds; it is gone at the end.

    Args:
        path: the archive file.
        tree: the tree in it, if whoever asks wants to know what is met while it is read.
        left_out: files that are not laid open, by their paths in the bag, and why; ``None`` where all must be read.
            Where it is given, what was read of a payload is laid open though no ``bagit.txt`` was (``is_remnant``).

    Raises:
        NotABag: it is no archive file, or there is no bag in it.
        ArchiveError: it, or a file in it, could not be read; or there is no room for it.
    """
    tree = tree or tree_in(path)
    if tree is None:
        raise NotABag(path, NO_ARCHIVE_FILE)
    if left_out is None and (closed := closed_to_us(path, tree)) is not None:
        raise closed
    entries = [one for one in tree.entries() if one.kind == "file" and one.path not in (left_out or ())]
    if not any(one.path == "bagit.txt" for one in entries) and not (left_out is not None and is_remnant(path, tree)):
        if left_out and (why := left_out.get("bagit.txt")):
            raise ArchiveError(path, f"its bagit.txt cannot be read ({why}), and without it no bag is seen{_BY_OTHERS}")
        unseen = without_bag(path, tree)
        if left_out is not None and not isinstance(unseen, NotABag):
            raise ArchiveError(
                path, f"{unseen.what.partition('; see: ')[0]}; no bagit.txt is in what is left{_BY_OTHERS}"
            )
        raise unseen
    size_bytes = sum(one.size_bytes for one in entries)
    if size_bytes > LIMIT_BYTES:
        raise ArchiveError(path, f"its {size_bytes:,} bytes are more than the {LIMIT_BYTES:,} that are laid open")
    parent = Path(tempfile.gettempdir())
    with opened_folder(parent) as above, temporary_folder(above, parent / _NAME) as (outer, temporary):
        folder = parent / temporary / _NAME
        try:
            outer.write((f"{_NAME}/{name}", pieces) for name, pieces in tree.contents() if name not in (left_out or ()))
        except ArchiveUnwritable as error:
            raise ArchiveError(path, f"it cannot be laid open in {parent} (TMPDIR): {error.what}") from error
        except ValueError as error:
            raise ArchiveError(path, "it holds names that no folder should have; see: solander validate") from error
        try:
            yield folder
        except ArchiveError as error:
            raise _told_of(path, folder, error) from error
        remove_tree(above, temporary)


def is_remnant(path: Path, tree: SerialisedTree[Any]) -> bool:
    """Whether an archive file was cut before its ``bagit.txt``, behind files of a payload: they can be rescued."""
    if cut_short(path, tree) is None:
        return False
    names = {one.path for one in tree.entries() if one.kind == "file"}
    return "bagit.txt" not in names and any(name.startswith(PAYLOAD_FOLDER) for name in names)


def not_readable(tree: Tree) -> dict[str, str]:
    """The files of a tree that cannot be read whole, and why: every file is read for it."""
    wanted = [Wanted(one.path, one.size_bytes, ()) for one in tree.entries() if one.kind == "file"]
    return {one.path: one.fault for one in tree.hashed(wanted) if one.fault is not None}


def _told_of(path: Path, folder: Path, error: ArchiveError) -> ArchiveError:
    """The same of the archive file."""
    if not error.path.is_relative_to(folder):
        # Of where something was written meanwhile.
        return error
    place = path if error.path == folder else Path(f"{path}{INNER_MARK}{error.path.relative_to(folder)}")
    return ArchiveError(place, error.what.replace(str(folder), str(path)))

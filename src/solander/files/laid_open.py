"""A file of a tree, read wherever it is wanted: where it lies, if it lies in a folder; else laid open first.

Source: docs/design.md, section 3 (files that may be large are places to stream from).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from solander.files.folder import Folder
from solander.files.spooling import spooled
from solander.model.ports import Readable, Tree


@contextmanager
def laid_open(tree: Tree, path: str) -> Iterator[Readable]:
    """A file of a bag, be the bag a folder or stand in an archive file.

    Raises:
        ArchiveError: it is no regular file, or could not be read.
        SourceUnreadable: the system has no room to lay it open.
    """
    if isinstance(tree, Folder):
        with tree.laid_open(path) as file:
            yield file
    else:
        with spooled(tree.chunks(path)) as file:
            yield file

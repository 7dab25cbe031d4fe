"""A small tree of files held in memory: each is read once, whatever is then made of it.

What is hashed, packed and sent is thus the same bytes, and no temporary file is written for it.

Source: none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from solander.model.ports import Entry, Hashed, Tree, Wanted

HELD_BYTES = 4 * 1024 * 1024
"""So much a tree may hold that is held: the bag of a page, and not one with films in it."""

HELD_FILES = 1_000
"""So many files it may have: reading many takes more than one thread, which a tree on the disk has."""


class Held:
    """A tree whose files are in memory; keeps ``Tree``."""

    def __init__(self, name: str, entries: Sequence[Entry], contents: dict[str, bytes]) -> None:
        """Take what ``held`` has read."""
        self.name, self._entries, self._contents = name, entries, contents

    def entries(self) -> Iterator[Entry]:
        """Every name, as it was listed."""
        return iter(self._entries)

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, in one piece."""
        return iter((self._contents[path],))

    def hashed(self, wanted: Sequence[Wanted]) -> Iterator[Hashed]:
        """The digests of files."""
        for one in wanted:
            yield Hashed(one.path, digests_of(self._contents[one.path], one.algorithms), None)

    def read(self, path: str, limit_bytes: int) -> bytes:
        """The whole of a file; it is small."""
        return self._contents[path]


def held(tree: Tree) -> Held | None:
    """A tree with all its files in memory; ``None`` where it is too large for that.

    Raises:
        ArchiveError: it could not be read.
    """
    entries = sorted(tree.entries())
    files = [entry for entry in entries if entry.kind == "file"]
    if len(files) > HELD_FILES or sum(entry.size_bytes for entry in files) > HELD_BYTES:
        return None
    return Held(tree.name, entries, {entry.path: tree.read(entry.path, HELD_BYTES) for entry in files})


def digests_of(content: bytes, algorithms: Sequence[str]) -> tuple[str, ...]:
    """The digests of bytes, in small hexadecimal digits."""
    return tuple([getattr(hashlib, name)(content, usedforsecurity=False).hexdigest() for name in algorithms])

"""Ports: the promises by which stages touch what lies outside them. ``pipeline`` hands in what keeps them.

No stage opens a file, looks for a schema or reads a clock; each takes one of these, or the values themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeAlias

Told: TypeAlias = Callable[[str, int, int], None]
"""Is told how far reading has come: a file's name, how many bytes are done, and how many there are."""


class Entry(NamedTuple):
    """One name in a tree of files."""

    path: str
    """Relative to the tree's root, with forward slashes; bytes that are no UTF-8 as lone surrogates."""
    kind: str
    """``file``, ``folder``, ``symlink`` or ``special`` (a FIFO, a device, a socket)."""
    size_bytes: int = 0
    """Of a file; 0 for all else."""
    target: str = ""
    """What a symbolic link says, as it is written there; empty for all else, and where it cannot be read."""


class Wanted(NamedTuple):
    """A file of which digests are wanted."""

    path: str
    size_bytes: int
    """As it was listed; a file that has another size when it is read has changed."""
    algorithms: tuple[str, ...]
    """``hashlib``'s names."""


CHANGED_WHILE_READ = "it changed while it was read"
"""The fault of a file that was neither as it was listed nor as it was when it had been read."""


class Hashed(NamedTuple):
    """A file that was read for its digests."""

    path: str
    digests: tuple[str, ...]
    """Hexadecimal, one for each algorithm that was asked for, in that order; none where there is a fault."""
    fault: str | None
    """Why it has none, in words; ``None`` where all is well."""


class Tree(Protocol):
    """A tree of files that is read and never changed: a folder, or an archive file read as it stands."""

    @property
    def name(self) -> str:
        """What to call it to a person: the path as given."""
        ...

    def entries(self) -> Iterator[Entry]:
        """Every name below the root, in no order that means anything; links are named, never followed.

        Raises:
            ArchiveError: a folder could not be read.
        """
        ...

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a regular file, in pieces; no link on the way is followed.

        Raises:
            ArchiveError: it is no regular file, or could not be read.
        """
        ...

    def hashed(self, wanted: Sequence[Wanted]) -> Iterator[Hashed]:
        """The digests of files, each read once, in no order that means anything; what cannot be read is told there.

        Raises:
            ArchiveError: the tree as a whole can no longer be read.
        """
        ...

    def read(self, path: str, limit_bytes: int) -> bytes:
        """The whole of a small file.

        Raises:
            ArchiveError: it is no regular file, is larger than ``limit_bytes``, or could not be read.
        """
        ...


class SchemaStore(Protocol):
    """Where schemas come from: the project's own, shipped with it."""

    def read(self, name: str) -> bytes:
        """The bytes of a schema by its file name, ``solander-tei.rng``.

        Raises:
            ProfileError: there is none of that name.
        """
        ...


class Readable(Protocol):
    """Bytes that may be many, read wherever they are wanted: a large file, or bytes in hand."""

    @property
    def size_bytes(self) -> int:
        """How many there are."""
        ...

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        """Bytes from a place on, fewer where they end.

        Raises:
            SourceUnreadable: the system refused.
        """
        ...


class BytesAtHand:
    """``Readable`` bytes in memory."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @property
    def size_bytes(self) -> int:
        """How many there are."""
        return len(self._content)

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        """Bytes from a place on, fewer where they end."""
        return self._content[offset_bytes : offset_bytes + size_bytes]

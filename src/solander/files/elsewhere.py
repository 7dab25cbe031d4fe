"""Places that are no folder of this machine: S3 by ``obstore``, and whatever else ``fsspec`` opens.

A place is named as its own tools name it: ``s3://bucket/folder/file``. Keys and addresses of servers come from the
environment (``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_ENDPOINT_URL``), and never from a command line.
A connection is opened where a person named such a place, and nowhere else.

What is written appears whole or not at all, and takes no name that is taken (``elsewhere_s3``, ``elsewhere_fsspec``).

Source: none.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from solander.errors import ArchiveError, SourceMissing, SourceUnreadable, UsageError
from solander.files.streaming import OpenFile

PIECE_BYTES = 8 << 20
"""A file is read and copied by pieces of this size."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+(::|://)", re.IGNORECASE)
# A password may hold what ends a host; what stands behind a host's port may hold an @.
_PASSWORD = re.compile(r"([a-z][a-z0-9+.-]*)://[^/?#@\[]*:(?![0-9]*(?:[/?#]|\Z))\S*@", re.IGNORECASE)
_QUESTION = re.compile(r"\?\S+")


class ElsewhereError(ArchiveError):
    """A place that is no folder could not be written or read; the message has its whole name."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(Path(name), what)
        # A path has no "//".
        self.args = (f"{name}: {what}",)


def is_elsewhere(place: str | Path) -> bool:
    """Whether a place is named by a scheme, as ``s3://bucket/file``, and is no path."""
    return isinstance(place, str) and _SCHEME.match(place) is not None


class Elsewhere(Protocol):
    """One place: a file, or a folder of files whose names are joined to it.

    Each of these raises ``ArchiveError`` where the place was not reached, or refused.
    """

    name: str
    """For messages."""

    def below(self, name: str) -> Elsewhere:
        """A file of this folder."""
        ...

    def size_bytes(self) -> int | None:
        """Its size; ``None`` where there is no such file."""
        ...

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        """Bytes from a place on, fewer where it ends."""
        ...

    def create(self, content: bytes) -> bool:
        """Write a small file; ``False`` where its name is taken."""
        ...

    def replace(self, content: bytes) -> None:
        """Write a small file over an older one."""
        ...

    def create_from(self, path: Path) -> bool:
        """Write what a file of this machine holds; ``False`` where its name is taken."""
        ...

    def remove(self) -> None:
        """Remove the file, if it is there."""
        ...


def elsewhere(place: str) -> Elsewhere:
    """A place by its name.

    Raises:
        UsageError: what opens it is not installed, or knows no such place; or a password stands in its name.
    """
    if (inner := _PASSWORD.search(place)) is not None:
        shown = _PASSWORD.sub(r"\1://", place)
        what = "a password stands in it, and would stand in reports; set it in the environment instead"
        raise UsageError(f"{shown_place(shown)}: {what} (docs/scale.md, for {inner[1].lower()})")
    if place.lower().startswith("s3://"):
        from solander.files.elsewhere_s3 import object_at

        return object_at(place)
    from solander.files.elsewhere_fsspec import file_at

    return file_at(place)


def shown_place(place: str) -> str:
    """A place for a person: of what stands behind ``?`` nothing is told, for it may be what opens the place."""
    return _QUESTION.sub("?…", place)


class FileElsewhere:
    """A file of another place, open: keeps ``Readable``."""

    def __init__(self, place: str) -> None:
        """Ask for it.

        Raises:
            SourceMissing: nothing is there.
            SourceUnreadable: it was not reached, or refused.
        """
        self.name = shown_place(place)
        self._at = elsewhere(place)
        size = self._asked(self._at.size_bytes)
        if size is None:
            raise SourceMissing(self.name)
        self.size_bytes = size

    def read_at(self, offset_bytes: int, size_bytes: int) -> bytes:
        """Bytes from a place on, fewer where the file ends.

        Raises:
            SourceUnreadable: it was not reached.
        """
        wanted = min(size_bytes, self.size_bytes - offset_bytes)
        return self._asked(lambda: self._at.read_at(offset_bytes, wanted)) if wanted > 0 else b""

    def chunks(self) -> Iterator[bytes]:
        """All of it, in pieces.

        Raises:
            SourceUnreadable: it was not reached, or became shorter.
        """
        offset = 0
        while offset < self.size_bytes:
            piece = self.read_at(offset, PIECE_BYTES)
            if not piece:
                raise SourceUnreadable(self.name, "it became shorter while it was read")
            offset += len(piece)
            yield piece

    def _asked(self, ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except ElsewhereError as error:
            raise SourceUnreadable(self.name, error.what) from error

    def __enter__(self) -> FileElsewhere:
        return self

    def __exit__(self, *_: object) -> None:
        """Connections end by themselves."""


def opened(place: str | Path) -> OpenFile | FileElsewhere:
    """A file, here or elsewhere, to be read in a ``with``.

    Raises:
        SourceError: it is not there, or cannot be read.
    """
    return FileElsewhere(str(place)) if is_elsewhere(place) else OpenFile(place)


@contextlib.contextmanager
def told(name: str) -> Iterator[None]:
    """Say in one line what a library raises, whatever it is.

    Raises:
        ElsewhereError: it raised something.
    """
    try:
        yield
    except (ElsewhereError, UsageError):
        raise
    except Exception as error:
        lines = shown_place(" ".join(str(error).split()))[:300]
        raise ElsewhereError(name, f"it was not reached, or refused ({lines or type(error).__name__})") from error

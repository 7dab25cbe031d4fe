"""Standard streams that keep their promises wherever they lead: to a full disk, a closed pipe, or nowhere.

A result that cannot be written is ``ResultLost``: it is never passed over. Talk that cannot be written is: the work's
own status stands. An input that has nothing yet is waited for.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO


class ResultLost(Exception):
    """Standard output could not be written. No ``OSError``, for libraries have ways of their own with those."""

    def __init__(self, error: OSError | ValueError) -> None:
        number = error.errno if isinstance(error, OSError) else errno.EBADF
        self.reader_gone = number == errno.EPIPE
        """Whoever read it has gone, as ``head`` does."""
        self.why = "it is not open for writing" if number == errno.EBADF else os.strerror(number or 0).lower()
        self.kept_in: str | None = None
        """The folder in which what was made before is kept, where the command makes anything."""
        super().__init__(self.why)

    def __str__(self) -> str:
        """One line for a person."""
        kept = f"; what was made before is kept in {self.kept_in}" if self.kept_in else ""
        return f"standard output could not be written ({self.why}){kept}"


class _Below(io.RawIOBase):
    """A raw stream that asks the one below it, and knows to wait."""

    def __init__(self, below: Any) -> None:
        self._below = below

    def fileno(self) -> int:
        number: int = self._below.fileno()
        return number

    def isatty(self) -> bool:
        return bool(self._below.isatty())

    def _wait(self, *, to_read: bool) -> None:
        # Late: few streams are set not to block.
        import select

        here = [self._below.fileno()]
        select.select(here if to_read else [], [] if to_read else here, [])


class _Input(_Below):
    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while (size := self._below.readinto1(buffer)) is None:
            self._wait(to_read=True)
        return int(size)


class _Results(_Below):
    _lost = False
    has_written = False

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.has_written = True
        # What was lost once is lost: the interpreter would complain of it again at its end.
        if self._lost:
            return len(content)
        try:
            while (size := self._below.write(content)) is None:
                self._wait(to_read=False)
        except (OSError, ValueError) as error:
            self._lost = True
            return self._refused(error, content)
        return int(size)

    def _refused(self, error: OSError | ValueError, content: Any) -> int:
        raise ResultLost(error) from error


class _Talk(_Results):
    def _refused(self, error: OSError | ValueError, content: Any) -> int:
        return len(content)


def has_result() -> bool:
    """Whether anything of a result has been written in this run."""
    return bool(getattr(getattr(getattr(sys.stdout, "buffer", None), "raw", None), "has_written", False))


@contextmanager
def own_streams() -> Iterator[None]:
    """Put streams with these promises in the place of the system's; a program's own, that are no files, stay."""
    _fill_gaps()
    before = sys.stdin, sys.stdout, sys.stderr
    try:
        with suppress(AttributeError, OSError, ValueError):
            sys.stdin = _heard(sys.stdin)
        for name, number, kind in (("stdout", 1, _Results), ("stderr", 2, _Talk)):
            setattr(sys, name, _spoken(getattr(sys, name), number, kind))
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, ResultLost):
                stream.flush()
        sys.stdin, sys.stdout, sys.stderr = before


def _fill_gaps() -> None:
    """Open the null device where a standard stream is closed: else a file of the archive would get its number.

    As standard output it is opened for reading, so that to write there fails as before.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)
            if opened != number:
                os.dup2(opened, number, inheritable=False)
                os.close(opened)


def _heard(stream: TextIO) -> TextIO:
    stream.fileno()
    return io.TextIOWrapper(io.BufferedReader(_Input(stream.buffer)), stream.encoding, stream.errors)


def _spoken(stream: TextIO | None, number: int, kind: type[_Results]) -> TextIO:
    if stream is None:
        below: Any = io.FileIO(number, "wb", closefd=False)
    elif (buffer := getattr(stream, "buffer", None)) is None:
        return stream
    else:
        with suppress(OSError, ValueError):
            stream.flush()
        # Beneath its buffer: what could not be written must not wait there for the interpreter's end.
        below = getattr(buffer, "raw", buffer)
    # A terminal of any encoding is shown any text, as escapes where it must.
    return io.TextIOWrapper(
        io.BufferedWriter(kind(below)),
        getattr(stream, "encoding", None) or "utf-8",
        "backslashreplace",
        # Who told Python not to buffer (PYTHONUNBUFFERED) has write_through here, which ends at the buffer beneath.
        line_buffering=number == 2 or any(getattr(stream, one, False) for one in ("line_buffering", "write_through")),
        write_through=bool(getattr(stream, "write_through", False)),
    )

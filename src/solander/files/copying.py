"""Copies of files that are read for their digests: where they go, and what is so when one cannot be written."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Copying(NamedTuple):
    """Where copies go, and how: each file to the path that ``name`` gives it below an open folder, which is there."""

    folder: int
    name: Callable[[str], str]
    mode: int
    modified_ns: int | None = None
    """Their time of modification; if it is not given, each keeps its own."""


class CopyRefused(Exception):
    """A copy could not be written; ``whole`` says it of the place where the copy was to stand."""

    def __init__(self, path: str, error: OSError) -> None:
        super().__init__(path)
        self.path, self.error = path, error


@contextlib.contextmanager
def writing_copy(path: str) -> Iterator[None]:
    """What the system refuses in the body is told of the copy at ``path``."""
    try:
        yield
    except OSError as error:
        raise CopyRefused(path, error) from error

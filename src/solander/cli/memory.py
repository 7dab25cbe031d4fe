"""A lack of memory: known in whatever form a library tells of it, and asked for before one ends the program over it."""

from __future__ import annotations

import errno
import resource
import sys
from collections.abc import Sequence
from types import ModuleType

from solander.cli.signals import chain

ROOM_BYTES = 88_000_000
"""What numpy takes when it is loaded: its libraries and the work space of OpenBLAS, and a little more."""

_WORDS = ("failed to map segment", "cannot allocate memory", "cannot apply additional memory protection")
"""How the loader says it, of a library that found no room."""


def is_lack_of_memory(error: BaseException | None) -> bool:
    """Whether an exception came of a lack of memory, whatever was made of that on the way."""
    return any(
        isinstance(one, MemoryError)
        or (isinstance(one, OSError) and one.errno == errno.ENOMEM)
        or (isinstance(one, ImportError) and any(words in str(one).lower() for words in _WORDS))
        for one in chain(error)
    )


class Room:
    """A finder of modules that finds none, but asks whether there is room for numpy.

    OpenBLAS, which comes with it, calls ``exit(1)`` where it finds none: that would be the status for findings.
    """

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """Find nothing.

        Raises:
            MemoryError: there is no room for numpy.
        """
        if name == "numpy":
            sys.meta_path.remove(self)
            ask_for(ROOM_BYTES)


def ask_for(size_bytes: int) -> None:
    """Take so much memory and give it back at once; nothing is touched, so it costs nothing.

    Raises:
        MemoryError: there is not so much, by the limit of this process.
    """
    if resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY:
        return
    import mmap

    try:
        mmap.mmap(-1, size_bytes).close()
    except OSError as error:
        raise MemoryError from error

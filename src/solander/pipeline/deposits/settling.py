"""Waiting for the disk, for all who wait at once: it takes what several threads wrote as fast as what one did.

Source: docs/design.md, section 1 (law 4).
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from solander.errors import SolanderError


class Settling:
    """Several threads write and wait; whoever's turn it is gives the disk what all of them had written by then."""

    def __init__(self, give_to_disk: Callable[[], None]) -> None:
        """``give_to_disk`` returns when the disk has all that was written before it was called."""
        self._give_to_disk = give_to_disk
        self._counting, self._turn = threading.Lock(), threading.Lock()
        self._asked = self._settled = 0
        self._failure: SolanderError | OSError | None = None

    def wait(self) -> None:
        """Return when the disk has what this thread wrote.

        Once the disk has refused, it is refused to whoever waits from then on: the system tells of lost bytes once, and
        a second try would be told that all is well.
        """
        with self._counting:
            self._asked += 1
            mine = self._asked
        with self._turn:
            # Who had its turn before may have begun after this thread had written.
            if self._settled >= mine:
                return
            if self._failure is not None:
                raise self._failure
            with self._counting:
                asked = self._asked
            try:
                self._give_to_disk()
            except (SolanderError, OSError) as failure:
                self._failure = failure
                raise
            self._settled = asked

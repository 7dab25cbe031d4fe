"""Waiting for the disk, for all who wait at once: it takes what several threads wrote as fast as what one did.

Source: DESIGN, section 1 (law 4).
"""

from __future__ import annotations

import threading
from collections.abc import Callable


class Settling:
    """Several threads write and wait; whoever's turn it is gives the disk what all of them had written by then."""

    def __init__(self, give_to_disk: Callable[[], None]) -> None:
        """``give_to_disk`` returns when the disk has all that was written before it was called."""
        self._give_to_disk = give_to_disk
        self._counting, self._turn = threading.Lock(), threading.Lock()
        self._asked = self._settled = 0

    def wait(self) -> None:
        """Return when the disk has what this thread wrote; what giving it raises is passed on to each who waited."""
        with self._counting:
            self._asked += 1
            mine = self._asked
        with self._turn:
            # Who had its turn before may have begun after this thread had written.
            if self._settled >= mine:
                return
            with self._counting:
                asked = self._asked
            self._give_to_disk()
            self._settled = asked

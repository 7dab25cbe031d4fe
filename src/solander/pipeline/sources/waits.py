"""What a run waits for, told to a person once it takes longer than people expect: each host once.

A host that is dead is found out only by the end of a time, which is a minute; whoever sees nothing for so long takes
the program for dead instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from solander.pipeline.requests import Waiting

TOLD_AFTER_SECONDS = 5.0
"""What is over by then is not told."""


class Waits:
    """Tells of the waits of one run."""

    def __init__(self, waiting: Waiting | None) -> None:
        """``waiting`` is told, on a thread of its own; ``None`` where nobody wants to know."""
        self._waiting = waiting
        self._told: set[str] = set()

    @contextmanager
    def waits(self, host: str, seconds: float) -> Iterator[None]:
        """Tell, if the body takes long, that a host is waited for, and for how many seconds at most."""
        if self._waiting is None or host in self._told or seconds <= TOLD_AFTER_SECONDS:
            yield
            return
        timer = Timer(TOLD_AFTER_SECONDS, self._tell, (self._waiting, host, seconds))
        # It holds up nobody who has had enough.
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _tell(self, waiting: Waiting, host: str, seconds: float) -> None:
        self._told.add(host)
        waiting(host, seconds)

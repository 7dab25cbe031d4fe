"""Signals that ask for an end (Ctrl-C, SIGTERM, SIGHUP) become one exception, once.

What is under way is undone while it passes, and nobody's impatience disturbs that: whoever asks again meanwhile is not
heard. Where the exception was lost on its way, it is raised again.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from solander.cli import early

_ASKING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_AGAIN_AFTER_SECONDS = 0.01


class Ended(BaseException):
    """Somebody asked the program to end; ``number`` is the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Listener:
    """Whoever listens for signals, from ``listen`` to ``leave``."""

    def __init__(self) -> None:
        self._before: dict[int, Any] = {}
        self._number: int | None = None
        self._deaf = False
        self._complain: Callable[[sys.UnraisableHookArgs], Any] | None = None

    def listen(self) -> None:
        """Raise ``Ended`` for every signal that would have ended the program; one that is ignored stays ignored."""
        try:
            # SIGALRM is our own: see ``_lost``.
            for number in (*_ASKING, signal.SIGALRM):
                if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler, early):
                    self._before[number] = signal.signal(number, self._asked)
        except ValueError:
            # Only the main thread may listen; a program that calls us from another keeps its own manners.
            return
        self._complain, sys.unraisablehook = sys.unraisablehook, self._lost

    def close_ears(self) -> None:
        """Hear nothing from here on: the status is decided."""
        self._deaf = True

    def leave(self, *, last: bool) -> None:
        """Give the signals back to who had them; ``last`` ignores them, for a process that has only to end."""
        self._deaf = True
        if self._complain is None:
            return
        sys.unraisablehook = self._complain
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in self._before.items():
            signal.signal(number, signal.SIG_IGN if last else handler)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        # Somebody along the way may just now be cleaning up because of the first.
        if self._deaf or ended_in(sys.exc_info()[1]):
            return
        if number != signal.SIGALRM or self._number is None:
            self._number = number
        raise Ended(self._number)

    def _lost(self, unraisable: sys.UnraisableHookArgs) -> None:
        """Ask again in a moment, where the exception came up in a place that none can leave, as a weak reference's."""
        if isinstance(unraisable.exc_value, Ended):
            signal.setitimer(signal.ITIMER_REAL, _AGAIN_AFTER_SECONDS)
        elif self._complain is not None:
            self._complain(unraisable)


def ended_in(error: BaseException | None) -> int | None:
    """The signal of the ``Ended`` from which an exception came; ``None`` if it came from none.

    A class body, for one, gives any exception in it as a ``RuntimeError``.
    """
    for one in chain(error):
        if isinstance(one, Ended):
            return one.number
    return None


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and those from which it came, the latest first; such a chain may lead back into itself."""
    met: set[int] = set()
    while error is not None and id(error) not in met:
        met.add(id(error))
        yield error
        error = error.__cause__ or error.__context__

"""Processes that judge for another one: how they are started, what each is given, and what becomes of one that dies.

A process is given one thing at a time, through a pipe. It is one of its own, not a copy of ours: a copy of a process
with threads may stand still for ever. What goes through the pipes was written by this program and read by no other.
"""

from __future__ import annotations

import contextlib
import pickle
import selectors
import subprocess
from collections.abc import Iterator, Sequence
from typing import IO, Any, NamedTuple

from solander.pipeline.clock import seconds_running
from solander.pipeline.judgement.outcome import Outcome
from solander.pipeline.own_process import signal_name, start_module
from solander.pipeline.subject import Subject

_GRACE_SECONDS = 5.0
_REST_SECONDS = 0.5
"""In this time the processes end that have nothing to do."""


class _Worker(NamedTuple):
    process: subprocess.Popen[bytes]
    requests: IO[bytes]
    answers: IO[bytes]


class Workers:
    """As many processes as were asked for; when they are left, none of them is left over."""

    def __init__(self, number: int, wishes: dict[str, Any]) -> None:
        """Take their number, and what each is told first: the arguments of ``validate``."""
        self._number, self._wishes = number, wishes
        self.running: list[_Worker] = []

    def __enter__(self) -> Workers:
        """Start them."""
        try:
            for _ in range(self._number):
                self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End them, whatever they were doing; those at rest end by themselves, and what they started with them."""
        for worker in self.running:
            with contextlib.suppress(OSError, ValueError):
                worker.requests.close()
        # For all together: whoever asks thirty of them to end in the midst of their work does not wait for each.
        until = seconds_running() + _REST_SECONDS
        for worker in self.running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.process.wait(max(until - seconds_running(), 0))
        for worker in self.running:
            with contextlib.suppress(OSError):
                worker.process.kill()
            with contextlib.suppress(OSError, ValueError):
                worker.answers.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.process.wait(_GRACE_SECONDS)
        self.running.clear()

    def _start(self) -> _Worker:
        process = start_module("solander.pipeline.judgement.judging_worker")
        assert process.stdin is not None  # noqa: S101 - for the type checker, as the next line
        assert process.stdout is not None  # noqa: S101
        worker = _Worker(process, process.stdin, process.stdout)
        self.running.append(worker)
        send(worker.requests, self._wishes)
        return worker

    def judge(self, pieces: Sequence[Subject]) -> Iterator[Outcome]:
        """Have things judged, and hand out what comes of each in their order."""
        waiting = iter(enumerate(pieces))
        done: dict[int, Outcome] = {}
        at_work: dict[_Worker, tuple[int, Subject]] = {}
        with selectors.DefaultSelector() as selector:
            for worker in list(self.running):
                self._give(worker, waiting, at_work, selector)
            for number in range(len(pieces)):
                while number not in done:
                    for key, _ in selector.select():
                        worker = key.data
                        selector.unregister(worker.answers)
                        which, piece = at_work.pop(worker)
                        outcome = self._outcome(worker, piece)
                        done[which] = outcome or _died(worker, piece)
                        if outcome is None:
                            worker = self._instead_of(worker)
                        self._give(worker, waiting, at_work, selector)
                yield done.pop(number)

    def _instead_of(self, dead: _Worker) -> _Worker:
        self.running.remove(dead)
        for stream in (dead.requests, dead.answers):
            # What was to be sent to it has nobody to go to.
            with contextlib.suppress(OSError):
                stream.close()
        return self._start()

    def _give(
        self,
        worker: _Worker,
        waiting: Iterator[tuple[int, Subject]],
        at_work: dict[_Worker, tuple[int, Subject]],
        selector: selectors.BaseSelector,
    ) -> None:
        following = next(waiting, None)
        if following is None:
            return
        at_work[worker] = following
        selector.register(worker.answers, selectors.EVENT_READ, worker)
        # A process that is gone shows when its answer is waited for.
        with contextlib.suppress(OSError):
            send(worker.requests, tuple(following[1]))

    def _outcome(self, worker: _Worker, piece: Subject) -> Outcome | None:
        """What a process says of a thing; ``None`` if it died."""
        try:
            said = receive(worker.answers)
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        return Outcome(piece, *said)


def _died(worker: _Worker, piece: Subject) -> Outcome:
    """The outcome of a thing whose process ended while it judged it."""
    worker.process.kill()
    status = worker.process.wait()
    why = f"status {status}" if status >= 0 else signal_name(-status)
    return Outcome(piece, None, f"{piece.path}: the process that judged it ended ({why}); it was not judged", 3)


def send(stream: IO[bytes], value: object) -> None:
    """Send a value to a process of ours, or back."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(len(content).to_bytes(8, "big") + content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Receive a value from a process of ours.

    Raises:
        EOFError: the other end is gone.
    """
    head = stream.read(8)
    size = int.from_bytes(head, "big")
    content = stream.read(size) if len(head) == 8 else b""
    if len(head) < 8 or len(content) < size:
        raise EOFError
    return pickle.loads(content)  # noqa: S301 - our own process wrote it, through a pipe that nobody else has

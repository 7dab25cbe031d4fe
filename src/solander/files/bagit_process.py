"""A process of its own in which ``bagit`` judges bags: ``python -m solander.files.bagit_process``.

It reads bags from standard input, a line of JSON each, and answers each with a line of JSON; nothing else is written:
whatever bagit prints or logs goes nowhere, and no process here may write a file. bagit is read in once; a copy of this
process judges, and judges on for as long as bagit calls the bags valid: such a bag has taken it the one way that leads
to the end. With the first other word the copy ends, and the next bag has a new one. So no bag meets what a bad one left
behind, and one that makes bagit hang, die or grow costs its own verdict and no other. It is to be started by
``second_opinion`` alone; when nobody is there to ask any more, it ends, and the copy with it.

Source: RFC 8493, section 3; bagit-python 1.9.0.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import resource
import select
import signal
from collections.abc import Iterator
from typing import Any, NoReturn

REASON_LIMIT = 500
"""Characters of a reason that are handed on: it may quote a file name, or a thousand of them."""

MEMORY_BYTES = 8 * 1024**3
"""A bag that needs more makes bagit give up, and not the machine."""

BAGS_A_COPY = 256
"""So many valid bags one copy judges; whatever it gathers on the way, a few hundred are no burden."""

_CHUNK_BYTES = 64 * 1024


def main() -> None:
    """Answer until nobody asks any more."""
    answers = os.dup(1)
    # Standard error leads nowhere here: what bagit prints goes the same way.
    os.dup2(2, 1)
    # Whoever is asked to end is the one that started this; it ends this process as well.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Validating writes nothing; should it try, the system refuses. Answers go through pipes, which are no files.
    _bound(resource.RLIMIT_FSIZE, 0)
    _bound(resource.RLIMIT_AS, MEMORY_BYTES)
    known = _read_in()
    copy: _Copy | None = None
    try:
        for line in _lines(0):
            asked = json.loads(line)
            said = known
            if not known["reason"]:
                if copy is not None and copy.is_gone():
                    copy = None
                copy = copy or _Copy(known)
                said = copy.asked(asked["bag"], asked["seconds"])
                if said["verdict"] != "valid" or copy.bags == BAGS_A_COPY:
                    copy.end()
                    copy = None
            _write(answers, json.dumps(said).encode() + b"\n")
    finally:
        if copy is not None:
            copy.end()


def _lines(file: int) -> Iterator[bytes]:
    """Whole lines, as they come, without their line feeds."""
    waiting = b""
    while chunk := os.read(file, _CHUNK_BYTES):
        *lines, waiting = (waiting + chunk).split(b"\n")
        yield from lines


def _bound(what: int, most: int) -> None:
    # A bound that is already tighter, or that the system does not know, is left as it is.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def _read_in() -> dict[str, Any]:
    """Read bagit in, and say which it is; a ``reason`` is why it could not be."""
    said: dict[str, Any] = {"version": "", "sha256": "", "verdict": None, "reason": ""}
    try:
        import hashlib
        from importlib.metadata import version

        import bagit

        logging.disable(logging.CRITICAL)
        said["version"] = version("bagit")
        said["sha256"] = hashlib.sha256(bagit.__loader__.get_data(bagit.__file__)).hexdigest()
    except Exception as error:  # noqa: BLE001 - a judge that is not there has no opinion, whatever ails it
        said["reason"] = f"it could not be started: {error}"[:REASON_LIMIT]
    return said


class _Copy:
    """A copy of this process that judges bags, one after the other; it is ended by whoever made it."""

    def __init__(self, known: dict[str, Any]) -> None:
        self._known, self.bags, self._status = known, 0, 0
        questions, self._questions = os.pipe()
        self._answers, answers = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            os.close(self._questions)
            os.close(self._answers)
            _judge_on(known, questions, answers)
        os.close(questions)
        os.close(answers)

    def is_gone(self) -> bool:
        """Whether the system ended it while it was at rest."""
        gone, _ = os.waitpid(self._process, os.WNOHANG)
        if gone:
            self._process, self._status = 0, 0
            self._close()
        return bool(gone)

    def asked(self, bag: str, seconds: float) -> dict[str, Any]:
        """What bagit says of a bag, for no longer than ``seconds``; anything but "valid" is this copy's last word."""
        self.bags += 1
        with contextlib.suppress(BrokenPipeError):  # it is gone, which shows when its answer is read
            _write(self._questions, json.dumps(bag).encode() + b"\n")
        content, is_late = self._answer(seconds)
        if is_late:
            return self._known | {"reason": f"it had come to no end after {seconds:,.0f} seconds"}
        try:
            said: dict[str, Any] = json.loads(content)
        except ValueError:
            return self._known | {"reason": f"it ended without a word (status {self.end()})"}
        return said

    def end(self) -> int:
        """End it, and whatever it is doing; its status."""
        if self._process:
            self._close()
            # Nobody else has its number until it is waited for.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            self._status = os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])
            self._process = 0
        return self._status

    def _close(self) -> None:
        os.close(self._questions)
        os.close(self._answers)

    def _answer(self, seconds: float) -> tuple[bytes, bool]:
        """What it says until it has said a line, or ends; and whether its time was over, or nobody waits any more."""
        content = b""
        asked = select.poll()
        asked.register(self._answers, select.POLLIN)
        # Of standard input only its end is of interest: who asked is gone.
        asked.register(0, 0)
        while events := dict(asked.poll(seconds * 1000)):
            if self._answers in events:
                chunk = os.read(self._answers, _CHUNK_BYTES)
                content += chunk
                if not chunk or content.endswith(b"\n"):
                    return content, False
            elif events.get(0, 0) & (select.POLLHUP | select.POLLERR):
                break
        return content, True


def _judge_on(known: dict[str, Any], questions: int, answers: int) -> NoReturn:
    """Judge bags in a copy of the process, write what bagit says of each, and end."""
    try:
        # What is asked of the other is none of this copy's business.
        os.close(0)
        for line in _lines(questions):
            said = _judged(known, json.loads(line))
            said["reason"] = said["reason"][:REASON_LIMIT]
            _write(answers, json.dumps(said).encode() + b"\n")
    finally:
        # Not the long way out: what waits to be done at the end of the process is that of the one it was copied from.
        os._exit(0)


def _judged(known: dict[str, Any], bag: str) -> dict[str, Any]:
    import bagit

    try:
        bagit.Bag(bag).validate()
    except bagit.BagError as error:
        return known | {"verdict": "invalid", "reason": str(error)}
    except Exception as error:  # noqa: BLE001 - bagit ends in tracebacks on hostile bags: that is no verdict
        return known | {"reason": f"it stopped with {type(error).__name__}: {error}"}
    return known | {"verdict": "valid"}


def _write(into: int, content: bytes) -> None:
    while content:
        content = content[os.write(into, content) :]


if __name__ == "__main__":
    main()

"""A process of its own in which ``bagit`` judges bags: ``python -m solander.files.bagit_process``.

It reads bags from standard input, a line of JSON each, and answers each with a line of JSON; nothing else is written:
whatever bagit prints or logs goes nowhere, and no process here may write a file. bagit is read in once; each bag is
judged by a copy of this process that judges nothing else, and ends with it. So no bag meets what another left behind,
and one that makes bagit hang, die or grow costs its own verdict and no other. It is to be started by
``second_opinion`` alone; when nobody is there to ask any more, it ends, and the copy that was at work with it.

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
from typing import Any, NoReturn

REASON_LIMIT = 500
"""Characters of a reason that are handed on: it may quote a file name, or a thousand of them."""

MEMORY_BYTES = 8 * 1024**3
"""A bag that needs more makes bagit give up, and not the machine."""

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
    waiting = b""
    while chunk := os.read(0, _CHUNK_BYTES):
        *lines, waiting = (waiting + chunk).split(b"\n")
        for line in lines:
            asked = json.loads(line)
            said = known if known["reason"] else _judged_by_copy(known, asked["bag"], asked["seconds"])
            _write(answers, json.dumps(said).encode() + b"\n")


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


def _judged_by_copy(known: dict[str, Any], bag: str, seconds: float) -> dict[str, Any]:
    """Have a copy of this process judge one bag, for no longer than ``seconds``; then it is gone."""
    out, into = os.pipe()
    copy = os.fork()
    if copy == 0:
        _judge(known, bag, into)
    os.close(into)
    try:
        content, is_late = _answer_of(out, seconds)
    finally:
        os.close(out)
        # It has answered, or is to answer no more. Nobody else has its number until it is waited for.
        with contextlib.suppress(ProcessLookupError):
            os.kill(copy, signal.SIGKILL)
        _, status = os.waitpid(copy, 0)
    if is_late:
        return known | {"reason": f"it had come to no end after {seconds:,.0f} seconds"}
    try:
        said: dict[str, Any] = json.loads(content)
    except ValueError:
        return known | {"reason": f"it ended without a word (status {os.waitstatus_to_exitcode(status)})"}
    return said


def _answer_of(out: int, seconds: float) -> tuple[bytes, bool]:
    """What a copy writes until it ends, and whether it was still at work when its time was over."""
    content = b""
    asked = select.poll()
    asked.register(out, select.POLLIN)
    # Of standard input only its end is of interest: who asked is gone.
    asked.register(0, 0)
    # It writes once, at its end.
    while events := dict(asked.poll(seconds * 1000)):
        if out in events:
            chunk = os.read(out, _CHUNK_BYTES)
            if not chunk:
                return content, False
            content += chunk
        elif events.get(0, 0) & (select.POLLHUP | select.POLLERR):
            break
    return content, True


def _judge(known: dict[str, Any], bag: str, into: int) -> NoReturn:
    """Judge one bag in a copy of the process, write what bagit says, and end."""
    try:
        # What is asked next is none of this copy's business.
        os.close(0)
        said = _judged(known, bag)
        said["reason"] = said["reason"][:REASON_LIMIT]
        _write(into, json.dumps(said).encode())
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

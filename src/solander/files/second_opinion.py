"""The second opinion: what ``bagit``, the Library of Congress's program, says of a bag that lies in a folder.

It is asked in a process of its own for each bag and for a bounded time: it changes the working directory, logs and
prints, recurses, and hangs for ever on a pipe. Nothing of that is ours then, and a thread of ours is not disturbed.
To start Python and read bagit in takes thirty times as long as to judge the bag of a page; for many bags
(``many_asked``) that is done once, and the process that has done it copies itself for each.

Source: RFC 8493, section 3; https://github.com/LibraryOfCongress/bagit-python.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from solander.model.opinion import Opinion

JUDGE = "bagit"

PATIENCE_SECONDS = 60.0
"""As long as bagit is waited for, whatever the bag's size."""

BYTES_PER_SECOND = 20_000_000
"""For each of these it is waited for a second more: a tenth of what it hashes on slow machines."""

_GRACE_SECONDS = 20.0
"""How much longer the process is waited for that keeps the time: to start, and to say that the time is over."""

_CHUNK_BYTES = 64 * 1024
_TOLD = frozenset(("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV"))


def ask_bagit(bag: Path, size_bytes: int, *, patience_seconds: float = PATIENCE_SECONDS) -> Opinion:
    """Ask bagit about a bag; the bag must hold neither pipes nor links that lead out of it.

    Args:
        bag: its folder.
        size_bytes: of all its files: the larger, the longer bagit is waited for.
        patience_seconds: how long it is waited for besides.
    """
    with many_asked() as asked:
        return asked.about(os.path.realpath(bag), patience_seconds + size_bytes / BYTES_PER_SECOND)


@contextlib.contextmanager
def many_asked() -> Iterator[Asked]:
    """While the body lasts, one process serves all that ``ask_bagit`` is asked; it is started when the first comes."""
    with _SHARED.turn:
        asked = _SHARED.asked = _SHARED.asked or Asked()
        asked.users += 1
    try:
        yield asked
    finally:
        with _SHARED.turn:
            asked.users -= 1
            if not asked.users:
                _SHARED.asked = None
                asked.end()


class Asked:
    """The process that is asked; one that died, or does not keep to its time, is ended, and begun anew for the next."""

    def __init__(self) -> None:
        self.users = 0
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int | None:
        """The number by which the system knows the process; ``None`` while none runs."""
        return None if self._process is None else self._process.pid

    def about(self, bag: str, seconds: float) -> Opinion:
        """What bagit says of a bag; whatever befalls it is an opinion without a verdict."""
        with self._turn:
            try:
                said = self._said(json.dumps({"bag": bag, "seconds": seconds}).encode() + b"\n", seconds)
                return Opinion(JUDGE, said["version"], said["sha256"], said["verdict"], said["reason"])
            except OSError as error:
                self.end()
                return _silent(f"it could not be started: {error.strerror or error}")
            except (ValueError, KeyError, TypeError):
                status = self.end()
                return _silent(f"it ended without a word (status {status})")
            except BaseException:
                # Ctrl-C too: the next question must not be answered by what is still to come of this one.
                self.end()
                raise

    def end(self) -> int | None:
        """End the process, if it runs, and whatever it started; its status is ours where we ended it."""
        process, self._process = self._process, None
        if process is None:
            return None
        ended_by_itself = None
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            # Nobody asks any more: it ends by that.
            ended_by_itself = process.wait(2)
        if ended_by_itself is None:
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
        return process.returncode

    def _said(self, question: bytes, seconds: float) -> dict[str, Any]:
        process = self._process or self._begun()
        assert process.stdin is not None  # noqa: S101 - for the type checker, as the next line
        assert process.stdout is not None  # noqa: S101
        with contextlib.suppress(BrokenPipeError):  # it is gone, which shows when its answer is read
            process.stdin.write(question)
            process.stdin.flush()
        content = b""
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            # It answers at once or not at all: the first piece is what is waited for.
            while not content.endswith(b"\n") and selector.select(_GRACE_SECONDS + (0 if content else seconds)):
                chunk = os.read(process.stdout.fileno(), _CHUNK_BYTES)
                if not chunk:
                    break
                content += chunk
        said: dict[str, Any] = json.loads(content)
        return said

    def _begun(self) -> subprocess.Popen[bytes]:
        # -B: not even compiled files are written. The words are English, and names are bytes as everywhere on Linux.
        command = [sys.executable, "-B", "-X", "utf8", "-m", "solander.files.bagit_process"]
        # Somebody else's program: of what stands in the environment, a token for one, it is told what Python needs.
        surroundings = {name: value for name, value in os.environ.items() if name in _TOLD or name.startswith("PYTHON")}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, and nothing that was given
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Not the folder in which somebody works: what lies there must not be imported.
            cwd="/",
            env=surroundings | {"LC_ALL": "C.UTF-8"},
            # It is ended with the copies of it that are at work.
            start_new_session=True,
        )
        return self._process


class _Shared:
    """What all threads of this process ask."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.asked: Asked | None = None


_SHARED = _Shared()


def _silent(why: str) -> Opinion:
    return Opinion(JUDGE, "", "", None, why)

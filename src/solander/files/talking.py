"""A process of our own that is talked with, a line for a line, and waited for a bounded time."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
from collections.abc import Iterator

from solander.files.descent import CHUNK_BYTES

LINE_LIMIT_BYTES = 64 * 1024 * 1024


class NoAnswer(Exception):
    """The process did not answer; it was ended, and the message says why in words."""


class Talker:
    """A Python module that runs as a process of its own and answers each line with one."""

    def __init__(self, module: str) -> None:
        """Start it when it is first asked.

        Args:
            module: by its full name; it is one of ours.
        """
        self.module = module
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, line: bytes, seconds: float) -> bytes:
        """Say a line, and wait for the answer.

        Raises:
            NoAnswer: there was none within the time; the process is ended, and started anew when it is asked again.
        """
        process = self.process or self._started()
        try:
            return self._answer(process, line + b"\n", seconds)
        except TimeoutError:
            self._ended()
            raise NoAnswer(f"it had come to no end after {seconds:,.0f} seconds") from None
        except (OSError, EOFError) as error:
            status = self._ended()
            raise NoAnswer(f"it ended without a word (status {status})") from error

    def close(self) -> None:
        """End it."""
        if self.process is not None:
            self._ended()

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-B", "-X", "utf8", "-m", self.module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Not the folder in which somebody works: what lies there must not be imported.
                cwd="/",
            )
        except OSError as error:
            raise NoAnswer(f"it could not be started: {error.strerror or error}") from error
        return self.process

    def _ended(self) -> int:
        process, self.process = self.process, None
        if process is None:
            return 0
        process.kill()
        status = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was not said yet cannot be said any more
        return status

    def _answer(self, process: subprocess.Popen[bytes], line: bytes, seconds: float) -> bytes:
        if process.stdin is None or process.stdout is None:
            raise EOFError
        into, out = process.stdin.fileno(), process.stdout.fileno()
        os.set_blocking(into, False)
        said, heard, size = memoryview(line), [], 0
        with selectors.DefaultSelector() as ready:
            ready.register(into, selectors.EVENT_WRITE)
            ready.register(out, selectors.EVENT_READ)
            for descriptor in self._ready(ready, seconds):
                if descriptor == into:
                    said = said[os.write(into, said) :]
                    if not said:
                        ready.unregister(into)
                    continue
                chunk = os.read(out, CHUNK_BYTES)
                size += len(chunk)
                if not chunk or size > LINE_LIMIT_BYTES:
                    raise EOFError
                heard.append(chunk)
                if chunk.endswith(b"\n"):
                    return b"".join(heard)
        raise EOFError

    @staticmethod
    def _ready(ready: selectors.BaseSelector, seconds: float) -> Iterator[int]:
        """Ends of pipes that can be used now, each time one can; it is waited ``seconds`` for each.

        Raises:
            TimeoutError: none could for so long.
        """
        while True:
            some = ready.select(seconds)
            if not some:
                raise TimeoutError
            for key, _ in some:
                yield key.fd

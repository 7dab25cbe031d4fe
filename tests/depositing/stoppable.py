"""Runs of ``solander`` that a test kills, each in a process of its own, without waiting for Python to start each time.

A process reads the program in, once, and copies itself for each run: what is killed is a process as any other.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator

PROGRAM = """
import json, os, sys
import solander.cli, solander.cli.deposit, solander.pipeline.deposits.queue
import solander.pipeline.judgement.bag_contents
import solander.depositing.course, solander.depositing.http_session, httpx2
for line in sys.stdin:
    run = os.fork()
    if run == 0:
        quiet = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(quiet, number)
        try:
            os._exit(solander.cli.main(json.loads(line)))
        finally:
            os._exit(70)
    print(run, flush=True)
    os.waitpid(run, 0)
    print("ended", flush=True)
"""


class Runs:
    """The process that copies itself."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, *arguments: str) -> Run:
        print(json.dumps(arguments), file=self._process.stdin, flush=True)
        return Run(int(self._process.stdout.readline()), self._process)


class Run:
    """A run of ``solander``."""

    def __init__(self, number: int, parent: subprocess.Popen[str]) -> None:
        self._number, self._parent = number, parent

    def has_ended(self) -> bool:
        return bool(select.select([self._parent.stdout], [], [], 0)[0])

    def kill(self) -> None:
        """``kill -9``; it is gone when this returns."""
        with contextlib.suppress(ProcessLookupError):
            if not self.has_ended():
                os.kill(self._number, signal.SIGKILL)
        assert self._parent.stdout.readline() == "ended\n"


@contextlib.contextmanager
def runs(surroundings: dict[str, str]) -> Iterator[Runs]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Runs(process)
    finally:
        process.stdin.close()
        process.wait(60)
        process.stdout.close()

"""Processes for shards, one each, watched: what one of them does to itself befalls its shard and no other.

A process that dies, takes too long or takes too much memory is ended; its shard is tried again, and then set aside with
the reason. Nothing is shared but the archive, in which each shard has names of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from solander.batch import ShardConfig, ShardReceipt
from solander.pipeline.clock import seconds_running
from solander.pipeline.machine import resident_bytes
from solander.pipeline.own_process import signal_name, start_module

_TICK_SECONDS = 0.25
_LINE_LIMIT = 1 << 16
_NEARLY = 0.8
_IN_PASSING = frozenset(("pages", "waits_for"))
"""What a process says on the way; any other word is its last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one shard may take."""

    memory_bytes: int | None = None
    seconds: float | None = None
    attempts: int = 2
    """Of a shard whose process died; a fault that would come again is told at once."""


class Aside(NamedTuple):
    """A shard that was set aside."""

    source: str
    reason: str
    attempts: int


class Told(NamedTuple):
    """How far a shard has come."""

    source: str
    pages: int
    total: int
    findings: int


class Waits(NamedTuple):
    """A shard waits for a host of the web, and has done so for some seconds."""

    source: str
    host: str
    seconds: float
    """At most."""


class Done(NamedTuple):
    """A shard that is done."""

    source: str
    receipt: ShardReceipt
    peak_bytes: int


class _Running:
    """One process and its shard."""

    def __init__(self, source: str, attempt: int, out: str | Path, config: ShardConfig, limits: Limits) -> None:
        self.source, self.attempt, self.begun = source, attempt, seconds_running()
        self.process = start_module("solander.batch.worker", OPENBLAS_NUM_THREADS="1")
        assert self.process.stdin is not None  # noqa: S101 - for the type checker, as the next line
        assert self.process.stdout is not None  # noqa: S101
        self.answers = self.process.stdout
        self._rest = b""
        self.last: dict[str, Any] = {}
        self.killed_for: str | None = None
        self.most_bytes = 0
        """As much memory as it was last seen to have."""
        task = {"shard": source, "out": str(out), "config": asdict(config), "memory_bytes": limits.memory_bytes}
        # One that is gone already shows when its answers end.
        with contextlib.suppress(OSError):
            self.process.stdin.write((json.dumps(task) + "\n").encode())
            self.process.stdin.flush()

    def said(self) -> list[dict[str, Any]] | None:
        """What it said since; ``None`` where it will say no more."""
        piece = os.read(self.answers.fileno(), _LINE_LIMIT)
        *lines, self._rest = (self._rest + piece).split(b"\n")
        said = [json.loads(line) for line in lines]
        for one in said:
            if not _IN_PASSING.intersection(one):
                self.last = one
        return said if piece else None

    def end(self, reason: str | None = None) -> None:
        """Kill it."""
        self.killed_for = self.killed_for or reason
        with contextlib.suppress(OSError):
            self.process.kill()

    def close(self) -> None:
        """Wait for its end, and close what it was told and said by."""
        self.process.wait()
        for stream in (self.process.stdin, self.answers):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def death(self, memory_bytes: int | None) -> str:
        """How it ended, in words."""
        if self.killed_for is not None:
            return self.killed_for
        if "fault" in self.last:
            return str(self.last["fault"])
        status = self.process.returncode
        how = (
            f"its process ended with status {status}"
            if status >= 0
            else f"its process was ended by {signal_name(-status)}"
        )
        if memory_bytes is not None and self.most_bytes > memory_bytes * _NEARLY:
            # A library that was refused more may end the program where it stands.
            return f"{how}, when it had nearly all of the {memory_bytes / 2**20:,.0f} MiB that it may (--memory)"
        return how


def supervise(
    sources: Sequence[str], out: str | Path, config: ShardConfig, *, jobs: int, limits: Limits
) -> Iterator[Told | Waits | Done | Aside]:
    """Work on shards, as many at once as there are ``jobs``; tell of each how it goes and what became of it."""
    waiting = [(source, 1) for source in reversed(sources)]
    running: list[_Running] = []
    try:
        with selectors.DefaultSelector() as selector:
            while waiting or running:
                while waiting and len(running) < jobs:
                    source, attempt = waiting.pop()
                    one = _Running(source, attempt, out, config, limits)
                    running.append(one)
                    selector.register(one.answers, selectors.EVENT_READ, one)
                for key, _ in selector.select(_TICK_SECONDS):
                    one = key.data
                    said = one.said()
                    for word in said or ():
                        if "pages" in word:
                            yield Told(one.source, word["pages"], word["total"], word["findings"])
                        elif "waits_for" in word:
                            yield Waits(one.source, word["waits_for"], word["seconds"])
                    if said is None:
                        selector.unregister(one.answers)
                        running.remove(one)
                        one.close()
                        if (outcome := _outcome(one, limits)) is None:
                            waiting.append((one.source, one.attempt + 1))
                        else:
                            yield outcome
                for one in running:
                    _hold(one, limits)
    finally:
        for one in running:
            one.end()
        for one in running:
            one.close()


def _outcome(one: _Running, limits: Limits) -> Done | Aside | None:
    """What became of a shard whose process has ended; ``None`` where it is to be tried again."""
    if "receipt" in one.last:
        return Done(one.source, ShardReceipt(**one.last["receipt"]), one.last["peak_bytes"])
    if "error" in one.last:
        return Aside(one.source, one.last["error"], one.attempt)
    return Aside(one.source, one.death(limits.memory_bytes), one.attempt) if one.attempt >= limits.attempts else None


def _hold(one: _Running, limits: Limits) -> None:
    """End a process that took more than it may."""
    if limits.seconds is not None and seconds_running() - one.begun > limits.seconds:
        one.end(f"it takes longer than {limits.seconds:,.0f} seconds (--time)")
    one.most_bytes = resident_bytes(one.process.pid) or one.most_bytes
    if limits.memory_bytes is not None and one.most_bytes > limits.memory_bytes:
        one.end(f"it takes more memory than {limits.memory_bytes / 2**20:,.0f} MiB (--memory)")

"""Progress, shown where somebody watches: on standard error, if it is a terminal, and nowhere else.

A bar costs a library that takes as long to load as all else of a command: only a watched run of some length has one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

from solander.reporting.text import visible

LARGE_BYTES = 32 << 20
"""A bag of less is read in a moment; of one that is larger it is told how far it was read."""

_ESTIMATED_FROM_SECONDS = 2.0
"""Nothing is foretold before: by the first small files it would be hours, by what is in memory nothing at all."""


def seconds_left(elapsed: float | None, done: float, total: float | None) -> int | None:
    """How long the rest will take if it goes on as on the whole until now; ``None`` where it is too early to say."""
    if elapsed is None or elapsed < _ESTIMATED_FROM_SECONDS or not total or not 0 < done <= total:
        return None
    return round(elapsed * (total - done) / done)


def _time_left() -> Any:
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    class TimeLeft(ProgressColumn):
        max_refresh = 0.5

        def render(self, task: Task) -> Text:
            left = seconds_left(task.elapsed, task.completed, task.total)
            if left is None:
                return Text("-:--:--")
            return Text(f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}")

    return TimeLeft()


@contextmanager
def progress(total: int, what: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show a bar on standard error for more than one thing and a watching terminal; hand out what advances it."""
    with _several(total, what, quiet=quiet) as shown:
        yield lambda name: shown(name, 1)


@contextmanager
def _several(total: int, what: str, *, quiet: bool) -> Iterator[Callable[[str, int], None]]:
    if quiet or total < 2 or not sys.stderr.isatty():
        yield lambda name, number: None
        return
    # rich costs as much to import as all else of a command: only a watched, longer run has it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        _time_left(),
        TextColumn("{task.fields[name]}", markup=False),
        # A path that is printed meanwhile passes through it, and is to be copied whole: the terminal breaks it, not we.
        console=Console(stderr=True, soft_wrap=True),
        transient=True,
    ) as bar:
        task = bar.add_task(what, total=total, name="")

        def advance(name: str, number: int) -> None:
            bar.update(task, advance=number, name=visible(name)[-40:])

        yield advance


@contextmanager
def watching_phases(what: str, *, quiet: bool, least: int = 0) -> Iterator[Callable[[str, int, int], None]]:
    """Hand out what is told how far a long work has come: its bar begins anew whenever there is another whole to do.

    Args:
        what: what is done, in a word.
        quiet: whether nobody wants to see it.
        least: a whole of less is done before anybody has seen a bar, and has none.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda name, done, total: None
        return
    with ExitStack() as stack:
        bars: list[Callable[[str, int, int], None]] = []

        def told(name: str, done: int, total: int) -> None:
            if not bars and total >= least:
                bars.append(stack.enter_context(_bar_of_phases(what)))
            if bars:
                bars[0](name, done, total)

        yield told


@contextmanager
def _bar_of_phases(what: str) -> Iterator[Callable[[str, int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    with Progress(
        TextColumn(what),
        BarColumn(),
        TaskProgressColumn(),
        _time_left(),
        TextColumn("{task.fields[name]}", markup=False),
        console=Console(stderr=True, soft_wrap=True),
        transient=True,
    ) as bar:
        task = bar.add_task(what, total=None, name="")

        def told(name: str, done: int, total: int) -> None:
            if bar.tasks[0].total != total:
                bar.reset(task, total=total)
            bar.update(task, completed=done, name=visible(name)[-40:])

        yield told


@contextmanager
def watching(what: str, *, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Hand out what is told of each file that is done, and shows a bar as ``progress`` does once there are several."""
    with ExitStack() as stack:
        bars: list[Callable[[str], None]] = []

        def done(name: str, number: int, total: int) -> None:
            if not bars:
                bars.append(stack.enter_context(progress(total, what, quiet=quiet)))
            bars[0](name)

        yield done


class Watching(NamedTuple):
    """What is told of files that are copied or read."""

    file: Callable[[str, int, int], None]
    """Of each that is done: its name, how many are done, and how many there are."""
    read: Callable[[str, int, int], None]
    """Of each piece that was read: the name of its file, bytes done, bytes in all."""


@contextmanager
def watching_files(what: str, *, quiet: bool) -> Iterator[Watching]:
    """Show how many files are done, or, where they are large, how far they were read: within each of them, too."""
    with watching_phases(what, quiet=quiet, least=LARGE_BYTES) as read, watching(what, quiet=quiet) as file:
        large: list[bool] = []

        def told(name: str, done: int, total: int) -> None:
            if total >= LARGE_BYTES:
                large.append(True)
                read(name, done, total)

        def counted(name: str, number: int, total: int) -> None:
            # There is one bar: of what is large the other one stands already.
            if not large:
                file(name, number, total)

        yield Watching(counted, told)


@contextmanager
def watching_each(total: int, what: str, *, quiet: bool) -> Iterator[Watching]:
    """Show how many of several things are done, and of the one in hand how far it was read, if it is large."""
    if total == 1:
        with watching_phases(what, quiet=quiet, least=LARGE_BYTES) as read:
            yield Watching(lambda name, number, of: None, read)
        return
    with _several(total, what, quiet=quiet) as shown:

        def told(name: str, done: int, of: int) -> None:
            if of >= LARGE_BYTES:
                shown(f"{name} {100 * done // of} %", 0)

        yield Watching(lambda name, number, of: shown(name, 1), told)

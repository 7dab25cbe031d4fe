"""How commands speak: results to standard output, talk to standard error, progress only where somebody watches.

Paths go out as the bytes that they are, whatever the terminal's encoding, so that what is printed can be read back.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from solander.model.finding import Report
from solander.reporting.json_text import render_json
from solander.reporting.text import render, visible

LARGE_BYTES = 32 << 20
"""A bag of less is read in a moment; of one that is larger it is told how far it was read."""

_CODES = 5
"""How many rules are named in the line that tells what to do next."""


class ReaderGone(Exception):
    """Whoever read our output has gone, as ``head`` does; there is no use in going on."""


def result(text: str) -> None:
    """Write a result."""
    result_bytes(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))


def result_meanwhile(text: str) -> None:
    """Write a part of a result while more is worked on, past a progress bar if one stands on the terminal."""
    if sys.stdout.isatty():
        print(text, end="", flush=True)  # noqa: T201 - as below, by the text stream
    else:
        result(text)


def result_path(path: Path) -> None:
    """Write a path, a line of its own: for a program the bytes of the file system, for a terminal what is harmless."""
    if sys.stdout.isatty():
        # By the text stream, which knows to keep out of the way of a progress bar.
        print(visible(str(path)))  # noqa: T201 - this is where results go out
    else:
        result_bytes(os.fsencode(path) + b"\n")


def result_bytes(content: bytes) -> None:
    """Write bytes as they are."""
    with _to_a_reader():
        sys.stdout.flush()
        left = memoryview(content)
        # Where Python is told not to buffer (PYTHONUNBUFFERED), a write may be of a part.
        while left:
            left = left[sys.stdout.buffer.write(left) or 0 :]
        sys.stdout.buffer.flush()


def result_json(value: object) -> None:
    """Write a JSON value."""
    result_bytes(render_json(value).encode())


@contextmanager
def _to_a_reader() -> Iterator[None]:
    # By another name than the system's, for click has a way of its own with that one.
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGone from error


def say(line: str) -> None:
    """Say something to a person who watches; it is no part of the result."""
    print(visible(line), file=sys.stderr)  # noqa: T201 - this is where talk goes out


def say_error(error: Exception | str) -> None:
    """Say what could not be done, while other things still can."""
    say(f"solander: {error}")


def say_report(report: Report, *, remarks: bool) -> None:
    """Say what was found, where the report is not itself the result."""
    sys.stderr.write(render(report, remarks=remarks, colour=coloured(sys.stderr), closing=False))


def say_what_next(report: Report) -> None:
    """Say how to learn what the findings mean: one line, with the codes of those that are more than remarks."""
    codes = list(dict.fromkeys(one.code for one in report.at_or_above("warning")))
    if codes:
        say(f"see: solander explain {' '.join(codes[:_CODES])}{' …' if len(codes) > _CODES else ''}")


def coloured(stream: object) -> bool:
    """Whether a stream is a terminal whose user has not declined colour (no-color.org)."""
    watched = getattr(stream, "isatty", lambda: False)()
    return bool(watched) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(total: int, what: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show a bar on standard error for more than one thing and a watching terminal; hand out what advances it."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield lambda name: None
        return
    # rich costs as much to import as all else of a command: only a watched, longer run has it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
        # A path that is printed meanwhile passes through it, and is to be copied whole: the terminal breaks it, not we.
        console=Console(stderr=True, soft_wrap=True),
        transient=True,
    ) as bar:
        task = bar.add_task(what, total=total, name="")

        def advance(name: str) -> None:
            bar.update(task, advance=1, name=visible(name)[-40:])

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
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn(what),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
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

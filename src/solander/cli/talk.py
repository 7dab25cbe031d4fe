"""How commands speak: results to standard output, talk to standard error, progress only where somebody watches.

Paths go out as the bytes that they are, whatever the terminal's encoding, so that what is printed can be read back.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from solander.model.finding import Report
from solander.reporting.json_text import render_json
from solander.reporting.text import render, visible

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


def say_waiting(host: str, seconds: float) -> None:
    """Say for which host is waited, and how long at most."""
    say(f"waiting for {host}, {seconds:,.0f} seconds at most")


def say_what_next(report: Report) -> None:
    """Say how to learn what the findings mean: one line, with the codes of those that are more than remarks."""
    say_codes(list(dict.fromkeys(one.code for one in report.at_or_above("warning"))))


def say_codes(codes: Sequence[str]) -> None:
    """Say how to learn what rules mean, by their codes, if there are any."""
    if codes:
        say(f"see: solander explain {' '.join(codes[:_CODES])}{' …' if len(codes) > _CODES else ''}")


def coloured(stream: object) -> bool:
    """Whether a stream is a terminal whose user has not declined colour (no-color.org)."""
    watched = getattr(stream, "isatty", lambda: False)()
    return bool(watched) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

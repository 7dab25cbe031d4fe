"""What surrounds every command: an exception becomes one line and an exit status, and no stack trace escapes.

A broken pipe is quiet, Ctrl-C and a request to end leave nothing behind, and a fault of ours is written to a log file.

Source: DESIGN, section 7 (exit statuses).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import click

from solander.cli.program import program
from solander.cli.status import BROKEN_PIPE, MISUSE, OUR_FAULT, UNREADABLE
from solander.cli.talk import ReaderGone
from solander.errors import SolanderError
from solander.reporting.text import visible


class Ended(BaseException):
    """Somebody asked the program to end (Ctrl-C, SIGTERM, SIGHUP): everything under way is undone first."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def guarded(arguments: list[str]) -> int:
    """Run a command and turn whatever comes of it into an exit status."""
    _speak_freely()
    with _listening():
        return _guarded(arguments)


def _guarded(arguments: list[str]) -> int:
    try:
        status = program.main(arguments, prog_name="solander", standalone_mode=False)
        sys.stdout.flush()
    except SolanderError as error:
        _say(str(error))
        return error.exit_status
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "solander"
        _say(f"{_lowered(error.format_message())} (see '{path} --help')")
        return MISUSE
    except click.ClickException as error:
        _say(_lowered(error.format_message()))
        return MISUSE
    except (KeyboardInterrupt, click.Abort):
        return _ended(signal.SIGINT)
    except Ended as ended:
        return _ended(ended.number)
    except (BrokenPipeError, ReaderGone):
        # The interpreter would complain of it at its end, when it writes out what is left.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except MemoryError:
        _say("there is not enough memory for this; see --max-size")
        return UNREADABLE
    except Exception as error:  # noqa: BLE001 - whatever it is, a user gets one line and a file, not a stack trace
        if "--traceback" in arguments:
            import traceback

            traceback.print_exc()
        from solander.cli.fault_log import write_fault

        _say(f"a fault of ours: {type(error).__name__}: {error}; {write_fault(error, arguments)}")
        return OUR_FAULT
    return status if isinstance(status, int) else 0


def _say(line: str) -> None:
    with suppress(OSError, ValueError):
        click.echo(f"solander: {visible(line)}", err=True)


def _lowered(message: str) -> str:
    """A sentence of click's as the tail of our line: no capital, no full stop, on one line."""
    line = " ".join(message.split()).rstrip(".")
    return line[:1].lower() + line[1:] if line[1:2].islower() else line


def _speak_freely() -> None:
    """Let a terminal of any encoding show any text, as escapes where it must."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _ended(number: int) -> int:
    if number == signal.SIGINT and sys.stderr.isatty():
        # The terminal has written ^C, and left the cursor behind it.
        click.echo(err=True)
    _say(f"{'interrupted' if number == signal.SIGINT else 'asked to end'}; nothing unfinished was left behind")
    return 128 + number


@contextmanager
def _listening() -> Iterator[None]:
    """Make one exception of every signal that asks for an end, so that unfinished bags are taken away."""

    def end(number: int, frame: FrameType | None) -> None:
        raise Ended(number)

    before = {}
    # Only the main thread may listen; a program that calls us from another keeps its own manners.
    with suppress(ValueError):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

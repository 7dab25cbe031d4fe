"""What surrounds every command: an exception becomes one line and an exit status, and no stack trace escapes.

A broken pipe is quiet, Ctrl-C and a request to end leave nothing behind, what the system refuses is said in its words,
and a fault of ours is written to a log file. Whatever takes time to import is imported within.

Source: docs/design.md, section 7 (exit statuses).
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path

from solander.cli.collecting import collect_no_more, collect_rarely
from solander.cli.memory import Room, is_lack_of_memory
from solander.cli.signals import Ended, Listener, ended_in
from solander.cli.streams import ResultLost, own_streams

_REFUSALS = {
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP),
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ESTALE, errno.EMFILE, errno.ENFILE),
}
"""What the system says of its own state and of a person's files, whatever we did."""


def guarded(arguments: list[str], *, last: bool = False) -> int:
    """Run a command and turn whatever comes of it into an exit status.

    Args:
        arguments: the words after the program's name.
        last: whether the process ends with this: then nothing is left to be asked to end.
    """
    if last:
        collect_rarely()
        # Our sums are small, and OpenBLAS, where it finds no room for its threads, sends the program Ctrl-C.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        sys.meta_path.insert(0, Room())
    listener = Listener()
    with own_streams():
        try:
            listener.listen()
            status = _guarded(arguments)
            listener.close_ears()
        except Ended as ended:
            listener.close_ears()
            status = _ended(ended.number)
        finally:
            listener.leave(last=last)
            if last:
                collect_no_more()
    return status


def _guarded(arguments: list[str]) -> int:
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _ended(signal.SIGINT)
    except SystemExit as end:
        # The shell's completion ends so.
        status = end.code
    except Exception as error:  # noqa: BLE001 - whatever it is, a user gets one line and a status, not a stack trace
        ended = ended_in(error)
        return _ended(ended) if ended else _told(error, arguments)
    return status if isinstance(status, int) else 0


def _run(arguments: list[str]) -> object:
    """Run the command that the words name, and return what it returns."""
    if _is_plain_validate(arguments):
        from solander.cli.judging import Asked, judge_as_asked

        return judge_as_asked(tuple(arguments[1:]), Asked())
    from solander.cli.program import program

    return program.main(arguments, prog_name="solander", standalone_mode=False)


def _is_plain_validate(arguments: list[str]) -> bool:
    """Whether the words are ``validate`` and paths alone, in which there is nothing to parse.

    A parser costs more to load than a small bag to judge, and hooks and loops judge small bags one by one.
    """
    return (
        arguments[:1] == ["validate"]
        and len(arguments) > 1
        and all(word and word[0] != "-" for word in arguments[1:])
        and "_SOLANDER_COMPLETE" not in os.environ
    )


def _told(error: Exception, arguments: list[str]) -> int:
    """Say in one line what an exception means, and return the status that it has."""
    if is_lack_of_memory(error):
        # First, and by itself: what the others need to be told apart may find no room either.
        _say("there is not enough memory for this; see --max-size")
        return 3
    import click

    from solander.cli.status import BROKEN_PIPE, MISUSE, OUR_FAULT, UNREADABLE
    from solander.cli.talk import ReaderGone
    from solander.errors import SolanderError

    if isinstance(error, SolanderError):
        _say(str(error))
        return error.exit_status
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "solander"
        _say(f"{lowered(error.format_message())} (see '{path} --help')")
        return MISUSE
    if isinstance(error, click.ClickException):
        _say(lowered(error.format_message()))
        return MISUSE
    if isinstance(error, click.Abort):
        return _ended(signal.SIGINT)
    if isinstance(error, ReaderGone) or (isinstance(error, ResultLost) and error.reader_gone):
        return BROKEN_PIPE
    if isinstance(error, ResultLost):
        _say(str(error))
        return UNREADABLE
    if isinstance(error, FileNotFoundError) and error.filename is None and _stands_nowhere():
        _say("the folder that this runs in is not there any more")
        return UNREADABLE
    if isinstance(error, OSError) and _is_refusal(error, arguments):
        what = (error.strerror or str(error)).lower()
        _say(f"{os.fsdecode(error.filename)}: {what}" if error.filename else f"the system refused: {what}")
        return UNREADABLE
    if "--traceback" in arguments:
        import traceback

        traceback.print_exception(error)
    from solander.cli.fault_log import write_fault

    _say(f"a fault of ours: {type(error).__name__}: {error}; {write_fault(error, arguments)}")
    return OUR_FAULT


def _stands_nowhere() -> bool:
    """Whether the working directory is gone, of which the system says so without naming it."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _is_refusal(error: OSError, arguments: list[str]) -> bool:
    """Whether the system refused, of its own or for what a person named; all else that it says is our fault."""
    if error.errno in _REFUSALS:
        return True
    if not isinstance(error.filename, str | bytes | os.PathLike):
        return False
    path = os.path.normpath(os.fsdecode(error.filename))
    named = [os.path.normpath(word.partition("=")[2] if word.startswith("--") else word) for word in arguments if word]
    return any(path == one or path.startswith(f"{one}/") for one in named)


def _say(line: str) -> None:
    if not (line.isascii() and line.isprintable()):
        # Late: lines of our own making need it not, and may have to be said where nothing more can be imported.
        from solander.reporting.text import visible

        line = visible(line)
    print(f"solander: {line}", file=sys.stderr)  # noqa: T201 - this is where talk goes out


def lowered(message: str) -> str:
    """A sentence of click's as the tail of our line: no capital, no full stop, on one line."""
    line = " ".join(message.split()).rstrip(".")
    return line[:1].lower() + line[1:] if line[1:2].islower() else line


def _ended(number: int) -> int:
    if number == signal.SIGINT and sys.stderr.isatty():
        # The terminal has written ^C, and left the cursor behind it.
        print(file=sys.stderr)  # noqa: T201
    _say(f"{'interrupted' if number == signal.SIGINT else 'asked to end'}; nothing unfinished was left behind")
    return 128 + number

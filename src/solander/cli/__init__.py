"""The command line: one file a command, each of which parses, calls the pipeline, and prints.

``main`` is the way in. Nothing is imported here but what Python has loaded already: what takes time is imported once
somebody listens for Ctrl-C.
"""

# The part of ``signal`` that costs nothing: its other part makes enumerations.
import _signal  # type: ignore[import-not-found]
import sys

# As in ``typing``, without its cost.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: the words after the program's name. ``None`` takes them from the system, for a process that ends
            with this: from then on it is deaf to Ctrl-C, so that nothing spoils the status.
    """
    try:
        if arguments is None:
            _listen_early()
        from solander.cli.guard import guarded

        return guarded(list(sys.argv[1:] if arguments is None else arguments), last=arguments is None)
    except KeyboardInterrupt as asked:
        # In the time before anybody else listened.
        number = asked.args[0] if asked.args else _signal.SIGINT
        what = "interrupted" if number == _signal.SIGINT else "asked to end"
        if sys.stderr is not None:
            sys.stderr.write(f"solander: {what}; nothing unfinished was left behind\n")
        return 128 + int(number)


def _listen_early() -> None:
    """End in good order when asked to while the first imports run, which may take long on a busy machine."""
    for number in (_signal.SIGTERM, _signal.SIGHUP):
        if _signal.getsignal(number) == _signal.SIG_DFL:
            _signal.signal(number, early)


def early(number: int, frame: object) -> None:
    """Raise what Ctrl-C raises, with the signal's number; ``guard`` takes over from this."""
    raise KeyboardInterrupt(number)

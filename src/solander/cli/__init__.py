"""The command line: one file a command, each of which parses, calls the pipeline, and prints.

``main`` is the way in. Nothing is imported here but what Python has loaded already: what takes time is imported once
somebody listens for Ctrl-C.
"""

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
        from solander.cli.guard import guarded

        return guarded(list(sys.argv[1:] if arguments is None else arguments), last=arguments is None)
    except KeyboardInterrupt:
        # In the milliseconds before anybody listened.
        if sys.stderr is not None:
            sys.stderr.write("solander: interrupted; nothing unfinished was left behind\n")
        return 130

"""The command line: one file a command, each of which parses, calls the pipeline, and prints.

``main`` is the way in, and the one place where an exception becomes a line and an exit status.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: the words after the program's name; ``None`` takes them from the system.
    """
    from solander.cli.guard import guarded

    return guarded(list(sys.argv[1:] if arguments is None else arguments))

"""A module of ours as a process of its own: how one is started, and how its end is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path


def start_module(module: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start a module of this package as a program; pipes lead to its standard input and from its standard output.

    Args:
        module: by its full name.
        environment: variables that it gets beside ours.

    Raises:
        OSError: the system gives no process more.
    """
    # Where this package was found, the other finds it, wherever it looks first.
    home = str(Path(__file__).parents[2])
    path = os.pathsep.join(part for part in (home, os.environ.get("PYTHONPATH", "")) if part)
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module, and nothing that was given
        # -P: not the folder in which somebody works; what lies there must not be imported.
        (sys.executable, "-P", "-m", module),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | environment | {"PYTHONPATH": path},
    )


def signal_name(number: int) -> str:
    """What a signal is called: ``SIGSEGV``; ``signal 77`` where it has no name."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"

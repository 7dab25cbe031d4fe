"""The second opinion: what ``bagit``, the Library of Congress's program, says of a bag that lies in a folder.

It is asked in a process of its own and for a bounded time: it changes the working directory, logs and prints, recurses,
and hangs for ever on a pipe. Nothing of that is ours then, and a thread of ours is not disturbed.

Source: RFC 8493, section 3; https://github.com/LibraryOfCongress/bagit-python.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from solander.model.opinion import Opinion

JUDGE = "bagit"

PATIENCE_SECONDS = 60.0
"""As long as bagit is waited for, whatever the bag's size."""

BYTES_PER_SECOND = 20_000_000
"""For each of these it is waited for a second more: a tenth of what it hashes on slow machines."""


def ask_bagit(bag: Path, size_bytes: int, *, patience_seconds: float = PATIENCE_SECONDS) -> Opinion:
    """Ask bagit about a bag; the bag must hold neither pipes nor links that lead out of it.

    Args:
        bag: its folder.
        size_bytes: of all its files: the larger, the longer bagit is waited for.
        patience_seconds: how long it is waited for besides.
    """
    seconds = patience_seconds + size_bytes / BYTES_PER_SECOND
    # -B: not even compiled files are written. The words are English, and names are bytes as everywhere on Linux.
    command = [sys.executable, "-B", "-X", "utf8", "-m", "solander.files.bagit_process", os.path.realpath(bag)]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    try:
        ran = subprocess.run(  # noqa: S603 - our own interpreter and module; the path is one argument, and no option
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Not the folder in which somebody works: what lies there must not be imported.
            cwd="/",
            env=surroundings | {"LC_ALL": "C.UTF-8"},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _silent(f"it had come to no end after {seconds:,.0f} seconds")
    except OSError as error:
        return _silent(f"it could not be started: {error.strerror or error}")
    try:
        said = json.loads(ran.stdout)
        return Opinion(JUDGE, said["version"], said["sha256"], said["verdict"], said["reason"])
    except (ValueError, KeyError, TypeError):
        return _silent(f"it ended without a word (status {ran.returncode})")


def _silent(why: str) -> Opinion:
    return Opinion(JUDGE, "", "", None, why)

"""The log file of a fault of our own: what a person who reports it needs, and nothing of the material.

It stands under ``$XDG_STATE_HOME/solander`` (XDG Base Directory Specification), or among the temporary files.
"""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from pathlib import Path

from solander import __version__


def write_fault(error: BaseException, arguments: list[str]) -> str:
    """Write the stack trace to a new file; return the half sentence that tells where it is."""
    return write_trace("".join(traceback.format_exception(error)), arguments)


def write_trace(trace: str, arguments: list[str]) -> str:
    """Write a stack trace that was told by another process; return the half sentence that tells where it is."""
    text = "\n".join(
        (
            f"solander {__version__}, Python {platform.python_version()} on {platform.platform()}",
            f"arguments: {arguments!r}",
            "",
            trace,
        )
    )
    for folder in (_state_folder(), None):
        try:
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor, name = tempfile.mkstemp(prefix="solander-fault-", suffix=".log", dir=folder)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as log:
                log.write(text)
        except OSError:
            continue
        return f"the details are in {name}, please report it"
    return "no log file could be written; run it again with --traceback"


def _state_folder() -> Path | None:
    """The folder for logs, or ``None`` where there is no home: a path that is not absolute names none."""
    given = Path(os.environ.get("XDG_STATE_HOME", ""))
    if given.is_absolute():
        return given / "solander"
    try:
        home = Path(os.environ["HOME"]) if "HOME" in os.environ else Path.home()
    except RuntimeError:
        return None
    return home / ".local" / "state" / "solander" if home.is_absolute() else None

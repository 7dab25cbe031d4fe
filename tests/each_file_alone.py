"""Commands on one file after the other, each in a process of its own: how it ended, what it said, and its memory.

``python tests/each_file_alone.py SECONDS`` reads commands as lines of JSON (lists of arguments of ``solander``) and
answers each with a line of JSON. What is imported, compiled and loaded for any page is so once, and the process of each
command is forked from there; its peak of memory begins anew with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
import tempfile
import threading
from pathlib import Path

PAGE = Path(__file__).with_name("material") / "lighthouse.html"


def warm() -> None:
    """Pack a page and judge it and its bag: what that imports, compiles and loads is there for all that are forked.

    Each command begins with that, as the second page of a run does, and not with what those before it left.
    """
    from solander.cli import main

    sys.stdout.flush()
    kept = [os.dup(number) for number in (1, 2)]
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w") as nowhere:
        archive = Path(folder) / "archive"
        for number in (1, 2):
            os.dup2(nowhere.fileno(), number)
        for arguments in (
            ["pack", str(PAGE), "--into", str(archive)],
            ["validate", str(archive)],
            ["validate", str(PAGE)],
        ):
            sys.argv = ["solander", *arguments]
            with contextlib.suppress(SystemExit):
                main()
        sys.stdout.flush()
        sys.stderr.flush()
    for number, own in zip((1, 2), kept, strict=True):
        os.dup2(own, number)
        os.close(own)
    assert threading.active_count() == 1, "a process with threads is not to be forked"


def run(arguments: list[str], seconds: float) -> dict[str, object]:
    """One command in a process of its own; what lasts longer is ended, and its status is ``None``."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as told:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _run(arguments, said.fileno(), told.fileno(), writer)
        os.close(writer)
        ready, _, _ = select.select([reader], [], [], seconds)
        if not ready:
            os.kill(child, signal.SIGKILL)
        peak = os.read(reader, 20) if ready else b""
        os.close(reader)
        _, status = os.waitpid(child, 0)
        said.seek(0)
        told.seek(0)
        return {
            "status": os.waitstatus_to_exitcode(status) if ready else None,
            "stdout": said.read().decode("utf-8", "replace"),
            "stderr": told.read().decode("utf-8", "replace"),
            "peak_mib": int(peak or 0) / 1024,
        }


def _run(arguments: list[str], said: int, told: int, writer: int) -> None:
    from solander.cli import main

    os.dup2(said, 1)
    os.dup2(told, 2)
    Path("/proc/self/clear_refs").write_text("5")
    status = 99
    try:
        sys.argv = ["solander", *arguments]
        status = main() or 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 98
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        lines = Path("/proc/self/status").read_text().splitlines()
        os.write(writer, next(line.split()[1] for line in lines if line.startswith("VmHWM")).encode())
        os._exit(status)


if __name__ == "__main__":
    longest_seconds = float(sys.argv[1])
    warm()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run(json.loads(line), longest_seconds)) + "\n")
        sys.stdout.flush()

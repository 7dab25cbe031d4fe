"""Commands on one file after the other, each in a process of its own: how it ended, what it said, and its memory.

``python tests/each_file_alone.py SECONDS`` reads commands as lines of JSON (lists of arguments of ``solander``) and
answers each with a line of JSON. What is imported is imported once, and the process of each command is forked from
there; its peak of memory begins anew with it.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import signal
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).with_name("material") / "lighthouse.html"


def warm() -> None:
    """Import what reads, judges and writes pages: all that packing a page and judging its bag import."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _tell_imports(writer)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as told:
        names = told.read().split()
    os.waitpid(child, 0)
    for name in names:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _tell_imports(writer: int) -> None:
    from solander.cli import main

    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w") as nowhere:
        archive = Path(folder) / "archive"
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        for arguments in (["pack", str(PAGE), "--into", str(archive)], ["validate", str(archive)]):
            sys.argv = ["solander", *arguments]
            with contextlib.suppress(SystemExit):
                main()
    os.write(writer, "\n".join(sorted(sys.modules)).encode())
    os._exit(0)


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
    warm()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run(json.loads(line), float(sys.argv[1]))) + "\n")
        sys.stdout.flush()

"""Programs of Python in processes of their own, forked from one that has imported what a page or a bag calls for.

What is to be killed, or to end itself, wants a process of its own, but not an interpreter that starts: what starting
costs and does is asked elsewhere (``test_what_loads.py``). ``run_forked`` stands where ``subprocess.run`` with the
interpreter and ``-c`` would, and answers alike.

``python tests/forked.py`` is the process that forks: a line of JSON in, one out.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO, Any

PAGE = Path(__file__).with_name("material") / "lighthouse.html"
LONGEST_SECONDS = 300
SOLANDER = "import sys\nfrom solander.cli import main\nsys.exit(main())\n"
"""The program that ``python -m solander.cli`` runs."""
# Before any test changes it.
_ENVIRONMENT = dict(os.environ)


def run_forked(
    program: str, *words: object, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """How a program ended and what it said: ``sys.argv[1:]`` are the words, a signal is a negative status.

    Raises ``subprocess.TimeoutExpired`` where it does not end.
    """
    forking = _forking()
    assert forking.stdin is not None
    assert forking.stdout is not None
    arguments = [str(word) for word in words]
    asked = {
        "program": program,
        "words": arguments,
        "folder": str(cwd or Path.cwd()),
        "environment": dict(os.environ if env is None else env),
    }
    forking.stdin.write(json.dumps(asked) + "\n")
    forking.stdin.flush()
    told = json.loads(forking.stdout.readline())
    if told["status"] is None:
        raise subprocess.TimeoutExpired(arguments, LONGEST_SECONDS, told["out"], told["err"])
    return subprocess.CompletedProcess(arguments, told["status"], told["out"], told["err"])


@cache
def _forking() -> subprocess.Popen[str]:
    """The process that forks, begun once for all that ask; it ends when nobody is left to ask."""
    process = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_ENVIRONMENT
    )

    def end() -> None:
        process.communicate()

    atexit.register(end)
    return process


def import_all() -> None:
    """Import what packing, judging and bagging import, and no more: nothing is begun, loaded or written here."""
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
        for arguments in (
            ["pack", str(PAGE), "--into", str(archive)],
            ["validate", str(archive)],
            ["bag", "make", str(archive), "--into", str(Path(folder) / "bags")],
            ["deposit", str(archive), "--to", f"dir:{folder}/there"],
        ):
            sys.argv = ["solander", *arguments]
            with contextlib.suppress(SystemExit):
                main()
    os.write(writer, "\n".join(sorted(sys.modules)).encode())
    os._exit(0)


def _answer(asked: dict[str, Any]) -> dict[str, object]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _become(asked, out, err)

        def end(*_: object) -> None:
            os.kill(child, signal.SIGKILL)

        signal.signal(signal.SIGALRM, end)
        signal.alarm(LONGEST_SECONDS)
        _, status = os.waitpid(child, 0)
        hung = signal.alarm(0) == 0
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode("utf-8", "replace"))
        return {"status": None if hung else os.waitstatus_to_exitcode(status), "out": said[0], "err": said[1]}


def _become(asked: dict[str, Any], out: IO[bytes], err: IO[bytes]) -> None:
    """Be the program, as the interpreter would be that is given it, to its end."""
    status: object = 1
    try:
        with Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.argv = ["-c", *asked["words"]]
        exec(compile(asked["program"], "<string>", "exec"), {"__name__": "__main__"})
        status = 0
    except SystemExit as ended:
        status = ended.code
    except BaseException:  # noqa: BLE001 - told as the interpreter tells it
        traceback.print_exc()
    finally:
        if not isinstance(status, int | None):
            sys.stderr.write(f"{status}\n")
            status = 1
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status or 0)


if __name__ == "__main__":
    # Those that count what is written are not to count this.
    sys.dont_write_bytecode = True
    import_all()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()

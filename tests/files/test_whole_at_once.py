"""Of runs at once one has the name, and a lock keeps the others out while it is held."""

from __future__ import annotations

import errno
import fcntl
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.files.folders import FILES, contents, names

from solander.files.whole import locked, write_folder


def test_of_two_runs_at_once_one_has_the_name_and_the_other_is_told(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from solander.errors import NameTaken; from solander.files.whole import *\n"
        "sys.stdin.readline()\n"
        "try: write_folder(Path(sys.argv[1]), 'bag', [(f'{n}', sys.argv[2].encode()) for n in range(200)])\n"
        "except NameTaken: sys.exit(7)"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(number)], stdin=subprocess.PIPE)
        for number in range(4)
    ]
    for run in runs:
        assert run.stdin is not None
        run.stdin.write(b"\n")
        run.stdin.flush()
    for run in runs:
        run.communicate()
    assert sorted(run.returncode for run in runs) == [0, 7, 7, 7]
    assert names(tmp_path) == ["bag"]
    assert len(contents(tmp_path / "bag")) == 200
    assert len(set(contents(tmp_path / "bag").values())) == 1


def test_a_lock_keeps_others_out_and_lets_the_same_thread_in(tmp_path: Path) -> None:
    order: list[str] = []

    def other() -> None:
        with locked(tmp_path):
            order.append("other")

    with locked(tmp_path), locked(tmp_path):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(0.2)
        write_folder(tmp_path, "bag", FILES)
        order.append("first")
    thread.join()
    assert order == ["first", "other"]
    assert names(tmp_path) == ["bag"]


def test_the_lock_of_a_run_that_died_is_free(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from solander.files.whole import locked\n"
        "with locked(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode == -signal.SIGKILL
    with locked(tmp_path):
        pass


def test_a_file_system_without_locks_is_still_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(folder: int, operation: int) -> None:
        raise OSError(errno.EOPNOTSUPP, "none")

    monkeypatch.setattr(fcntl, "flock", none)
    (tmp_path / ".solander-0123456789abcdef.tmp").mkdir()
    with locked(tmp_path):
        write_folder(tmp_path, "bag", FILES)
    # Whose it is cannot be told there, so it stays.
    assert names(tmp_path) == [".solander-0123456789abcdef.tmp", "bag"]

"""What the tests of the command line share: a page, and the program run within this process or outside it."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.pipeline.ferry import PAGE, URI

from solander.cli import main
from solander.files.whole import write_folder
from solander.model.bag import BagInfo
from solander.packing import lay_out

AT = "2026-01-01T00:00:00Z"


class Ran(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.html"
    path.write_bytes(PAGE)
    return path


@pytest.fixture
def run(capfdbinary, monkeypatch) -> Callable[..., Ran]:
    """Run the program within this process."""

    def run(*words: object, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main([str(word) for word in words])
        sys.stdout.flush()
        captured = capfdbinary.readouterr()
        return Ran(status, captured.out.decode(), captured.err.decode())

    return run


@pytest.fixture
def bag(page: Path, tmp_path: Path, run) -> Path:
    """A bag of the page in ``archive``."""
    ran = run("pack", page, "--uri", URI, "--into", tmp_path / "archive", "--at", AT, "--quiet")
    assert ran.status == 0, ran.err
    return Path(ran.out.strip())


@pytest.fixture
def outside() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start the program in a process of its own; what still runs at the end is ended."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*words: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "solander.cli", *(str(word) for word in words)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A good bag that somebody else made."""
    info = BagInfo.of([("Bag-Software-Agent", "bagit.py")])
    return write_folder(tmp_path, "letters", lay_out(info=info, payload=[("data/1.txt", b"Dear A.")]))

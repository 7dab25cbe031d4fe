"""Killed amid a download: under its name stands nothing, and the next run completes the bag and clears up."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import solander
from solander.files.whole import write_folder
from solander.model.bag import BagInfo, FetchEntry
from solander.packing.plain_layout import format_fetch, tag_files_of

CONTENT = bytes(range(256)) * 4096
PROGRAM = """
import sys
from solander.pipeline import fetch_bag
done = fetch_bag(sys.argv[1], allow_hosts=[sys.argv[2]], allow_schemes=["http"], allow_loopback_for_tests=True)
sys.exit(any(one.error for one in done.files))
"""


class Stopping(ThreadingHTTPServer):
    """Gives half of the file, and the rest once it is let go on."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.goes_on = threading.Event()


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Stopping)
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        try:
            self.wfile.write(CONTENT[: len(CONTENT) // 2])
            self.wfile.flush()
            server.goes_on.wait(60)
            self.wfile.write(CONTENT[len(CONTENT) // 2 :])
        except (BrokenPipeError, ConnectionResetError):
            pass  # whoever asked was killed


@pytest.fixture
def server() -> Iterator[Stopping]:
    with Stopping() as one:
        thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield one
        one.goes_on.set()
        one.shutdown()
        thread.join()


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def half_written(place: Path, before: set[str]) -> bool:
    """Whether some of the file has come to the disk, under whatever name."""
    return any((place / name).is_file() and (place / name).stat().st_size for name in names(place) - before)


def test_a_download_that_is_killed_leaves_nothing_half_and_is_had_by_the_next_run(tmp_path: Path, server: Stopping):
    host = f"127.0.0.1:{server.server_port}"
    payload = {
        path: (hashlib.sha512(content).hexdigest(),)
        for path, content in (("data/here.txt", b"here"), ("data/deep/tape.bin", CONTENT))
    }
    fetch = format_fetch([FetchEntry(f"http://{host}/tape.bin", len(CONTENT), "data/deep/tape.bin", 1)])
    tags = tag_files_of(info=BagInfo(), payload=payload, algorithms=("sha512",), tag_files=(("fetch.txt", fetch),))
    (tmp_path / "bags").mkdir()
    bag = write_folder(tmp_path / "bags", "bag", (("data/here.txt", b"here"), *tags))
    before = names(tmp_path)
    command = [sys.executable, "-c", PROGRAM, str(bag), host]
    with subprocess.Popen(command) as process:
        deadline = time.monotonic() + 60
        while not half_written(tmp_path, before) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert half_written(tmp_path, before), "it was to be killed with half of a file on the disk"
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert not (bag / "data/deep/tape.bin").exists()
    # Of such a bag it is told what it lacks, as before.
    assert "BAG004" in {one.code for one in solander.validate(bag).findings}
    server.goes_on.set()
    assert subprocess.run(command, timeout=60).returncode == 0
    assert names(tmp_path) == before | {"bags/bag/data/deep", "bags/bag/data/deep/tape.bin"}
    assert (bag / "data/deep/tape.bin").read_bytes() == CONTENT
    assert solander.validate(bag).passed

"""Whoever watches one large file of records being judged sees how far it was read; nobody else is told."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.false_crawls import record

MANY = 1500


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(record(number=number) for number in range(1, MANY)))
    return path


def judged(*words: object, watched: bool) -> tuple[int, str, str]:
    """The program in a process of its own, with a terminal for its talk, or none."""
    command = [sys.executable, "-m", "solander.cli", "validate", *map(str, words)]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    if not watched:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        return done.returncode, done.stdout, done.stderr
    watcher, terminal = os.openpty()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal, env=environment)
    os.close(terminal)
    shown = b""
    try:
        while piece := os.read(watcher, 65536):
            shown += piece
    except OSError:
        pass  # Linux says so when the program is gone
    os.close(watcher)
    out = process.communicate()[0]
    return process.returncode, out.decode(), shown.decode("utf-8", "replace")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals of this kind")
def test_a_terminal_shows_how_far_the_file_was_read(crawl: Path) -> None:
    status, out, shown = judged(crawl, watched=True)
    assert status == 0
    shares = [int(share) for share in re.findall(r"(\d+)%", shown)]
    assert "validating" in shown
    assert "crawl.warc" in shown
    assert shares == sorted(shares)
    assert shares[-1] >= 99
    # The result is what it is where nobody watches.
    assert out == judged(crawl, watched=False)[1]


def test_without_a_terminal_or_with_quiet_nothing_is_shown(crawl: Path) -> None:
    assert judged(crawl, watched=False)[2] == ""
    if hasattr(os, "openpty"):
        assert judged(crawl, "--quiet", watched=True)[2] == ""
        assert judged(crawl, "--json", watched=True)[2] == ""

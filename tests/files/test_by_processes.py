"""Pieces of work dealt to processes: each is done, and once."""

from __future__ import annotations

import subprocess
import sys

import pytest

DEALING = """
import sys
from solander.files.by_processes import can_fork, deal

assert can_fork()
done = sorted(deal(20_000, lambda: lambda number: number * number, int(sys.argv[1])))
sys.exit(done != [number * number for number in range(20_000)])
"""
"""In a process of its own: one that has threads is not forked."""


@pytest.mark.parametrize("count", [2, 4])
def test_no_piece_is_done_twice_however_many_ask_at_once(count: int) -> None:
    ran = subprocess.run([sys.executable, "-c", DEALING, str(count)], check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")

"""Memory that a large page took goes back to the system, though something small was kept behind it."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from solander.files.system_calls import give_back_large_blocks

_RUN = """
import sys
from solander.files.system_calls import give_back_large_blocks
if sys.argv[1] == "told":
    assert give_back_large_blocks()
learned = b"x" * 8_000_000
del learned
large, small = [], []
for _ in range(60):
    large.append(b"x" * 1_000_000)
    small.append(b"x" * 100_000)
del large
print(*[line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")])
"""


def test_what_large_pages_took_is_given_back() -> None:
    # Dask tells the C library something of the kind too, for all processes that come after.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    kept_kib, told_kib = (
        int(subprocess.run([sys.executable, "-c", _RUN, how], env=env, capture_output=True, check=True).stdout)
        for how in ("untold", "told")
    )
    assert told_kib < kept_kib - 40_000


def refused(_: object) -> None:
    raise OSError("dynamic loading is not supported")


def without(_: object) -> SimpleNamespace:
    return SimpleNamespace()


def deaf(_: object) -> SimpleNamespace:
    return SimpleNamespace(mallopt=lambda *_: 0)


@pytest.mark.parametrize("library", [refused, without, deaf])
def test_another_c_library_is_left_as_it_is(library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", library)
    assert give_back_large_blocks() is False

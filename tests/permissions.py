"""Tests that ask for what may not be read or written: as root, to whom permissions are nothing."""

from __future__ import annotations

import codecs
import contextlib
import os
import subprocess
from collections.abc import Iterator

from tests.forked import run_forked


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Without the superuser's rights, so that permissions count."""
    if os.geteuid() != 0:
        yield
        return
    codecs.lookup("utf-8-sig")  # Python itself may lie where nobody may read, and remembers what it did not find
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


WITHOUT_PRIVILEGE = """
import ctypes, sys
# Root may read and write anywhere by two capabilities; without them it is held to permissions as anybody is.
libc = ctypes.CDLL(None, use_errno=True)
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
data = (ctypes.c_uint32 * 6)()
assert libc.capget(header, data) == 0
data[0] &= ~((1 << 1) | (1 << 2))
assert libc.capset(header, data) == 0
from solander.cli import main
sys.exit(main(sys.argv[1:]))
"""


def without_privilege(*words: object) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, held to permissions whoever runs the tests."""
    return run_forked(WITHOUT_PRIVILEGE, *words)

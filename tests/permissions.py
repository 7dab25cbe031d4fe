"""Tests that ask for what may not be read or written: as root, to whom permissions are nothing."""

from __future__ import annotations

import codecs
import contextlib
import os
from collections.abc import Iterator


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

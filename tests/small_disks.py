"""Disks that are soon full: true ones where the system lets us mount them, else what a full disk says."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def mounted(place: Path, size_bytes: int) -> Iterator[bool]:
    """A disk of so many bytes at a folder that is there; whether there is one."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size_bytes}", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(["umount", str(place)], check=True)


@contextlib.contextmanager
def small_disk_at(place: Path, size_bytes: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk of so many bytes, or all writing of this process bounded to as many."""
    with mounted(place, size_bytes) as is_true:
        if not is_true:
            left, write = size_bytes, os.write

            def bounded(file: int, content: bytes) -> int:
                nonlocal left
                if not left:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                wrote = write(file, content[:left])
                left -= wrote
                return wrote

            monkeypatch.setattr(os, "write", bounded)
        yield place

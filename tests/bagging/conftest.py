"""What is put into bags, and a disk that is soon full."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    (folder / "1912" / "drafts").mkdir(parents=True)
    (folder / "1912" / "may.txt").write_bytes(b"Dear Ines,\n")
    (folder / "1912" / "drafts" / "100%25.txt").write_bytes(b"")
    (folder / "map.bin").write_bytes(bytes(range(256)) * 9000)
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)

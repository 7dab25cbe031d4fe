"""What is put into bags, and a disk that is soon full."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.small_disks import mounted


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
    with mounted(disk, 1024 * 1024) as is_true:
        if not is_true:
            pytest.skip("no disk can be mounted here")
        yield disk

"""Where a payload cannot be written, that is said of the place, and not of the bag, which is valid."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from tests.hostile.making import bag
from tests.hostile.test_hostile import state

from solander.errors import ArchiveUnwritable
from solander.pipeline.bags.unbagging import unbag


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("keep_damaged", [False, True])
def test_a_disk_that_refuses_is_told_of_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, keep_damaged: bool
) -> None:
    bag()(tmp_path / "in" / "bag")
    before = state(tmp_path / "in" / "bag")

    def refuse(file: int, content: bytes) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", refuse)
        with pytest.raises(ArchiveUnwritable, match="nothing was kept"):
            unbag(tmp_path / "in" / "bag", into=tmp_path / "out", keep_damaged=keep_damaged)
    assert state(tmp_path / "in" / "bag") == before
    assert not (tmp_path / "out").exists()
    assert unbag(tmp_path / "in" / "bag", into=tmp_path / "out").report.passed


def test_the_program_blames_the_place_and_not_the_bag(tmp_path: Path) -> None:
    bag({"data/large": bytes(100_000)})(tmp_path / "bag")
    command = [sys.executable, "-m", "solander.cli", "bag", "unbag", str(tmp_path / "bag"), "--into"]
    ran = subprocess.run(
        [*command, str(tmp_path / "out")],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )
    assert ran.returncode == 3
    (line,) = ran.stderr.splitlines()
    assert line == (
        f"solander: {tmp_path / 'out' / 'bag' / 'large'}: "
        "a file would be larger than this file system allows; nothing was kept"
    )
    assert not (tmp_path / "out").exists()

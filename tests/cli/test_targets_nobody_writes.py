"""A target in which nobody can write: one clear line, the right status, and nothing left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

needs_proc = pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="this system has no /proc")  # noqa: PTH112


@needs_proc
@pytest.mark.parametrize("target", ["dir:/proc/deposits", "dir:/proc/self/deposits/below", "ocfl:/proc/deposits"])
def test_a_folder_that_the_system_lets_nobody_make_is_refused_in_one_line(run, bag: Path, target: str) -> None:
    ran = run("deposit", bag, "--to", target)
    assert ran.status == 4
    assert ran.out == ""
    assert [line for line in ran.err.splitlines() if not line.startswith(str(bag))] == [ran.err.splitlines()[0]]
    assert ran.err.startswith(f"solander: {target}: ")
    assert "no permission to write here" in ran.err.splitlines()[0]
    assert not (bag.parent / "receipts").exists()


@pytest.mark.parametrize("scheme", ["dir", "ocfl", "saf"])
def test_where_the_target_is_none_no_journal_is_begun(run, bag: Path, tmp_path: Path, scheme: str) -> None:
    (tmp_path / "file").write_bytes(b"words")
    ran = run("deposit", bag, "--to", f"{scheme}:{tmp_path}/file")
    assert (ran.status, ran.err) == (2, f"solander: {scheme}:{tmp_path}/file: this is no folder\n")
    assert [one.name for one in bag.parent.iterdir()] == [bag.name]

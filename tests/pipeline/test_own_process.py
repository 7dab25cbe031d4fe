"""A module of ours that runs as a process of its own finds what this one found, and nothing where somebody works."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

import solander
from solander.pipeline.own_process import signal_name, start_module


def test_another_process_finds_the_package_where_this_one_found_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "theirs"))
    home = Path(solander.__file__).parents[1]
    # The module of the standard library that prints where modules are looked for.
    told, _ = start_module("site").communicate(timeout=60)
    looked_in = [line.strip().strip("',") for line in told.decode().splitlines()]
    assert looked_in.index(str(home)) < looked_in.index(str(tmp_path / "theirs"))
    # The package's own folders would otherwise be modules without a package: ``files``, ``model``.
    assert str(home / "solander") not in looked_in
    assert str(tmp_path) not in looked_in


def test_a_signal_without_a_name_is_told_by_its_number() -> None:
    assert signal_name(signal.SIGSEGV) == "SIGSEGV"
    assert signal_name(77) == "signal 77"

"""bagit is asked in a process of its own: whatever it does there, we get an answer in time, and nothing is changed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from solander.files import second_opinion
from solander.files.second_opinion import ask_bagit
from solander.files.whole import write_folder
from solander.model.bag import BagInfo
from solander.model.opinion import INVALID, VALID
from solander.packing import lay_out


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    return write_folder(tmp_path, "bag", lay_out(info=BagInfo(), payload=[("data/a", b"a")]))


def test_bagit_says_valid_or_invalid_and_why(bag: Path, capfd: pytest.CaptureFixture[str]) -> None:
    here = Path.cwd()
    said = ask_bagit(bag, 1)
    assert (said.verdict, said.reason) == (VALID, "")
    assert said.name.startswith("bagit 1.")
    (bag / "data" / "b").write_bytes(b"")
    refused = ask_bagit(bag, 1)
    assert refused.verdict == INVALID
    assert "Payload-Oxum" in refused.reason
    assert Path.cwd() == here
    assert capfd.readouterr() == ("", "")


def test_a_relative_path_is_the_callers_and_a_dash_is_no_option(
    bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bag.rename(tmp_path / "-V")
    monkeypatch.chdir(tmp_path)
    assert ask_bagit(Path("-V"), 1).verdict == VALID


def test_what_lies_in_the_working_folder_or_the_bag_is_not_run(
    bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (tmp_path, bag):
        (folder / "bagit.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    assert ask_bagit(bag, 1).version
    assert not (tmp_path / "ran").exists()


def test_a_pipe_on_which_bagit_hangs_is_waited_for_in_vain_and_not_for_ever(tmp_path: Path) -> None:
    bag = write_folder(tmp_path, "piped", lay_out(info=BagInfo(), payload=[("data/a", b"")]))
    (bag / "data" / "a").unlink()
    os.mkfifo(bag / "data" / "a")
    said = ask_bagit(bag, 0, patience_seconds=2)
    assert said.verdict is None
    assert "no end after 2 seconds" in said.reason


@pytest.mark.parametrize("encoding", ["rot13", "zlib_codec"])
def test_a_traceback_is_no_verdict(bag: Path, encoding: str) -> None:
    (bag / "bagit.txt").write_text(f"BagIt-Version: 1.0\nTag-File-Character-Encoding: {encoding}\n")
    said = ask_bagit(bag, 1)
    assert said.verdict is None
    assert said.reason.startswith("it stopped with ")


def test_a_long_reason_is_cut_and_may_quote_any_name(bag: Path) -> None:
    for name in ("bag-info.txt", "tagmanifest-sha512.txt"):
        (bag / name).unlink()
    for number in range(100):
        (bag / "data" / os.fsdecode(b"\xff\x1b" + str(number).encode())).write_bytes(b"")
    said = ask_bagit(bag, 1)
    assert said.verdict == INVALID
    assert len(said.reason) == 500


@pytest.mark.parametrize("program", ["/bin/true", "/bin/false", "/no/such/program"])
def test_a_process_that_says_nothing_is_no_verdict(bag: Path, program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_opinion.sys, "executable", program)
    assert sys.executable == program
    said = ask_bagit(bag, 1)
    assert (said.verdict, said.version) == (None, "")
    assert said.reason

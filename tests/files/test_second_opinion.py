"""bagit is asked in a process of its own: whatever it does there, we get an answer in time, and nothing is changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from solander.files import second_opinion
from solander.files.bagit_process import BAGS_A_COPY
from solander.files.second_opinion import ask_bagit, many_asked
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


def test_many_bags_are_judged_by_one_process_and_none_meets_what_another_left(tmp_path: Path) -> None:
    bags = [
        write_folder(tmp_path, f"bag{one}", lay_out(info=BagInfo(), payload=[("data/a", b"a")])) for one in range(4)
    ]
    (bags[1] / "data" / "b").write_bytes(b"")
    (bags[2] / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: rot13\n")
    with many_asked() as asked:
        said = [ask_bagit(bag, 1).verdict for bag in bags]
        process = asked.process_id
        assert process is not None
        assert said == [VALID, INVALID, None, VALID]
        assert [ask_bagit(bag, 1).verdict for bag in bags] == said
        assert asked.process_id == process
        # The one that found the last bag valid is at rest; of those that found another nothing is left.
        (copy,) = children_of(process)
        assert ask_bagit(bags[0], 1).verdict == VALID
        assert children_of(process) == [copy]
        os.kill(copy, signal.SIGKILL)
        awaited(lambda: ") Z " in Path(f"/proc/{copy}/stat").read_text())
        assert ask_bagit(bags[0], 1).verdict == VALID
        assert copy not in children_of(process)
        assert asked.process_id == process
        assert asked.end() == 0
        assert asked.process_id is None


def test_a_copy_judges_so_many_bags_and_no_more(bag: Path) -> None:
    with many_asked() as asked:
        copies = set()
        for _ in range(BAGS_A_COPY + 1):
            assert ask_bagit(bag, 1).verdict == VALID
            assert asked.process_id is not None
            copies.update(children_of(asked.process_id))
        assert len(copies) == 2


def test_a_bag_on_which_bagit_hangs_costs_its_own_verdict_and_no_other(bag: Path, tmp_path: Path) -> None:
    piped = write_folder(tmp_path, "piped", lay_out(info=BagInfo(), payload=[("data/a", b"")]))
    (piped / "data" / "a").unlink()
    os.mkfifo(piped / "data" / "a")
    with many_asked() as asked:
        assert ask_bagit(bag, 1).verdict == VALID
        process = asked.process_id
        assert "no end after 1 seconds" in ask_bagit(piped, 0, patience_seconds=1).reason
        assert ask_bagit(bag, 1).verdict == VALID
        assert asked.process_id == process


def test_a_bag_for_which_bagit_needs_too_much_memory_costs_its_own_verdict_and_no_other(
    bag: Path, tmp_path: Path
) -> None:
    large = write_folder(tmp_path, "large", lay_out(info=BagInfo(), payload=[("data/a", b"a")]))
    # bagit keeps every line: these are more than the process may have here.
    lines = (f"{'0' * 128}  data/{number}\n" for number in range(60_000))
    (large / "manifest-sha512.txt").write_text("".join(lines))
    program = (
        "import resource\nfrom pathlib import Path\nfrom solander.files.second_opinion import ask_bagit, many_asked\n"
        "resource.setrlimit(resource.RLIMIT_AS, (56_000_000, 56_000_000))\n"
        "with many_asked():\n"
        f"    for bag in {[str(large), str(bag)]}:\n"
        "        said = ask_bagit(Path(bag), 1)\n"
        "        print(said.verdict, said.reason)\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    first, second = told.splitlines()
    assert first.startswith("None it stopped with MemoryError")
    assert second.strip() == VALID


def test_a_process_that_was_ended_is_begun_anew_for_the_next_bag(bag: Path) -> None:
    with many_asked() as asked:
        assert ask_bagit(bag, 1).verdict == VALID
        assert asked.process_id is not None
        os.kill(asked.process_id, signal.SIGKILL)
        gone = ask_bagit(bag, 1)
        assert gone.verdict is None
        assert "ended without a word (status -9)" in gone.reason
        assert ask_bagit(bag, 1).verdict == VALID


def test_whoever_asks_and_is_killed_leaves_nobody_behind(tmp_path: Path) -> None:
    piped = write_folder(tmp_path, "piped", lay_out(info=BagInfo(), payload=[("data/a", b"")]))
    (piped / "data" / "a").unlink()
    os.mkfifo(piped / "data" / "a")
    program = f"import pathlib, solander.files.second_opinion as one\none.ask_bagit(pathlib.Path({str(piped)!r}), 0)"
    with subprocess.Popen([sys.executable, "-c", program]) as asking:
        judging = awaited(lambda: [copy for one in children_of(asking.pid) for copy in children_of(one)])
        asking.kill()
    awaited(lambda: all(not Path(f"/proc/{one}").exists() for one in judging))


def children_of(process: int) -> list[int]:
    return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))


def awaited(what):
    deadline = time.monotonic() + 30
    while not (found := what()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found

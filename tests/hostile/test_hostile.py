"""Bags from nowhere: every one of them is judged rightly, at once, by the program itself, and left as it was.

Each case has its verdict, the rules that must speak, and the clause of RFC 8493 or the word "policy"
(docs/format.md, "How bags from elsewhere are judged"). No fault in a bag is worth a traceback, a hang or a byte.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.forked import SOLANDER, run_forked
from tests.hostile import links_and_sizes, odd_forms, paths_and_names, tag_files
from tests.hostile.making import Case, bag

from solander.cli import main
from solander.pipeline.judgement.rulebook import rules

CASES = (*paths_and_names.CASES, *tag_files.CASES, *links_and_sizes.CASES, *odd_forms.CASES)
STATUSES = {"valid": 0, "warning": 0, "invalid": 1, "unchecked": 3}
CPU_SECONDS = 60
"""No bag may cost more, however it is made; a guard against what never ends, and no measurement."""

HANG_SECONDS = 120
"""Whoever waits for a pipe uses no processor at all."""

IN_A_PROCESS_OF_ITS_OWN = ("out by ..", "escape sequence", "absolute", "a pipe that is listed", "UTF-16")


class Hangs(BaseException):
    """The case did not end; no ordinary handler takes this for a fault in the material."""


@pytest.fixture
def no_hang() -> Iterator[None]:
    def ring(number: int, frame: object) -> None:
        raise Hangs(signal.Signals(number).name)

    handlers = {number: signal.signal(number, ring) for number in (signal.SIGALRM, signal.SIGPROF)}
    signal.setitimer(signal.ITIMER_REAL, HANG_SECONDS)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.setitimer(signal.ITIMER_PROF, 0)
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.fixture
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """The bag of a case, in a folder of its own."""
    folder = tmp_path / "bag"
    try:
        request.param.make(folder)
    except PermissionError:
        pytest.skip("only root can make a device")
    yield folder
    # Python's own way of removing a tree fails on some of these.
    subprocess.run(["rm", "-rf", "--", tmp_path], check=True)


def state(folder: Path) -> bytes:
    """All that validating could change: every name with its kind, mode, size, times and target, and small contents."""
    names = ["find", ".", "-printf", r"%P\0%y %m %s %T@ %C@ %l\0"]
    contents = ["find", ".", "-type", "f", "-size", "-2048k", "-exec", "sha256sum", "--zero", "{}", "+"]
    # Of a file whose path is longer than the system takes, the times have to do.
    found = [subprocess.run(command, cwd=folder.parent, capture_output=True).stdout for command in (names, contents)]
    assert found[0].count(b"\0") > 3
    return b"\n".join(sorted(found[0].split(b"\0")) + sorted(found[1].split(b"\0")))


def judged(out: bytes) -> dict[str, Any]:
    report = json.loads(out)
    assert isinstance(report, dict)
    return report


def with_severity(report: dict[str, Any], *severities: str) -> set[str]:
    return {one["code"] for one in report["findings"] if one["severity"] in severities}


def hold_against(case: Case, status: int, report: dict[str, Any]) -> None:
    expected = set(case.codes.split())
    assert status == STATUSES[case.verdict], report["findings"][:20]
    assert report["passed"] == (status == 0)
    assert bool(report["unchecked"]) == (case.verdict == "unchecked")
    if case.verdict in ("valid", "warning"):
        assert with_severity(report, "warning", "error") == expected
    else:
        assert with_severity(report, "info", "warning", "error") >= expected
        assert with_severity(report, "error")
    for one in report["findings"]:
        for text in (one["place"]["path"], one["message"], one.get("expected"), one.get("found")):
            assert text is None or text.isprintable(), text


@pytest.mark.parametrize("made", CASES, ids=lambda case: f"{case.group}: {ascii(case.name)[1:-1]}", indirect=True)
def test_a_hostile_bag_is_judged_rightly_and_left_as_it_was(
    made: Path, request: pytest.FixtureRequest, no_hang: None, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    case = request.node.callspec.params["made"]
    before = state(made)
    status = main(["validate", os.fspath(made), "--json"])
    sys.stdout.flush()
    captured = capfdbinary.readouterr()
    assert (captured.err, b"Traceback" in captured.out) == (b"", False)
    hold_against(case, status, judged(captured.out))
    assert state(made) == before


@pytest.mark.parametrize(
    "made", [case for case in CASES if case.name in IN_A_PROCESS_OF_ITS_OWN], ids=lambda case: case.name, indirect=True
)
def test_the_program_says_the_same_to_whoever_runs_it(made: Path, request: pytest.FixtureRequest) -> None:
    case = request.node.callspec.params["made"]
    ran = run_forked(SOLANDER, "validate", made, "--json")
    hold_against(case, ran.returncode, judged(ran.stdout.encode()))
    told = run_forked(SOLANDER, "validate", made)
    assert told.returncode == ran.returncode
    assert "\x1b" not in told.stdout + told.stderr
    assert all(code in told.stdout for code in case.codes.split())


def test_what_is_no_bag_at_all_could_not_be_checked(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    bag(without=("bagit.txt",))(tmp_path / "bag")
    before = state(tmp_path / "bag")
    assert main(["validate", os.fspath(tmp_path / "bag")]) == 3
    assert b"BAG001" in capfdbinary.readouterr().err
    assert state(tmp_path / "bag") == before


def test_the_table_is_whole() -> None:
    assert len(CASES) >= 170
    counted = Counter((case.group, case.name) for case in CASES)
    assert [name for name, times in counted.items() if times > 1] == []
    known = {rule.code for rule in rules()}
    for case in CASES:
        assert case.verdict in STATUSES, case
        assert set(case.codes.split()) <= known, case
        assert case.clause.startswith(("RFC 8493, ", "policy", "draft")), case
        assert (case.verdict == "valid") <= (case.codes == ""), case
    assert set(IN_A_PROCESS_OF_ITS_OWN) <= {case.name for case in CASES}


def test_the_written_policy_is_the_one_that_is_kept() -> None:
    page = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
    section = page.partition("## How bags from elsewhere are judged")[2].partition("**Names that Solander coins.**")[0]
    written = re.findall(r"^\|.*\| (\w+) \| (BAG[0-9]{3}) \|$", section, re.MULTILINE)
    severities = {rule.code: rule.severity for rule in rules()}
    assert [(severity, code) for severity, code in written if severities.get(code) != severity] == []
    named = {code for _, code in written}
    # Whatever a case calls policy is written down.
    assert {code for case in CASES if case.clause == "policy" for code in case.codes.split()} - named <= {
        *("BAG001", "BAG003", "BAG004", "BAG007", "BAG009", "BAG027")
    }

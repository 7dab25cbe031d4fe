"""``explain``: what a rule means, in words that need no other page; a family's rules by its letters."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

AT = "2026-01-01T00:00:00Z"


@pytest.mark.parametrize("family", ["BAG", "tei"])
def test_a_family_lists_its_rules(run, family: str):
    ran = run("explain", family)
    lines = [line.split() for line in ran.out.splitlines()]
    every = [line.split() for line in run("explain").out.splitlines()]
    assert ran.status == 0
    assert lines == [line for line in every if line[0].startswith(family.upper())]
    assert len(lines) > 5
    assert len(json.loads(run("explain", family, "--json").out)) == len(lines)


def test_an_explanation_is_as_wide_as_a_narrow_terminal(run, monkeypatch):
    from solander.cli import explain

    monkeypatch.setattr(explain, "terminal_columns", lambda: 40)
    assert max(len(line) for line in run("explain", "BAG003").out.splitlines()) <= 40


def test_no_explanation_has_the_marks_of_its_source(run):
    codes = [line.split()[0] for line in run("explain").out.splitlines()]
    told = run("explain", *codes).out
    assert "``" not in told
    assert "``" not in run("explain", "--json").out


def test_a_source_of_our_own_is_told_in_words(run):
    sources = {one["code"]: one["source"] for one in json.loads(run("explain", "--json").out)}
    assert sources["RED001"] == ("Solander's law 3: the same capture, options, version and moment give the same bytes")
    assert sources["BAG025"] == "Solander's law 7: not checked is never valid"
    assert sources["TEI203"] == "Solander's format, the TEI; RFC 5147"
    assert not [source for source in sources.values() if "design" in source.lower()]


def test_python_without_docstrings_judges_as_ever(run, bag: Path):
    def without(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-OO", "-m", "solander.cli", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    judged = without("validate", bag)
    assert (judged.returncode, judged.stdout) == (0, run("validate", bag).out)
    assert without("verify", "--rederive", bag).returncode == 0
    told = without("explain", "BAG003")
    assert told.returncode == 0
    assert "not told, for Python was started with -OO" in told.stdout

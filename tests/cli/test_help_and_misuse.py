"""Every command tells how it is used; misuse and faults of ours are one line that says what to do."""

import contextlib
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("command", ["pack", "normalise", "init", "validate", "verify", "show", "explain"])
def test_every_help_ends_with_examples_and_exit_statuses(run, command: str):
    ran = run(command, "--help")
    assert ran.status == 0
    told, _, statuses = ran.out.partition("\nExit status:\n")
    _, _, examples = told.partition("\nExamples:\n")
    assert f" solander {command}" in examples
    assert [line.split()[0] for line in statuses.splitlines()][-2:] == ["70", "130"]


def test_the_programs_own_help_tells_the_purposes_of_the_commands(run):
    ran = run("--help")
    for command in ("pack", "normalise", "init", "validate", "verify", "show", "explain"):
        purpose = run(command, "--help").out.split("\n\n")[1]
        assert " ".join(purpose.split()) in " ".join(ran.out.split())
    assert "_SOLANDER_COMPLETE=bash_source" in ran.out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["vaildate"], "did you mean validate?"),
        ([], ""),
        (["pack"], "name the pages to pack"),
        (["pack", "a.html"], "name the archive"),
        (["pack", "a.html", "--into"], "requires an argument"),
        (["pack", "a.html", "--into", "x", "--at", "yesterday"], "write date, time and zone"),
        (["pack", "a.html", "--into", "x", "--at", "2026-01-01"], "write date, time and zone"),
        (["pack", "a.html", "--into", "x", "--at", "2026-01-01T00:00:00"], "write date, time and zone"),
        (["pack", "a.html", "--into", "x", "--captured-at", "2024-01-01"], "leave it out"),
        (["pack", "a.html", "--into", "x", "--uri", "not a uri"], "with its scheme"),
        (["pack", "a.html", "--into", "x", "--uri", "/rel/x"], "with its scheme"),
        (["pack", "a.html", "--into", "x", "--date", "last week"], "2021-12-08"),
        (["pack", "a.html", "--into", "x", "--language", "english"], "did you mean en?"),
        (["pack", "a.html", "b.html", "--into", "x", "--title", "T"], "one page at a time"),
        (["pack", "a.html", "b.html", "--into", "x", "--identifier", "T"], "one page at a time"),
        (["normalise", "a.html", "--language", "english"], "did you mean en?"),
        (["pack", "a.html", "--into", "x", "--max-size", "much"], "50MB"),
        (["pack", "a.html", "--into", "x", "--fail-on", "never"], "'info', 'warning', 'error'"),
        (["pack", "a.html", "--into", "x", "--colour"], "--colour"),
        (["pack", "a.html", "--into", "x", "--title", " "], "empty"),
        (["validate"], "name a bag"),
        (["verify"], "name a bag"),
        (["show"], "name a bag"),
        (["normalise"], "SOURCE"),
    ],
    ids=" ".join,
)
def test_misuse_is_one_line_that_tells_what_to_do(run, monkeypatch, tmp_path: Path, words: list[str], hint: str):
    monkeypatch.chdir(tmp_path)
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")
    assert hint in ran.err
    assert not words or (ran.err.startswith("solander: ") and ran.err.count("\n") == 1)
    assert not list(tmp_path.iterdir())


def test_a_fault_of_ours_is_one_line_and_a_log_file(run, page: Path, tmp_path: Path, monkeypatch):
    def fail(capture: object) -> None:
        raise RuntimeError("the lamp went out")

    monkeypatch.setattr("solander.reading.read_page", fail)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    ran = run("pack", page, "--into", tmp_path / "archive")
    assert (ran.status, ran.out) == (70, "")
    assert ran.err.count("\n") == 1
    assert "a fault of ours: RuntimeError: the lamp went out" in ran.err
    (log,) = (tmp_path / "state" / "solander").iterdir()
    assert str(log) in ran.err
    assert "Traceback" in log.read_text()
    assert not (tmp_path / "archive").exists()
    assert "Traceback" in run("pack", page, "--into", tmp_path / "archive", "--traceback").err


@pytest.mark.parametrize("pages", [1, 3])
def test_a_watching_terminal_sees_progress_of_more_than_one_page(page: Path, tmp_path: Path, pages: int):
    sources = [tmp_path / f"{number}.html" for number in range(pages)]
    for number, source in enumerate(sources):
        source.write_bytes(page.read_bytes().replace(b"seven", f"{number}".encode()))
    program = [sys.executable, "-m", "solander.cli", "pack", *map(str, sources), "--into", str(tmp_path / "archive")]
    above, below = pty.openpty()
    process = subprocess.Popen(program, stderr=below, stdout=subprocess.PIPE, env=os.environ | {"TERM": "xterm"})
    os.close(below)
    out, _ = process.communicate(timeout=120)
    shown = b""
    # A terminal whose program has ended reads as an error, here as the end.
    with contextlib.suppress(OSError):
        while piece := os.read(above, 65536):
            shown += piece
    os.close(above)
    assert process.returncode == 0
    assert len(out.splitlines()) == pages
    assert (b"packing" in shown) is (pages > 1)
    assert b" made" in shown


def completed(words: str) -> list[tuple[str, str]]:
    """What the shell is offered for the last word: its kind, and the word or what the shell is to look up."""
    environment = os.environ | {
        "_SOLANDER_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    program = [sys.executable, "-m", "solander.cli"]
    shown = subprocess.run(program, env=environment, capture_output=True, text=True, check=True).stdout
    return [(kind, word) for kind, _, word in (line.partition(",") for line in shown.splitlines())]


def test_the_shell_completes_commands_and_options(page: Path):
    assert completed("solander va") == [("plain", "validate")]
    assert completed("solander pack --cap") == [("plain", "--captured-at")]
    assert completed("solander explain PRM00") == [("plain", f"PRM00{number}") for number in range(1, 10)]


def test_the_shell_completes_paths_where_a_path_is_asked_for(page: Path):
    # The shell itself looks up what it is told to be a file or a folder.
    asked = {"validate pa": "file", "pack pa": "file", "pack --into pa": "dir", "catalogue pa": "dir"}
    for rest, kind in asked.items():
        assert completed(f"solander {rest}") == [(kind, "pa")]


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered as usual", "PYTHONUNBUFFERED"])
def test_on_a_terminal_a_path_stands_before_what_is_said_of_it(page: Path, tmp_path: Path, unbuffered: str):
    program = [sys.executable, "-m", "solander.cli", "pack", str(page), "--into", str(tmp_path / "archive")]
    above, below = pty.openpty()
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    process = subprocess.Popen(program, stderr=below, stdout=below, env=environment)
    os.close(below)
    shown = b""
    with contextlib.suppress(OSError):
        while piece := os.read(above, 65536):
            shown += piece
    os.close(above)
    assert process.wait(timeout=120) == 0
    [made] = (tmp_path / "archive").iterdir()
    assert shown.startswith(os.fsencode(made) + b"\r\n")
    assert b" made" in shown

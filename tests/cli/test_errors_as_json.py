"""What ends a whole run is told in JSON too where JSON was asked for, once, and in a line beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("words", "status", "kind", "told"),
    [
        (("audit", "{tmp}/none"), 3, "SourceMissing", "there is no such file"),
        (("batch", "{tmp}/none", "--into", "{tmp}/x"), 3, "SourceMissing", "there is no such file"),
        (("deposit", "{archive}", "--to", "foo:"), 2, "UsageError", "names no target"),
        (("init", "{archive}"), 2, "UsageError", "the folder is not empty"),
        (("receipts", "{tmp}/none"), 3, "SourceMissing", "there is no such file"),
        (("catalogue", "{tmp}/none"), 3, "SourceMissing", "there is no such file"),
        (("explain", "FOO"), 2, "UsageError", "there is no rule 'FOO'"),
        (("bag", "update", "{tmp}/none"), 3, "ArchiveError", "there is no such file or folder"),
        (("pack", "--into", "{tmp}/x"), 2, "UsageError", "name the pages to pack"),
        (("validate",), 2, "UsageError", "name a bag"),
    ],
)
def test_what_came_to_nothing_is_one_json_value(
    run, bag: Path, tmp_path: Path, words: tuple[str, ...], status: int, kind: str, told: str
):
    given = [word.format(tmp=tmp_path, archive=bag.parent) for word in words]
    ran = run(*given, "--json")
    value = json.loads(ran.out)
    assert (ran.status, value["kind"], set(value)) == (status, kind, {"error", "kind"})
    assert told in value["error"]
    assert ran.err == f"solander: {value['error']}\n"
    plain = run(*given)
    assert (plain.status, plain.out, plain.err) == (status, "", ran.err)


def test_what_has_a_place_in_the_result_stays_there(run, bag: Path, tmp_path: Path):
    ran = run("show", tmp_path / "none", bag, "--json")
    lacking, there = json.loads(ran.out)["bags"]
    assert ("error" in lacking, there["path"], ran.err) == (True, str(bag), "")


def test_forms_of_other_programs_are_left_alone(run, tmp_path: Path):
    ran = run("validate", tmp_path, "--profile", tmp_path / "none", "--format", "sarif")
    assert (ran.status, ran.out) == (2, "")


@pytest.mark.parametrize("form", [("--json",), ("--format", "json"), ("--format=json",)])
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("pack", "x", "--at", "yesterday"), "'yesterday' is no moment"),
        (("pack", "-", "-"), "standard input can be read once"),
        (("pack", "x", "--nope"), "no such option"),
        (("validate", "x", "--threads", "many"), "invalid value for '--threads'"),
        (("audit", ""), "it is empty"),
    ],
)
def test_words_that_are_not_understood_are_told_in_json_too(run, words: tuple[str, ...], told: str, form):
    ran = run(*words, *form)
    value = json.loads(ran.out)
    assert (ran.status, value["kind"]) == (2, "UsageError")
    assert told in value["error"]
    assert ran.err.startswith(f"solander: {value['error']} (see 'solander {words[0]} --help')")
    assert run(*words).out == ""


def test_where_no_json_is_to_be_had_or_none_is_asked_for_none_is_written(run):
    for words in (("normalise", "x", "--json"), ("pack", "x", "--nope", "--", "--json"), ("nope", "--json")):
        ran = run(*words)
        assert (ran.status, ran.out) == (2, "")

"""``solander bag``: what a person at a terminal and a program are told, and the exit statuses."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import solander

APTRUST = "https://raw.githubusercontent.com/APTrust/preservation-services/master/profiles/aptrust-v2.3.json"


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    (folder / "empty").mkdir(parents=True)
    (folder / "may.txt").write_bytes(b"Dear Ines,\n")
    (folder / ".DS_Store").write_bytes(b"x")
    return folder


def test_a_bag_is_made_and_its_path_is_the_result(run, letters: Path, tmp_path: Path):
    ran = run("bag", "make", letters, "--into", tmp_path / "bags", "--exclude-system-files", "--algorithm", "sha256")
    assert (ran.status, ran.out) == (0, f"{tmp_path}/bags/letters\n")
    assert ran.err.splitlines() == [
        f"{tmp_path}/bags/letters/data/empty  BAG057 empty-folder  (warning) "
        "this folder is empty, and no manifest can list it",
        f"{letters}/.DS_Store: left out",
        "1 bag made: 1 file, 11 B, sha256",
        "see: solander explain BAG057",
    ]
    assert solander.validate(tmp_path / "bags" / "letters").passed


def test_a_program_is_told_the_same(run, letters: Path, tmp_path: Path):
    ran = run("bag", "make", letters, "--into", tmp_path / "bags", "--json", "--exclude", ".*")
    value = json.loads(ran.out)
    assert (ran.status, ran.err) == (0, "")
    assert value["path"] == f"{tmp_path}/bags/letters"
    assert (value["files"], value["bytes"], value["algorithms"]) == (1, 11, ["sha512"])
    assert value["excluded"] == [f"{letters}/.DS_Store"]
    assert value["empty_folders"] == ["data/empty"]
    assert value["report"]["passed"]


def test_quiet_says_the_path_alone(run, letters: Path, tmp_path: Path):
    ran = run("bag", "make", letters, "--into", tmp_path / "bags", "--quiet", "--exclude", ".DS_Store")
    assert (ran.out, ran.err) == (f"{tmp_path}/bags/letters\n", "")


def test_everything_that_is_refused_is_named_in_a_line_of_its_own(run, letters: Path, tmp_path: Path):
    (letters / "away").symlink_to("/etc")
    os.mkfifo(letters / "pipe")
    ran = run("bag", "make", letters, "--into", tmp_path / "bags")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.splitlines() == [
        f"solander: {letters}/away: a symbolic link",
        f"solander: {letters}/pipe: a pipe, a socket or a device",
        "solander: no bag was made: 2 things refused; nothing was written; leave them out with --exclude, "
        "or keep links with --links record",
    ]
    assert not (tmp_path / "bags").exists()
    value = json.loads(run("bag", "make", letters, "--into", tmp_path / "bags", "--json").out)
    assert [one["path"] for one in value["refused"]] == [f"{letters}/away", f"{letters}/pipe"]


def test_fields_come_from_a_file_and_then_from_the_command_line(run, letters: Path, tmp_path: Path):
    (tmp_path / "info.txt").write_text("Contact-Name: A\nExternal-Description: a long\n  value\n", encoding="utf-8")
    ran = run(
        *("bag", "make", letters, "--into", tmp_path / "bags", "--info-file", tmp_path / "info.txt"),
        *("--info", "Contact-Name: B", "--at", "2026-01-01T00:00:00Z"),
    )
    assert ran.status == 0
    lines = (tmp_path / "bags" / "letters" / "bag-info.txt").read_text().splitlines()
    assert lines[:4] == [
        "Contact-Name: A",
        "External-Description: a long value",
        "Contact-Name: B",
        "Bagging-Date: 2026-01-01",
    ]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("make",), 2, "name a folder or files"),
        (("make", "{letters}"), 2, "say where the bag is to stand"),
        (("make", "{letters}", "--into", "{letters}/bags"), 2, "choose another --into"),
        (("make", "{tmp}/none", "--into", "{tmp}/bags"), 3, "there is no such file"),
        (("make", "{letters}", "--into", "{tmp}/bags", "--algorithm", "crc32"), 2, "is no checksum algorithm"),
        (("make", "{letters}", "--into", "{tmp}/bags", "--info", "nothing"), 2, "write it as 'Label: value'"),
        (("make", "{letters}", "--into", "{tmp}/bags", "--name", "a/b"), 2, "no name for a bag's folder"),
        (("make", "{letters}", "--into", "{tmp}"), 3, "something else has this name"),
        (("update", "{letters}"), 3, "this is no bag"),
        (("update", "{tmp}/none"), 3, "there is no such file or folder"),
        (("unbag", "{letters}", "--into", "{tmp}/out"), 3, "this is no bag"),
        (("unbag", "{letters}"), 2, "say where the payload is to stand"),
        (("fetch", "{letters}", "--allow-host", "example.org"), 3, "this is no bag"),
        (("fetch", "{letters}"), 2, "nothing is fetched from a host that was not named"),
        (("mak",), 2, "did you mean make?"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    run, letters: Path, tmp_path: Path, words: tuple[str, ...], status: int, told: str
):
    ran = run("bag", *(word.format(letters=letters, tmp=tmp_path) for word in words))
    assert (ran.status, ran.out) == (status, "")
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_bag_is_brought_up_to_date_and_emptied(run, letters: Path, tmp_path: Path):
    bag = tmp_path / "bags" / "letters"
    run("bag", "make", letters, "--into", tmp_path / "bags", "--algorithm", "md5")
    ran = run("bag", "update", bag, "--add-algorithm", "sha512", "--drop-algorithm", "md5")
    assert (ran.status, ran.out) == (0, f"{bag}\n")
    assert ran.err.splitlines()[-1] == "see: solander explain BAG057 BAG039"
    assert f"{bag}: verified, and its tag files written anew (sha512)" in ran.err
    out = run("bag", "unbag", bag, "--into", tmp_path / "out")
    assert (out.status, out.out) == (0, f"{tmp_path}/out/letters\n")
    (bag / "data" / "may.txt").write_bytes(b"Dear Inez,\n")
    for words in (("update", bag, "--add-algorithm", "sha256"), ("unbag", bag, "--into", tmp_path / "more")):
        ran = run("bag", *words)
        assert (ran.status, ran.out) == (1, "")
        assert "BAG003 payload-digest-mismatch" in ran.err
    assert not (tmp_path / "more").exists()
    ran = run("bag", "unbag", bag, "--into", tmp_path / "more", "--keep-damaged", "--json")
    assert ran.status == 1
    assert json.loads(ran.out)["path"] == f"{tmp_path}/more/letters"


def test_what_was_not_allowed_is_told_and_the_status_is_1(run, letters: Path, tmp_path: Path):
    bag = tmp_path / "bags" / "letters"
    run("bag", "make", letters, "--into", tmp_path / "bags")
    digest = "0" * 128
    (bag / "manifest-sha512.txt").write_text(f"{digest}  data/lost\n")
    (bag / "fetch.txt").write_text("https://files.example/lost 3 data/lost\n")
    ran = run("bag", "fetch", bag, "--allow-host", "other.example")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        "solander: https://files.example/lost: its host is not allowed (see --allow-host files.example)",
        "0 files fetched, 0 B; 1 file not had",
    ]


def test_the_group_without_a_command_shows_its_help(run):
    ran = run("bag")
    assert (ran.status, ran.out) == (2, "")
    assert all(name in ran.err for name in ("make", "update", "unbag", "fetch"))
    for name in ("make", "update", "unbag", "fetch"):
        told = run("bag", name, "--help").out
        assert "Examples:" in told
        assert "Exit status:" in told


def test_a_bag_is_made_as_one_file_and_that_is_the_result(run, letters: Path, tmp_path: Path):
    ran = run("bag", "make", letters, "--into", tmp_path / "bags", "--serialise", "zip", "--exclude", ".*")
    assert (ran.status, ran.out) == (0, f"{tmp_path}/bags/letters.zip\n")
    # The place is written as validate writes it.
    assert ran.err.startswith(f"{tmp_path}/bags/letters.zip!/data/empty  BAG057 ")
    assert [one.name for one in (tmp_path / "bags").iterdir()] == ["letters.zip"]
    assert run("validate", tmp_path / "bags" / "letters.zip").status == 0


def test_what_a_profile_demands_is_asked_for_at_once_and_then_made(run, letters: Path, tmp_path: Path):
    words = ["bag", "make", letters, "--into", tmp_path / "bags", "--profile", "aptrust", "--exclude", ".*"]
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")
    for label in ("Title", "Access", "Storage-Option"):
        assert f"--tag-info 'aptrust-info.txt/{label}: " in ran.err
    assert not (tmp_path / "bags").exists()
    for field in ("Title: Letters", "Access: Consortia", "Storage-Option: Standard"):
        words += ["--tag-info", f"aptrust-info.txt/{field}"]
    ran = run(*words, "--json")
    value = json.loads(ran.out)
    assert (ran.status, value["path"], value["form"]) == (0, f"{tmp_path}/bags/letters.tar", "tar")
    assert [one["name"] for one in value["report"]["schemas"]] == [APTRUST]
    assert run("validate", value["path"], "--profile", "aptrust").status == 0


@pytest.mark.parametrize("field", ["Title: Letters", "aptrust-info.txt/Title", "/: x"])
def test_a_field_of_a_tag_file_is_written_with_its_file(run, letters: Path, tmp_path: Path, field: str):
    ran = run("bag", "make", letters, "--into", tmp_path / "bags", "--tag-info", field)
    assert (ran.status, ran.out) == (2, "")
    assert not (tmp_path / "bags").exists()


def test_a_bag_that_is_to_stand_in_its_own_source_is_misuse_in_one_clear_line(run, letters: Path):
    for into, where in ((letters, "this is what is read"), (letters / "bags", f"it lies in {letters}, which is read")):
        ran = run("bag", "make", letters, "--into", into)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err == f"solander: {into}: {where}, and nothing is written into that; choose another --into\n"
    assert not (letters / "bags").exists()


@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz"])
def test_a_name_with_the_ending_of_the_archive_file_names_the_file(run, letters: Path, tmp_path: Path, form: str):
    words = ("--into", tmp_path / "bags", "--serialise", form, "--exclude", ".*", "--quiet")
    ran = run("bag", "make", letters, *words, "--name", f"x.{form}")
    assert (ran.status, ran.out) == (0, f"{tmp_path}/bags/x.{form}\n")
    assert "BAG079" not in run("validate", tmp_path / "bags" / f"x.{form}").out
    # There is no name in front of the ending.
    assert run("bag", "make", letters, *words, "--name", f".{form}").status == 2


def test_the_algorithms_of_an_updated_bag_are_told_in_one_order(run, letters: Path, tmp_path: Path):
    told = set()
    for place, first, second in (("a", "sha512", "md5"), ("b", "md5", "sha512")):
        words = ("--into", tmp_path / place, "--algorithm", first, "--exclude", ".*")
        bag = Path(run("bag", "make", letters, *words).out.strip())
        value = json.loads(run("bag", "update", bag, "--add-algorithm", second, "--json").out)
        told.add(tuple(value["algorithms"]))
    assert told == {("sha512", "md5")}


def test_an_update_tells_of_nothing_that_it_has_cured(run, letters: Path, tmp_path: Path):
    bag = tmp_path / "bags/letters"
    run("bag", "make", letters, "--into", bag.parent, "--algorithm", "md5")
    cured = run("bag", "update", bag, "--add-algorithm", "sha512", "--drop-algorithm", "md5")
    assert (cured.status, "BAG040" in cured.err, "BAG057" in cured.err) == (0, False, True)
    weaker = run("bag", "update", bag, "--add-algorithm", "md5", "--drop-algorithm", "sha512")
    assert (weaker.status, "BAG040" in weaker.err) == (0, True), "and of what it has brought about"
    left = run("bag", "update", bag, "--info", "Bagging-Date: someday", "--add-algorithm", "sha512")
    assert ("BAG040" in left.err, "BAG041" in left.err) == (False, True)

"""``show``: a bag tells all that its description says, an archive its bags, and damage is never passed over."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import shutil
import struct
import subprocess
import sys
import tarfile
import termios
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest

SAID = {
    "contributor": "Ida Berg",
    "description": "When the ferry leaves, and when it returns",
    "identifier": "https://doi.example/10.1/ferry",
    "relation": "https://harbour.example/winter",
}


def test_every_statement_about_the_page_is_shown(run, page: Path, tmp_path: Path):
    options = [word for element, value in SAID.items() for word in (f"--{element}", value)]
    packed = run("pack", page, "--into", tmp_path / "archive", "--quiet", *options)
    ran = run("show", packed.out.strip())
    assert ran.status == 0
    for element, value in SAID.items():
        assert f"\n  {element:<12}{value}  (stated when packing)\n" in ran.out


def test_an_archive_shows_its_bags_a_line_each(run, bag: Path, page: Path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    run("pack", page, "--into", bag.parent, "--title", "Ferries", "--rights", "CC0", "--quiet")
    (bag.parent / "solander.toml").write_text("")
    ran = run("show", bag.parent)
    assert (ran.status, ran.err) == (0, "")
    *lines, closing = ran.out.splitlines()
    assert closing == "2 bags"
    (line,) = [line for line in lines if line.startswith(bag.name)]
    assert line.split("  ")[1:] == ["v1", "2024-03-01", "no errors and 2 remarks", "The ferry timetable"]
    value = json.loads(run("show", bag.parent, "--json").out)
    assert {one["description"]["title"][0] for one in value["bags"]} == {"The ferry timetable", "Ferries"}


@pytest.mark.parametrize("form", ["tar", "gztar", "zip"])
def test_a_bag_in_one_file_is_shown_as_its_folder_is(run, bag: Path, tmp_path: Path, form: str):
    kept = tmp_path / "kept"
    kept.mkdir()
    file = Path(shutil.make_archive(str(kept / bag.name), form, bag.parent, bag.name))
    of_folder, of_file = run("show", bag), run("show", file)
    assert (of_file.status, of_file.err) == (0, "")
    assert of_file.out.replace(str(file), str(bag)) == of_folder.out
    listed = run("show", kept)
    assert (listed.status, listed.out.splitlines()[-1]) == (0, "1 bag")
    assert json.loads(run("show", kept, "--json").out)["bags"][0]["path"] == str(file)


def test_on_a_terminal_lines_are_broken_between_words_and_go_on_below_their_own(run, page: Path, tmp_path: Path):
    said = " ".join(f"crossing{number}" for number in range(30))
    long = f"https://harbour.example/{'x' * 90}"
    bag = run("pack", page, "--into", tmp_path / "a", "--description", said, "--relation", long, "-q").out.strip()
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 60, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen([sys.executable, "-m", "solander.cli", "show", bag], stdout=theirs, env=environment):
        os.close(theirs)
        told = b""
        # A terminal whose other end was closed fails on Linux, where a file would have ended.
        with suppress(OSError):
            while piece := os.read(ours, 4096):
                told += piece
    os.close(ours)
    lines = told.decode().replace("\r\n", "\n").split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("  description "))
    around = [line for line in lines[at : at + 12] if "crossing" in line]
    assert len(around) > 5
    assert all(len(line) <= 60 for line in around)
    assert all(line.startswith(" " * 14 + "crossing") for line in around[1:])
    assert any(line.startswith(f"  relation    {long}") for line in lines)


def test_of_a_bag_without_a_description_no_room_is_left_for_one(run, page: Path, tmp_path: Path):
    made = run("bag", "make", page, "--into", tmp_path / "bags").out.strip()
    assert run("show", made).out.startswith(f"{made}\n\n  packed ")


def test_a_file_that_has_no_bag_in_it_is_told_with_what_to_do_next(run, bag: Path, page: Path, tmp_path: Path):
    within = Path(shutil.make_archive(str(tmp_path / "within"), "tar", bag, "data"))
    ran = run("show", within)
    assert ran.status == 3
    assert ran.err == f"solander: {within}: this is no bag: it has no bagit.txt; see: solander validate {within}\n"
    ran = run("show", page)
    assert ran.status == 3
    assert ran.err.endswith("it has no bagit.txt, and is no archive file: its bytes are those of neither zip nor tar\n")


def test_of_a_bag_in_a_file_that_was_cut_off_what_is_left_is_shown_as_damaged(run, bag: Path, tmp_path: Path):
    file = tmp_path / f"{bag.name}.tar"
    with tarfile.open(file, "w") as tar:
        for name in ("bagit.txt", "bag-info.txt", "metadata/description.json", "data/original/page.html"):
            tar.add(bag / name, f"{bag.name}/{name}")
    file.write_bytes(file.read_bytes()[: file.read_bytes().index((bag / "data/original/page.html").read_bytes()) + 9])
    ran = run("show", file)
    assert ran.status == 3
    assert "  damaged     it is cut off" in ran.out
    assert "  title       The ferry timetable" in ran.out


def test_an_archive_without_bags_says_so(run, tmp_path: Path):
    run("init", tmp_path / "archive")
    assert run("show", tmp_path / "archive").out == "no bags\n"


@pytest.mark.parametrize("name", ["data/original/page.html", "metadata/description.json", "README.txt"])
def test_a_bag_that_lacks_a_file_is_said_to_be_damaged(run, bag: Path, name: str):
    (bag / name).unlink()
    ran = run("show", bag)
    assert ran.status == 3
    assert f"\n  damaged     {name}: there is no such file\n" in ran.out
    assert ran.err == f"damaged; see: solander validate {bag}\n"
    assert json.loads(run("show", bag, "--json").out)["bags"][0]["damage"] == [f"{name}: there is no such file"]
    (bag.parent / "solander.toml").write_text("")
    listed = run("show", bag.parent)
    assert listed.status == 3
    assert "  damaged  " in listed.out


@pytest.mark.parametrize("name", ["metadata/description.json", "metadata/validation.json"])
def test_a_record_that_cannot_be_read_is_said_to_be_damaged(run, bag: Path, name: str):
    (bag / name).write_bytes(b"{")
    ran = run("show", bag)
    assert ran.status == 3
    assert "\n  damaged     " in ran.out
    assert name in ran.out.partition("damaged")[2]


def test_a_folder_in_an_archive_that_is_no_bag_is_told_beside_the_others(run, bag: Path):
    (bag.parent / "notes").mkdir()
    ran = run("show", bag.parent)
    assert ran.status == 3
    assert ran.out.endswith("\n1 bag\n")
    assert f"{bag.parent}/notes: this is no bag" in ran.err


@pytest.mark.parametrize(
    ("title", "columns"), [("The ferries of the lake, and who rowed them", 80), ("河边的茶馆" * 12, 60)]
)
def test_a_list_of_bags_is_no_wider_than_the_terminal(run, title: str, columns: int, tmp_path, monkeypatch):
    monkeypatch.setattr("solander.cli.show.terminal_columns", lambda: columns)
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html lang=en><title>x</title><p>Six words are in this page.", encoding="utf-8")
    bag = Path(run("pack", page, "--into", tmp_path / "archive", "--title", title).out.strip())
    name, told, closing = run("show", bag.parent).out.splitlines()
    assert name == bag.name, "what is copied is never cut"
    wide = sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in told)
    assert wide <= columns
    assert told.endswith("…")
    assert told[-6] in title
    assert closing == "1 bag"


def test_a_list_that_fits_has_a_line_for_each_bag(run, bag: Path, monkeypatch):
    monkeypatch.setattr("solander.cli.show.terminal_columns", lambda: 400)
    first, closing = run("show", bag.parent).out.splitlines()
    assert first.startswith(f"{bag.name}  v1  ")
    assert closing == "1 bag"


def test_whoever_reads_a_pipe_gets_the_whole_of_every_title(run, bag: Path, page: Path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    title = "The ferries of the lake, and who rowed them " * 5
    run("pack", page, "--into", bag.parent, "--title", title.strip(), "--quiet")
    ran = run("show", bag.parent)
    assert title.strip() in ran.out
    assert "…" not in ran.out


def test_the_day_of_a_page_s_last_change_has_a_row_of_its_own_beside_none_of_its_publication(run, tmp_path: Path):
    page = tmp_path / "page.html"
    head = '<!DOCTYPE html><html lang=en><title>Ferries</title><meta property="article:modified_time" content='
    page.write_text(f'{head}"2020-05-04"><p>Six words are in this page.', encoding="utf-8")
    bag = Path(run("pack", page, "--into", tmp_path / "archive", "--quiet").out.strip())
    rows = [line.split()[:2] for line in run("show", bag).out.splitlines() if line.startswith("  ")]
    assert ["modified", "2020-05-04"] in rows
    assert "date" not in [row[0] for row in rows if row]
    assert "last changed 2020-05-04" in (bag / "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"garbage\n", "bag-info.txt: no field in it can be read"),
        (b"", "bag-info.txt: it does not say what the bag holds (External-Identifier)"),
    ],
)
def test_a_bag_info_that_tells_nothing_is_said_to_be_damage(run, bag: Path, content: bytes, told: str):
    (bag / "bag-info.txt").write_bytes(content)
    ran = run("show", bag)
    assert (ran.status, ran.err) == (3, f"damaged; see: solander validate {bag}\n")
    assert f"\n  damaged     {told}\n" in ran.out
    listed = run("show", bag.parent)
    assert (listed.status, "  v?  2024-03-01  damaged  " in listed.out) == (3, True)


def test_bags_of_others_need_no_fields(run, foreign: Path):
    (foreign / "bag-info.txt").write_bytes(b"")
    ran = run("show", foreign)
    assert (ran.status, ran.err) == (0, "")

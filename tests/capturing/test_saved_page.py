"""A saved page says where it was and when, and keeps what a browser put beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import solander
from solander.capturing.references import references
from solander.capturing.saved_page import saved_from
from solander.pipeline import normalise, rederive

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
URI = "https://harbour.example/mole"


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        (f"<!-- saved from url=({len(URI):04}){URI} -->", (URI, None, None)),
        (f"<!-- saved from url=(0007){URI} -->", (None, None, None)),
        (
            f"<!--\n Page saved with SingleFile \n url: {URI} \n saved date: Tue Nov 24 2026 11:12:13 "
            "GMT+0100 (MEZ)\n-->",
            (URI, datetime(2026, 11, 24, 10, 12, 13, tzinfo=UTC), "SingleFile"),
        ),
        (
            f"<!-- Saved from {URI} at 2026-11-24T10:12:13.5Z using monolith v2.10.1 -->",
            (URI, datetime(2026, 11, 24, 10, 12, 13, tzinfo=UTC), "monolith v2.10.1"),
        ),
        ("<!-- saved from url=(0014)file:///a.html -->", (None, None, None)),
        ("<!-- a page -->", (None, None, None)),
    ],
)
def test_the_first_comment_tells_where_a_page_was(comment: str, said: tuple) -> None:
    assert saved_from(f"<!DOCTYPE html>\n{comment}\n<p>Words.".encode()) == said


@pytest.mark.parametrize("folder", ["mole_files", "mole-Dateien", "mole.files"])
def test_what_a_browser_saved_beside_a_page_stays_beside_it(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "a boat.png").write_bytes(PNG)
    (tmp_path / folder / "style.css").write_bytes(b"p { margin: 0 }")
    (tmp_path / folder / "elsewhere").symlink_to("/etc/hostname")
    page = f'<title>The mole</title><p>Nobody fishes from the mole.</p><img src="./{folder}/a%20boat.png" alt="A boat">'
    (tmp_path / "mole.html").write_text(f"<!DOCTYPE html><!-- saved from url=({len(URI):04}){URI} -->{page}")
    bag = solander.pack(tmp_path / "mole.html", into=tmp_path / "archive", at=AT).path
    assert bag is not None
    kept = bag / "data/original" / folder
    assert sorted(one.name for one in kept.iterdir()) == ["a boat.png", "style.css"]
    tei = (bag / "data/tei/page.xml").read_text()
    assert f'<graphic url="../original/{folder}/a%20boat.png" n="./{folder}/a%20boat.png">' in tei
    report = solander.validate(bag)
    assert ({one.code for one in report.at_or_above("warning")}, report.unchecked) == (set(), ())
    assert rederive(bag).report.passed
    assert "media-left-out" in normalise(tmp_path / "mole.html").capture.facts


def test_what_a_person_says_of_a_saved_page_stands_before_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "mole.html").write_text(f"<!-- saved from url=({len(URI):04}){URI} --><p>Words of a page.")
    normalised = normalise(tmp_path / "mole.html", uri="https://harbour.example/other")
    assert normalised.capture.uri == "https://harbour.example/other"


@pytest.mark.parametrize("has_folder", [True, False])
def test_what_is_not_in_the_folder_beside_a_page_is_named(tmp_path: Path, has_folder: bool) -> None:
    if has_folder:
        (tmp_path / "mole_files").mkdir()
        (tmp_path / "mole_files/a.png").write_bytes(PNG)
    shown = "".join(
        f'<img src="{one}">' for one in ("./mole_files/a.png", "mole_files/b%20c.png?v=1", "/elsewhere.png")
    )
    (tmp_path / "mole.html").write_text(f"<!DOCTYPE html><title>The mole</title><p>Nobody fishes.</p>{shown}")
    bag = solander.pack(tmp_path / "mole.html", into=tmp_path / "archive", at=AT)
    [told] = [one for one in bag.report.findings if one.code == "CAP031"]
    lacking = ["mole_files/b c.png"] if has_folder else ["mole_files/a.png", "mole_files/b c.png"]
    assert told.message.endswith(
        f"is not in a folder of its name beside it, is too large or cannot be read: {', '.join(lacking)}"
    )
    assert bag.path is not None
    assert rederive(bag.path).report.passed
    story = (bag.path / "data/tei/page.xml").read_text()
    assert ("Captured with it: 1 file that it shows or needs." in story) == has_folder


def test_what_a_page_refers_to_in_tags_that_nobody_closes_is_found_in_one_pass():
    assert [one.uri for one in references(b'<img src="a.png" ' * 60_000, "https://example.org/")] == [
        "https://example.org/a.png"
    ]


def test_a_comment_that_others_wrote_says_nothing_of_where_a_page_was():
    comment = f"<!--\n Page saved with SingleFile \n url: {URI} \n saved date: x\n-->"
    for before in ("<title>", "<textarea>", "<body><p>Words.", "Words.", "<script>'"):
        assert saved_from(f"<!DOCTYPE html><html><head>{before}{comment}".encode()) == (None, None, None)
    for before in ('<meta charset="utf-8">', "\ufeff", '<html data-a=">">', "<!-- a --><?xml version='1.0'?>"):
        assert saved_from(f"{before}{comment}<p>Words.".encode()).uri == URI


def test_what_a_mirrored_page_shows_and_stands_beside_it_is_told_and_not_taken(tmp_path: Path):
    (tmp_path / "i").mkdir()
    (tmp_path / "i/a boat.png").write_bytes(PNG)
    (tmp_path.parent / "key").write_bytes(b"secret")
    shown = '<img src="i/a%20boat.png?v=1"><img src="i/no.png"><img src="../key"><img src="/etc/hostname">'
    (tmp_path / "mole.html").write_text(f"<!DOCTYPE html><title>The mole</title><p>Nobody fishes.</p>{shown}")
    bag = solander.pack(tmp_path / "mole.html", into=tmp_path / "archive", at=AT)
    [told] = [one for one in bag.report.findings if one.code == "CAP031"]
    assert told.message.endswith(": i/a boat.png")
    assert bag.path is not None
    assert [one.name for one in (bag.path / "data/original").iterdir()] == ["page.html"]
    assert solander.validate(bag.path).passed
    assert rederive(bag.path).report.passed

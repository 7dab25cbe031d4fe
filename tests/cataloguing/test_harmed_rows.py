"""A catalogue that others altered ends nothing with a fault of ours: a line says so, and how it is made again."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from solander.model.catalogue import parted
from solander.pipeline import catalogue, open_catalogue
from solander.pipeline.showing.shown_archive import ShownArchive
from solander.serving.application import Application

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 1, 1, tzinfo=UTC)
BLOB = b"\xff\x00 a title"

Alter = Callable[[str], Path]


@pytest.fixture
def alter(tmp_path: Path) -> Alter:
    """Make a catalogue of the sample archive, and alter it by hand."""

    def altered(statement: str) -> Path:
        shutil.copytree(ROOT / "archive", tmp_path / "archive", ignore=shutil.ignore_patterns("*.sqlite"))
        made = catalogue(tmp_path / "archive", at=AT)
        with sqlite3.connect(made.path) as connection:
            connection.execute(statement, {"blob": BLOB} if ":blob" in statement else {})
        connection.close()
        return tmp_path / "archive"

    return altered


def answered(archive: Path, address: str) -> str:
    """The first line of an answer."""
    shown = ShownArchive(archive, archive / "catalogue.sqlite", name="Archive", email="a@example.org")
    path, _, query = address.partition("?")
    lines: list[str] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    b"".join(Application(shown, "http://127.0.0.1/")(environ, lambda line, _: lines.append(line)))
    return lines[0]


@pytest.mark.parametrize("column", ["title", "creators", "date", "uri", "site", "identifier", "packed_on", "damage"])
def test_a_blob_where_a_text_belongs_is_told_in_a_line(alter: Alter, run, tmp_path: Path, column: str) -> None:
    archive = alter(f"UPDATE bag SET {column} = :blob WHERE docid = 2")
    ran = run("site", archive, "--to", tmp_path / "public", "--no-update")
    assert (ran.status, ran.out, ran.err) == (
        3,
        "",
        f"solander: {archive / 'catalogue.sqlite'}: this is no catalogue that can be used (what stands in its column "
        f"{column} is no text); make it again: solander catalogue --afresh\n",
    )
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE bag SET key = :blob WHERE docid = 2", "key is no text"),
        ("UPDATE bag SET errors = 'many' WHERE docid = 2", "errors is no number"),
        ("UPDATE bag SET damage = '{' WHERE docid = 2", "damage is no JSON"),
        ("UPDATE bag SET damage = '[1]' WHERE docid = 2", "damage is no list of texts"),
        ("UPDATE bag SET outside = '{}' WHERE docid = 2", "outside is no list of texts"),
        ("UPDATE body SET text = :blob WHERE docid = 2", "text is no text"),
        ("DELETE FROM body WHERE docid = 2", "docid is of no text"),
        ("INSERT INTO facet VALUES ('site', :blob, 2)", "value is no text"),
    ],
)
def test_whatever_else_was_altered_is_told_by_its_column(alter: Alter, run, tmp_path, statement: str, why: str) -> None:
    ran = run("site", alter(statement), "--to", tmp_path / "public", "--no-update", "--base", "https://a.example/")
    assert (ran.status, ran.err.count("\n")) == (3, 1)
    assert f"(what stands in its column {why})" in ran.err


@pytest.mark.parametrize(
    ("statement", "address"),
    [
        ("UPDATE bag SET title = :blob", "/search?q=ledger"),
        ("UPDATE bag SET title = :blob", "/feed.xml"),
        ("INSERT INTO facet VALUES ('weather', 'fair', 2)", "/"),
        ("UPDATE bag SET size_bytes = :blob", "/search?q="),
        ("UPDATE item SET stamp = 1000000000000000000", "/oai?verb=Identify"),
        ("UPDATE item SET stamp = 'today'", "/oai?verb=ListRecords&metadataPrefix=oai_dc"),
        ("UPDATE body SET dublin_core = :blob", "/oai?verb=ListRecords&metadataPrefix=oai_dc"),
    ],
)
def test_a_server_says_that_it_cannot_read_now(alter: Alter, statement: str, address: str) -> None:
    assert answered(alter(statement), address).startswith("503 ")


def test_what_was_not_altered_is_answered(alter: Alter) -> None:
    archive = alter("UPDATE bag SET title = :blob WHERE docid = 2")
    assert answered(archive, "/style.css").startswith("200 ")
    assert answered(archive, "/").startswith("200 ")


def test_made_again_as_the_line_says_it_is_whole(alter: Alter, run, tmp_path: Path) -> None:
    archive = alter("UPDATE bag SET title = :blob")
    assert run("site", archive, "--to", tmp_path / "public").status == 3
    assert run("catalogue", archive, "--afresh").status == 0
    assert run("site", archive, "--to", tmp_path / "public").status == 0


def test_one_that_cannot_be_brought_up_to_date_is_made_again_by_itself(alter: Alter) -> None:
    archive = alter("UPDATE bag SET state = :blob, key = :blob WHERE docid = 2")
    made = catalogue(archive, at=AT)
    assert (made.is_new, made.read) == (True, 3)
    opened = open_catalogue(made.path)
    try:
        assert len(opened.keys()) == 3
    finally:
        opened.close()


@pytest.mark.parametrize("key", ["a/pages/x", "a/pages/", "a/pages/-1", "a/pages/²"])
def test_a_key_without_a_number_names_no_page(key: str) -> None:
    assert parted(key) == (key, None)
    assert parted("a/pages/12") == ("a", 12)
    assert parted("a") == ("a", None)

"""The catalogue: made of the bags alone, in line with them, whole at every moment, and searched in every script."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cataloguing.false_entries import entries

from solander.errors import ArchiveError, SourceMissing, UsageError
from solander.model.catalogue import LISTED_AT_MOST, Query
from solander.pipeline import Catalogued, catalogue, open_catalogue, write_entries
from solander.pipeline.archives import cataloguing as pipeline_cataloguing

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A copy of the sample archive."""
    shutil.copytree(ROOT / "archive", tmp_path / "archive", ignore=shutil.ignore_patterns("*.sqlite"))
    return tmp_path / "archive"


def titles(path: Path, words: str = "", *facets: tuple[str, str]) -> list[str]:
    opened = open_catalogue(path)
    try:
        found = opened.search(Query(words=words, facets=facets))
        return ["".join(part.words for part in hit.title) for hit in found.hits]
    finally:
        opened.close()


def rows(path: Path) -> list[tuple[object, ...]]:
    """All that a catalogue says of bags, facets and items, but for the order in which it met them."""
    connection = sqlite3.connect(path)
    try:
        bags = connection.execute("SELECT * FROM bag ORDER BY key").fetchall()
        names = {bag[0]: bag[1] for bag in bags}
        facets = [(k, v, names[d]) for k, v, d in connection.execute("SELECT kind, value, docid FROM facet")]
        return [*(bag[1:] for bag in bags), *sorted(facets)]
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("ledger", "The keeper's ledger"),
        ("LEDGER keeper", "The keeper's ledger"),
        ("edge", "The keeper's ledger"),
        ("茶馆", "河边的茶馆"),
        ("茶", "河边的茶馆"),
        ("河边的茶馆", "河边的茶馆"),
        ("林晓舟", "河边的茶馆"),
        ("茶 河边的", "河边的茶馆"),
    ],
)
def test_words_are_found_in_every_script_and_length(archive: Path, words: str, title: str) -> None:
    assert title in titles(catalogue(archive).path, words)


@pytest.mark.parametrize("words", ['"', '" OR "', "*", "NEAR(a b)", "title:茶", "a' OR '1'='1", "\0", "-", "🏮🏮🏮"])
def test_what_is_sought_is_words_and_never_a_query(archive: Path, words: str) -> None:
    assert titles(catalogue(archive).path, words) == []


@pytest.mark.parametrize(
    ("text", "words", "is_there"),
    [
        ("東京都に行く", "京都", True),
        ("東京 都に", "京都", False),
        ("サッカーの試合", "試合", True),
        ("서울시에서", "울시", True),
        ("서울 시", "울시", False),
        ("Café Zürich", "cafe zurich", True),
        ("ΑΘΉΝΑ", "αθηνα", True),
        ("Straße", "STRASSE", True),
        ("ﬁne", "fine", True),
        ("Ｔｏｋｙｏ", "tokyo", True),
        ("an AI told", "ai", True),
        ("to maintain", "ai", False),
        ("𠮷野家", "𠮷野", True),
        ("в ёлке", "елке", True),
        ("The harbour of Łódź", "lodz", True),
        ("Ngọn hải đăng cũ", "hai dang", True),
        ("Færgen til Ærø", "ærø", True),
        ("Færgen til Ærø", "æro", True),
        ("Isparta'da sıcak", "sicak", True),
        ("كَتَبَ الحَارِسُ", "كتب الحارس", True),
        ("كتب الحارس", "كَتَبَ", True),
        ("الأيام الهادئة", "الايام", True),
        ("الحـــارس", "الحارس", True),
        ("בְּרֵאשִׁית", "בראשית", True),
        ("Leucht\u00adturm", "leuchtturm", True),
        ("Leuchtturm", "Leucht\u00adturm\u200b", True),
        ("می\u200cخواهم", "میخواهم", True),
        ("the keeper wrote", "keeper,", True),
        ("the keeper wrote", "(keeper)", True),
        ("the keeper wrote", "keeper*", True),
        ("the keeper wrote", "“keeper wrote”", True),
        ("the keeper wrote", "« wrote keeper »", False),
        ("the keeper wrote", "-keeper", False),
        ("written in C++ then", "C++", True),
        ("written in C then", "C++", False),
    ],
)
def test_differences_that_nobody_means_are_none(tmp_path: Path, text: str, words: str, is_there: bool) -> None:
    (entry,) = entries(1)
    path = tmp_path / "catalogue.sqlite"
    write_entries(path, [replace(entry, text=text, title="Nothing", creators=())], at=AT)
    assert bool(titles(path, words)) is is_there


def test_what_was_sought_is_marked_in_the_text_s_own_characters(archive: Path) -> None:
    opened = open_catalogue(catalogue(archive).path)
    (hit,) = opened.search(Query(words="茶馆")).hits
    assert {part.words for part in (*hit.title, *hit.passages) if part.is_hit} == {"茶馆"}
    hits = opened.search(Query(words="LEDGER")).hits
    assert {part.words.lower() for hit in hits for part in (*hit.title, *hit.passages) if part.is_hit} == {"ledger"}
    opened.close()


def test_facets_choose_and_are_counted(archive: Path) -> None:
    path = catalogue(archive).path
    assert titles(path, "", ("year", "2023")) == ["河边的茶馆"]
    assert titles(path, "the", ("language", "en"), ("year", "2023")) == []
    opened = open_catalogue(path)
    found = dict(opened.search(Query(facets=(("language", "en"),))).facets)
    opened.close()
    assert found["year"] == (("2022", 1), ("2024", 1))
    assert found["audit"] == (("never", 2),)


def test_it_is_made_again_of_the_bags_alone_and_is_the_same(archive: Path) -> None:
    first = catalogue(archive, at=AT)
    before = rows(first.path)
    first.path.unlink()
    assert rows(catalogue(archive, at=AT).path) == before
    assert rows(catalogue(archive, at=AT, afresh=True).path) == before


def test_only_what_is_new_or_changed_is_read(archive: Path) -> None:
    assert catalogue(archive).read == 3
    second = catalogue(archive)
    assert (second.read, second.kept, second.gone) == (0, 3, 0)
    bag = next(archive.glob("2023-*"))
    statements = bag / "metadata" / "description.json"
    value = json.loads(statements.read_text(encoding="utf-8"))
    value["statements"][0]["value"] = "湖边的茶馆"
    statements.unlink()
    statements.write_text(json.dumps(value), encoding="utf-8")
    shutil.rmtree(next(archive.glob("2022-*")))
    third = catalogue(archive)
    assert (third.read, third.kept, third.gone) == (1, 1, 1)
    assert titles(third.path, "湖边的") == ["湖边的茶馆"]
    assert titles(third.path, "amara") == []
    assert rows(third.path) == rows(catalogue(archive, afresh=True).path)


def damage(archive: Path) -> None:
    """Harm bags in every way that comes to mind, and put other things beside them."""
    source = next(archive.glob("2023-*"))
    harms = {
        "no-statements": lambda bag: (bag / "metadata/description.json").unlink(),
        "statements-no-json": lambda bag: (bag / "metadata/description.json").write_bytes(b"{"),
        "statements-list": lambda bag: (bag / "metadata/description.json").write_bytes(b"[1]"),
        "statements-deep": lambda bag: (bag / "metadata/description.json").write_bytes(b"[" * 100_000),
        "report-null": lambda bag: (bag / "metadata/validation.json").write_bytes(b"null"),
        "report-places": lambda bag: (bag / "metadata/validation.json").write_bytes(b'{"subject":1,"findings":[{}]}'),
        "tei-no-xml": lambda bag: (bag / "data/tei/page.xml").write_bytes(b"<TEI"),
        "tei-doctype": lambda bag: (bag / "data/tei/page.xml").write_bytes(b"<!DOCTYPE TEI []><TEI/>"),
        "tei-folder": lambda bag: ((bag / "data/tei/page.xml").unlink(), (bag / "data/tei/page.xml").mkdir()),
        "tei-link": lambda bag: ((bag / "data/tei/page.xml").unlink(),
                                 (bag / "data/tei/page.xml").symlink_to("/etc/passwd")),
        "info-bytes": lambda bag: (bag / "bag-info.txt").write_bytes(bytes(range(256)) * 9),
        "no-payload": lambda bag: shutil.rmtree(bag / "data"),
        "bagit-txt": lambda bag: (bag / "bagit.txt").write_bytes(b"\xff\xfe\x00"),
        "pipe": lambda bag: ((bag / "metadata/validation.json").unlink(), os.mkfifo(bag / "metadata/validation.json")),
    }  # fmt: skip
    for name, harm in harms.items():
        shutil.copytree(source, archive / name)
        harm(archive / name)
    (archive / "stray").mkdir()
    (archive / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    (archive / "b\udcff-name").mkdir()
    (archive / '<b>name & "mark-up"\'').mkdir()


def test_a_damaged_bag_is_listed_with_what_is_wrong_and_ends_nothing(archive: Path) -> None:
    damage(archive)
    made = catalogue(archive)
    assert made.read == 21
    assert made.damaged_count == 18
    opened = open_catalogue(made.path)
    found = opened.search(Query(size=50))
    assert sum(hit.is_damaged for hit in found.hits) == 18
    assert all(opened.about(hit.key)["damage"] for hit in found.hits if hit.is_damaged)
    assert dict(opened.tallies().facets)["finding"] == (("damaged", 18), ("none", 3))
    opened.close()
    assert rows(made.path) == rows(catalogue(archive).path)


def test_readers_have_the_old_catalogue_until_the_new_one_is_whole(archive: Path, monkeypatch) -> None:
    path = catalogue(archive, at=AT).path
    before = path.read_bytes()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline_cataloguing, "take_over", stop)
    with pytest.raises(KeyboardInterrupt):
        catalogue(archive, afresh=True)
    assert path.read_bytes() == before
    assert sorted(one.name for one in archive.iterdir() if not one.is_dir()) == ["catalogue.sqlite", "solander.toml"]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(4000)])
def test_what_is_no_catalogue_is_made_again(archive: Path, content: bytes) -> None:
    path = archive / "catalogue.sqlite"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="no catalogue"):
        open_catalogue(path)
    made: Catalogued = catalogue(archive)
    assert made.is_new
    assert titles(path, "茶馆") == ["河边的茶馆"]


@pytest.mark.parametrize(
    "harm",
    ["DROP TABLE bag", "ALTER TABLE bag DROP COLUMN outside", "UPDATE bag SET key=CAST(x'ff' AS TEXT) WHERE docid=1"],
)
def test_a_catalogue_of_other_tables_under_our_version_is_made_again(archive: Path, harm: str) -> None:
    made = catalogue(archive)
    with sqlite3.connect(made.path) as connection:
        connection.execute(harm)
    assert catalogue(archive).read == 3
    assert titles(made.path, "amara")


def test_it_can_stand_elsewhere_and_the_archive_is_not_touched(archive: Path, tmp_path: Path) -> None:
    before = sorted(archive.rglob("*"))
    made = catalogue(archive, to=tmp_path / "c.sqlite")
    assert sorted(archive.rglob("*")) == before
    assert titles(made.path, "茶馆") == ["河边的茶馆"]


def test_where_it_cannot_be_written_is_told_with_what_to_do(archive: Path, tmp_path: Path, run) -> None:
    there = tmp_path / "nowhere" / "catalogue.sqlite"
    ran = run("catalogue", archive, "--to", there)
    assert ran.status == 3
    assert ran.err.startswith(f"solander: {there}: the catalogue could not be written (")
    assert ran.err.endswith("; it may stand elsewhere: catalogue --to, serve and site --catalogue\n")
    assert not there.parent.exists()


def test_receipts_and_audits_are_told_and_kept_up(archive: Path, run) -> None:
    catalogue(archive)
    assert run("audit", archive).status == 0
    made = catalogue(archive)
    assert made.read == 0
    opened = open_catalogue(made.path)
    assert dict(opened.tallies().facets)["audit"] == (("passed", 3),)
    assert opened.tallies().last_audit
    opened.close()


def test_a_word_in_every_bag_is_bounded_and_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    write_entries(path, entries(LISTED_AT_MOST + 50, words=5), at=AT)
    opened = open_catalogue(path)
    found = opened.search(Query(words="mark", size=10, page=3))
    assert (found.total, found.has_more, len(found.hits)) == (LISTED_AT_MOST, True, 10)
    assert opened.search(Query(words="mark0000007")).total == 1
    assert opened.search(Query(words="mark", page=10**9)).hits == ()
    opened.close()


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    held_bytes = sum(len(entry.text) + len(entry.dublin_core) for entry in entries(2000))
    write_entries(tmp_path / "first.sqlite", entries(100), at=AT)
    tracemalloc.start()
    write_entries(tmp_path / "many.sqlite", entries(2000), at=AT)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < held_bytes / 2


def test_what_is_no_archive_is_said(tmp_path: Path, archive: Path) -> None:
    with pytest.raises(SourceMissing):
        catalogue(tmp_path / "nothing")
    with pytest.raises(UsageError):
        catalogue(next(archive.glob("2023-*")))
    with pytest.raises(UsageError):
        catalogue(archive / "solander.toml")


def test_the_command_tells_what_it_did(archive: Path, run) -> None:
    ran = run("catalogue", archive)
    assert (ran.status, ran.out) == (0, f"{archive / 'catalogue.sqlite'}\n")
    assert ran.err == "3 bags read\n"
    assert run("catalogue", archive).err == "0 bags read, 3 as before\n"
    assert json.loads(run("catalogue", archive, "--json").out)["kept"] == 3
    assert run("catalogue", archive / "nothing").status == 3

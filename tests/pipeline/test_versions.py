"""The same page is already there; what is stated or set anew makes the next version of its bag, and nothing else."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.pipeline.ferry import AT, PAGE, URI, contents

import solander
from solander.errors import ArchiveError
from solander.model.capture import Origin
from solander.pipeline.archive import Archive


def test_the_same_page_with_the_same_statements_is_already_there(page: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    first = solander.pack(page, into=archive, uri=URI, at=AT, title="Ferries", creator=["A", "B"])
    before = contents(archive)
    again = solander.pack(page, into=archive, uri=URI, title="Ferries", creator=["B", "A"])
    assert again.already_there
    assert (again.path, again.version, again.report) == (first.path, 1, first.report)
    assert contents(archive) == before


def test_changed_statements_make_the_next_version_of_the_bag(page: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    first = solander.pack(page, into=archive, uri=URI, at=AT)
    second = solander.pack(page, into=archive, uri=URI, at=AT, creator="Ida Berg")
    third = solander.pack(page, into=archive, uri=URI, at=AT, creator="Ida Borg", title="Ferries")
    assert first.identifier == second.identifier == third.identifier
    assert [one.version for one in (first, second, third)] == [1, 2, 3]
    assert [one.changed for one in (first, second, third)] == [(), ("creator",), ("title", "creator")]
    assert [one.follows for one in (first, second, third)] == [None, first.name, second.name]
    assert second.path is not None
    assert second.path.name.endswith("-v2")
    info = (second.path / "bag-info.txt").read_text()
    assert "Bag-Version: 2\n" in info
    assert f"Previous-Bag: {first.name}\n" in info
    assert f"version 2, after {first.name}" in (second.path / "metadata/premis.xml").read_text()
    assert len(list(archive.iterdir())) == 3
    assert solander.validate(archive).passed


def test_what_a_person_stated_holds_until_a_person_states_otherwise(page: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    solander.pack(page, into=archive, at=AT)
    corrected = solander.pack(page, into=archive, at=AT, title="Ferries", creator="Ida Berg")
    nightly = solander.pack(page, into=archive)
    assert nightly.already_there
    assert nightly.path == corrected.path
    assert nightly.carried == ("title", "creator")
    assert nightly.description.first("title") == "Ferries"
    # One element more leaves the others as they are; the same again changes nothing.
    dated = solander.pack(page, into=archive, at=AT, date="2024-05-06")
    assert (dated.version, dated.changed) == (3, ("date",))
    assert dated.description.values("title") == ("Ferries",)
    assert dated.description.values("creator") == ("Ida Berg",)
    assert solander.pack(page, into=archive, at=AT, title="Ferries").already_there
    # Another option makes a version that still says what was stated.
    weaker = solander.pack(page, into=archive, at=AT, algorithms=["sha512", "sha256"])
    assert (weaker.version, weaker.changed) == (4, ("algorithms",))
    assert weaker.description.first("title") == "Ferries"
    forgotten = solander.pack(page, into=archive, at=AT, algorithms=["sha512", "sha256"], forget_statements=True)
    assert (forgotten.version, forgotten.changed) == (5, ("title", "creator", "date"))
    assert forgotten.description.first("title") == "The ferry timetable"
    assert solander.validate(archive).passed


def test_what_another_run_stated_meanwhile_is_not_undone(page: Path, tmp_path: Path, monkeypatch):
    from solander.pipeline.pages import accessioning

    make, archive = accessioning.make_accession, tmp_path / "archive"

    def slow(*made):
        monkeypatch.setattr(accessioning, "make_accession", make)
        solander.pack(page, into=archive, at=AT, title="Ferries")
        return make(*made)

    monkeypatch.setattr(accessioning, "make_accession", slow)
    accession = solander.pack(page, into=archive, at=AT, creator="Ida Berg")
    assert (accession.version, accession.changed, accession.carried) == (2, ("creator",), ("title",))
    assert accession.description.first("title") == "Ferries"
    assert solander.validate(archive).passed


def test_another_capture_of_the_same_bytes_is_no_bag_that_stands(tmp_path: Path):
    archive = tmp_path / "archive"
    capture = solander.Capture(content=PAGE, uri=URI, captured_at=AT)
    first = solander.pack(capture, into=archive, at=AT)
    others = {
        "media-type": replace(capture, media_type="text/plain"),
        "declared-charset": replace(capture, declared_charset="windows-1252"),
        "redirects": replace(capture, origin=Origin(redirects=("https://harbour.example/",))),
        "record-id": replace(capture, origin=Origin(record_id="<urn:uuid:1>")),
    }
    for option, other in others.items():
        accession = solander.pack(other, into=archive, at=AT)
        assert not accession.already_there
        assert accession.identifier == first.identifier
        assert option in accession.changed
    assert len(list(archive.iterdir())) == 5


def test_a_capture_that_an_earlier_version_has_makes_no_other(tmp_path: Path):
    archive = tmp_path / "archive"
    records = [
        solander.Capture(content=PAGE, uri=URI, captured_at=AT, origin=Origin(record_id=f"<urn:uuid:{number}>"))
        for number in (1, 2, 3)
    ]
    made = [solander.pack(one, into=archive, at=AT) for one in records]
    assert [one.version for one in made] == [1, 2, 3]
    again = [solander.pack(one, into=archive, at=AT) for one in records]
    assert [(one.version, one.already_there) for one in again] == [(1, True), (2, True), (3, True)]
    # What is stated anew makes a version of whatever stands last.
    stated = solander.pack(records[0], into=archive, at=AT, title="Ferries")
    assert (stated.version, "title" in stated.changed) == (4, True)


def test_what_is_already_there_is_told_as_the_bag_has_it(page: Path, tmp_path: Path):
    first = solander.pack(page, into=tmp_path, at=AT, title="Ferries")
    again = solander.pack(page, into=tmp_path, at=datetime(2030, 1, 1, tzinfo=UTC))
    assert again.already_there
    assert again.at == AT
    assert again.documents == first.documents
    assert again.description == first.description
    (first.path / "data/tei/page.xml").unlink()
    with pytest.raises(ArchiveError, match="see: solander validate"):
        solander.pack(page, into=tmp_path)


def test_the_same_bytes_under_another_address_are_told(page: Path, tmp_path: Path):
    first = solander.pack(page, into=tmp_path / "archive", at=AT)
    assert first.same_bytes == ()
    second = solander.pack(page, into=tmp_path / "archive", at=AT, uri=URI)
    assert second.identifier != first.identifier
    assert second.same_bytes == (first.name,)


def test_a_bag_that_came_under_the_name_of_another_is_not_taken_for_it(tmp_path: Path):
    def put(sha256: str) -> None:
        (tmp_path / "a").mkdir()
        told = f"External-Identifier: urn:x:{sha256}\nBag-Version: 1\nWeb-Capture-SHA256: {sha256}\n"
        (tmp_path / "a/bag-info.txt").write_text(told)
        (tmp_path / "a/bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")

    archive = Archive(tmp_path)
    put("11")
    assert archive.same_bytes("11", "urn:x:other") == ("a",)
    shutil.rmtree(tmp_path / "a")
    assert archive.same_bytes("11", "urn:x:other") == ()
    put("22")
    assert archive.same_bytes("11", "urn:x:other") == ()
    assert archive.same_bytes("22", "urn:x:other") == ("a",)


def test_other_options_make_the_next_version_too(page: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    solander.pack(page, into=archive, at=AT)
    assert solander.pack(page, into=archive, at=AT, algorithms=["sha512", "sha256"]).version == 2
    (archive / "solander.toml").write_text(
        'organization = "Harbour Museum"\n[bag]\nalgorithms = ["sha512", "sha256"]\n'
    )
    accession = solander.pack(page, into=archive, at=AT)
    assert accession.version == 3
    assert accession.path is not None
    assert "Source-Organization: Harbour Museum\n" in (accession.path / "bag-info.txt").read_text()
    assert (accession.path / "manifest-sha256.txt").exists()


def test_a_bag_that_was_renamed_is_known_again(page: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    first = solander.pack(page, into=archive, at=AT)
    assert first.path is not None
    first.path.rename(archive / "ferries")
    again = solander.pack(page, into=archive, at=AT)
    assert again.already_there
    assert again.path == archive / "ferries"


def test_another_address_or_moment_of_capture_is_another_object(page: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    names = {
        solander.pack(page, into=archive, at=AT).identifier,
        solander.pack(page, into=archive, at=AT, uri=URI).identifier,
        solander.pack(page, into=archive, at=AT, uri=URI, captured_at=AT).identifier,
    }
    assert len(names) == 3


def test_the_moment_of_packing_is_no_part_of_an_objects_name(page: Path, tmp_path: Path):
    first = solander.pack(page, into=tmp_path / "one", at=AT)
    second = solander.pack(page, into=tmp_path / "two", at=datetime(2030, 1, 1, tzinfo=UTC))
    assert first.identifier == second.identifier

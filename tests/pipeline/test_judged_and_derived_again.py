"""Bags, archives and pages are judged, and bags derived again from their originals: no change goes unseen."""

from pathlib import Path

import pytest
from tests.pipeline.ferry import AT, URI

import solander
from solander.errors import ArchiveError, NotABag, SourceMissing
from solander.pipeline import (
    begin_archive,
    normalise,
    rederive,
)


@pytest.mark.parametrize(
    "name", ["data/original/page.html", "data/tei/page.xml", "metadata/premis.xml", "bag-info.txt", "bagit.txt"]
)
def test_no_changed_byte_goes_unseen(page: Path, tmp_path: Path, name: str):
    bag = solander.pack(page, into=tmp_path / "archive", at=AT).path
    content = bytearray((bag / name).read_bytes())
    content[len(content) // 2] ^= 1
    (bag / name).write_bytes(content)
    assert not solander.validate(bag).passed


def test_a_folder_in_an_archive_that_is_no_bag_is_an_error(page: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    solander.pack(page, into=archive, at=AT)
    (archive / "notes").mkdir()
    report = solander.validate(archive)
    assert [(one.place.path, one.code) for one in report.at_or_above("error")] == [
        (f"{archive}/notes/bagit.txt", "BAG001")
    ]


def test_what_is_not_there_or_no_bag_is_never_valid(tmp_path: Path):
    with pytest.raises(SourceMissing):
        solander.validate(tmp_path / "missing")
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotABag):
        solander.validate(tmp_path / "folder")


def test_a_new_archive_without_bags_has_nothing_wrong_with_it(tmp_path: Path):
    begin_archive(tmp_path / "archive")
    report = solander.validate(tmp_path / "archive")
    assert report.passed
    assert dict(report.counts)["bags"] == 0


def test_a_tei_file_and_a_page_are_judged_without_a_bag(page: Path, tmp_path: Path):
    tei = tmp_path / "page.xml"
    tei.write_bytes(normalise(page, at=AT).tei.content)
    assert solander.validate(tei).passed
    assert solander.validate(page).passed
    tei.write_bytes(tei.read_bytes().replace(b"<p ", b"<paragraph ", 1).replace(b"</p>", b"</paragraph>", 1))
    report = solander.validate(tei)
    assert not report.passed
    assert {one.place.path for one in report.findings} == {str(tei)}


def test_a_bag_derived_again_is_the_same(page: Path, tmp_path: Path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/solander.toml").write_text('organization = "Harbour Museum"\n[tei]\nlicence = "CC0 1.0"\n')
    bag = solander.pack(
        page, into=tmp_path / "archive", at=AT, uri=URI, captured_at=AT, declared_charset="utf-8", title="Ferries"
    ).path
    rederivation = rederive(bag)
    assert rederivation.report.passed
    assert rederivation.report.rules == ("RED001", "RED002", "RED003", "RED004", "PAG091", "RED005", "RED006", "RED007")
    assert rederivation.made_by == rederivation.rederived_by == f"solander {solander.__version__}"


def test_a_text_that_was_altered_is_not_derived_again(page: Path, tmp_path: Path):
    bag = solander.pack(page, into=tmp_path / "archive", at=AT).path
    tei = bag / "data/tei/page.xml"
    tei.write_bytes(tei.read_bytes().replace(b"ferry leaves at seven", b"ferry leaves at eight"))
    (finding,) = rederive(bag).report.findings
    assert finding.code == "RED001"
    assert "seven" in (finding.expected or "")
    assert "eight" in (finding.found or "")


@pytest.mark.parametrize(
    ("written", "altered"),
    [('"origin": "text"', '"origin": "open-graph"'), ('"chosen": false', '"chosen": false,\n      "language": "tlh"')],
)
def test_evidence_that_was_altered_and_statements_that_lost_are_not_derived_again(
    written: str, altered: str, tmp_path: Path
):
    page = tmp_path / "page.html"
    page.write_text("<title>Ferries | Harbour</title><h1>Ferries</h1><p>The ferry leaves at seven, and not before.</p>")
    bag = solander.pack(page, into=tmp_path / "archive", at=AT).path
    description = bag / "metadata/description.json"
    said = description.read_text()
    assert written in said
    description.write_text(said.replace(written, altered, 1))
    (finding,) = rederive(bag).report.findings
    assert (finding.code, finding.severity, finding.place.path) == ("RED004", "warning", str(description))


def test_what_bag_info_says_of_the_capture_is_derived_again(page: Path, tmp_path: Path):
    bag = solander.pack(page, into=tmp_path / "archive", at=AT).path
    info = bag / "bag-info.txt"
    info.write_text(info.read_text() + "Web-Capture-Agent: Nobody\n")
    (finding,) = rederive(bag).report.findings
    assert (finding.code, finding.severity, finding.place.path) == ("RED007", "warning", str(info))
    assert (finding.expected, finding.found) == ("no such field", "Nobody")


def test_an_original_that_was_exchanged_is_found_by_its_name(page: Path, tmp_path: Path):
    bag = solander.pack(page, into=tmp_path / "archive", at=AT).path
    original = bag / "data/original/page.html"
    original.write_bytes(original.read_bytes() + b"\n")
    assert "RED003" in {one.code for one in rederive(bag).report.findings}


def test_a_bag_that_does_not_say_how_it_was_made_cannot_be_derived_again(page: Path, tmp_path: Path):
    bag = solander.pack(page, into=tmp_path / "archive", at=AT).path
    (bag / "metadata/description.json").write_text("{}")
    with pytest.raises(ArchiveError, match="record of statements"):
        rederive(bag)
    assert solander.validate(bag).unchecked

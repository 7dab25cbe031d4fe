"""What packing, validating and deriving again promise, as a Python program asks for them."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import bagit
import pytest

import solander
from solander.errors import ArchiveError, NotABag, OutputInsideSource, SourceMissing, UsageError
from solander.model.capture import Origin
from solander.pipeline import (
    NotPacked,
    Packed,
    begin_archive,
    find_sources,
    judge,
    look_into,
    normalise,
    pack_all,
    passed_by,
    rederive,
)
from solander.pipeline.archive import Archive

AT = datetime(2026, 1, 1, tzinfo=UTC)
URI = "https://harbour.example/ferry"
PAGE = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The ferry timetable</title>
<meta name="author" content="Ines Okafor"><meta name="date" content="2024-03-01"></head>
<body><nav><a href="/">Home</a> <a href="/harbour">Harbour</a></nav>
<main><h1>The ferry timetable</h1>
<p>The first ferry leaves at seven, and the last one returns at nine in the evening.</p>
<p>In winter the crossing takes a little longer; bring something warm.</p></main>
<footer><p>Kept by the harbour office.</p></footer></body></html>
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.html"
    path.write_bytes(PAGE)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def modes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mode for path in folder.rglob("*")}


def test_a_packed_page_is_a_valid_bag_for_us_and_for_the_library(page: Path, tmp_path: Path):
    accession = solander.pack(page, into=tmp_path / "archive", uri=URI, at=AT)
    assert accession.path is not None
    assert solander.validate(accession.path).passed
    assert bagit.Bag(str(accession.path)).validate()
    assert accession.name == accession.path.name == f"2024-03-01-the-ferry-timetable-{accession.identifier[9:17]}"


def test_the_original_is_kept_to_the_byte_and_the_users_file_is_untouched(page: Path, tmp_path: Path):
    before = page.stat()
    accession = solander.pack(page, into=tmp_path / "archive", at=AT)
    assert accession.path is not None
    assert (accession.path / "data/original/page.html").read_bytes() == PAGE == page.read_bytes()
    after = page.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_the_same_moment_makes_the_same_bytes(page: Path, tmp_path: Path):
    bags = [solander.pack(page, into=tmp_path / name, uri=URI, at=AT).path for name in ("one", "two")]
    assert contents(bags[0]) == contents(bags[1])
    assert modes(bags[0]) == modes(bags[1])


def test_neither_hash_seed_nor_locale_nor_zone_nor_umask_shape_a_bag(page: Path, tmp_path: Path):
    made = []
    for number, (seed, zone, locale, umask) in enumerate(
        (("0", "UTC", "C", 0o022), ("4711", "Asia/Shanghai", "C.UTF-8", 0o077))
    ):
        archive = tmp_path / str(number)
        subprocess.run(
            [sys.executable, "-m", "solander.cli", "pack", page, "--into", archive, "--at", "2026-01-01T00:00:00Z"],
            check=True,
            capture_output=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
            umask=umask,
        )
        (bag,) = archive.iterdir()
        made.append((bag.name, contents(bag), modes(bag)))
    assert made[0] == made[1]


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
    from solander.pipeline import accessioning

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


def test_the_name_of_the_file_is_recorded_and_makes_no_other_bag(page: Path, tmp_path: Path):
    first = solander.pack(page, into=tmp_path / "archive", at=AT)
    assert "<originalName>ferry.html</originalName>" in (first.path / "metadata/premis.xml").read_text()
    recorded = json.loads((first.path / "metadata/description.json").read_bytes())
    assert recorded["options"]["file-name"] == "ferry.html"
    other = tmp_path / "fähre.html"
    page.rename(other)
    assert solander.pack(other, into=tmp_path / "archive").already_there
    assert not [one for one in contents(first.path).values() if str(tmp_path).encode() in one]


def test_a_name_that_is_no_text_is_recorded_as_far_as_it_is(page: Path, tmp_path: Path):
    other = tmp_path / "f\udce9r\nry.html"
    page.rename(other)
    bag = solander.pack(other, into=tmp_path / "archive", at=AT).path
    assert "<originalName>f\ufffdr ry.html</originalName>" in (bag / "metadata/premis.xml").read_text()
    assert solander.validate(bag).passed


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


def test_what_stands_in_bags_is_packed_already(page: Path, tmp_path: Path):
    bag = solander.pack(page, into=tmp_path / "archive", at=AT).path
    for place in (bag, bag / "data", bag.parent, tmp_path):
        with pytest.raises(UsageError, match="packed already") as caught:
            find_sources([str(place)], into=tmp_path.parent / "other")
        assert "\n" not in str(caught.value)
    (tmp_path / "new").mkdir()
    (tmp_path / "new/solander.toml").write_text("")
    with pytest.raises(UsageError, match="this is an archive"):
        find_sources([str(tmp_path / "new")], into=tmp_path / "other")
    # A file that is named is taken: whoever names it means it.
    assert find_sources([str(bag / "data/original/page.html")], into=tmp_path / "other")


def test_files_that_are_no_pages_are_counted(page: Path, tmp_path: Path):
    (tmp_path / "notes.md").write_text("")
    (tmp_path / "b.PDF").write_text("")
    (tmp_path / ".hidden").write_text("")
    (tmp_path / "ferry_files").mkdir()
    (tmp_path / "ferry_files/a.css").write_text("")
    found = find_sources([str(tmp_path)], into=tmp_path.parent / "archive")
    assert found == [str(page)]
    assert passed_by([str(tmp_path)], found) == {".md": 1, ".pdf": 1}


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


def test_a_capture_in_hand_is_packed_as_a_file_is(page: Path, tmp_path: Path):
    capture = solander.Capture(content=PAGE, uri=URI, captured_at=AT, origin=Origin(path="ferry.html"))
    held = solander.pack(capture, into=tmp_path / "one", at=AT)
    read = solander.pack(page, into=tmp_path / "two", at=AT, uri=URI, captured_at=AT)
    assert contents(held.path) == contents(read.path)


def test_a_capture_in_hand_is_told_nothing_twice(tmp_path: Path):
    with pytest.raises(UsageError, match="bears its own uri"):
        solander.pack(solander.Capture.of_bytes(PAGE), into=tmp_path, uri=URI)


def test_strict_makes_no_bag_of_a_page_with_findings_and_no_archive_either(tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_bytes(PAGE.replace(b"first", b"f\xffrst"))
    accession = solander.pack(page, into=tmp_path / "archive", at=AT, strict=True, fail_on="warning")
    assert accession.path is None
    assert [one.code for one in accession.report.at_or_above("warning")]
    assert list(tmp_path.iterdir()) == [page]


def test_a_source_that_cannot_be_read_does_not_stop_the_others(page: Path, tmp_path: Path):
    outcomes = list(pack_all([tmp_path / "missing.html", page], into=tmp_path / "archive", at=AT))
    missing, packed = outcomes
    assert isinstance(missing, NotPacked)
    assert isinstance(missing.error, SourceMissing)
    assert isinstance(packed, Packed)
    assert packed.accession.path is not None


def test_the_archive_may_not_lie_in_what_is_packed(tmp_path: Path, page: Path):
    with pytest.raises(OutputInsideSource):
        find_sources([str(tmp_path)], into=tmp_path / "archive")
    with pytest.raises(OutputInsideSource):
        find_sources([str(tmp_path)], into=tmp_path)


@pytest.mark.parametrize("stated", [{"title": ""}, {"creator": ["A", "  "]}])
def test_to_state_nothing_is_no_statement(page: Path, tmp_path: Path, stated):
    with pytest.raises(UsageError, match="empty"):
        solander.pack(page, into=tmp_path / "archive", **stated)


def test_an_element_that_is_none_is_a_mistake_in_the_program(page: Path, tmp_path: Path):
    with pytest.raises(TypeError, match="colour"):
        solander.pack(page, into=tmp_path / "archive", colour="red")


def test_a_moment_without_a_zone_is_none(page: Path, tmp_path: Path):
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(UsageError, match="time zone"):
        solander.pack(page, into=tmp_path / "archive", at=naive)
    with pytest.raises(UsageError, match="time zone"):
        solander.pack(page, into=tmp_path / "archive", captured_at=naive)


@pytest.mark.parametrize("name", ["at", "captured_at"])
def test_a_moment_of_another_kind_is_refused_in_words(page: Path, tmp_path: Path, name: str):
    with pytest.raises(TypeError, match="'2020' is no moment; give one as datetime"):
        solander.pack(page, into=tmp_path / "archive", **{name: "2020"})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"uri": "not a uri"}, "with its scheme"),
        ({"uri": "/rel/x"}, "with its scheme"),
        ({"uri": "http://ida:secret@[bad/"}, "with its scheme"),
        ({"date": "yesterday"}, "2021-12-08"),
        ({"date": "2021-02-30"}, "2021-12-08"),
        ({"language": "english"}, "did you mean en?"),
        ({"language": "en_US"}, "did you mean en-US?"),
        ({"language": "klingon"}, "as en, pt-BR or zh-Hans"),
        ({"fail_on": "never"}, "info, warning, error"),
        ({"algorithms": ["crc32"]}, "the algorithms are sha512"),
        ({"algorithms": []}, "every bag is made with sha512"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused_before_anything_is_written(page: Path, tmp_path: Path, asked, words: str):
    with pytest.raises(UsageError) as caught:
        solander.pack(page, into=tmp_path / "archive", **asked)
    assert words in str(caught.value)
    assert "secret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == [page]


def test_an_iri_and_every_real_tag_are_taken(page: Path, tmp_path: Path):
    accession = solander.pack(
        page, into=tmp_path / "archive", uri="https://例え.example/北京", language="zh-Hans", date="2021-12"
    )
    assert solander.validate(accession.path).passed


def test_what_is_true_of_one_page_is_not_said_of_several(page: Path, tmp_path: Path):
    for asked in ({"uri": URI}, {"title": "A"}, {"identifier": "doi:10.1/a"}):
        with pytest.raises(UsageError, match="one page at a time"):
            list(pack_all([page, page], into=tmp_path / "archive", **asked))
    assert not (tmp_path / "archive").exists()


def test_what_is_shown_of_an_accession_is_short(page: Path, tmp_path: Path):
    accession = solander.pack(page, into=tmp_path / "archive", at=AT)
    assert repr(accession) == f"<Accession {accession.identifier}, version 1, at {accession.path}>"


def test_a_moment_of_long_ago_has_a_year_of_four_digits(page: Path, tmp_path: Path):
    bag = solander.pack(page, into=tmp_path / "archive", at=AT, captured_at=datetime(999, 1, 1, tzinfo=UTC)).path
    assert "Web-Capture-Date: 0999-01-01T00:00:00Z\n" in (bag / "bag-info.txt").read_text()


def test_what_a_person_says_is_told_from_what_the_page_says(page: Path, tmp_path: Path):
    accession = solander.pack(page, into=tmp_path / "archive", at=AT, creator="Ida Berg")
    assert accession.description.first("creator") == "Ida Berg"
    recorded = json.loads((accession.path / "metadata/description.json").read_bytes())
    assert [one["value"] for one in recorded["said"]] == ["Ida Berg"]
    creators = [one for one in recorded["statements"] if one["element"] == "creator"]
    assert {one["evidence"]["origin"] for one in creators} > {"person"}


def test_the_report_at_packing_is_in_the_bag(page: Path, tmp_path: Path):
    accession = solander.pack(page, into=tmp_path / "archive", at=AT)
    recorded = json.loads((accession.path / "metadata/validation.json").read_bytes())
    assert recorded["subject"] == accession.identifier
    assert tuple(recorded["rules"]) == accession.report.rules
    assert {one["name"] for one in recorded["schemas"]} >= {"solander-tei.rng", "solander-premis.rng"}
    assert recorded["counts"]["words"] > 30


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
    assert rederivation.report.rules == ("RED001", "RED002", "RED003", "PAG091")
    assert rederivation.made_by == rederivation.rederived_by == f"solander {solander.__version__}"


def test_a_text_that_was_altered_is_not_derived_again(page: Path, tmp_path: Path):
    bag = solander.pack(page, into=tmp_path / "archive", at=AT).path
    tei = bag / "data/tei/page.xml"
    tei.write_bytes(tei.read_bytes().replace(b"ferry leaves at seven", b"ferry leaves at eight"))
    (finding,) = rederive(bag).report.findings
    assert finding.code == "RED001"
    assert "seven" in (finding.expected or "")
    assert "eight" in (finding.found or "")


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


def test_a_bag_tells_what_it_holds(page: Path, tmp_path: Path):
    bag = solander.pack(page, into=tmp_path / "archive", at=AT, uri=URI).path
    holding = look_into(bag)
    assert holding.description is not None
    assert holding.description.first("title") == "The ferry timetable"
    assert holding.info.first("Web-Capture-URI") == URI
    assert {name for name, _ in holding.files} == set(contents(bag))
    with pytest.raises(NotABag):
        look_into(bag / "data")


def test_rules_that_an_archive_ignores_are_not_reported(page: Path, tmp_path: Path):
    archive = tmp_path / "archive"
    ignored = {one.code for one in judge(normalise(page, at=AT)).findings}
    archive.mkdir()
    (archive / "solander.toml").write_text(f"[check]\nignore = {json.dumps(sorted(ignored))}\n")
    accession = solander.pack(page, into=archive, at=AT)
    assert not accession.report.findings
    assert not ignored & set(accession.report.rules)


def test_a_page_that_came_compressed_is_kept_so_and_derived_again(tmp_path: Path):
    import gzip

    page = tmp_path / "ferry.html.gz"
    page.write_bytes(gzip.compress(PAGE, mtime=0))
    bag = solander.pack(page, into=tmp_path / "archive", at=AT).path
    assert (bag / "data/original/page.html.gz").read_bytes() == page.read_bytes()
    assert solander.validate(bag).passed
    assert rederive(bag).report.passed


@pytest.mark.parametrize(
    "uri",
    [
        "https://ida:secret@harbour.example/ferry",
        "http://ida:secret@[bad/",
        "http:\\\\ida:secret@harbour.example/",
        "https:ida:secret@harbour.example/x",
        "ida:secret@harbour.example/x",
        "https://web.example/2024/http://ida:secret@harbour.example/",
    ],
)
def test_no_file_of_a_bag_has_a_password_of_any_address(tmp_path: Path, uri: str):
    capture = solander.Capture(
        content=PAGE, uri=uri, origin=Origin(path="ferry.html", record_id=f"<{uri}>", redirects=(uri, URI, uri))
    )
    accession = solander.pack(capture, into=tmp_path / "archive", at=AT)
    assert accession.path is not None
    assert not [name for name, content in contents(accession.path).items() if b"secret" in content]
    assert "CAP" in {one.code[:3] for one in accession.report.findings}

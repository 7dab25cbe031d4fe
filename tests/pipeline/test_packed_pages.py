"""A packed page is a bag that is valid, keeps the original to the byte and is the same wherever it is made."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import bagit
import pytest
from tests.pipeline.ferry import AT, PAGE, URI, contents, modes

import solander
from solander.errors import NotABag, SourceMissing
from solander.model.capture import Origin
from solander.pipeline import (
    NotPacked,
    Packed,
    judge,
    look_into,
    normalise,
    pack_all,
    rederive,
)


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


def test_a_capture_in_hand_is_packed_as_a_file_is(page: Path, tmp_path: Path):
    capture = solander.Capture(content=PAGE, uri=URI, captured_at=AT, origin=Origin(path="ferry.html"))
    held = solander.pack(capture, into=tmp_path / "one", at=AT)
    read = solander.pack(page, into=tmp_path / "two", at=AT, uri=URI, captured_at=AT)
    assert contents(held.path) == contents(read.path)


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


def test_an_iri_and_every_real_tag_are_taken(page: Path, tmp_path: Path):
    accession = solander.pack(
        page, into=tmp_path / "archive", uri="https://例え.example/北京", language="zh-Hans", date="2021-12"
    )
    assert solander.validate(accession.path).passed


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

"""The sample archive: valid, and the same bytes when its pages are packed again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import solander
from solander.pipeline import rederive

ROOT = Path(__file__).parent.parent
ARCHIVE = ROOT / "archive"
BAGS = sorted(path.parent for path in ARCHIVE.glob("*/bagit.txt"))
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGES = {
    "lighthouse.html": "https://museum.example/stories/ledger",
    "teahouse.html": "https://archive.example/teahouse",
    "reading-room.txt": "https://readingroom.example/remarks",
}


def bytes_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_sample_archive_holds_a_bag_of_each_page_and_is_valid():
    assert len(BAGS) == len(PAGES)
    report = solander.validate(ARCHIVE)
    assert report.passed, report.findings


@pytest.mark.parametrize("bag", BAGS, ids=lambda bag: bag.name)
def test_a_bag_of_the_archive_is_what_its_original_says(bag):
    assert rederive(bag).report.passed


@pytest.mark.parametrize("name", PAGES)
def test_a_page_packed_again_gives_the_same_bytes(name, material, tmp_path):
    (tmp_path / "solander.toml").write_bytes((ARCHIVE / "solander.toml").read_bytes())
    accession = solander.pack(material / name, into=tmp_path, uri=PAGES[name], at=AT)
    assert bytes_of(accession.path) == bytes_of(ARCHIVE / accession.name)

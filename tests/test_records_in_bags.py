"""The records that a bag keeps as they were received are judged, wherever the bag lies; what we write has no fault."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.false_bags import renew, true_bag
from tests.false_crawls import digest, message, record

import solander
from solander.model.finding import Finding

AT = datetime(2026, 1, 1, tzinfo=UTC)


def packed(folder: Path, content: bytes, name: str = "crawl.warc") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    accession = solander.pack(folder / name, into=folder / "archive", at=AT)
    assert accession.path is not None
    return accession.path


def of_records(path: Path) -> list[Finding]:
    return [one for one in solander.validate(path).findings if one.code.startswith("WRC")]


def test_records_without_a_fault_draw_no_finding_and_are_said_to_be_judged(tmp_path: Path) -> None:
    report = solander.validate(packed(tmp_path, record()))
    assert report.passed
    assert not [one for one in report.findings if one.code.startswith("WRC")]
    assert {"WRC001", "WRC040", "WRC060"} <= set(report.rules)


@pytest.mark.parametrize("kept", ["folder", "zip"])
def test_a_fault_is_told_at_its_record_in_the_bag(tmp_path: Path, kept: str) -> None:
    # The first record is sound and another page's; the fault is the second's, which is a picture of the page.
    picture = message(b"GIF89a", fields=b"Content-Type: image/gif\r\n")
    page = message(b"<!DOCTYPE html><title>The mole</title><p>A mole of stone. <img src=/mole/2 alt=mole></p>")
    wrong = record(picture, number=2, WARC_Block_Digest=digest(b"another block"))
    bag = packed(tmp_path, record(page) + wrong)
    (original,) = (bag / "data/original").iterdir()
    at = original.read_bytes().index(b"WARC/1.1", 8)
    if kept == "zip":
        bag = Path(shutil.make_archive(str(tmp_path / bag.name), "zip", bag.parent, bag.name))
    (found,) = of_records(bag)
    mark = "/" if kept == "folder" else f"!/{bag.stem}/"
    assert found.place.path in (f"{bag}{mark}data/original/capture.warc", f"{bag}!/data/original/capture.warc")
    assert (found.code, found.place.line) == ("WRC040", 2)
    assert f"(record at byte {at:,})" in found.message


def test_records_that_are_cut_in_the_bag_are_never_called_whole(tmp_path: Path) -> None:
    bag = packed(tmp_path, record())
    original = bag / "data/original/capture.warc"
    original.write_bytes(original.read_bytes()[:-40])
    renew(bag)
    assert {one.code for one in of_records(bag)} & {"WRC013", "WRC040"}


def test_many_faulty_records_are_told_within_a_bound(tmp_path: Path) -> None:
    from solander.pipeline.judgement.record_judging import LIMIT

    bag = packed(tmp_path, record())
    original = bag / "data/original/capture.warc"
    said = {"WARC_Block_Digest": "sha1:no", "WARC_Type": "metadata"}
    wrong = b"".join(record(b"", number=number, **said) for number in range(2, 1200))
    original.write_bytes(original.read_bytes() + wrong)
    renew(bag)
    found = [one for one in of_records(bag) if one.code == "WRC043"]
    assert len(found) == LIMIT + 1
    assert sum("more of this kind" in one.message for one in found) == 1


def test_a_record_that_cannot_be_read_is_unchecked_and_no_link_is_followed(tmp_path: Path) -> None:
    bag = packed(tmp_path, record())
    original = bag / "data/original/capture.warc"
    (tmp_path / "elsewhere.warc").write_bytes(record(version="WARC/9.9"))
    original.unlink()
    original.symlink_to(tmp_path / "elsewhere.warc")
    report = solander.validate(bag)
    assert not report.passed
    assert not of_records(bag)


def test_a_bag_without_records_loads_nothing_of_their_judges(tmp_path: Path) -> None:
    bag = true_bag(tmp_path / "archive")
    code = (
        f"import sys, solander; assert solander.validate({str(bag)!r}).passed; "
        "print(*[one for one in sys.modules if one.startswith('solander.checking.warc') or 'record_judging' in one])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []

"""Bags in archive files from nowhere: each is judged rightly, at once, and left as it was.

What a folder is judged by, its archive file is judged by, whatever the form.
"""

from __future__ import annotations

import os
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hostile import odd_forms, tar_files, zip_files
from tests.hostile.making import Case
from tests.hostile.test_hostile import STATUSES, hold_against, judged
from tests.hostile.zip_making import Filed

from solander.cli import main
from solander.pipeline.judgement.rulebook import rules

CASES = (*zip_files.ZIP, *tar_files.TAR, *tar_files.PACKED)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file.partition('.')[2]}: {case.name}")
def test_a_hostile_archive_file_is_judged_rightly_and_left_as_it_was(
    case: Filed, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / case.file
    file.write_bytes(case.make())
    before = file.read_bytes(), file.stat().st_mtime_ns
    status = main(["validate", os.fspath(file), "--json"])
    sys.stdout.flush()
    captured = capfdbinary.readouterr()
    assert (captured.err, b"Traceback" in captured.out) == (b"", False)
    hold_against(Case(case.name, "", _none, case.verdict, case.codes, case.clause), status, judged(captured.out))
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert [one.name for one in tmp_path.iterdir()] == [case.file]


def _none(folder: Path) -> None:
    raise AssertionError(folder)


def as_tar(folder: Path, file: Path) -> None:
    with tarfile.open(file, "w") as archive:
        archive.add(folder, "bag")


def as_zip(folder: Path, file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(folder, "bag/")
        for one in sorted(folder.rglob("*")):
            name = f"bag/{one.relative_to(folder).as_posix()}" + "/" * one.is_dir()
            archive.writestr(zipfile.ZipInfo(name), b"" if one.is_dir() else one.read_bytes())


NO_ARCHIVE_FILE_HAS = ("links", "special files", "sizes")


@pytest.mark.parametrize("write", [as_tar, as_zip], ids=["tar", "zip"])
@pytest.mark.parametrize(
    "case",
    [case for case in odd_forms.CASES if case.group not in NO_ARCHIVE_FILE_HAS],
    ids=lambda case: f"{case.group}: {ascii(case.name)[1:-1]}",
)
def test_a_bag_is_judged_in_an_archive_file_as_in_its_folder(
    case: Case,
    write: Callable[[Path, Path], None],
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    case.make(tmp_path / "bag")
    file = tmp_path / "bag.archive"
    write(tmp_path / "bag", file)
    status = main(["validate", os.fspath(file), "--json", "--ignore", "BAG079"])
    sys.stdout.flush()
    hold_against(case, status, judged(capfdbinary.readouterr().out))


def test_the_table_of_archive_files_is_whole() -> None:
    assert len(CASES) >= 150
    counted = Counter((case.file, case.name) for case in CASES)
    assert [name for name, times in counted.items() if times > 1] == []
    known = {rule.code for rule in rules()}
    for case in CASES:
        assert case.verdict in STATUSES, case
        assert set(case.codes.split()) <= known, case
        assert (case.verdict == "valid") <= (case.codes == ""), case

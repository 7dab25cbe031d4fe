"""Bags that belong to another user: what may be read is judged, what may not is told, and nothing of it is changed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.permissions import without_privilege

from solander.pipeline import make_bag

ANOTHER = 65534


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A bag in an archive; another's, where the system lets us give things away."""
    (tmp_path / "letters").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "letters" / name).write_bytes(name.encode())
    bag = make_bag(tmp_path / "letters", into=tmp_path / "archive").path
    if os.geteuid() == 0:
        for path in (bag.parent, bag, *bag.rglob("*")):
            os.chown(path, ANOTHER, ANOTHER)
    return bag


def test_a_bag_of_another_that_may_be_read_is_valid_and_its_payload_comes_out(theirs: Path, tmp_path: Path) -> None:
    assert without_privilege("validate", theirs).returncode == 0
    ran = without_privilege("bag", "unbag", theirs, "--into", tmp_path / "out")
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "out/letters/a.txt").stat().st_uid == os.geteuid()


@pytest.mark.parametrize(
    ("closed", "code"), [("data/a.txt", "BAG025"), ("manifest-sha512.txt", "BAG025"), ("bagit.txt", "BAG025")]
)
def test_a_file_that_may_not_be_read_is_named_and_never_valid(theirs: Path, closed: str, code: str) -> None:
    (theirs / closed).chmod(0)
    ran = without_privilege("validate", theirs)
    assert ran.returncode == 3
    assert f"{theirs}/{closed}  {code} " in ran.stdout
    assert "permission" in ran.stdout
    assert f"not checked: {theirs}: {closed}: " in ran.stdout or f"not checked: {theirs}/{closed}" in ran.stdout
    value = json.loads(without_privilege("validate", theirs, "--json").stdout)
    assert any(closed in one for one in value["unchecked"])


def test_a_folder_that_may_not_be_opened_is_told_in_one_line(theirs: Path) -> None:
    theirs.chmod(0)
    for words in (("validate", theirs), ("show", theirs), ("bag", "unbag", theirs, "--into", theirs.parent / "out")):
        ran = without_privilege(*words)
        assert ran.returncode == 3
        assert "permission" in ran.stderr
        assert "Traceback" not in ran.stderr
        assert ran.stderr.count("\n") == 1


def test_a_bag_of_another_that_may_not_be_written_stands_as_it_was(theirs: Path) -> None:
    before = {path: path.read_bytes() for path in theirs.rglob("*") if path.is_file()}
    for path in (theirs, theirs.parent):
        path.chmod(0o555)
    ran = without_privilege("bag", "update", theirs, "--add-algorithm", "md5")
    assert ran.returncode == 3
    assert "no permission to write" in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert {path: path.read_bytes() for path in theirs.rglob("*") if path.is_file()} == before
    assert [one.name for one in theirs.parent.iterdir()] == ["letters"]

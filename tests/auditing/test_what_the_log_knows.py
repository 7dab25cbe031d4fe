"""What the log knows is held against the bags: made anew, gone, back again, renamed."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from tests.auditing.audits import AT, DAY, NAMES, audit, bag, codes, harm, log, names

from solander.errors import UsageError
from solander.pipeline import open_audit, update_bag


def test_a_valid_bag_that_was_made_anew_is_told_once(archive: Path):
    audit(archive)
    shutil.rmtree(archive / "b")
    bag(archive, "b", b"another letter")
    done = audit(archive, AT + 100 * DAY)
    (finding,) = [one for part in done for one in part.report.findings if one.code == "PRM017"]
    assert finding.place.path == f"{archive}/b/tagmanifest-sha512.txt"
    assert finding.expected == log(archive)[1]["manifests"]["tagmanifest-sha512.txt"]
    assert finding.found == hashlib.sha256((archive / "b/tagmanifest-sha512.txt").read_bytes()).hexdigest()
    assert [line["codes"] for line in log(archive)[5:]] == [[], ["PRM017"], [], [], []]
    assert codes(audit(archive, AT + 200 * DAY)) == []


def test_a_bag_with_another_algorithm_is_told_by_the_manifest_that_is_new(archive: Path):
    audit(archive)
    update_bag(archive / "a", add_algorithms=("sha256",), at=AT)
    found = [
        (one.place.path.rpartition("/")[2], one.expected)
        for part in audit(archive, every=0)
        for one in part.report.findings
        if one.code == "PRM017"
    ]
    assert ("tagmanifest-sha256.txt", "") in found


def test_a_bag_that_was_damaged_and_then_made_anew_is_held_against_the_one_that_was_valid(archive: Path):
    audit(archive)
    harm(archive / "a/data/letter.txt")
    assert codes(audit(archive, AT + DAY, every=0)) == ["BAG003"]
    shutil.rmtree(archive / "a")
    bag(archive, "a", b"forged")
    assert codes(audit(archive, AT + 2 * DAY)) == ["PRM017"]


def test_a_damaged_bag_is_told_as_damaged_and_not_as_changed(archive: Path):
    audit(archive)
    harm(archive / "a/tagmanifest-sha512.txt")
    assert "PRM017" not in codes(audit(archive, AT + 100 * DAY))


def test_an_archive_may_not_want_to_hear_of_bags_that_were_made_anew(archive: Path):
    audit(archive)
    (archive / "solander.toml").write_text('[check]\nignore = ["PRM017"]\n')
    shutil.rmtree(archive / "b")
    bag(archive, "b", b"another letter")
    assert "PRM017" not in codes(audit(archive, every=0))


def test_a_bag_that_is_gone_is_told_until_it_is_back_or_withdrawn(archive: Path):
    audit(archive)
    (archive / "c").rename(archive.parent / "c")
    for day in (1, 2):
        assert codes(audit(archive, AT + day * DAY)) == ["PRM018"]
    (archive.parent / "c").rename(archive / "c")
    assert codes(audit(archive, AT + 3 * DAY)) == []
    shutil.rmtree(archive / "c")
    with open_audit(archive, at=AT) as one:
        one.withdraw(["c"])
        assert codes(one.check()) == []
    assert codes(audit(archive, AT + 4 * DAY)) == []
    assert log(archive)[-1]["outcome"] == "withdrawn"


def test_an_archive_of_which_every_bag_is_gone_is_told_of_each(archive: Path):
    audit(archive)
    for name in NAMES:
        shutil.rmtree(archive / name)
    assert codes(audit(archive)) == ["PRM018"] * 5


def test_a_bag_that_comes_back_after_it_was_withdrawn_is_checked_and_held_against_what_it_was(archive: Path):
    audit(archive)
    shutil.rmtree(archive / "c")
    with open_audit(archive, at=AT) as one:
        one.withdraw(["c"])
    bag(archive, "c", b"another letter")
    done = audit(archive, AT + DAY)
    assert (names(done), codes(done)) == (["c"], ["PRM017"])


def test_what_stands_there_or_was_never_known_is_not_withdrawn(archive: Path):
    audit(archive)
    for name in ("a", "nothing"):
        with open_audit(archive) as one, pytest.raises(UsageError):
            one.withdraw(["b", name] if name == "nothing" else [name])
    assert {line["outcome"] for line in log(archive)} == {"passed"}


def test_a_bag_that_was_renamed_or_put_into_an_archive_file_is_not_missed(archive: Path):
    audit(archive)
    (archive / "a").rename(archive / "letters")
    shutil.make_archive(str(archive / "b"), "zip", archive, "b")
    shutil.rmtree(archive / "b")
    for day in (1, 2):
        assert "PRM018" not in codes(audit(archive, AT + day * DAY))

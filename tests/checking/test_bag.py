"""BAG rules: each trips on its specimen and on nothing else, and tells where it is and what differs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.checking.bags import errors, judge

from solander.checking.bags.every_rule import RULES
from solander.files.whole import write_folder
from solander.model.bag import Bag, BagInfo
from solander.packing import lay_out

FAULTS = Path(__file__).parents[1] / "faults"
MADE_HERE = {"BAG017", "BAG018", "BAG025", "BAG037", "BAG038", "BAG046", "BAG057", "BAG090", "BAG091"} | {
    *("BAG049", "BAG050", "BAG051", "BAG052", "BAG053")
}
"""Specimens that git or some file system cannot hold."""
SPECIMENS = sorted(FAULTS.glob("BAG*"))


def test_a_good_bag_has_no_findings(good: Path) -> None:
    assert judge(good) == []


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_trips_its_rule_and_no_other(specimen: Path) -> None:
    assert {f"{one.code}-{one.name}" for one in judge(specimen)} == {specimen.name}


def test_every_rule_has_a_specimen() -> None:
    assert {path.name[:6] for path in SPECIMENS} | MADE_HERE == {check.rule.code for check in RULES}


def test_codes_and_names_are_used_once() -> None:
    assert len({check.rule.code for check in RULES}) == len({check.rule.name for check in RULES}) == len(RULES)


def test_an_empty_folder_is_a_warning_but_an_empty_payload_is_none(tmp_path: Path) -> None:
    bag = write_folder(tmp_path, "bag", lay_out(info=BagInfo(), payload=[]))
    (bag / "data").mkdir(exist_ok=True)
    assert judge(bag) == []
    (bag / "data" / "a" / "b").mkdir(parents=True)
    (bag / "metadata").mkdir()
    assert [(one.code, one.place.path) for one in judge(bag)] == [("BAG057", "data/a/b"), ("BAG057", "metadata")]


def test_every_fault_is_reported_with_its_file_and_line(good: Path) -> None:
    (good / "data" / "original" / "page.html").write_bytes(b"<p>Werds")
    (good / "data" / "empty").unlink()
    (good / "data" / "late").write_bytes(b"late")
    places = {(one.code, str(one.place)) for one in judge(good)}
    assert places >= {
        ("BAG003", "manifest-sha256.txt:3"),
        ("BAG003", "manifest-sha512.txt:3"),
        ("BAG004", "manifest-sha256.txt:2"),
        ("BAG004", "manifest-sha512.txt:2"),
        ("BAG005", "data/late"),
    }


def test_a_digest_that_differs_shows_both_values(good: Path) -> None:
    (good / "data" / "empty").write_bytes(b"!")
    one = next(one for one in judge(good) if one.code == "BAG003" and one.place.path == "manifest-sha256.txt")
    assert one.message == "data/empty"
    assert one.expected is not None
    assert one.expected.startswith("e3b0c44298fc1c14")
    assert one.found is not None
    assert one.found.startswith("bb7208bc9b5d7c04")


@pytest.mark.parametrize("name", [b"data/\xff\xfe", b"data/a\nb\x1b[31m", "data/\u202egnp.exe".encode()])
def test_a_hostile_name_stands_in_a_message_harmlessly(good: Path, name: bytes) -> None:
    (Path(os.fsdecode(os.fsencode(good) + b"/" + name))).write_bytes(b"")
    found = [one for one in judge(good) if one.code == "BAG005"]
    assert len(found) == 1
    assert found[0].place.path.isprintable()
    found[0].place.path.encode()


def test_a_folder_that_is_no_bag_says_so(tmp_path: Path) -> None:
    assert {one.code for one in judge(tmp_path)} == {"BAG001", "BAG009", "BAG027"}


def test_a_version_of_bagit_that_is_not_known_is_never_valid() -> None:
    assert Bag(name="x", version=(2, 0)).rules_version == (1, 0)
    assert errors(judge(FAULTS / "BAG026-bagit-version-unknown"))

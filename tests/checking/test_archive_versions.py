"""The rules of an archive as a whole: each trips on its specimen and on nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import solander
from solander.checking.bags.archive_versions import RULES, Version, check_versions
from solander.model.bag import PROFILE_IDENTIFIER
from solander.pipeline import Subject, make_bag

FAULTS = Path(__file__).parents[1] / "faults"
FERRY = "urn:uuid:11111111-1111-5111-8111-111111111111"


@pytest.mark.parametrize("check", RULES, ids=lambda check: check.rule.code)
def test_a_specimen_trips_its_rule_and_no_other(check) -> None:
    specimen = FAULTS / f"{check.rule.code}-{check.rule.name}" / "archive.json"
    found = check_versions([Version(*row) for row in json.loads(specimen.read_bytes())["versions"]])
    assert [one.code for one in found] == [check.rule.code]


def test_several_objects_in_several_versions_are_as_they_should_be() -> None:
    assert check_versions([Version("a", FERRY, 1), Version("b", FERRY, 2), Version("c", FERRY[:-1] + "2", 1)]) == []


def test_an_archive_that_does_not_want_to_hear_of_a_missing_version_does_not(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/a.txt").write_bytes(b"a")
    info = (("BagIt-Profile-Identifier", PROFILE_IDENTIFIER), ("External-Identifier", FERRY), ("Bag-Version", "2"))
    make_bag(tmp_path / "letters", into=tmp_path / "archive", name="ferry", info=info)
    archive = Subject(tmp_path / "archive", "archive")
    assert [one.code for one in solander.validate(archive).findings] == ["PRM011"]
    (tmp_path / "archive/solander.toml").write_text('[check]\nignore = ["PRM011"]\n')
    report = solander.validate(archive)
    assert (report.findings, dict(report.counts)["ignored-PRM011"]) == ((), 1)

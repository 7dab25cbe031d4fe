"""The rules of an archive as a whole: each trips on its specimen and on nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from solander.checking.archive_versions import RULES, Version, check_versions

FAULTS = Path(__file__).parents[1] / "faults"
FERRY = "urn:uuid:11111111-1111-5111-8111-111111111111"


@pytest.mark.parametrize("check", RULES, ids=lambda check: check.rule.code)
def test_a_specimen_trips_its_rule_and_no_other(check) -> None:
    specimen = FAULTS / f"{check.rule.code}-{check.rule.name}" / "archive.json"
    found = check_versions([Version(*row) for row in json.loads(specimen.read_bytes())["versions"]])
    assert [one.code for one in found] == [check.rule.code]


def test_several_objects_in_several_versions_are_as_they_should_be() -> None:
    assert check_versions([Version("a", FERRY, 1), Version("b", FERRY, 2), Version("c", FERRY[:-1] + "2", 1)]) == []

"""Profiles that no bag can keep are told of themselves, beside what each bag lacks by them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.hostile.making import bag

PROFILE: dict[str, Any] = {
    "BagIt-Profile-Info": {
        "BagIt-Profile-Identifier": "https://a.example/profile.json",
        "BagIt-Profile-Version": "1.4.0",
        "Source-Organization": "A",
        "External-Description": "B",
        "Version": "1.0",
    },
    "Accept-BagIt-Version": ["1.0"],
}


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"Manifests-Allowed": []}, True),
        ({"Manifests-Allowed": ["sha512"]}, False),
        ({"Tag-Manifests-Allowed": []}, False),
        ({"Data-Empty": True, "Payload-Files-Required": ["data/a", "data/b"]}, True),
        ({"Data-Empty": True, "Payload-Files-Required": ["data/a", "data/a"]}, False),
        ({"Data-Empty": False, "Payload-Files-Required": ["data/a", "data/b"]}, False),
    ],
)
def test_a_profile_that_no_bag_can_keep_is_told_of_itself(run, tmp_path: Path, members: dict[str, Any], told: bool):
    bag()(tmp_path / "bag")
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(PROFILE | members))
    ran = run("validate", tmp_path / "bag", "--profile", path, "--json")
    found = [one for one in json.loads(ran.out)["findings"] if one["code"] == "PRF024"]
    assert [Path(one["place"]["path"]).name for one in found] == ["profile.json"] * told

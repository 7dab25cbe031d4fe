"""Our own profile keeps its promise and its schema, and a bag of ours is known for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.checking.profiled_bags import FIELDS, OURS, PROJECT, SCHEMAS, found_in, own_bag, parsed, schema

from solander.checking.profiles.claims import claims_own_profile, named_profiles
from solander.checking.profiles.every_rule import profile_used
from solander.model.bag import PROFILE_IDENTIFIER
from solander.pipeline.bags.profile_judging import judge_profile_itself
from solander.pipeline.bags.profiles import BUILT_IN, load_bag_profile

ARCHIVE = PROJECT / "archive"
ORACLES = PROJECT.parent / "shared" / "oracles" / "bagit"


@pytest.mark.parametrize("bag", [path for path in sorted(ARCHIVE.iterdir()) if path.is_dir()], ids=lambda one: one.name)
def test_our_own_bags_keep_our_profile(bag: Path) -> None:
    assert found_in(bag) == found_in(bag, is_asked_for=True) == ()


def test_a_bag_that_keeps_our_profile_has_no_findings(tmp_path: Path) -> None:
    bag = own_bag(tmp_path)
    assert claims_own_profile(parsed(bag))
    assert named_profiles(parsed(bag)) == (PROFILE_IDENTIFIER,)
    assert found_in(bag) == ()


def test_media_may_lie_in_folders_of_their_own_and_nothing_else_may(tmp_path: Path) -> None:
    names = ("original/page.html", "tei/page.xml", "media/a.png", "media/deep/down/b.png", "access/page.html")
    assert found_in(own_bag(tmp_path, payload=names)) == ()
    found = found_in(own_bag(tmp_path / "other", payload=(*names, "tei/notes.xml")))
    assert [(one.code, one.place.path) for one in found] == [("PRF012", "data/tei/notes.xml")]


@pytest.mark.parametrize("label", [label for label, _ in FIELDS])
def test_our_profile_misses_each_field_that_it_requires(tmp_path: Path, label: str) -> None:
    found = found_in(own_bag(tmp_path, [one for one in FIELDS if one[0] != label]))
    assert "PRF002" in {one.code for one in found}
    assert any(label in one.message for one in found)


def test_our_profile_requires_tag_manifests(tmp_path: Path) -> None:
    bag = own_bag(tmp_path)
    (bag / "tagmanifest-sha512.txt").unlink()
    assert [one.code for one in found_in(bag)] == ["PRF007"]


def test_a_folder_that_is_no_bag_breaks_the_profile_without_an_exception(tmp_path: Path) -> None:
    assert {one.code for one in found_in(tmp_path)} >= {"PRF001", "PRF009"}


@pytest.mark.parametrize("name", BUILT_IN)
def test_what_is_built_in_is_a_bagit_profile_and_makes_sense(name: str) -> None:
    Draft202012Validator.check_schema(schema())
    Draft202012Validator(schema()).validate(json.loads((SCHEMAS / BUILT_IN[name]).read_bytes()))
    profile = load_bag_profile(name)
    assert {one.code for one in judge_profile_itself(profile).findings} <= {"PRF029"}
    assert load_bag_profile(SCHEMAS / BUILT_IN[name]).sha256 == profile.sha256


def test_our_profile_is_that_of_our_identifier() -> None:
    assert OURS.identifier == PROFILE_IDENTIFIER


def test_what_judged_is_named_with_its_digest() -> None:
    used = profile_used(OURS)
    assert (used.name, used.version, len(used.sha256)) == (PROFILE_IDENTIFIER, "1.1", 64)


@pytest.mark.skipif(not ORACLES.is_dir(), reason="../shared is not here")
@pytest.mark.parametrize(
    ("name", "passes"),
    [
        ("bagProfileFoo.json", True),
        ("bagProfileBar.json", True),
        ("bdbag-ro-profile.json", True),
        ("dart-aptrust-v2.3.json", False),
        ("loc-SANC-state-profile.json", False),
    ],
)
def test_others_profiles_pass_the_schema_and_other_formats_do_not(name: str, passes: bool) -> None:
    assert Draft202012Validator(schema()).is_valid(json.loads((ORACLES / name).read_bytes())) == passes


def test_a_bag_is_ours_by_its_profile_its_maker_or_its_layout(tmp_path: Path) -> None:
    maker = [("Bag-Software-Agent", "Solander 0.1.0")]
    foreign = ("letters/1.txt", "tei/page.xml")
    assert claims_own_profile(parsed(own_bag(tmp_path / "layout", [])))
    assert claims_own_profile(parsed(own_bag(tmp_path / "maker", maker, payload=foreign)))
    assert claims_own_profile(parsed(own_bag(tmp_path / "profile", FIELDS[:1], payload=foreign)))
    other = own_bag(tmp_path / "foreign", [("Bag-Software-Agent", "bagit.py")], payload=foreign)
    assert not claims_own_profile(parsed(other))


def test_a_file_that_no_manifest_lists_is_left_to_the_rule_that_says_so(tmp_path: Path) -> None:
    bag = own_bag(tmp_path)
    (bag / "data/stray.txt").write_bytes(b"")
    assert found_in(bag) == ()
    for manifest in bag.glob("manifest-*.txt"):
        manifest.unlink()
    assert "PRF012" in {one.code for one in found_in(bag)}

"""PRF rules: each trips on its specimen; our own profile keeps its promise and its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from solander.checking.bag_profile import RULES, check_profile, claims_own_profile, other_profiles, profile_used
from solander.files.folder import Folder
from solander.files.whole import write_folder
from solander.model.bag import PROFILE_IDENTIFIER, Bag, BagInfo
from solander.packing import lay_out, parse_bag

PROJECT = Path(__file__).parents[2]
SCHEMAS = PROJECT / "schemas"
SPECIMENS = sorted((PROJECT / "tests" / "faults").glob("PRF*"))
ORACLES = PROJECT.parent / "shared" / "oracles" / "bagit"
FIELDS = [
    ("BagIt-Profile-Identifier", PROFILE_IDENTIFIER),
    ("External-Identifier", "urn:uuid:00000000-0000-5000-8000-000000000000"),
    ("Bag-Version", "1"),
    ("Bagging-Date", "2026-11-24"),
    ("Bag-Software-Agent", "Solander 0.1.0"),
]
TAGS = ("dc.xml", "dcterms.xml", "premis.xml", "validation.json", "description.json")


class Schemas:
    def __init__(self, folder: Path, profile: str = "bagit-profile.json") -> None:
        self.folder, self.profile = folder, profile

    def read(self, name: str) -> bytes:
        assert name == "bagit-profile.json"
        return (self.folder / self.profile).read_bytes()


def own_bag(
    folder: Path,
    fields: list[tuple[str, str]] = FIELDS,
    payload: tuple[str, ...] = ("original/page.html", "tei/page.xml"),
) -> Bag:
    files = lay_out(
        info=BagInfo.of(fields),
        payload=[(f"data/{name}", b"") for name in payload],
        tag_files=[(f"metadata/{name}", b"") for name in TAGS],
    )
    folder.mkdir(exist_ok=True)
    return parse_bag(Folder(write_folder(folder, "bag", files)))


def schema() -> Any:
    return json.loads((SCHEMAS / "bagit-profile.schema.json").read_bytes())


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_trips_its_rule_and_no_other(specimen: Path) -> None:
    found = check_profile(parse_bag(Folder(specimen / "bag")), Schemas(specimen, "profile.json"))
    assert {f"{one.code}-{one.name}" for one in found} == {specimen.name}


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_the_profile_of_a_specimen_is_one(specimen: Path) -> None:
    Draft202012Validator(schema()).validate(json.loads((specimen / "profile.json").read_bytes()))


def test_every_rule_has_a_specimen() -> None:
    assert [path.name[:6] for path in SPECIMENS] == [check.rule.code for check in RULES]


def test_a_bag_that_keeps_our_profile_has_no_findings(tmp_path: Path) -> None:
    bag = own_bag(tmp_path)
    assert claims_own_profile(bag)
    assert other_profiles(bag) == ()
    assert check_profile(bag, Schemas(SCHEMAS)) == []


def test_media_may_lie_in_folders_of_their_own_and_nothing_else_may(tmp_path: Path) -> None:
    names = ("original/page.html", "tei/page.xml", "media/a.png", "media/deep/down/b.png", "access/page.html")
    assert check_profile(own_bag(tmp_path, payload=names), Schemas(SCHEMAS)) == []
    (tmp_path / "other").mkdir()
    found = check_profile(own_bag(tmp_path / "other", payload=(*names, "tei/notes.xml")), Schemas(SCHEMAS))
    assert [(one.code, one.place.path) for one in found] == [("PRF012", "data/tei/notes.xml")]


@pytest.mark.parametrize("label", [label for label, _ in FIELDS])
def test_our_profile_misses_each_field_that_it_requires(tmp_path: Path, label: str) -> None:
    found = check_profile(own_bag(tmp_path, [one for one in FIELDS if one[0] != label]), Schemas(SCHEMAS))
    assert "PRF002" in {one.code for one in found}
    assert any(label in one.message for one in found)


def test_our_profile_requires_tag_manifests(tmp_path: Path) -> None:
    own_bag(tmp_path)
    (tmp_path / "bag" / "tagmanifest-sha512.txt").unlink()
    found = check_profile(parse_bag(Folder(tmp_path / "bag")), Schemas(SCHEMAS))
    assert [one.code for one in found] == ["PRF007"]


def test_a_folder_that_is_no_bag_breaks_the_profile_without_an_exception(tmp_path: Path) -> None:
    assert {one.code for one in check_profile(parse_bag(Folder(tmp_path)), Schemas(SCHEMAS))} >= {"PRF001", "PRF009"}


def test_our_profile_is_a_bagit_profile() -> None:
    Draft202012Validator.check_schema(schema())
    profile = json.loads((SCHEMAS / "bagit-profile.json").read_bytes())
    Draft202012Validator(schema()).validate(profile)
    assert profile["BagIt-Profile-Info"]["BagIt-Profile-Identifier"] == PROFILE_IDENTIFIER
    assert set(profile["Tag-Files-Required"]) <= set(profile["Tag-Files-Allowed"])


def test_what_judged_is_named_with_its_digest() -> None:
    used = profile_used(Schemas(SCHEMAS))
    assert (used.name, used.version, len(used.sha256)) == ("bagit-profile.json", "1.0", 64)


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
    assert claims_own_profile(own_bag(tmp_path / "layout", []))
    assert claims_own_profile(own_bag(tmp_path / "maker", maker, payload=foreign))
    assert claims_own_profile(own_bag(tmp_path / "profile", FIELDS[:1], payload=foreign))
    assert not claims_own_profile(own_bag(tmp_path / "foreign", [("Bag-Software-Agent", "bagit.py")], payload=foreign))


def test_a_profile_that_is_not_ours_is_named_harmlessly(tmp_path: Path) -> None:
    fields = [("BagIt-Profile-Identifier", "https://other.example/\u202eprofile.json"), *FIELDS[:1]]
    (other,) = other_profiles(own_bag(tmp_path, fields))
    assert other.startswith("https://other.example/")
    assert other.isprintable()


def test_a_file_that_no_manifest_lists_is_left_to_the_rule_that_says_so(tmp_path: Path) -> None:
    own_bag(tmp_path)
    (tmp_path / "bag/data/stray.txt").write_bytes(b"")
    assert check_profile(parse_bag(Folder(tmp_path / "bag")), Schemas(SCHEMAS)) == []
    for manifest in (tmp_path / "bag").glob("manifest-*.txt"):
        manifest.unlink()
    found = {one.code for one in check_profile(parse_bag(Folder(tmp_path / "bag")), Schemas(SCHEMAS))}
    assert "PRF012" in found

"""PRF rules: each trips on its specimen; our own profile keeps its promise and its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from solander.checking.bag_profile import RULES, profile_used
from solander.checking.profile_claims import claims_own_profile, named_profiles
from solander.files.folder import Folder
from solander.files.whole import write_folder
from solander.model.bag import PROFILE_IDENTIFIER, Bag, BagInfo
from solander.model.bag_profile import BagProfile
from solander.model.finding import Finding
from solander.packing import lay_out, parse_bag
from solander.pipeline.bag_profiles import BUILT_IN, load_bag_profile
from solander.pipeline.profile_judging import judge_by_profile, judge_profile_itself

PROJECT = Path(__file__).parents[2]
SCHEMAS = PROJECT / "schemas"
ARCHIVE = PROJECT / "archive"
SPECIMENS = sorted((PROJECT / "tests" / "faults").glob("PRF*"))
ORACLES = PROJECT.parent / "shared" / "oracles" / "bagit"
OURS = load_bag_profile("solander")
FIELDS = [
    ("BagIt-Profile-Identifier", PROFILE_IDENTIFIER),
    ("External-Identifier", "urn:uuid:00000000-0000-5000-8000-000000000000"),
    ("Bag-Version", "1"),
    ("Bagging-Date", "2026-11-24"),
    ("Bag-Software-Agent", "Solander 0.1.0"),
]
TAGS = ("dc.xml", "dcterms.xml", "premis.xml", "validation.json", "description.json")
ABOUT = {
    "BagIt-Profile-Identifier": "https://library.example/profile.json",
    "BagIt-Profile-Version": "1.4.0",
    "Source-Organization": "A library",
    "External-Description": "For tests",
    "Version": "1",
}


def own_bag(
    folder: Path,
    fields: list[tuple[str, str]] = FIELDS,
    payload: tuple[str, ...] = ("original/page.html", "tei/page.xml"),
) -> Path:
    files = lay_out(
        info=BagInfo.of(fields),
        payload=[(f"data/{name}", b"") for name in payload],
        tag_files=[(f"metadata/{name}", b"") for name in TAGS],
    )
    folder.mkdir(exist_ok=True)
    return write_folder(folder, "bag", files)


def parsed(bag: Path) -> Bag:
    return parse_bag(Folder(bag))


def found_in(
    bag: Path, profile: BagProfile = OURS, *, is_asked_for: bool = False, form: str | None = None
) -> tuple[Finding, ...]:
    tree = Folder(bag)
    return judge_by_profile(tree, parse_bag(tree), profile, is_asked_for=is_asked_for, form=form).findings


def profile_of(more: dict[str, Any], **about: str) -> BagProfile:
    value = {"BagIt-Profile-Info": ABOUT | about, "Accept-BagIt-Version": ["1.0"], **more}
    Draft202012Validator(schema()).validate(value)
    return BagProfile.of(value, name="profile.json", sha256="0" * 64)


def plain_bag(folder: Path, payload: dict[str, bytes], tags: dict[str, bytes], **fields: str) -> Path:
    bag = own_bag(folder, [("BagIt-Profile-Identifier", ABOUT["BagIt-Profile-Identifier"]), *fields.items()], ())
    for path in (bag / "metadata").iterdir():
        path.unlink()
    (bag / "metadata").rmdir()
    (bag / "README.txt").unlink(missing_ok=True)
    for name, content in tags.items():
        (bag / name).parent.mkdir(parents=True, exist_ok=True)
        (bag / name).write_bytes(content)
    (bag / "data").mkdir(exist_ok=True)
    for name, content in payload.items():
        (bag / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (bag / "data" / name).write_bytes(content)
    (bag / "manifest-sha512.txt").write_text("".join(f"{'0' * 128}  data/{name}\n" for name in payload))
    return bag


def schema() -> Any:
    return json.loads((SCHEMAS / "bagit-profile.schema.json").read_bytes())


# -------------------------------------------------------------------------------------------------------- the specimens


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_trips_its_rule_and_no_other(specimen: Path) -> None:
    profile = load_bag_profile(specimen / "profile.json")
    found = list(judge_profile_itself(profile).findings)
    if (specimen / "bag").exists():
        form = specimen / "serialised-as.txt"
        is_asked_for = specimen.name.startswith("PRF023")
        form_name = form.read_text().strip() if form.exists() else None
        found += found_in(specimen / "bag", profile, is_asked_for=is_asked_for, form=form_name)
    assert {f"{one.code}-{one.name}" for one in found} == {specimen.name}


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_the_profile_of_a_specimen_is_one(specimen: Path) -> None:
    Draft202012Validator(schema()).validate(json.loads((specimen / "profile.json").read_bytes()))


def test_every_rule_has_a_specimen() -> None:
    assert [path.name[:6] for path in SPECIMENS] == sorted(check.rule.code for check in RULES)


# --------------------------------------------------------------------------------------------------------- each element

ELEMENTS: list[tuple[str, dict[str, Any], str]] = [
    ("required", {"Bag-Info": {"source-organization": {"required": True}}}, ""),
    ("required", {"Bag-Info": {"Contact-Name": {"required": True}}}, "PRF002"),
    ("recommended", {"Bag-Info": {"Contact-Name": {"recommended": True}}}, "PRF016"),
    ("recommended, and there", {"Bag-Info": {"Source-Organization": {"recommended": True}}}, ""),
    ("required outdoes recommended", {"Bag-Info": {"X": {"required": True, "recommended": True}}}, "PRF002"),
    ("values", {"Bag-Info": {"Source-Organization": {"values": ["A", "A library"]}}}, ""),
    ("values", {"Bag-Info": {"Source-Organization": {"values": ["a library"]}}}, "PRF003"),
    ("no values are any", {"Bag-Info": {"Source-Organization": {"values": []}}}, ""),
    ("repeatable", {"Bag-Info": {"Source-Organization": {"repeatable": False}}}, ""),
    ("description", {"Bag-Info": {"Source-Organization": {"description": "Who keeps it."}}}, ""),
    ("Manifests-Required", {"Manifests-Required": ["SHA-512"]}, ""),
    ("Manifests-Required", {"Manifests-Required": ["sha512", "md5"]}, "PRF005"),
    ("Manifests-Allowed", {"Manifests-Allowed": ["md5", "sha512"]}, ""),
    ("Manifests-Allowed", {"Manifests-Allowed": ["md5"]}, "PRF006"),
    ("nothing is allowed", {"Manifests-Allowed": []}, "PRF006"),
    ("Tag-Manifests-Required", {"Tag-Manifests-Required": ["sha512"]}, ""),
    ("Tag-Manifests-Required", {"Tag-Manifests-Required": ["md5"]}, "PRF007"),
    ("Tag-Manifests-Allowed", {"Tag-Manifests-Allowed": ["sha512"]}, ""),
    ("Tag-Manifests-Allowed", {"Tag-Manifests-Allowed": ["md5"]}, "PRF008"),
    ("Tag-Files-Required", {"Tag-Files-Required": ["notes/a.txt", "bagit.txt"]}, ""),
    ("Tag-Files-Required", {"Tag-Files-Required": ["notes/A.txt"]}, "PRF009"),
    ("Tag-Files-Allowed", {"Tag-Files-Allowed": ["notes/?.txt"]}, ""),
    ("Tag-Files-Allowed", {"Tag-Files-Allowed": ["*.txt"]}, "PRF010"),
    ("what BagIt defines is allowed", {"Tag-Files-Allowed": ["notes/*"]}, ""),
    ("everything is allowed", {"Tag-Files-Allowed": ["*"]}, ""),
    ("Payload-Files-Required", {"Payload-Files-Required": ["data/page.txt", "data/deep/", "data/deep/down/"]}, ""),
    ("Payload-Files-Required", {"Payload-Files-Required": ["data/other.txt"]}, "PRF011"),
    ("a file is no folder", {"Payload-Files-Required": ["data/page.txt/"]}, "PRF011"),
    ("a folder is no file", {"Payload-Files-Required": ["data/deep"]}, "PRF011"),
    ("Payload-Files-Allowed", {"Payload-Files-Allowed": ["data/page.txt", "data/deep/*"]}, ""),
    ("Payload-Files-Allowed", {"Payload-Files-Allowed": ["data/*.txt"]}, "PRF012"),
    ("any number of folders", {"Payload-Files-Allowed": ["data/**/*.txt"]}, ""),
    ("everything is allowed", {"Payload-Files-Allowed": ["*"]}, ""),
    ("Allow-Fetch.txt", {"Allow-Fetch.txt": False}, ""),
    ("Fetch.txt-Required", {"Fetch.txt-Required": True}, "PRF013"),
    ("Data-Empty", {"Data-Empty": False}, ""),
    ("Data-Empty", {"Data-Empty": True}, "PRF015"),
    ("Accept-BagIt-Version", {"Accept-BagIt-Version": ["0.97"]}, "PRF014"),
    ("Serialization", {"Serialization": "required", "Accept-Serialization": ["application/zip"]}, "PRF021"),
    ("Serialization", {"Serialization": "optional", "Accept-Serialization": ["application/zip"]}, ""),
    ("Serialization", {"Serialization": "forbidden"}, ""),
]


@pytest.mark.parametrize(("element", "more", "code"), ELEMENTS, ids=[f"{one[0]} {one[2]}" for one in ELEMENTS])
def test_each_element_is_obeyed(tmp_path: Path, element: str, more: dict[str, Any], code: str) -> None:
    payload = {"page.txt": b"A page", "deep/down/b.txt": b""}
    bag = plain_bag(tmp_path, payload, {"notes/a.txt": b""}, **{"Source-Organization": "A library"})
    assert {one.code for one in found_in(bag, profile_of(more))} == ({code} if code else set())


@pytest.mark.parametrize(
    ("payload", "passes"),
    [({}, True), ({".keep": b""}, True), ({"a": b"", "b": b""}, False), ({"a": b"x"}, False)],
)
def test_an_empty_payload_is_none_or_one_file_without_a_byte(
    tmp_path: Path, payload: dict[str, bytes], passes: bool
) -> None:
    found = found_in(plain_bag(tmp_path, payload, {}), profile_of({"Data-Empty": True}))
    assert [one.code for one in found] == ([] if passes else ["PRF015"])


@pytest.mark.parametrize(
    ("serialization", "accepted", "form", "code"),
    [
        ("required", "application/zip", "zip", None),
        ("required", "application/tar", "tar", None),
        ("required", "application/x-tar", "tar", None),
        ("required", "application/tar", "tar.gz", "PRF022"),
        ("optional", "Application/GZIP", "tar.gz", None),
        ("optional", "application/x-7z-compressed", "zip", "PRF022"),
        ("forbidden", "application/zip", "zip", "PRF021"),
        ("forbidden", "application/zip", "tar", "PRF021"),
        (None, "application/zip", "tar.xz", "PRF022"),
    ],
)
def test_an_archive_file_is_taken_for_what_it_is(
    tmp_path: Path, serialization: str | None, accepted: str, form: str, code: str | None
) -> None:
    asked = {"Accept-Serialization": [accepted]} | ({"Serialization": serialization} if serialization else {})
    found = found_in(plain_bag(tmp_path, {}, {}), profile_of(asked), form=form)
    assert [one.code for one in found] == ([code] if code else [])


def test_a_folder_with_an_empty_folder_in_it_is_there(tmp_path: Path) -> None:
    bag = plain_bag(tmp_path, {}, {})
    (bag / "data/source/empty").mkdir(parents=True)
    profile = profile_of({"Payload-Files-Required": ["data/source/", "data/source/empty/"]})
    assert [(one.code, one.place.path) for one in found_in(bag, profile)] == [("PRF011", "data/source/empty/")]


def test_what_a_person_chose_need_not_be_named_and_that_is_a_remark(tmp_path: Path) -> None:
    bag, profile = own_bag(tmp_path), profile_of({})
    assert [one.code for one in found_in(bag, profile)] == ["PRF001"]
    (remark,) = found_in(bag, profile, is_asked_for=True)
    assert (remark.code, remark.severity, remark.found) == ("PRF023", "info", PROFILE_IDENTIFIER)


def test_of_many_findings_of_one_rule_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    bag = plain_bag(tmp_path, {f"{number}.txt": b"" for number in range(1003)}, {})
    found = found_in(bag, profile_of({"Payload-Files-Allowed": ["data/a"]}))
    assert len(found) == 1001
    assert "and 3 more of this kind" in {one.message for one in found}


# ---------------------------------------------------------------------------------------------------- other tag files

DEPOSIT = {"Solander-Tag-File-Fields": {"deposit.txt": {"Title": {"required": True, "repeatable": False}}}}


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"Title: A\n", []),
        (b"TITLE: A\n  folded\n", []),
        (b"Title:\n", ["PRF017"]),
        (b"", ["PRF017"]),
        (b"Title: A\nTitle: B\n", ["PRF019"]),
        (b"Title: A\nno field\n", ["PRF020"]),
        (b"Title: \xff\n", ["PRF020"]),
        (b"Title: A\0\n", ["PRF020"]),
        (None, []),
    ],
)
def test_fields_of_other_tag_files_are_judged(tmp_path: Path, content: bytes | None, codes: list[str]) -> None:
    bag = plain_bag(tmp_path, {}, {} if content is None else {"deposit.txt": content})
    assert [one.code for one in found_in(bag, profile_of(DEPOSIT))] == codes


def test_a_tag_file_that_is_too_large_is_unchecked(tmp_path: Path) -> None:
    bag = plain_bag(tmp_path, {}, {"deposit.txt": b"Title: A\n" * 2_000_000})
    tree = Folder(bag)
    report = judge_by_profile(tree, parse_bag(tree), profile_of(DEPOSIT))
    assert not report.findings
    (line,) = report.unchecked
    assert line.startswith("the fields of deposit.txt: larger than the limit")


# ----------------------------------------------------------------------------------------------------- profile of ours


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

"""PRF rules: each trips on its specimen, and each element of a profile is obeyed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.checking.profiled_bags import PROJECT, found_in, own_bag, plain_bag, profile_of, schema

from solander.checking.profiles.every_rule import RULES
from solander.files.folder import Folder
from solander.model.bag import PROFILE_IDENTIFIER
from solander.packing import parse_bag
from solander.pipeline.bags.profile_judging import judge_by_profile, judge_profile_itself
from solander.pipeline.bags.profiles import load_bag_profile

SPECIMENS = sorted((PROJECT / "tests" / "faults").glob("PRF*"))


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
    bag = plain_bag(tmp_path, {}, {"deposit.txt": b"Title: " + b"A" * 18_000_000 + b"\n"})
    tree = Folder(bag)
    report = judge_by_profile(tree, parse_bag(tree), profile_of(DEPOSIT))
    assert not report.findings
    (line,) = report.unchecked
    assert line.startswith("the fields of deposit.txt: larger than the limit")

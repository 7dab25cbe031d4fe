"""``validate --profile``, the profiles that are built in, and those that ``solander.toml`` names."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import solander
from solander.files.folder import Folder
from solander.files.whole import write_folder
from solander.model.bag import BagInfo
from solander.packing import lay_out, parse_bag
from solander.pipeline import load_bag_profile, profile_demands
from solander.pipeline.bags.profile_judging import judge_by_profile

PROJECT = Path(__file__).parents[2]
PROFILE = "https://library.example/profile-1.json"
APTRUST = "https://raw.githubusercontent.com/APTrust/preservation-services/master/profiles/aptrust-v2.3.json"
BTR = "https://github.com/dpscollaborative/btr_bagit_profile/releases/download/1.0/btr-bagit-profile.json"
VALUE: dict[str, Any] = {
    "BagIt-Profile-Info": {
        "BagIt-Profile-Identifier": PROFILE,
        "BagIt-Profile-Version": "1.4.0",
        "Source-Organization": "A library",
        "External-Description": "Letters",
        "Version": "1",
    },
    "Bag-Info": {"Contact-Name": {"required": True}},
    "Accept-BagIt-Version": ["1.0"],
}
DEPOSIT = b"Title: Letters\nAccess: Institution\nStorage-Option: Standard\n"


def reported(run, *words: object) -> tuple[int, dict[str, Any]]:
    ran = run("validate", *words, "--json")
    return ran.status, json.loads(ran.out)


def codes(report: dict[str, Any], *severities: str) -> list[str]:
    return [one["code"] for one in report["findings"] if one["severity"] in (severities or ("error", "warning"))]


def make(
    folder: Path,
    *fields: tuple[str, str],
    tags: dict[str, bytes] | None = None,
    algorithms: tuple[str, ...] = ("sha512",),
) -> Path:
    files = lay_out(
        info=BagInfo.of(fields),
        payload=[("data/1.txt", b"Dear A.")],
        tag_files=list((tags or {}).items()),
        algorithms=algorithms,
    )
    return write_folder(folder, "letters", files)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "letters.json"
    path.write_text(json.dumps(VALUE))
    return path


def test_a_given_profile_judges_and_is_named_with_version_and_digest(run, tmp_path: Path, profile: Path):
    bag = make(tmp_path, ("Source-Organization", "A library"))
    status, report = reported(run, bag, "--profile", profile)
    assert (status, codes(report)) == (1, ["PRF002"])
    assert codes(report, "info") == ["PRF023"]
    (used,) = (one for one in report["schemas"] if one["name"] == PROFILE)
    assert (used["version"], used["sha256"]) == ("1", load_bag_profile(profile).sha256)
    shutil.rmtree(bag)
    make(tmp_path, ("Contact-Name", "B."), ("BagIt-Profile-Identifier", PROFILE))
    assert reported(run, bag, "--profile", profile)[0] == 0


def test_a_profile_that_is_not_known_is_told_with_what_to_do(run, tmp_path: Path, profile: Path):
    bag = make(tmp_path, ("BagIt-Profile-Identifier", PROFILE))
    status, report = reported(run, bag)
    (told,) = report["findings"]
    assert (status, told["code"], told["severity"]) == (0, "BAG059", "info")
    assert told["message"].endswith("--profile FILE")
    status, report = reported(run, bag, "--profile", profile)
    assert (status, codes(report, "info", "error")) == (1, ["PRF002"])


def test_a_given_profile_stands_instead_of_the_one_that_is_named(run, tmp_path: Path, profile: Path):
    bag = make(tmp_path, ("BagIt-Profile-Identifier", BTR), ("Contact-Name", "B."))
    assert reported(run, bag)[0] == 1
    status, report = reported(run, bag, "--profile", profile)
    assert (status, codes(report)) == (0, [])
    assert [one["name"] for one in report["schemas"]] == [PROFILE]


def test_a_profile_that_makes_no_sense_is_told_once_whatever_it_judges(run, tmp_path: Path, profile: Path):
    profile.write_text(json.dumps(VALUE | {"Manifests-Required": ["sha512"], "Manifests-Allowed": ["md5"], "Other": 1}))
    bags = [make(tmp_path / name, ("Contact-Name", "B.")) for name in "ab" if not (tmp_path / name).mkdir()]
    status, report = reported(run, *bags, "--profile", profile)
    assert status == 1
    assert [one["place"]["path"] for one in report["findings"] if one["code"] == "PRF024"] == [str(profile)]
    assert codes(report).count("PRF027") == 1
    whole = solander.validate(*bags, profile=profile)
    assert [one.code for one in whole.findings if one.code in ("PRF024", "PRF027")] == ["PRF024", "PRF027"]


# ----------------------------------------------------------------------------------------------------------- built in


def test_our_own_bags_keep_our_profile_by_name(run):
    status, report = reported(run, PROJECT / "archive", "--profile", "solander")
    assert (status, [one for one in report["findings"] if one["code"].startswith(("BAG", "PRF"))]) == (0, [])


@pytest.mark.parametrize("identifier", [APTRUST, APTRUST.replace("2.3", "2.2")])
def test_a_bag_that_names_aptrust_is_judged_by_it_without_asking(run, tmp_path: Path, identifier: str):
    named = ("BagIt-Profile-Identifier", identifier)
    bag = make(tmp_path, named, ("Source-Organization", "A"), tags={"aptrust-info.txt": DEPOSIT}, algorithms=("md5",))
    _, report = reported(run, bag)
    # A folder is not what APTrust takes; nothing else is wrong.
    assert codes(report, "error") == ["PRF021"]
    assert [one["name"] for one in report["schemas"]] == [APTRUST]
    (bag / "aptrust-info.txt").write_bytes(b"Access: Nobody\nStorage-Option: Standard\n")
    assert {"PRF017", "PRF018"} <= set(codes(reported(run, bag)[1]))


@pytest.mark.parametrize(
    "option",
    json.loads((PROJECT / "schemas/bagit-profile-aptrust.json").read_bytes())["Solander-Tag-File-Fields"][
        "aptrust-info.txt"
    ]["Storage-Option"]["values"],
)
def test_aptrust_takes_each_of_its_places_of_storage(run, tmp_path: Path, option: str):
    deposit = DEPOSIT.replace(b"Standard", option.encode())
    bag = make(tmp_path, ("Source-Organization", "A"), tags={"aptrust-info.txt": deposit}, algorithms=("md5", "sha256"))
    assert codes(reported(run, bag, "--profile", "aptrust")[1], "error") == ["PRF021"]


def test_as_a_tar_file_the_same_bag_is_what_aptrust_takes(tmp_path: Path):
    fields = ("BagIt-Profile-Identifier", APTRUST), ("Source-Organization", "A")
    tree = Folder(make(tmp_path, *fields, tags={"aptrust-info.txt": DEPOSIT}, algorithms=("md5",)))
    bag, profile = parse_bag(tree), load_bag_profile("aptrust")
    assert judge_by_profile(tree, bag, profile, form="tar").findings == ()
    assert [one.code for one in judge_by_profile(tree, bag, profile, form="tar.gz").findings] == ["PRF022"]


@pytest.mark.parametrize("identifier", [BTR, BTR.replace("releases/download", "blob")])
def test_a_bag_that_names_btr_is_judged_by_it_without_asking(run, tmp_path: Path, identifier: str):
    fields = [("BagIt-Profile-Identifier", identifier), ("Source-Organization", "A"), ("Bagging-Date", "2026-11-24")]
    status, report = reported(run, make(tmp_path, *fields))
    assert (status, codes(report, "error"), set(codes(report))) == (0, [], {"PRF016"})
    shutil.rmtree(tmp_path / "letters")
    status, report = reported(run, make(tmp_path, *fields[:2]))
    assert (status, codes(report, "error")) == (1, ["PRF002"])


def test_a_bag_may_keep_several_profiles_and_is_judged_by_each(run, tmp_path: Path):
    bag = make(tmp_path, ("BagIt-Profile-Identifier", BTR), ("BagIt-Profile-Identifier", APTRUST))
    _, report = reported(run, bag)
    assert {one["name"] for one in report["schemas"]} == {BTR, APTRUST}
    assert {"PRF002", "PRF005", "PRF009", "PRF021"} <= set(codes(report))


def test_whoever_makes_a_bag_is_told_what_a_profile_demands():
    demands = profile_demands("aptrust")
    assert (demands.algorithms, demands.tag_algorithms, demands.tag_files) == (
        ("md5",),
        ("sha512",),
        ("aptrust-info.txt",),
    )
    assert demands.tag_file_fields == {"aptrust-info.txt": ("Title", "Access", "Storage-Option")}
    assert (demands.fields, demands.serialised_as) == ((), ("application/tar", "application/x-tar"))
    assert profile_demands("btr").fields == ("Source-Organization", "Bagging-Date", "Payload-Oxum")
    assert (profile_demands("btr").algorithms, profile_demands("btr").serialised_as) == (("sha512",), ())
    assert profile_demands("solander").algorithms == ("sha512",)


# ----------------------------------------------------------------------------------------------------- in an archive


def test_an_archive_may_name_profiles_and_bags_that_name_them_are_at_home(run, tmp_path: Path, profile: Path):
    (tmp_path / "profiles").mkdir()
    profile.rename(tmp_path / "profiles/letters.json")
    archive = tmp_path / "archive"
    archive.mkdir()
    bag = make(archive, ("BagIt-Profile-Identifier", PROFILE), ("Contact-Name", "B."))
    (archive / "solander.toml").write_text("")
    assert codes(reported(run, bag)[1]) == ["PRF001"]
    (archive / "solander.toml").write_text('[check]\nprofiles = ["../profiles/letters.json", "btr"]\n')
    for path in (bag, archive):
        status, report = reported(run, path)
        assert (status, report["findings"]) == (0, [])
        assert PROFILE in {one["name"] for one in report["schemas"]}
    shutil.rmtree(bag)
    make(archive, ("BagIt-Profile-Identifier", PROFILE))
    assert codes(reported(run, archive)[1]) == ["PRF002"]
    shutil.rmtree(bag)
    make(archive, ("BagIt-Profile-Identifier", APTRUST))
    assert {"PRF001", "PRF009"} <= set(codes(reported(run, archive)[1]))


def test_a_profile_of_an_archive_that_cannot_be_used_is_told_once(run, tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        make(tmp_path / name).rename(tmp_path / f"letters-{name}")
        (tmp_path / name).rmdir()
    (tmp_path / "solander.toml").write_text('[check]\nprofiles = ["missing.json"]\n')
    ran = run("validate", tmp_path)
    assert (ran.status, ran.err.count("missing.json")) == (2, 1)


# ------------------------------------------------------------------------------------------------- what is no profile


def changed(**members: Any) -> bytes:
    return json.dumps(VALUE | members).encode()


HOSTILE: list[tuple[str, Callable[[Path], object], str]] = [
    ("nothing", lambda path: None, "no such file"),
    ("a folder", lambda path: path.mkdir(), "name a BagIt profile's file"),
    ("empty", lambda path: path.write_bytes(b""), "no JSON"),
    ("no JSON", lambda path: path.write_bytes(b"profile: yes"), "no JSON"),
    ("no text", lambda path: path.write_bytes(bytes(range(128, 256))), "no JSON"),
    ("a list", lambda path: path.write_bytes(b"[]"), "must be an object"),
    ("a number", lambda path: path.write_bytes(b"1" * 5000), "no JSON"),
    ("deep lists", lambda path: path.write_bytes(b"[" * 500_000), "nested deeper"),
    ("deep objects", lambda path: path.write_bytes(b'{"a":' * 150_000), "nested deeper"),
    ("100 MB", lambda path: (path.touch(), os.truncate(path, 100_000_000)), "larger than the limit"),
    ("nothing of a profile", lambda path: path.write_bytes(b"{}"), "lacks BagIt-Profile-Info"),
    ("a member twice", lambda path: path.write_bytes(changed()[:-1] + b',"Bag-Info":{}}'), "stands twice"),
    (
        "twins at the end",
        lambda path: path.write_bytes(b"{" + b",".join(b'"%d":0' % number for number in (*range(90_000), 0)) + b"}"),
        "stands twice",
    ),
    ("no object", lambda path: path.write_bytes(changed(**{"Bag-Info": 1})), "Bag-Info must be an object"),
    ("text for a list", lambda path: path.write_bytes(changed(**{"Manifests-Required": "md5"})), "must be a list"),
    ("a list of lists", lambda path: path.write_bytes(changed(**{"Tag-Files-Allowed": [[]]})), "must be a string"),
    ("text for truth", lambda path: path.write_bytes(changed(**{"Data-Empty": "true"})), "must be true or false"),
    ("another word", lambda path: path.write_bytes(changed(Serialization="maybe")), "must be one of"),
    ("no version", lambda path: path.write_bytes(changed(**{"Accept-BagIt-Version": []})), "cannot stand there"),
    (
        "a path out of the bag",
        lambda path: path.write_bytes(changed(**{"Tag-Files-Required": ["a/../../b"]})),
        "cannot",
    ),
    (
        "a name for a terminal",
        lambda path: path.write_bytes(changed(**{"Manifests-Required": ["\x1b[2J\n\u202e"]})),
        "cannot stand there",
    ),
    ("500,000 faults", lambda path: path.write_bytes(changed(**{"Tag-Files-Allowed": [1] * 300_000})), "a string"),
    (
        "too many patterns",
        lambda path: path.write_bytes(
            changed(**{"Payload-Files-Allowed": [f"data/{number}*" for number in range(5000)]})
        ),
        "more than 200",
    ),
    (
        "a long pattern",
        lambda path: path.write_bytes(changed(**{"Payload-Files-Allowed": ["data/" + "**/" * 100_000]})),
        "has more than",
    ),
]


@pytest.mark.parametrize(("kind", "write", "what"), HOSTILE, ids=[one[0] for one in HOSTILE])
def test_what_is_no_profile_is_one_line_and_misuse(run, tmp_path: Path, kind: str, write, what: str):
    path = tmp_path / "hostile.json"
    write(path)
    ran = run("validate", make(tmp_path), "--profile", path)
    assert (ran.status, ran.out) == (2, "")
    (line,) = ran.err.splitlines()
    assert what in line
    assert str(path) in line
    assert line.isprintable()
    assert len(line) < 500


def test_patterns_that_are_bait_judge_a_bag_all_the_same(run, tmp_path: Path):
    path = tmp_path / "bait.json"
    path.write_bytes(changed(**{"Payload-Files-Allowed": ["data/" + "**/" * 60 + "x", "data/" + "*a" * 400]}))
    bag = make(tmp_path, ("Contact-Name", "B."))
    deep = bag / "data" / "/".join("a" * 500)
    deep.mkdir(parents=True)
    (deep / "y").write_bytes(b"")
    with (bag / "manifest-sha512.txt").open("a") as manifest:
        manifest.write(f"{'0' * 128}  {(deep / 'y').relative_to(bag)}\n")
    assert codes(reported(run, bag, "--profile", path)[1]).count("PRF012") == 2


def test_many_labels_beside_many_fields_are_judged_in_their_sum(run, tmp_path: Path):
    path = tmp_path / "labels.json"
    path.write_bytes(changed(**{"Bag-Info": {f"L{number}": {} for number in range(40_000)}}))
    bag = make(tmp_path, *((f"X{number}", "y") for number in range(50_000)))
    assert reported(run, bag, "--profile", path)[0] == 0


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--profile", "solander", "--fast"), "leave --fast out"),
        (("--profile", "solander", "--completeness"), "leave --completeness out"),
        (("--profile", "aptrst"), "aptrust"),
    ],
)
def test_what_cannot_be_asked_with_a_profile_is_said(run, tmp_path: Path, words: tuple[str, ...], what: str):
    ran = run("validate", make(tmp_path), *words)
    assert (ran.status, ran.out) == (2, "")
    assert what in ran.err


def test_a_profile_is_of_no_use_for_a_page(run, page: Path):
    ran = run("validate", page, "--profile", "solander")
    assert (ran.status, ran.err.count("none is named")) == (2, 1)

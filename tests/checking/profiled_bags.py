"""Bags that keep profiles, profiles for them, and what is found when both are held together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from solander.files.folder import Folder
from solander.files.whole import write_folder
from solander.model.bag import PROFILE_IDENTIFIER, Bag, BagInfo
from solander.model.bag_profile import BagProfile
from solander.model.finding import Finding
from solander.packing import lay_out, parse_bag
from solander.pipeline.bags.profile_judging import judge_by_profile
from solander.pipeline.bags.profiles import load_bag_profile

PROJECT = Path(__file__).parents[2]
SCHEMAS = PROJECT / "schemas"
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

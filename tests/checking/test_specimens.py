"""Every rule has one specimen under its own name, and no specimen is left of a rule that is no more."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from solander.pipeline.rulebook import rules

FAULTS = Path(__file__).parents[1] / "faults"
CHECKING = Path(__file__).parents[2] / "src" / "solander" / "checking"
FOLDERS = sorted(path for path in FAULTS.iterdir() if path.is_dir())
MADE_IN_A_TEST = {
    "BAG017": "git keeps no link that leads out of the bag",
    "BAG018": "git keeps no pipe",
    "BAG025": "git keeps no file that nobody may read",
    "BAG037": "some file systems hold no two names that differ in capitals only",
    "BAG038": "some file systems bring names into another normal form",
    "BAG046": "not every file system has links",
    "BAG049": "Windows holds no such name",
    "BAG050": "Windows holds no such name",
    "BAG051": "an editor or a diff would show it as another name",
    "BAG052": "Windows holds no such name",
    "BAG053": "Windows holds no such name",
    "BAG057": "git keeps no empty folder",
    "BAG090": "no file changes while git keeps it",
    "BAG091": "a file that is larger than all are is not right by Payload-Oxum either: BAG015 speaks too",
    **{f"BAG{number:03}": "an archive file is read best where it is made" for number in range(70, 80)},
}
"""Specimens that no folder can hold, and why; ``test_bag.py`` and ``test_bag_serialised.py`` make each."""


def test_each_rule_has_one_specimen_under_its_present_name() -> None:
    wanted = {f"{rule.code}-{rule.name}" for rule in rules() if rule.code not in MADE_IN_A_TEST}
    assert wanted == {path.name for path in FOLDERS}


def test_what_a_test_makes_is_a_rule_and_is_made() -> None:
    assert set(MADE_IN_A_TEST) <= {rule.code for rule in rules()}
    tests = [Path(__file__).parent / name for name in ("test_bag.py", "test_bag_serialised.py")]
    made = re.sub("^MADE_HERE = .*", "", "".join(one.read_text(encoding="utf-8") for one in tests), flags=re.MULTILINE)
    for code in MADE_IN_A_TEST:
        assert f'"{code}"' in made, code


def test_no_code_and_no_name_is_used_twice() -> None:
    # A name may return in another family: what is missing of a page and of a record is missing in both.
    for used in (Counter(rule.code for rule in rules()), Counter((rule.code[:3], rule.name) for rule in rules())):
        assert [one for one, times in used.items() if times > 1] == []


def test_every_rule_that_is_written_is_in_the_book() -> None:
    written = {
        code
        for path in CHECKING.glob("*.py")
        for code in re.findall(r'^@rule\(\s*"(\w+)"', path.read_text("utf-8"), re.M)
    }
    assert written == {rule.code for rule in rules()}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_specimen_holds_something(folder: Path) -> None:
    assert any(path.is_file() for path in folder.rglob("*"))


def test_no_two_specimens_are_the_same() -> None:
    contents = Counter(
        tuple(
            (str(path.relative_to(folder)), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()
        )
        for folder in FOLDERS
    )
    assert max(contents.values()) == 1

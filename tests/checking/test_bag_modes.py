"""What each mode judges, what it reads for that, and what is judged while files are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.checking.bags import flip

from solander.checking.bags import every_rule as bag_rules
from solander.checking.bags.compared import MODES, Compared
from solander.checking.bags.every_rule import RULES, check_bag, rules_of
from solander.checking.rules import Check, Fault
from solander.files.folder import Folder
from solander.model.bag import Bag
from solander.model.ports import Hashed, Wanted
from solander.packing import parse_bag


def test_all_that_can_be_judged_meanwhile_is_judged_while_files_are_read(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    class Told(Folder):
        def hashed(self, wanted: Sequence[Wanted]) -> Iterator[Hashed]:
            yield from super().hashed(wanted)
            done.append("read")

    def told(check: Check[[Bag, Compared]]) -> Check[[Bag, Compared]]:
        def faults(bag: Bag, compared: Compared) -> Iterator[Fault]:
            yield from check.faults(bag, compared)
            done.append(check.rule.code)

        return Check(check.rule, faults)

    monkeypatch.setitem(bag_rules._BY_MODE, "full", tuple(map(told, RULES)))
    tree = Told(good)
    assert check_bag(parse_bag(tree), tree) == []
    assert sorted(done[done.index("read") :]) == ["BAG003", "BAG006", "BAG025", "BAG090", "BAG091", "read"]


def codes_in(path: Path, mode: str) -> set[str]:
    tree = Folder(path)
    return {one.code for one in check_bag(parse_bag(tree), tree, mode=mode)}


def test_completeness_sees_what_is_missing_and_reads_no_payload_file(good: Path) -> None:
    flip(good / "data" / "original" / "page.html")
    assert codes_in(good, "completeness") == set()
    (good / "data" / "empty").rename(good / "data" / "full")
    assert codes_in(good, "completeness") == {"BAG004", "BAG005"}


def test_in_haste_the_payload_is_counted_and_no_list_is_held_against_it(good: Path) -> None:
    (good / "data" / "empty").rename(good / "data" / "full")
    assert codes_in(good, "fast") == set()
    (good / "data" / "full").unlink()
    assert codes_in(good, "fast") == {"BAG015"}


def test_only_the_rules_of_a_mode_are_told_to_have_run() -> None:
    names = {mode: {check.rule.code for check in rules_of(mode)} for mode in MODES}
    assert names["full"] > names["completeness"] > names["fast"] > {"BAG001", "BAG015", "BAG017"}
    with pytest.raises(ValueError, match="no mode"):
        rules_of("slow")

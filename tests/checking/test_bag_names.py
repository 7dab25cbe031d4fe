"""Names that other systems cannot hold, or take for one another, are told, and none that only resembles them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.checking.bags import judge

from solander.files.whole import write_folder
from solander.model.bag import BagInfo
from solander.packing import lay_out


@pytest.mark.parametrize(
    ("code", "name"),
    [
        *(("BAG049", name) for name in ("CON", "nul.txt", "Com1.tar.gz", "lpt\u00b9", "aux .txt", "CONOUT$")),
        *(("BAG050", name) for name in ("ends in a space ", "ends in a dot.", "...")),
        *(("BAG051", name) for name in ("\u202egnp.exe", "a\u2066b", "a\u200f")),
        *(("BAG052", name) for name in ("a\nb", "bell\x07", "a\x85b", "a\u2028b", "\x7f")),
        ("BAG053", "back\\slash"),
    ],
)
def test_a_name_that_other_systems_cannot_hold_is_a_warning(tmp_path: Path, code: str, name: str) -> None:
    bag = write_folder(tmp_path, "bag", lay_out(info=BagInfo(), payload=[(f"data/{name}", b"1")]))
    found = judge(bag)
    assert [(one.code, one.severity) for one in found] == [(code, "warning")]
    assert all(text.isprintable() for one in found for text in (one.place.path, one.message))


@pytest.mark.parametrize("name", ["console.txt", "nulls", "com10", "CON-1", "xaux", "lpt", "a b", ".hidden", "א.txt"])
def test_a_name_that_only_resembles_those_is_none(tmp_path: Path, name: str) -> None:
    assert judge(write_folder(tmp_path, "bag", lay_out(info=BagInfo(), payload=[(f"data/{name}", b"1")]))) == []


def test_names_that_differ_only_in_capitals_collide(tmp_path: Path) -> None:
    payload = [("data/page.txt", b"1"), ("data/PAGE.txt", b"2"), ("data/é.txt", b"3"), ("data/e\u0301.txt", b"4")]
    bag = write_folder(tmp_path, "bag", lay_out(info=BagInfo(), payload=payload))
    assert [one.code for one in judge(bag)] == ["BAG037", "BAG037"]


def test_a_name_in_another_normal_form_is_checked_under_the_name_it_has(tmp_path: Path) -> None:
    bag = write_folder(tmp_path, "bag", lay_out(info=BagInfo(), payload=[("data/é.txt", b"3")]))
    (bag / "data" / "é.txt").rename(bag / "data" / "e\u0301.txt")
    assert [one.code for one in judge(bag)] == ["BAG038"]
    (bag / "data" / "e\u0301.txt").write_bytes(b"4")
    assert [one.code for one in judge(bag)] == ["BAG003", "BAG038"]


def test_an_unlisted_twin_in_another_normal_form_does_not_hide(tmp_path: Path) -> None:
    bag = write_folder(tmp_path, "bag", lay_out(info=BagInfo(), payload=[("data/é.txt", b"3")]))
    (bag / "data" / "e\u0301.txt").write_bytes(b"3")
    assert ("BAG005", "data/e\u0301.txt") in {(one.code, one.place.path) for one in judge(bag)}

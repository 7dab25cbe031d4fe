"""No harm to a bag goes unseen, neither before it is judged nor while it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.checking.bags import errors, flip, judge

from solander.checking.bags.every_rule import check_bag
from solander.files.folder import Folder
from solander.files.whole import write_folder
from solander.model.bag import BagInfo
from solander.model.ports import Hashed, Wanted
from solander.packing import lay_out, parse_bag


class Meddled(Folder):
    """A folder that something happens to before it is read."""

    def __init__(self, path: Path, meddle: Callable[[Path], None]) -> None:
        super().__init__(path)
        self.meddle = meddle

    def hashed(self, wanted: Sequence[Wanted]) -> Iterator[Hashed]:
        self.meddle(self.path)
        return super().hashed(wanted)


def judge_meddled(path: Path, meddle: Callable[[Path], None]) -> list[tuple[str, str]]:
    tree = Meddled(path, meddle)
    return [(one.code, one.place.path) for one in check_bag(parse_bag(tree), tree)]


def test_a_file_that_cannot_be_read_is_never_valid(good: Path) -> None:
    def vanish(bag: Path) -> None:
        (bag / "data" / "empty").unlink()
        (bag / "metadata" / "dc.xml").unlink()

    assert judge_meddled(good, vanish) == [("BAG025", "data/empty"), ("BAG025", "metadata/dc.xml")]


def test_a_file_that_changes_while_the_bag_is_judged_is_never_valid(good: Path) -> None:
    def grow(bag: Path) -> None:
        with (bag / "data" / "empty").open("ab") as file:
            file.write(b"more")

    assert judge_meddled(good, grow) == [("BAG090", "data/empty")]


def test_a_folder_that_vanishes_while_the_bag_is_judged_is_never_valid(good: Path) -> None:
    assert judge_meddled(good, lambda bag: bag.rename(bag.parent / "elsewhere"))[-1] == ("BAG025", ".")


def test_a_file_larger_than_the_whole_payload_should_be_is_not_read(good: Path) -> None:
    # Of a tebibyte that is nowhere on the disk: to hash it would take an hour.
    os.truncate(good / "data" / "empty", 2**40)
    assert [(one.code, one.place.path) for one in judge(good)] == [
        ("BAG015", "bag-info.txt"),
        ("BAG091", "data/empty"),
    ]


@pytest.mark.parametrize("name", ["bagit.txt", "bag-info.txt", "manifest-sha512.txt"])
def test_a_tag_file_beyond_all_bounds_is_told_of_and_not_read_to_its_end(good: Path, name: str) -> None:
    assert (good / name).exists()
    os.truncate(good / name, 2**40)
    found = [one.code for one in judge(good) if one.place.path == name and one.severity == "error"]
    assert "BAG025" in found
    assert "BAG003" not in found  # which would say that its digest was reckoned


def test_without_a_payload_oxum_every_file_is_read(good: Path) -> None:
    info = good / "bag-info.txt"
    lines = info.read_text().splitlines(keepends=True)
    info.write_text("".join(line for line in lines if not line.startswith("Payload-Oxum")))
    os.truncate(good / "data" / "empty", 400_000)
    assert {one.code for one in judge(good)} == {"BAG003", "BAG006"}


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


@pytest.mark.parametrize("harm", [Path.unlink, flip, truncate, lengthen])
@pytest.mark.parametrize(
    "where",
    ["data/original/page.html", "manifest-sha512.txt", "bag-info.txt", "bagit.txt", "metadata/dc.xml", "README.txt"],
)
def test_no_harm_to_a_bag_goes_unseen(good: Path, harm: Callable[[Path], None], where: str) -> None:
    harm(good / where)
    assert errors(judge(good))


def test_no_flipped_bit_of_a_tag_manifest_goes_unseen(tmp_path: Path) -> None:
    bag = write_folder(tmp_path, "bag", lay_out(info=BagInfo(), payload=[("data/a", b"a")]))
    path = bag / "tagmanifest-sha512.txt"
    content = path.read_bytes()
    for bit in range(0, 8 * len(content), 3):
        harmed = bytearray(content)
        harmed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(harmed)
        assert judge(bag), f"bit {bit}: {bytes(harmed[bit // 8 - 5 : bit // 8 + 5])!r}"

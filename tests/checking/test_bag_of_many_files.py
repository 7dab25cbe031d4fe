"""A bag of many files is judged in little memory, and many findings are told by the first of them."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.checking.bags import judge

from solander.checking.bags.compared import FINDING_LIMIT
from solander.checking.bags.every_rule import check_bag
from solander.model.ports import Entry, Hashed, Wanted
from solander.packing import parse_bag
from solander.packing.tag_files import BAGIT_TXT


@pytest.mark.parametrize("known", [3, FINDING_LIMIT + 5])
def test_of_many_findings_of_one_kind_the_first_are_told_and_the_rest_counted(tmp_path: Path, known: int) -> None:
    for name in ("here", "gone"):
        (tmp_path / "data" / name).mkdir(parents=True)
    listed = [f"data/{kind}/{number:05}" for kind in ("gone", "here") for number in range(known)]
    for number in range(known):
        (tmp_path / f"data/here/{number:05}").write_bytes(b"1")
        (tmp_path / f"data/{number:05}").write_bytes(b"2")
    (tmp_path / "manifest-sha256.txt").write_text("".join(f"{'0' * 64}  {path}\n" for path in listed))
    (tmp_path / "bagit.txt").write_bytes(BAGIT_TXT)
    found = judge(tmp_path)
    for code in ("BAG003", "BAG004", "BAG005"):
        told = [one for one in found if one.code == code]
        if known <= FINDING_LIMIT:
            assert len(told) == known
        else:
            more, *first = sorted(told, key=lambda one: (one.place.line or 0, one.place.path))
            assert more.message == "and 5 more of this kind"
            assert len(first) == FINDING_LIMIT
    lines = [one.place.line for one in found if one.code == "BAG003" and one.place.line]
    assert lines == list(range(known + 1, known + 1 + min(known, FINDING_LIMIT)))


class Listed:
    """A tree of many empty files that lies nowhere, and the manifest that lists them."""

    name = "listed"

    def __init__(self, number: int, *, there: bool) -> None:
        self.number, self.there = number, there

    def entries(self) -> Iterator[Entry]:
        yield from (Entry("bagit.txt", "file", 55), Entry("manifest-sha512.txt", "file"), Entry("data", "folder"))
        for number in range(self.number if self.there else 0):
            yield Entry(f"data/a folder/a file of some name {number}.txt", "file", 0)

    def chunks(self, path: str) -> Iterator[bytes]:
        if path == "bagit.txt":
            yield BAGIT_TXT
            return
        digest = hashlib.sha512(b"").hexdigest()
        for number in range(0, self.number, 1000):
            numbers = range(number, min(number + 1000, self.number))
            yield "".join(f"{digest}  data/a folder/a file of some name {one}.txt\n" for one in numbers).encode()

    def hashed(self, wanted: Sequence[Wanted]) -> Iterator[Hashed]:
        for one in wanted:
            yield Hashed(one.path, (hashlib.sha512(b"").hexdigest(),), None)

    def read(self, path: str, limit_bytes: int) -> bytes:
        return b"".join(self.chunks(path))


@pytest.mark.parametrize("there", [True, False])
def test_a_bag_of_many_files_is_judged_in_little_memory(there: bool) -> None:
    # A million of them have 600 MiB: each 629 bytes, of which the interpreter takes 40 for itself.
    number = 50_000
    tree = Listed(number, there=there)
    tracemalloc.start()
    try:
        found = check_bag(parse_bag(tree), tree)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert {one.code for one in found} == {"BAG058", *(() if there else ("BAG004",))}
    assert peak_bytes < 590 * number

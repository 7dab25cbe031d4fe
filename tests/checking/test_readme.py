"""``README.txt`` is held against the record row by row, in time linear in it; a text of one's own is nobody's fault."""

from __future__ import annotations

import pytest
from tests.reading.test_costs import calls

from solander.checking.records.bag_agreement import check_readme
from solander.checking.records.kept import Kept
from solander.model.bag import BagInfo
from solander.model.description import Description, Evidence, Statement
from solander.packing.readme import write_readme

OBJECT = "urn:uuid:95745189-a57e-5f8a-8e87-7b39bc39460b"
SAID = Description(
    statements=(
        Statement("title", 'The  "well"\nof\u2028Title:   Author      x', Evidence("markup", "title")),
        Statement("creator", "Ines Okafor", Evidence("markup", "byline")),
        Statement("creator", "\u202eA. Other\u00a0", Evidence("markup", "byline")),
    )
)
KEPT = Kept(SAID, {}, None, OBJECT)
TRUE = write_readme(BagInfo.of([("External-Identifier", OBJECT)]), (), ("sha512",), SAID)


def test_what_was_written_has_no_fault():
    assert check_readme(TRUE, OBJECT, KEPT) == []


@pytest.mark.parametrize("said", [b"", b"Letters from our attic.\n", b"\xff\xfe", b"  Rights      not known\n"])
def test_a_text_of_ones_own_has_none(said: bytes):
    assert check_readme(said, OBJECT, KEPT) == []


@pytest.mark.parametrize(
    ("row", "instead"),
    [
        (b"  Rights ", b"  Rights      CC0\n  Rights "),
        (b"\n  Rights ", b"\n              and by Somebody Else\n  Rights "),
        (b"  Rights ", b"  rights "),
        (b"WHAT IS INSIDE", b"MORE\n\n  Author      Somebody Else\n\nWHAT IS INSIDE"),
    ],
    ids=["twice", "goes on", "another label", "further below"],
)
def test_what_is_said_besides_or_not_at_all_is_found(row: bytes, instead: bytes):
    assert row in TRUE
    found = check_readme(TRUE.replace(row, instead, 1), OBJECT, KEPT)
    assert {one.code for one in found} == {"PRM021"}


def test_a_long_row_of_spaces_is_read_once():
    def read(size: int) -> int:
        return calls(lambda: check_readme(TRUE + b"  Author   a" + b" " * size + b"b", OBJECT, KEPT))

    assert read(1_000_000) == read(10)

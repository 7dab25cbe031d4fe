"""Code in a plain text keeps its lines and its spaces: between fences, or set in and looking like it."""

from __future__ import annotations

import textwrap

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, kinds, wrapped

from solander.model.page import Block, leaves
from solander.reading.plain.text import read_plain_text

FUNCTION = "def ferry(dogs):\n    for dog in dogs:\n        board(dog)\n\n    return True"


def code(text: str) -> list[Block]:
    assert_whole(text)
    blocks = [leaf for division in read_plain_text(text).divisions for leaf in leaves(division.blocks)]
    return [block for block in blocks if block.kind == "preformatted"]


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
@pytest.mark.parametrize("language", ["python", ""])
def test_what_stands_between_fences_is_one_piece_with_its_spaces_and_its_language(fence: str, language: str):
    fenced = f"{fence}{language}\n{FUNCTION}\n{fence}"
    (block,) = code(f"The ferry\n\n{FERRY}\n\n{fenced}\n\n{TICKETS}\n")
    assert block.content == (fenced,)
    assert (block.attributes or {}).get("language", "") == language


def test_a_fence_that_nothing_closes_encloses_nothing():
    assert code(f"The ferry\n\n```\n{FERRY}\n\n{TICKETS}\n") == []


def test_rows_of_marks_beneath_headings_are_no_fences():
    text = f"The ferry\n~~~~~~~~~\n\n{FERRY}\n\nTickets\n~~~~~~~\n\n{TICKETS}\n\n`````\nEnd\n`````\n\n{FERRY}\n"
    assert [block.content for block in code(text)] == []
    assert kinds(text)[:2] == ["main heading1", "main text"]


def test_code_that_is_set_in_keeps_its_spaces():
    inner = textwrap.indent("if dogs:\n    board(dogs)\nelse:\n    leave()", "    ")
    (block,) = code(f"The ferry\n\n{wrapped(FERRY)}\n\n{inner}\n\n{wrapped(TICKETS)}\n")
    assert block.content == (inner,)


@pytest.mark.parametrize("line", ["$ solander pack page.html", "import ferry", "board(dogs)", "mate = Mate()"])
def test_one_line_of_code_that_is_set_in_is_code(line: str):
    (block,) = code(f"The ferry\n\n{wrapped(FERRY)}\n\n    {line}\n\n{wrapped(TICKETS)}\n")
    assert block.content == (f"    {line}",)


@pytest.mark.parametrize(
    "lines",
    [
        "If you can keep the lamp when all about you\nare losing theirs, and blaming it on you,",
        "for whom the ferry waits\nand whom it leaves behind",
        "12 Harbour Road\nPort Ellen",
        "from the mole to the mill\nand back",
    ],
)
def test_verse_and_addresses_that_are_set_in_are_no_code(lines: str):
    assert code(f"The ferry\n\n{wrapped(FERRY)}\n\n{textwrap.indent(lines, '    ')}\n\n{wrapped(TICKETS)}\n") == []

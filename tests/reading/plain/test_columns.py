"""White space of a plain text is counted alike, and neither bars nor labels cut a word."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, wrapped

from solander.checking.pages.every_word import check_words
from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.model.page import Block, Page, leaves, plain
from solander.reading import read_page
from solander.reading.plain import text as plain_text
from solander.reading.plain.text import read_plain_text


@pytest.mark.parametrize("stretch", [1, 2, 3, 5, 8, 1000])
def test_white_space_is_counted_alike_by_any_stretch(stretch: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plain_text, "STRETCH", stretch)
    text = "a  b\tc d      e \t f\n\n  g\f\fh   \n"
    assert dict(read_plain_text(text).normalisations)["white-space"] == 7


BOX = "┌──────┬───────┐\n│ name │ built │\n├──────┼───────┤\n│ Ann  │ 1890  │\n│ Tom  │ 1901  │\n└──────┴───────┘"
BOXES = [BOX, BOX.translate(str.maketrans("┌┬┐├┼┤└┴┘─│", "╔╦╗╠╬╣╚╩╝═║")), BOX.translate(str.maketrans("┌┐└┘", "╭╮╰╯"))]


@pytest.mark.parametrize("box", BOXES)
def test_a_box_that_is_drawn_of_lines_is_a_table(box: str):
    page = all_its_words_of(f"The boats\n\n{box}\n\nThat is all.\n")
    (table,) = (block for one in page.divisions for block in one.blocks if block.kind == "table")
    rows = [[plain(leaf).strip(" │║") for leaf in leaves((row,))] for row in table.content if isinstance(row, Block)]
    assert rows[1::2] + rows[4:5] == [["name", "built"], ["Ann", "1890"], rows[5], ["Tom", "1901"]]
    assert len(rows[0]) == len(rows[2]) == len(rows[5]) == 1


def test_prose_in_two_columns_is_no_table_and_stays_as_it_was_written():
    left = wrapped(FERRY * 2, 34).splitlines()
    right = wrapped(TICKETS * 2, 34).splitlines()
    rows = "\n".join(f"{one:<38}{other}" for one, other in zip(left, right, strict=False))
    page = all_its_words_of(f"The Harbour Post\n\n{rows}\n")
    *_, block = (block for one in page.divisions for block in one.blocks)
    assert (block.kind, block.content) == ("preformatted", (rows,))


def test_a_column_of_prose_beside_names_is_a_table():
    words = wrapped(FERRY * 2, 34).splitlines()
    rows = "\n".join(f"boat {number:<5}{line}" for number, line in enumerate(words))
    assert "table" in [block.kind for one in all_its_words_of(rows).divisions for block in one.blocks]


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ("| a | b |\n| c | d |\n| e | f |\n", "table"),
        ("| a| b |\n| c | d|\n|e | f |\n", "table"),
        ("| a || b |\n| c || d |\n| e || f |\n", "table"),
        ("|a|b|\n|c|d|\n|e|f|\n", "preformatted"),
        ("|name|tons|\n|---|---|\n|Ann|12|\n|Ben|40|\n", "preformatted"),
    ],
)
def test_bars_part_cells_and_cut_no_word(rows: str, kind: str):
    text = f"The board met in May and heard the report of its surveyor.\n\n{rows}"
    blocks = [block.kind for one in all_its_words_of(text).divisions for block in one.blocks]
    assert kind in blocks


RULED = """\
  Name           Born  Office
  =============  ====  ===============
  Ines Calder    1741  keeper
                       of the mole
  Ann Reed             oil merchant
"""


@pytest.mark.parametrize("rule", ["", "  =============  ====  ===============\n"])
def test_the_gaps_of_a_rule_part_columns_where_cells_are_empty(rule: str):
    text = f"The board heard of its keepers, all of whom are dead.\n\n{rule}{RULED}{rule}\nAnd more is not known.\n"
    page = all_its_words_of(text)
    table = next(block for one in page.divisions for block in one.blocks if block.kind == "table")
    rows = [
        [" ".join(plain(leaf) for leaf in leaves((cell,))) for cell in row.content if isinstance(cell, Block)]
        for row in table.content
        if isinstance(row, Block) and (row.attributes or {}).get("role") != "rule"
    ]
    assert rows == [
        ["Name", "Born", "Office"],
        ["Ines Calder", "1741", "keeper"],
        ["", "", "of the mole"],
        ["Ann Reed", "", "oil merchant"],
    ]
    assert [block.kind for one in page.divisions for block in one.blocks] == ["paragraph", "table", "paragraph"]


def test_a_line_that_crosses_the_gaps_of_a_rule_is_no_row():
    text = "He walked.\n\n--- ---\nand came back late in the evening\n--- ---\nwith the others.\n"
    assert "table" not in [block.kind for one in all_its_words_of(text).divisions for block in one.blocks]


@pytest.mark.parametrize(
    "head", ["From:ann@example.org\nTo:Ben", "From: Ann  |   Bell\nSubject:3  *\nDate:", "主题：你好\n日期：今天"]
)
def test_what_hangs_on_to_a_label_of_a_letters_head_is_one_word_with_it(head: str):
    all_its_words_of(f"{head}\n\nThe board met in May and heard the report of its surveyor.\n")


def all_its_words_of(text: str) -> Page:
    """Read a text; the checker finds each of its words where its pointer says."""
    capture = Capture.of_bytes(text.encode(), media_type="text/plain")
    page = read_page(capture)
    tei = encode_tei(page, describe(page, capture), capture, at=datetime(2026, 1, 1, tzinfo=UTC)).content
    found = check_words(
        capture.original,
        original_name=capture.original_name,
        media_type="text/plain",
        charset="utf-8",
        tei=tei,
        path="page.xml",
    )
    assert [one for one in found.findings if one.severity == "error"] == []
    return page


def test_a_drawing_keeps_the_spaces_of_its_first_line():
    drawing = "          north      wind\n    east        west      calm\n        south        and nothing else at all"
    text = f"The way out.\n\n{drawing}\n\nThat is all.\n"
    (block,) = (one for part in read_plain_text(text).divisions for one in part.blocks if one.kind == "preformatted")
    assert block.content == (drawing,)
    assert_whole(text)

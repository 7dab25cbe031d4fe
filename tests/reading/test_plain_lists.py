"""Items of a plain text are a list, within one another by their indentation; what only looks like them stays text."""

from __future__ import annotations

import pytest
from tests.reading.plain_texts import FERRY, TICKETS, kinds, shape, wrapped

from solander.reading.plain_text import read_plain_text


def test_items_are_a_list_and_keep_their_marks():
    text = f"What to bring\n\n{wrapped(FERRY)}\n\n- a ticket\n- a coat\n\n- patience\n\n{wrapped(TICKETS)}"
    assert shape(read_plain_text(text))[2:7] == [
        "main list",
        "main   item",
        "main     text: - a ticket",
        "main   item",
        "main     text: - a coat",
    ]


def test_an_items_own_lines_are_one_item():
    item = "* a coat that keeps the rain out, for the deck is open on the side of the sea"
    text = f"{wrapped(FERRY)}\n\n{wrapped(item, 72, subsequent_indent='  ')}\n* patience\n\n{wrapped(TICKETS)}"
    assert shape(read_plain_text(text))[1:6] == [
        "main list",
        "main   item",
        f"main     text: {item}",
        "main   item",
        "main     text: * patience",
    ]


def test_lists_stand_within_lists_by_their_indentation():
    assert shape(read_plain_text("* fish\n  - cod\n  - herring\n* fowl\n  - duck\n* bread\n")) == [
        "main list",
        "main   item",
        "main     text: * fish",
        "main     list",
        "main       item",
        "main         text: - cod",
        "main       item",
        "main         text: - herring",
        "main   item",
        "main     text: * fowl",
        "main     list",
        "main       item",
        "main         text: - duck",
        "main   item",
        "main     text: * bread",
    ]


def test_items_further_out_with_other_marks_are_another_list():
    lists = [
        line
        for line in shape(read_plain_text("  * a ledger\n  * a map\n\n1. Scan it.\n2. Pack it.\n"))
        if "list" in line
    ]
    assert lists == ["main list", "main list"]


def test_numbers_set_to_the_right_are_one_list():
    text = "".join(f"{number:3}. board number {number}\n" for number in range(8, 13))
    assert [line for line in shape(read_plain_text(text)) if "list" in line] == ["main list"]


@pytest.mark.parametrize(
    "lines",
    [
        ["1. Board.", "2. Sit down.", "3. Wait."],
        ["7) Board.", "8) Sit down."],
        ["(1) Board.", "(2) Sit down."],
        ["a) Board.", "b) Sit down."],
        ["1、上船", "2、坐下"],
        ["• board", "• sit down"],
    ],
)
def test_numbers_that_count_on_are_a_list(lines: list[str]):
    assert kinds("\n".join(lines))[0] == "main list"


@pytest.mark.parametrize(
    "lines",
    [
        ["1. Board.", "5. Wait."],
        ["1999. The boat was built.", "2000. It sank."],
        ["- Where to?", "- To the mole."],
        ["A. Lee wrote this.", "B. Banks typed it."],
        ["- a ticket"],
        ["-7 degrees", "-8 degrees"],
        ["1.5 miles", "2.5 miles"],
    ],
)
def test_what_only_looks_like_items_stays_paragraphs(lines: list[str]):
    assert set(kinds("\n".join(lines))) == {"main paragraph"}

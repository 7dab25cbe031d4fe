"""Items of a plain text are a list, within one another by their indentation; what only looks like them stays text."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, kinds, shape, wrapped

from solander.reading.plain.text import read_plain_text


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


@pytest.mark.parametrize(
    "marks",
    [
        ["a.", "b.", "c."],
        ["A)", "B)"],
        ["(A)", "(B)"],
        ["A.", "B.", "C."],
        ["i.", "ii.", "iii.", "iv."],
        ["(i)", "(ii)", "(iii)"],
        ["I.", "II.", "III."],
        ["1.1", "1.2", "1.3"],
        ["1.1.", "1.2."],
        ["o", "o", "o"],
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_letters_roman_figures_and_numbers_within_numbers_count_items(marks: list[str], gap: str):
    text = gap.join(f"{mark} the ferry leaves" for mark in marks)
    lines = shape(read_plain_text(f"{FERRY}\n\n{text}\n\n{FERRY}\n"))
    assert [line.split("text: ")[1] for line in lines if "text: " in line] == [
        f"{mark} the ferry leaves" for mark in marks
    ]
    assert_whole(text)


def test_lists_within_lists_may_count_in_other_ways():
    text = "1. boats\n   a. old\n      i. red\n      ii. blue\n   b. new\n2. dogs\n"
    assert [line.removeprefix("main ") for line in shape(read_plain_text(f"{FERRY}\n\n{text}\n{FERRY}\n"))[1:-1]] == [
        *("list", "  item", "    text: 1. boats", "    list", "      item", "        text: a. old", "        list"),
        *("          item", "            text: i. red", "          item", "            text: ii. blue"),
        *("      item", "        text: b. new", "  item", "    text: 2. dogs"),
    ]


@pytest.mark.parametrize(
    "begins", ["p. 24 of it", "c. 1850 or so", "2.5 miles away", "v. the mate", "II. of France", "o la barca"]
)
def test_what_begins_a_wrapped_line_by_chance_is_no_item(begins: str):
    first = "The ferry that leaves the harbour at seven in the morning, see also"
    text = f"{first}\n{begins} and then on to the mole and the mill and the\nrest of it.\n"
    assert kinds(f"{wrapped(FERRY)}\n\n{text}\n{wrapped(FERRY)}\n") == 3 * ["main paragraph"]


def test_a_bullet_in_a_line_of_its_own_goes_with_the_words_behind_it():
    text = f"{wrapped(FERRY)} Bring:\n•\n\n{wrapped(TICKETS)}\n\n•\n\na coat\n\nThat is all.\n"
    assert_whole(text)
    assert shape(read_plain_text(text))[1:] == [
        "main list",
        "main   item",
        f"main     text: • {TICKETS}",
        "main   item",
        "main     text: • a coat",
        "main paragraph: That is all.",
    ]


@pytest.mark.parametrize("ornament", ["•", "                              •"])
def test_a_bullet_between_paragraphs_or_in_the_middle_is_an_ornament(ornament: str):
    others = [ornament] if ornament == "•" else [ornament, ornament]
    text = wrapped(FERRY) + "".join(f"\n\n{one}\n\n{wrapped(TICKETS)}" for one in others)
    assert_whole(text)
    assert "main list" not in kinds(text)


def test_below_a_long_item_what_goes_on_with_a_small_letter_is_the_items():
    item = "• a coat that keeps the rain out, for the deck is open on the side of the sea from which the wind\n"
    text = f"What to bring\n\n{item}comes, and a hat.\n• patience\n"
    assert (
        "main     text: • a coat that keeps the rain out, for the deck is open on the side of the sea from which "
        in ("\n".join(shape(read_plain_text(text))))
    )
    assert kinds(text).count("main   item") == 2


def test_bullets_between_scenes_of_several_paragraphs_are_ornaments():
    scene = f"{wrapped(FERRY)}\n\n{wrapped(TICKETS)}"
    text = "The Keeper\n\n" + "\n\n•\n\n".join([scene] * 5)
    assert_whole(text)
    assert "main list" not in kinds(text)

"""Of a page that is but lines, the text proper is told from menus and the like; other texts are left alone."""

from __future__ import annotations

import json
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, shape, wrapped

from solander.model.page import plain
from solander.reading.plain.flat_columns import flat_columns
from solander.reading.plain.flat_texts import drawn_together, flat_survey, is_flat
from solander.reading.plain.lines import split_lines
from solander.reading.plain.text import read_plain_text
from solander.reading.zoning.leaf_measures import Leaves

HARBOUR = (
    "The harbour board met on Tuesday and decided that the ferry will run again from May on. For two years no boat had "
    "gone, because the mole was being built anew, and people had to take the long way round the bay."
)
MENU = "Home\nNews\nTimetable\nTickets\nMuseum\nShop\nSign in\nSubscribe\n"
HEAD = "The ferry runs again\nBy Ines Calder\nMarch 4, 2021\n"
FOOT = "Share\nTweet\nRelated stories\nStorm takes a roof\nThe museum is closed\nPrivacy policy\n© 2021 Harbour News\n"
WET = f"The ferry runs again - Harbour News\nSkip to content\n{MENU}{HEAD}{HARBOUR}\n{FERRY}\n{TICKETS}\n{FOOT}"


def main(text: str) -> list[str]:
    return [line.partition(": ")[2] for line in shape(read_plain_text(text)) if line.startswith("main")]


def test_a_wet_record_has_its_headline_its_byline_and_its_text_and_no_menu():
    assert main(WET) == ["The ferry runs again", "By Ines Calder", "March 4, 2021", HARBOUR, FERRY, TICKETS]
    assert read_plain_text(WET).title == "The ferry runs again"
    assert_whole(WET)


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Boats on the bay - Harbour News", "Boats on the bay"),
        ("Boats on the bay | Harbour News", "Boats on the bay"),
        ("Boats on the bay - and off it", "Boats on the bay - and off it"),
        ("Boats - Harbour News", "Boats - Harbour News"),
    ],
)
def test_a_title_without_a_headline_loses_the_site_where_another_line_names_it(first: str, title: str):
    text = WET.replace("The ferry runs again - Harbour News", first).replace("The ferry runs again\n", "")
    assert read_plain_text(text).title == title
    assert main(text)[0] == first


def test_what_stands_about_the_text_is_named():
    zones = {line.partition(": ")[2]: line.split()[0] for line in shape(read_plain_text(WET))}
    assert zones["Home"] == zones["Skip to content"] == "navigation"
    assert zones["Storm takes a roof"] == "other"
    assert zones["© 2021 Harbour News"] == "footer"


def test_a_page_as_browsers_copy_it_has_empty_lines_and_is_known_by_its_menu_and_its_footer():
    copied = WET.replace(HEAD, HEAD.replace("\n", "\n\n")).replace(f"{HARBOUR}\n", f"\n{HARBOUR}\n\n").replace(f"{FERRY}\n", f"{FERRY}\n\n")  # fmt: skip  # noqa: E501
    copied = copied.partition("\n")[2].replace(f"{TICKETS}\n", f"{TICKETS}\n\n")
    words = main(copied)
    assert words[-3:] == [HARBOUR, FERRY, TICKETS]
    assert "Timetable" not in words
    plainer = copied.replace(MENU, "").replace(FOOT, "Boats\nLamps\nBoards\nRopes\nNets\nOars\n")
    assert not is_flat(split_lines(plainer.replace("Skip to content\n", "")))
    assert_whole(copied)


def test_a_page_without_its_title_in_front_begins_with_what_it_has():
    text = WET.partition("\n")[2]
    assert main(text)[-3:] == [HARBOUR, FERRY, TICKETS]
    assert_whole(text)


def test_what_stands_within_the_text_is_text():
    listed = "What to bring\nA ticket\nA coat that keeps the rain out\nPatience\n"
    text = WET.replace(f"{TICKETS}\n", f"{listed}{TICKETS}\n{HARBOUR.replace('Tuesday', 'Friday')}\n")
    words = " ".join(main(text))
    assert FERRY in words
    assert TICKETS in words
    assert "Timetable" not in words


@pytest.mark.parametrize(
    "text",
    [
        f"{wrapped(HARBOUR)}\n{wrapped(FERRY)}\n{wrapped(TICKETS)}\n" * 4,
        f"{HARBOUR}\n\n{FERRY}\n\nTickets\n\n{TICKETS}\n\n" * 4,
        "I count the boats that come, the boats that go,\nAnd write them in the book with my own hand.\n" * 8,
        f"# Harbour\n{HARBOUR}\n## Ferry\n{FERRY}\n## Tickets\n{TICKETS}\n" * 4,
        f"- {HARBOUR}\n- {FERRY}\n- Tickets\n- Boats\n" * 4,
        f"{MENU}{MENU}",
        f"From: Ines\nTo: Tom\nSubject: The ferry\n\n{HARBOUR}\n{FERRY}\n{MENU}",
        "name\ttons\tbuilt\n" * 20 + f"{HARBOUR}\n{FERRY}\n",
    ],
)
def test_texts_that_were_written_as_texts_are_read_by_their_form(text: str):
    is_letter = text.startswith("From")
    assert is_letter or not is_flat(split_lines(text))
    assert "other" not in {line.split()[0] for line in shape(read_plain_text(text))}


def test_every_line_of_a_flat_text_is_kept():
    reading = read_plain_text(WET)
    words = [word for one in reading.divisions for block in one.blocks for word in plain(block).split()]
    assert words == WET.split()


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60), st.integers(0, 3))
def test_columns_say_how_far_prose_is_and_how_much_of_it_lies_about(lengths: list[int], step: int):
    texts = [("The keeper wrote it down. " * 20)[: length].strip() if at % 4 <= step else "x" * (length % 30 + 1) for at, length in enumerate(lengths)]  # fmt: skip  # noqa: E501
    leaves = Leaves(flat_survey(texts, texts[0]))
    columns = flat_columns(leaves)
    prose = [at for at in range(len(texts)) if leaves.stops[at] >= 1 and leaves.length[at] >= 90]
    for at in range(len(texts)):
        above = [at - one for one in prose if one <= at]
        below = [one - at for one in prose if one >= at]
        assert columns["flat_prose_above"][at] == min([*above, 60])  # type: ignore[index]
        assert columns["flat_prose_below"][at] == min([*below, 60])  # type: ignore[index]
        near = range(max(at - 5, 0), min(at + 6, len(texts)))
        assert columns["flat_lines_5"][at] == sum(one in prose for one in near) / len(near)  # type: ignore[index]


def test_a_short_gap_in_the_text_is_closed_where_it_is_not_improbable():
    chosen = [False, True, False, False, True, False, False, False, False, True, False]
    chances = [900_000, 900_000, 250_000, 100_000, 900_000, 300_000, 300_000, 300_000, 300_000, 900_000, 300_000]
    assert drawn_together(chosen, chances) == [False, True, True, False, True, *[False] * 4, True, False]


def test_what_ships_holds_no_text_of_any_page():
    content = pkgutil.get_data("solander.reading.plain", "flat_texts.json")
    assert content is not None
    told = json.loads(content)
    assert set(told) == {"about", "columns", "questions", "trees", "tables", "bias"}
    assert all(name.replace("_", "").isalnum() for name in told["columns"])

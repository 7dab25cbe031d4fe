"""Notes below a rule, or last of all, are led to from their figure or sign; points of a list are not."""

from __future__ import annotations

import pytest
from tests.reading.plain.test_notes import notes, references
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, kinds, wrapped

from solander.model.page import plain
from solander.reading.plain.text import read_plain_text

RULED = {
    "brackets": ("(1)", "(2)", "(1) The accounts.", "(2) Or butter."),
    "brackets apart": ("", " (2)", "(1) The accounts.", "(2) Or butter."),
    "half brackets": ("1)", "2)", "1) The accounts.", "2) Or butter."),
    "raised": ("¹", "²", "1 The accounts.", "2 Or butter."),
    "raised above a stop": ("¹", "²", "1. The accounts.", "2. Or butter."),
    "signs": ("*", "**", "* The accounts.", "** Or butter."),
    "other signs": ("*", "†", "*The accounts.", "†Or butter."),
}


@pytest.mark.parametrize("rule", ["_____", "-" * 20, "- - -", "———"])
@pytest.mark.parametrize("marks", RULED.values(), ids=RULED)
def test_notes_below_a_rule_are_led_to_by_their_figure_or_sign(marks: tuple[str, str, str, str], rule: str):
    first, second, note, other = marks
    text = f"The lamp was lit.{first or '(1)'} It burned oil{second}, they say.\n\n{rule}\n{note}\n{other}\n"
    reading = read_plain_text(text)
    assert list(notes(reading).values()) == [note, other]
    assert [target for _, target in references(reading)] == [f"#{name}" for name in notes(reading)]
    assert_whole(text)


def test_notes_that_end_a_text_need_no_rule_if_they_are_two():
    below = "(1) Harbour Accounts, which were kept\n    by the mate.\n\n(2) So he said.\n"
    text = f"{wrapped(FERRY)}(1)\n\n{wrapped(TICKETS)}(2)\n\n{below}"
    reading = read_plain_text(text)
    assert list(notes(reading).values())[1] == "(2) So he said."
    assert len(references(reading)) == 2
    assert_whole(text)


def test_each_page_may_count_its_signs_anew():
    page = "The lamp was lit.* It burned oil for years.\n\n-----\n* {}\n"
    text = "\f\n".join(page.format(note) for note in ("In 1781.", "In 1782.", "In 1783."))
    reading = read_plain_text(text)
    assert list(notes(reading).values()) == ["* In 1781.", "* In 1782.", "* In 1783."]
    assert [target for _, target in references(reading)] == [f"#{name}" for name in notes(reading)]
    assert_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bring these.\n\n-----\n(1) a rope\n(2) a lamp\n",
        "Bring (1) a rope, (2) a lamp.\n\n-----\n(1) A rope is long.\n(2) A lamp is bright.\n",
        "Bring a rope(1).\n\n-----\n(1) A rope.\n(2) A lamp.\n(3) An oar.\n",
        "See ls(1) and man(2), which tell.\n\n1) First they go.\n2) Then they come.\n3) Then they sleep.\n",
        "The lamp² and the lamp¹ burn.\n\n-----\n1 The accounts.\n2 Or butter.\n",
        "It costs a lot.* And more.*\n\n-----\n* Without tax.\n",
        "A star* shines.\n\nVersion 2\n---------\n* The star is gone.\n",
        "A star* shines.\n\n---------\n* The star is gone.\n* The moon is there.\n",
        "It was so(2).\n\n-----\n(2) Boats that swim.\n",
        "It was so** and so.\n\n-----\n**Security** is all.\n",
        "The first (1). The second (2).\n\nBring:\n\n(1) a rope\n(2) a lamp\n\nAnd go.\n",
    ],
)
def test_points_of_a_list_are_no_notes(text: str):
    reading = read_plain_text(text)
    assert notes(reading) == {}
    assert references(reading) == []
    assert_whole(text)


def test_what_stands_below_the_notes_of_a_page_is_text():
    text = f"The lamp was lit.(1)\n\n_____\n(1) In 1781.\n\n{wrapped(FERRY)}\n"
    reading = read_plain_text(text)
    assert list(notes(reading).values()) == ["(1) In 1781."]
    assert plain(reading.divisions[-1].blocks[-1]) == FERRY
    assert kinds(text)[-1].endswith("paragraph")

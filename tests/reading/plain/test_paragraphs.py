"""Lines of a plain text are joined where a column broke them, and stay where breaks are meant: verse, columns."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, FÄHRE, TICKETS, ПАРОМ, shape, wrapped, 渡轮

from solander.reading.plain.text import read_plain_text


@pytest.mark.parametrize("width", [60, 65, 72, 78])
@pytest.mark.parametrize("words", [FERRY + " " + TICKETS, FÄHRE, ПАРОМ], ids=["en", "de", "ru"])
def test_lines_broken_to_fit_a_column_are_joined(words: str, width: int):
    reading = read_plain_text(f"{wrapped(words, width)}\n\n{wrapped(words, width)}\n")
    assert shape(reading) == [f"main paragraph: {words}"] * 2
    assert dict(reading.normalisations)["lines-joined"] == 2 * (len(wrapped(words, width).splitlines()) - 1)


def test_paragraphs_that_only_an_indentation_parts_are_parted():
    text = "\n".join(wrapped(words, initial_indent="    ") for words in (FERRY, TICKETS, FERRY))
    assert shape(read_plain_text(text)) == [f"main paragraph: {words}" for words in (FERRY, TICKETS, FERRY)]


def test_what_hangs_below_a_label_goes_on_with_it():
    text = (
        "LIGHT:  which of the lights is meant.\n\n"
        "HOUR:   the hour at which it was sent, in the time of the harbour\n        and of no other place.\n"
    )
    assert shape(read_plain_text(text)) == [
        "main paragraph: LIGHT: which of the lights is meant.",
        "main paragraph: HOUR: the hour at which it was sent, in the time of the harbour and of no other place.",
    ]


def test_a_quotation_set_in_is_a_paragraph_of_its_own_lines():
    text = (
        f"{wrapped(FERRY)}\n\n{wrapped(TICKETS, 60, initial_indent='    ', subsequent_indent='    ')}\n\n{FERRY[:60]}"
    )
    assert shape(read_plain_text(text))[1] == f"main paragraph: {TICKETS}"


def test_breaks_that_are_meant_are_kept():
    text = (
        f"Harbour Office\n12 Quay Road\nLantern Bay\n\nDear Ann,\n\n{wrapped(FERRY + ' ' + TICKETS)}\n\nYours,\nBen\n"
    )
    assert shape(read_plain_text(text)) == [
        "main paragraph: Harbour Office/12 Quay Road/Lantern Bay",
        "main salutation: Dear Ann,",
        f"main paragraph: {FERRY} {TICKETS}",
        "main valediction: Yours,",
        "main signature: Ben",
    ]


def test_a_column_set_in_keeps_its_breaks_and_stands_apart_from_the_text_below_it():
    text = f"Timetable\n\n    Lantern  7:00\n    Sands    8:05\n{wrapped(FERRY + ' ' + TICKETS)}"
    assert shape(read_plain_text(text))[1:] == [
        "main paragraph: Lantern 7:00/Sands 8:05",
        f"main paragraph: {FERRY} {TICKETS}",
    ]


VERSE = (
    "The morning boat is white and small,\n  It carries bread, it carries mail,\nAnd no one waves from pier or wall\n"
    "  To see it dip and set its sail."
)


def test_verse_is_not_joined_and_not_taken_apart():
    stanza = "/".join(line.strip() for line in VERSE.splitlines())
    assert shape(read_plain_text(f"THE FERRY\n\n{VERSE}\n\n{VERSE}")) == [
        "main heading1: THE FERRY",
        f"main paragraph: {stanza}",
        f"main paragraph: {stanza}",
    ]
    assert shape(read_plain_text(VERSE)) == [f"main paragraph: {stanza}"]


def test_long_lines_of_verse_that_begin_with_capitals_are_not_joined():
    lines = [
        "When morning comes across the bay and lights the tower and the stone,",
        "The ferryman unties his boat and sets it on the sea alone,",
        "And all the town is fast asleep, and all the gulls are yet to cry,",
        "And nothing moves but rope and oar beneath a pale unfolding sky.",
    ]
    assert (
        shape(read_plain_text("\n".join(lines) + "\n\n" + "\n".join(lines)))
        == [f"main paragraph: {'/'.join(lines)}"] * 2
    )


def test_words_of_no_spaces_keep_their_breaks_for_no_space_is_theirs():
    lines = [渡轮[at : at + 36] for at in range(0, len(渡轮), 36)]
    reading = read_plain_text("渡轮\n\n" + "\n".join(lines) + "\n\n" + "\n".join(lines))
    assert shape(reading)[1:] == [f"main paragraph: {'/'.join(lines)}"] * 2
    assert reading.normalisations == ()


def test_what_is_set_in_columns_keeps_its_spaces():
    table = "Port        Out     Back\nLantern     7:00    21:00\nSands\t8:05\t19:55"
    text = f"Timetable\n\n{FERRY}\n\n{table}\n\n{TICKETS}"
    assert f"main preformatted: {table}" in shape(read_plain_text(text))

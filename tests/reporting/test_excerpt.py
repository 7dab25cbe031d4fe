"""A line of a file is shown as wide as the terminal, with the mark under what is meant."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from solander.model.finding import Finding, Place, Report
from solander.reporting.excerpt import excerpt
from solander.reporting.text import Source, render


def columns(text: str) -> int:
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


def test_the_mark_stands_under_the_character():
    assert excerpt("  <p>some <div/></p>", 41, 11, width=80) == (
        "   41 |   <p>some <div/></p>",
        "      |           ^",
    )


def test_where_no_column_is_known_no_mark_is_made_up():
    assert excerpt("<p>", 1, None, width=80) == ("    1 | <p>", None)


def test_letters_of_two_columns_are_counted_as_such():
    shown, mark = excerpt("茶馆<b>", 7, 3, width=80)
    assert mark is not None
    assert columns(shown[: shown.index("<b>")]) == mark.index("^")


@given(
    line=st.text(st.characters(exclude_characters="\n"), max_size=300)
    | st.builds(
        lambda word, times: word * times,
        st.sampled_from(("<hi>茶</hi> ", "a", "e\u0301", "\u202e", "\t")),
        st.integers(0, 3000),
    ),
    column=st.integers(1, 20_000),
    width=st.integers(1, 300),
)
def test_an_excerpt_is_never_wider_than_the_terminal_and_the_mark_is_within(line: str, column: int, width: int):
    shown, mark = excerpt(line, 12, column, width=width)
    assert mark is not None
    for one in (shown, mark):
        # A terminal narrower than a word and its number has no room for either.
        assert columns(one) <= max(width, 35) + 10
        assert "\n" not in one
    assert mark.endswith("^")


def test_a_report_shows_the_lines_that_can_be_had():
    lines = {("a.xml", 3): "<p>\x1b[31m<x/></p>", ("b.xml", 1): "   "}
    found = [
        Finding(Place("a.xml", 3, 4), "TEI103", "tei-not-valid", "error", "m"),
        Finding(Place("b.xml", 1), "TEI103", "tei-not-valid", "error", "m"),
        Finding(Place("c.xml", 9), "TEI103", "tei-not-valid", "error", "m"),
    ]
    source = Source(lambda path, number: lines.get((path, number)), 80)
    shown = render(Report(subject="a", findings=tuple(found)), closing=False, source=source)
    assert shown == (
        "a.xml:3:4  TEI103 tei-not-valid  m\n"
        "    3 | <p>\\x1b[31m<x/></p>\n"
        "      |    ^\n"
        "b.xml:1  TEI103 tei-not-valid  m\n"
        "c.xml:9  TEI103 tei-not-valid  m\n"
    )
    assert "\x1b[31m" not in shown

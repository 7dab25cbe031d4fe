"""What the classifier is told of a leaf are the words that a reader has: marks within a line part and glue nothing."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.model.capture import Capture
from solander.model.page import leaves, one_line, plain
from solander.reading import html, read_page


def holders(page: str) -> list[tuple[str, str]]:
    """Each text of the survey, and the class of the element that it is said to stand in."""
    kept: list[tuple[str, str]] = []

    def note(survey, wholes):
        kept.extend(
            (text, survey.classes[element]) for text, element in zip(survey.texts, survey.elements, strict=True)
        )
        return ["main"] * len(survey.texts)

    with patch("solander.reading.html.zone_leaves", note):
        read_page(Capture.of_bytes(page.encode()))
    return kept


def surveyed(page: str) -> tuple[list[str], list[str]]:
    """The texts of the survey, and those of the page's leaf blocks that have words."""
    kept: list[list[str]] = []
    zone_leaves = html.zone_leaves

    def note(survey, wholes):
        kept.append(list(survey.texts))
        return zone_leaves(survey, wholes)

    with patch("solander.reading.html.zone_leaves", note):
        read = read_page(Capture.of_bytes(page.encode()))
    blocks = [plain(leaf) for division in read.divisions for leaf in leaves(division.blocks)]
    return (kept[0] if kept else []), [words for words in blocks if words]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Each <code>Button</code>'s <code>count</code> is <code>0</code>.", "Each Button's count is 0."),
        ("See <a href=x>the book</a> and <b>more</b>, <i>please</i>.", "See the book and more, please."),
        ("See <a href=x> the book </a> and<b> more </b>here", "See the book and more here"),
        ("<b>One</b> <i>two</i><u> three</u> <a href=x>four</a><a href=y>five</a>", "One two three four five"),
        ("A <b><i> very </i></b> deep <b><i><u>mark</u></i></b> ends", "A very deep mark ends"),
        ("A <b> </b> <i></i> gap", "A gap"),
        ("One <br> two <b><br> three</b>", "One two three"),
        ("<b>re</b>joined and un<i>parted</i>", "rejoined and unparted"),
    ],
)
def test_the_survey_has_the_words_of_the_line(line, words):
    texts, blocks = surveyed(f"<p>{line}</p>")
    assert texts == blocks == [words]


PIECES = st.lists(
    st.one_of(
        st.sampled_from([" ", "\n ", "\t", "  "]),
        st.sampled_from(["one", "two ", " three", " four ", ",", "(", ") ", "\u201d"]),
        st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<a href=x>", "</a>", "<code>", "</code>", "<br>", "<span>"]),
        st.sampled_from(["</span>", "<img src=x alt=y>", "<input>", "<wbr>", "<sup>", "</sup>", "<p>", "<div>"]),
    ),
    max_size=24,
)


@given(PIECES)
def test_whatever_marks_stand_in_a_line_the_survey_has_its_words(pieces):
    texts, blocks = surveyed(f"<p>begun {''.join(pieces)} ended</p>")
    assert [one_line(text) for text in texts] == blocks
    assert all("  " not in text for text in texts)


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        ("Lamps<span class=tip><div class=told>what burns</div></span>", [("Lamps", "row"), ("what burns", "told")]),
        ("<span class=tip>Lamps<div class=told>it burns</div></span>", [("Lamps", "tip"), ("it burns", "told")]),
        ("<b class=x>Lamps</b> <i class=y>lit<p class=z>early</p></i>", [("Lamps lit", "row"), ("early", "z")]),
        ("<b class=x>Lamps</b> of oil", [("Lamps of oil", "row")]),
        ("<i class=y><p class=z>burning</p>all</i> night", [("burning", "z"), ("all night", "row")]),
    ],
)
def test_a_line_stands_in_what_holds_it_from_its_first_word_to_its_last(cell, held):
    page = f"<!doctype html><body><table><tr><th class=row>{cell}</th><td>x</td></table>"
    assert holders(page)[:-1] == held

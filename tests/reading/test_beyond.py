"""What stands beyond the place where the text stands is hardly text; where no one place holds it, nothing is beyond."""

from types import SimpleNamespace

import numpy as np
import pytest
from tests.reading.test_main_content import SENTENCES, Element, paragraphs, survey_of

from solander.reading.survey import Survey
from solander.reading.zoning import beyond
from solander.reading.zoning.beyond import (
    EIGHTH,
    FEWEST_WORDS,
    MOST_PARTS,
    MOST_WIDENINGS,
    SUBTRACTED,
    less_beyond_the_text,
)

TEXT = paragraphs(*SENTENCES)
NEWS = Element("div", (Element("p", ("Ferry fares rise again in the spring.",)),), "latest")
TITLE = Element("h1", ("The ledgers of the harbour",))


def lowered(*content, sure=SENTENCES, in_parts=0, words=40, title=""):
    """By how much each leaf is lowered; the trees are sure of some leaves, and think the others even."""
    survey = survey_of(*content)
    odds = np.array([3000 if text in sure else 0 for text in survey.texts])
    at = survey.texts.index(title) if title else 0
    columns = {"title_far": np.arange(len(odds)) - at}
    found = SimpleNamespace(columns=columns, leaves=SimpleNamespace(tokens=np.full(len(odds), words)))
    after = less_beyond_the_text(odds, found, survey, in_parts)
    return dict(zip(survey.texts, (odds - after).tolist(), strict=True))


def test_what_follows_the_text_is_less_probable():
    page = lowered(Element("div", TEXT, "text"), NEWS)
    assert page["Ferry fares rise again in the spring."] == SUBTRACTED
    assert {page[sentence] for sentence in SENTENCES} == {0}


def test_a_second_text_that_the_trees_are_as_sure_of_is_less_probable_too():
    other = "A second story of the same length, of other ships."
    page = lowered(
        Element("div", TEXT, "text"), Element("div", paragraphs(other), "another"), sure=(*SENTENCES, other), words=40
    )
    assert page[other] == SUBTRACTED


def test_between_the_title_and_the_text_nothing_is_less_probable():
    page = lowered(NEWS, TITLE, Element("p", ("By Ada Marsh",)), Element("div", TEXT), title=TITLE.content[0])
    assert page["Ferry fares rise again in the spring."] == SUBTRACTED
    assert page["The ledgers of the harbour"] == page["By Ada Marsh"] == 0


@pytest.mark.parametrize("wrapper", [Element("article", ()), Element("main", ()), Element("div", (), role="main")])
def test_an_article_around_the_text_is_its_place(wrapper):
    page = lowered(wrapper._replace(content=(Element("div", TEXT), NEWS)), NEWS._replace(content=("Tides",)))
    assert page["Ferry fares rise again in the spring."] == 0
    assert page["Tides"] == SUBTRACTED


def test_parts_of_a_text_under_their_own_headings_are_one_text():
    first, other = SENTENCES[:2], SENTENCES[2]
    parts = (
        Element("div", (Element("h2", ("Then",)), *paragraphs(*first)), "history"),
        Element("div", (Element("h2", ("Now",)), *paragraphs(other)), "methods"),
    )
    assert lowered(Element("div", parts), NEWS)[other] == 0
    without = Element("div", (parts[0], Element("div", paragraphs(other), "methods")))
    assert lowered(without, NEWS)[other] == SUBTRACTED


def test_the_messages_of_a_thread_are_one_text():
    posts = [
        Element("div", (Element("p", (text,)), Element("p", (f"Sent {n}",))), f"post-{n}")
        for n, text in enumerate((*SENTENCES, SENTENCES[0] + SENTENCES[1]))
    ]
    page = lowered(Element("div", tuple(posts)), NEWS, sure=tuple(post.content[0].content[0] for post in posts))
    assert {page[f"Sent {number}"] for number in range(4)} == {0}
    assert page["Ferry fares rise again in the spring."] == SUBTRACTED


def test_a_long_message_does_not_set_the_others_beyond_it():
    long = Element(
        "div", paragraphs(*(f"{sentence} {number}" for number in range(4) for sentence in SENTENCES)), "post a"
    )
    short = Element("div", paragraphs("Thank you.", "So do I."), "post b")
    sure = {text for one in long.content for text in one.content} | {"Thank you.", "So do I."}
    assert len(sure) <= EIGHTH * 2
    assert set(lowered(Element("div", (long, short)), sure=sure).values()) == {0}


@pytest.mark.parametrize(
    "page",
    [
        pytest.param({"in_parts": MOST_PARTS + 1}, id="a page of many parts"),
        pytest.param({"sure": ()}, id="a page without a text"),
        pytest.param({"words": FEWEST_WORDS // len(SENTENCES)}, id="a page of which a line is sure"),
    ],
)
def test_nothing_is_beyond_a_text_that_has_no_place(page):
    assert set(lowered(Element("div", TEXT), NEWS, **page).values()) == {0}


def test_one_long_paragraph_is_no_place():
    page = lowered(Element("div", (*paragraphs(SENTENCES[0], "A short line."),)), sure=SENTENCES[:1])
    assert page["A short line."] == 0


def test_paragraphs_that_nothing_holds_together_have_nothing_beyond_them():
    assert set(lowered(*TEXT, NEWS).values()) == {0}


def test_a_hundred_thousand_elements_side_by_side_are_no_matter():
    page = lowered(
        *(Element("div", (Element("p", (f"{n}",)), Element("p", (f"s{n}",))), "x") for n in range(50_000)),
        sure={f"{n}" for n in range(50_000)},
    )
    assert set(page.values()) == {0}


def test_a_text_nested_ever_deeper_is_looked_around_only_so_many_times(monkeypatch):
    deep = 20_000
    survey = Survey()
    survey.parents, survey.first = [0, *range(deep)], [0] * (deep + 1)
    survey.last = [3, *[2] * deep]
    survey.element_tags, survey.classes, survey.roles = (["div"] * (deep + 1), [""] * (deep + 1), [""] * (deep + 1))
    survey.elements = [deep, deep, 0]
    looks = []
    monkeypatch.setattr(beyond, "is_one_of_many", lambda element, sure, page: looks.append(element))
    found = SimpleNamespace(columns={"title_far": np.arange(3)}, leaves=SimpleNamespace(tokens=np.full(3, 40)))
    lowered = beyond.less_beyond_the_text(np.full(3, 3000), found, survey, 0)
    assert lowered.tolist() == [3000, 3000, 3000 - SUBTRACTED]
    assert 0 < len(looks) <= MOST_WIDENINGS

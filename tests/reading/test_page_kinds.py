"""What kind of page it is decides how much of it is taken for the text proper."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.test_main_content import ARTICLE_PAGE, SENTENCES, Element, link, paragraphs, survey_of

from solander.reading.naming.zones import ancestry
from solander.reading.zoning.coherence import cohere
from solander.reading.zoning.main_features import Features, features
from solander.reading.zoning.main_scores import Appetite, appetite, choose, judge, probabilities, shipped_model

LISTING_PAGE = survey_of(
    Element("nav", (Element("ul", tuple(Element("li", (link(f"Shelf {number}"),)) for number in range(8))),), "menu"),
    Element("h1", ("Boxes and folders",)),
    Element("div", (Element("button", ("Sort by price",)), Element("button", ("Filter",))), "filters"),
    Element(
        "div",
        tuple(
            Element(
                "div",
                (
                    Element("h3", (link(f"Clamshell box, size {number}"),)),
                    Element("span", (f"$ {number}9.50",), "price"),
                    Element("p", ("Grey board, acid free, four flaps.",)),
                ),
                "product-card",
            )
            for number in range(1, 25)
        ),
        "results grid",
    ),
    Element("footer", paragraphs("© 2024 The County Record"), "site-footer"),
    title="Boxes and folders",
)
GREEK_PAGE = survey_of(
    Element("p", ("Ξάδερφος ζωγράφισε πορτοκαλιές βαρκούλες, μελαγχολικά ψαροκάικα, γλάρους ανάλαφρους. " * 3,)),
    Element("p", ("Θαλασσοδαρμένοι ψαράδες μπάλωναν δίχτυα, τραγουδούσαν βραδινά νανουρίσματα σιγαλά. " * 3,)),
)


def found(survey) -> Features:
    return features(survey, ancestry(survey), shipped_model().words)


def test_a_page_of_many_parts_is_chosen_from_more_eagerly_than_an_article():
    article, listing = (appetite(found(page), shipped_model()) for page in (ARTICLE_PAGE, LISTING_PAGE))
    assert article.in_parts < 5
    assert listing.eager > article.eager
    assert listing.in_parts > 95
    assert listing.sharp < article.sharp


def test_in_a_language_of_which_little_was_learnt_the_choice_is_sharper():
    assert appetite(found(GREEK_PAGE), shipped_model()).sharp > Appetite().sharp


def test_words_of_classes_and_labels_of_buttons_are_counted_for_the_page():
    listing, article = found(LISTING_PAGE).page, found(ARTICLE_PAGE).page
    assert listing["labels2"] == 2
    assert article["labels2"] == 0
    assert listing["named2_words"] == 2  # card, grid
    assert listing["named2"] > article["named2"]


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 500)), min_size=1, max_size=40),
    st.integers(100, 400),
)
def test_who_is_more_eager_takes_no_less(leaves, eager):
    chances, tokens = np.array(leaves, np.int64).T
    plain, more = choose(chances, tokens), choose(chances, tokens, eager)
    assert plain.any()
    assert (more | ~plain).all()


def test_the_same_order_is_chosen_from_however_sharp():
    odds = np.array([-9000, -600, 0, 700, 9000], np.int64)
    for sharp in (62, 100, 154):
        chances = probabilities(odds, sharp)
        assert (np.diff(chances) > 0).all()
    chosen, chances = judge(found(ARTICLE_PAGE), shipped_model(), ARTICLE_PAGE, ancestry(ARTICLE_PAGE))
    assert chances[chosen].min() > chances[~chosen].max()


@pytest.mark.parametrize(
    ("classes", "line", "zone"),
    [
        ("byline", "By Ada Clerk", "main"),
        ("meta", "By Ada Clerk", "main"),
        ("meta", "14 readers, 3 lists", "other"),
    ],
)
def test_a_count_beneath_a_headline_that_is_hardly_text_is_no_byline(classes, line, zone):
    survey = survey_of(
        Element(
            "article",
            (
                Element("h1", ("The ledgers of a harbour master",)),
                Element("div", (line,), classes),
                *paragraphs(*SENTENCES),
            ),
        ),
        Element("footer", paragraphs(*("The County Record, Quay Street",) * 6)),
    )
    zones = ["main", "other", "main", "main", "main", *["footer"] * 6]
    chances = [900_000, 50_000, 900_000, 900_000, 900_000, *[10_000] * 6]
    assert cohere(zones, survey, ancestry(survey), (), chances)[1] == zone

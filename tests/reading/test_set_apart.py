"""What markup sets apart is hardly the text of a page that has text elsewhere; where there is none, it may be."""

from types import SimpleNamespace

import numpy as np
import pytest

from solander.reading.leaf_measures import Leaves
from solander.reading.set_apart import SUBTRACTED, less_what_is_set_apart
from solander.reading.survey import Survey
from solander.reading.thread_labels import thread_labels
from solander.reading.zones import KINDS


def found(*, kinds, words, hidden=None, control=None, labels=(), discussion=False):
    """The columns that are asked for, of leaves so many words long."""
    columns = {
        "kind": np.array([KINDS.index(kind) for kind in kinds]),
        "in_hidden": np.array(hidden or [False] * len(kinds)),
        "control": np.array(control or [False] * len(kinds)),
        "thread_label": np.isin(np.arange(len(kinds)), labels),
        "page_type3": float(discussion),
    }
    return SimpleNamespace(columns=columns, leaves=SimpleNamespace(tokens=np.array(words)))


@pytest.mark.parametrize("kind", SUBTRACTED)
def test_a_part_beside_a_text_is_less_probable(kind):
    odds = less_what_is_set_apart(np.array([900, 900]), found(kinds=["", kind], words=[100, 300]))
    assert odds.tolist() == [900, 900 - SUBTRACTED[kind]]


@pytest.mark.parametrize("kind", SUBTRACTED)
def test_a_part_is_as_probable_as_before_where_there_is_no_text_elsewhere(kind):
    odds = less_what_is_set_apart(np.array([-2000, 900, 900]), found(kinds=["", "", kind], words=[100, 5, 300]))
    assert odds.tolist() == [-2000, 900, 900]


def test_comments_are_the_text_of_a_page_that_says_that_it_is_a_discussion():
    page = found(kinds=["", "comments", "dialog"], words=[100, 300, 300], discussion=True)
    assert less_what_is_set_apart(np.array([900, 900, 900]), page).tolist() == [900, 900, 900 - SUBTRACTED["dialog"]]


def test_an_article_in_what_a_class_calls_a_rail_is_text_beside_comments():
    odds = less_what_is_set_apart(np.array([900, 900]), found(kinds=["sidebar", "comments"], words=[100, 300]))
    assert odds.tolist() == [900, 900 - SUBTRACTED["comments"]]


def test_a_rail_that_is_nearly_all_of_the_text_is_a_wrapper():
    odds = less_what_is_set_apart(np.array([900, 900]), found(kinds=["", "sidebar"], words=[30, 300]))
    assert odds.tolist() == [900, 900]


def test_a_label_before_most_of_the_text_or_in_a_menu_heads_no_thread():
    assert lowered([100, 1, 900], [1]) == [False] * 3
    page = found(kinds=["", "navigation", ""], words=[100, 1, 200], labels=[1])
    assert less_what_is_set_apart(np.full(3, 900), page)[2] == 900


def test_markup_to_be_copied_from_a_field_is_less_probable():
    page = found(kinds=["", ""], words=[100, 300], control=[False, True])
    text, field = less_what_is_set_apart(np.array([900, 900]), page).tolist()
    assert field < text == 900


def test_what_is_hidden_in_a_part_is_subtracted_from_once():
    page = found(kinds=["", "comments", ""], words=[100, 300, 300], hidden=[False, True, True])
    lowered = less_what_is_set_apart(np.array([900, 900, 900]), page)
    assert lowered[1] == 900 - SUBTRACTED["comments"]
    assert lowered[1] < lowered[2] < lowered[0]


def lowered(words, labels, **more):
    """Which leaves, all as probable, are made less so."""
    page = found(kinds=[""] * len(words), words=words, labels=labels, **more)
    return (less_what_is_set_apart(np.full(len(words), 900), page) < 900).tolist()


def test_what_follows_the_label_of_a_thread_is_less_probable():
    assert lowered([100, 60, 1, 300, 5], [2]) == [False, False, False, True, True]


def test_a_label_beside_the_headline_heads_no_thread_but_the_next_one_may():
    assert lowered([9, 1, 100, 60], [1]) == [False] * 4
    assert lowered([9, 1, 100, 60, 1, 300], [1, 4]) == [False] * 5 + [True]


def test_labels_below_one_text_after_another_head_nothing():
    assert lowered([120, 1, 120, 1, 120, 1, 120], [1, 3, 5]) == [False] * 7


def test_a_discussion_goes_on_below_its_label():
    assert lowered([100, 60, 1, 300], [2], discussion=True) == [False] * 4


@pytest.mark.parametrize(
    ("text", "is_label"),
    [
        ("Comments", True),
        ("12 Comments", True),
        ("Leave a comment", True),
        ("| 13 Comment(s)", True),
        ("Комментарии к новости (11)", True),
        ("网友评论(3)", True),
        ("Commentary", False),
        ("Comment-free zones of the old town", False),
        ("No comment, said the mayor, and closed the door of the town hall behind him.", False),
        ("The comments", False),
    ],
)
def test_labels_are_short_and_begin_with_their_word(text, is_label):
    survey = Survey()
    survey.texts, survey.tags, survey.link_characters = [text], ["h3"], [0]
    assert thread_labels([text.lower()], Leaves(survey)).tolist() == [is_label]


def test_a_label_that_is_a_link_leads_to_a_thread_and_heads_none():
    survey = Survey()
    survey.texts, survey.tags, survey.link_characters = ["3 comments"], ["p"], [10]
    assert thread_labels(["3 comments"], Leaves(survey)).tolist() == [False]


def test_a_hundred_thousand_leaves_are_no_matter():
    page = found(kinds=["", "comments"] * 50_000, words=[3, 9] * 50_000)
    lowered = less_what_is_set_apart(np.full(100_000, 100), page)
    assert lowered[0] == 100 > lowered[-1]

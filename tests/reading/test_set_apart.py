"""What markup sets apart is hardly the text of a page that has text elsewhere; where there is none, it may be."""

from types import SimpleNamespace

import numpy as np
import pytest

from solander.reading.naming.zones import KINDS
from solander.reading.zoning.set_apart import SUBTRACTED, less_what_is_set_apart


def found(*, kinds, words, hidden=None, control=None, discussion=False, title=None):
    """The columns that are asked for, of leaves so many words long."""
    columns = {
        "kind": np.array([KINDS.index(kind) for kind in kinds]),
        "in_hidden": np.array(hidden or [False] * len(kinds)),
        "control": np.array(control or [False] * len(kinds)),
        "page_type3": float(discussion),
        "title_shared": np.arange(len(kinds)) == title,
        "title_far": np.arange(len(kinds)) - (len(kinds) if title is None else title),
    }
    return SimpleNamespace(columns=columns, leaves=SimpleNamespace(tokens=np.array(words)))


@pytest.mark.parametrize("kind", SUBTRACTED)
def test_a_part_beside_a_text_is_less_probable(kind):
    odds = less_what_is_set_apart(np.array([900, 900]), found(kinds=["", kind], words=[200, 300]))
    assert odds.tolist() == [900, 900 - SUBTRACTED[kind]]


def test_the_dialog_that_the_page_opens_in_is_its_text():
    page = found(kinds=["dialog", "dialog", "footer"], words=[10, 300, 40], title=0)
    odds = np.array([900, 900, 900])
    assert less_what_is_set_apart(odds, page).tolist() == [900, 900, 900 - SUBTRACTED["footer"]]
    page = found(kinds=["", "dialog", "footer"], words=[100, 300, 40], title=0)
    assert less_what_is_set_apart(odds, page).tolist()[1] == 900 - SUBTRACTED["dialog"]


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


def test_markup_to_be_copied_from_a_field_is_less_probable():
    page = found(kinds=["", ""], words=[100, 300], control=[False, True])
    text, field = less_what_is_set_apart(np.array([900, 900]), page).tolist()
    assert field < text == 900


def test_what_is_hidden_in_a_part_is_subtracted_from_once():
    page = found(kinds=["", "comments", ""], words=[100, 300, 300], hidden=[False, True, True])
    lowered = less_what_is_set_apart(np.array([900, 900, 900]), page)
    assert lowered[1] == 900 - SUBTRACTED["comments"]
    assert lowered[1] < lowered[2] < lowered[0]


def test_a_hundred_thousand_leaves_are_no_matter():
    page = found(kinds=["", "comments"] * 50_000, words=[3, 9] * 50_000)
    lowered = less_what_is_set_apart(np.full(100_000, 100), page)
    assert lowered[0] == 100 > lowered[-1]

"""What a page tells of its own text is found in its JSON-LD, however written, and costs no more than is bounded."""

import json

import pytest

from solander.reading.survey import Survey
from solander.reading.zoning.leaf_measures import Leaves, Table
from solander.reading.zoning.told_features import BODY_CHARACTERS, strings_of, told_columns

BODY = "The old iron bridge at Millford opened to traffic at dawn on Saturday, nine months after it was closed. "


def columns(texts: list[str], json_ld: str = "", description: str = "") -> Table:
    survey = Survey()
    survey.texts, survey.tags, survey.elements = texts, ["p"] * len(texts), [0] * len(texts)
    survey.links, survey.link_characters = [0] * len(texts), [0] * len(texts)
    survey.json_ld, survey.description = (json_ld,) if json_ld else (), description
    found: Table = {}
    told_columns(found, survey, Leaves(survey), [text[:160].lower() for text in texts])
    return found


@pytest.mark.parametrize("space", ["", " ", "\n  "])
def test_an_article_s_body_is_found_wherever_it_stands(space):
    text = json.dumps({"@graph": [{"@type": "NewsArticle", "articleBody": BODY}]}).replace(": ", f"{space}:{space}")
    assert strings_of((text,), "articleBody") == [BODY]


@pytest.mark.parametrize(
    "text",
    ['{"articleBody": "', '{"articleBody"', '{"articleBody": "\\x"}', '{"articleBody": 3, "a": "b"}', '"articleBody":'],
)
def test_json_that_breaks_off_tells_nothing(text):
    assert strings_of((text,), "articleBody") == []


def test_no_page_tells_more_than_is_looked_through():
    text = json.dumps([{"articleBody": "word " * 20_000}] * 50)
    assert sum(map(len, strings_of((text,), "articleBody"))) <= BODY_CHARACTERS


def test_a_leaf_is_known_by_its_beginning_and_quotation_marks_do_not_matter():
    told = json.dumps({"articleBody": f"“{BODY}” It’s open."})
    found = columns(
        [BODY, "Read also: ferry fares to rise in autumn", '"The old iron bridge at Millford opened to'], told
    )
    assert list(found["told_body"]) == [True, False, True]
    assert found["told_about"] == -1.0


def test_the_leaf_that_the_description_begins_with_is_a_landmark():
    found = columns(["Home", BODY, "Something else."], description=BODY)
    assert list(found["described_far"]) == [-1, 0, 1]
    assert columns(["Home", BODY])["described_far"] == 99.0

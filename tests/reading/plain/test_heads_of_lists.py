"""Short lines above the lists of a plain text are headings, where nothing else tells any: recipes, minutes, forms."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import assert_whole, shape

from solander.reading.plain.text import read_plain_text


def headings(text: str) -> list[str]:
    assert_whole(text)
    told = [line.removeprefix("main ") for line in shape(read_plain_text(text))]
    return [line for line in told if line.startswith("heading")]


RECIPE = """Keeper's Fish Soup

Serves 4
Takes an hour

Ingredients

1 kg fish heads
2 onions, sliced

Method

1. Wash the heads and put them into cold water.
2. Let them simmer for an hour.
"""


def test_short_lines_above_lists_are_headings_and_what_stands_above_them_all_is_the_title():
    assert headings(RECIPE) == ["heading1: Keeper's Fish Soup", "heading2: Ingredients", "heading2: Method"]


@pytest.mark.parametrize(
    "text",
    [
        RECIPE.replace("Method", "Ingredients"),  # what stands twice heads nothing
        RECIPE.replace("Method", "Tom Quist"),  # a name
        RECIPE + "\nSalt\n\nA loaf of bread goes with it.\n\nWine\n\nAnd that is all.\n\nOil\n\nOf course.\n",
    ],
    ids=["twice", "name", "more of them"],
)
def test_short_lines_of_which_not_all_stand_above_lists_stay_text(text: str):
    assert not [line for line in headings(text) if line.startswith("heading2")]


MINUTES = """Minutes of the Harbour Board

Present

Anna Reed
Tom Miller

Apologies

John Brown
Mary Hill

Matters arising

- The boat was sold.
- The quay was mended.

Harbour Board, 3 May 2001
"""


def test_minutes_have_their_own_title_though_a_list_stands_above_the_day():
    assert headings(MINUTES) == [
        "heading1: Minutes of the Harbour Board",
        *(f"heading2: {name}" for name in ("Present", "Apologies", "Matters arising")),
    ]

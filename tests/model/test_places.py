"""Places beside a date: only what the form of a dateline proves is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.model.places import dateline_places, names_place


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ("Porto, ", "", ("Porto",)),
        ("Los Angeles, ", "", ("Los Angeles",)),
        ("(", ", Los Angeles)", ("Los Angeles",)),
        ("(Porto, ", ")", ("Porto",)),
        ("（", "，洛杉矶）", ("洛杉矶",)),
        ("PORTO, ", " /Wire/ -- The lamp", ("PORTO",)),
        ("Washington, D.C., ", "", ("Washington",)),
        ("Porto, Portugal, ", "", ("Porto", "Portugal")),
    ],
)
def test_a_dateline_proves_its_place(before: str, after: str, places: tuple[str, ...]) -> None:
    assert dateline_places(before, after) == places


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Held on ", " in the town hall"),
        ("Held ", ""),
        ("Date: ", ""),
        ("By Olu Adeyemi | ", ""),
        ("By Olu Adeyemi, ", ""),
        ("Ann Lee, ", ""),
        ("作者：林晓舟 ", ""),
        ("（", "，外交部）"),
        ("Saturday, ", ""),
        ("Press Release, ", ""),
        ("(Reuters, ", ")"),
    ],
)
def test_what_merely_stands_beside_a_date_is_no_place(before: str, after: str) -> None:
    assert dateline_places(before, after) == ()


@given(before=st.text(max_size=40), after=st.text(max_size=40))
def test_every_place_stands_in_its_line(before: str, after: str) -> None:
    for place in dateline_places(before, after):
        assert place in before or place in after
        assert names_place(place)

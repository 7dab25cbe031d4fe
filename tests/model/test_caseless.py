"""What a pattern says of a text without its case is what Python's own says of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.describing.clues import labels
from solander.describing.days import periods
from solander.model import membership
from solander.model.caseless import Caseless

PATTERN = r"(?<!\w)(?:kayıt|stand\b|mis? à jour|updated?\b|last\s(?:edit|change))\s?[:：]?"
TEXTS = st.lists(
    st.sampled_from(
        ["Kayıt", "KAYIT", "kayit", "Stand", "ſtand", "MIS À JOUR", "Updated", "last\u00a0Edit", "x", " ", ":"]
    )
).map("".join)


@given(TEXTS)
def test_the_answers_are_those_of_a_pattern_that_ignores_case(text: str) -> None:
    ours, pythons = Caseless(PATTERN), re.compile(PATTERN, re.IGNORECASE)
    found = pythons.search(text)
    assert ours.is_in(text) == (found is not None)
    assert ours.place_in(text) == (found.start() if found else -1)
    assert ours.opens(text) == (pythons.match(text) is not None)
    assert ours.is_all(text) == (pythons.fullmatch(text) is not None)


def test_a_place_is_sought_from_another_on_and_what_stands_before_is_seen() -> None:
    assert Caseless("(?<!a)b").place_in("b AB b", 1) == 5


@pytest.mark.parametrize("module", [labels, periods, membership])
def test_patterns_are_written_in_lower_case(module: object) -> None:
    ours = [one for one in vars(module).values() if isinstance(one, Caseless)]
    assert ours
    for one in ours:
        plain = re.sub(r"\\.|\(\?P<\w+>", "", one.pattern)
        assert not re.search("[A-Z]", plain)
        assert "(?-i" not in plain

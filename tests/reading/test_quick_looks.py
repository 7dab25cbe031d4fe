"""Where a quick look stands before a slow pattern, it passes over nothing that the pattern would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.reading.naming.zones import CLASS_CHARACTERS, ancestry, class_words
from solander.reading.survey import Survey
from solander.reading.trees.parsing import notable_tags
from solander.reading.trees.shadow import may_have_shadows
from solander.reading.walk.class_hints import CLASS_NAMES, hint_in, hint_of
from solander.reading.walk.drafting import HIDING, hides
from solander.reading.walk.images import PLACEHOLDER, holds_place
from solander.reading.zoning.main_features import opening_words

NAMES = st.sampled_from([*CLASS_NAMES, "post", "Published", "articleDate", "byLine", "update", "x", "4"])
CLASSES = st.lists(st.lists(NAMES, min_size=1, max_size=3).map("-".join), max_size=4).map(" ".join)
ADDRESSES = st.lists(
    st.sampled_from(["/", "_", ".gif", ".png?", "blank", "Lazy", "spacer", "1x1", "data:", "#", "about:", "cat", "ſ"]),
    max_size=6,
).map("".join)


@given(CLASSES)
def test_a_class_hints_at_what_the_first_of_its_names_hints_at(classes: str) -> None:
    assert hint_in(classes) == next(filter(None, map(hint_of, classes.split())), None)


@given(ADDRESSES)
def test_a_placeholder_is_known_by_its_address(address: str) -> None:
    assert holds_place(address) == (PLACEHOLDER.search(address) is not None)


@pytest.mark.parametrize(
    ("markup", "may"),
    [
        ("<template shadowrootmode=open>", True),
        ("<TEMPLATE id=a\nShadowRootMode='open'>", True),
        ('<template title="a > b" shadowrootmode="closed">', True),
        ("<template/shadowrootmode=open>", True),
        ("<template></template><p>shadowrootmode", False),
        ("<templates shadowrootmode=open>", False),
        ("<p>shadowrootmode</p>", False),
    ],
)
def test_a_shadow_tree_is_one_that_a_template_asks_for(markup: str, may: bool) -> None:
    assert may_have_shadows(markup) is may


@given(st.lists(st.text(st.sampled_from("ab _-9.\n\0é中“\u3000😀𠀀"), max_size=12), max_size=6))
def test_the_words_of_an_opening_are_the_same_with_and_without_a_pattern(openings: list[str]) -> None:
    assert opening_words(openings) == [re.findall(r"\w+", opening) for opening in openings]


@given(st.lists(st.sampled_from(["DISPLAY", "display", ":", " ", "none", "None", "hidden", "visibility", ";"])))
def test_a_style_hides_as_the_pattern_says(parts: list[str]) -> None:
    style = "".join(parts)
    assert hides(style) == (HIDING.search(style) is not None)


@pytest.mark.parametrize(
    ("markup", "tags"),
    [
        ("<HTML lang=en><head></Head ><Body>", ["html", "head", "/head", "body"]),
        ("<header></header><bodyguard><thead>", []),
        ("<SelectedContent/></selectedCONTENT><template\n>", ["selectedcontent", "/selectedcontent", "template"]),
    ],
)
def test_the_tags_that_tell_what_to_look_for_are_found_as_written(markup: str, tags: list[str]) -> None:
    assert [name for name, _ in notable_tags(markup)] == tags
    assert all(markup[start] == "<" for _, start in notable_tags(markup))


@given(st.text(st.sampled_from("abcXYZ-_ 9é"), max_size=20))
def test_the_words_of_a_class_begin_with_a_capital_or_are_capitals(classes: str) -> None:
    words = re.findall("[A-Z]?[a-z]{2,}|[A-Z]{2,}", classes)
    assert class_words(classes) == tuple(dict.fromkeys(map(str.lower, words)))[:16]


def test_of_a_class_string_of_any_length_the_first_sixteen_words_count() -> None:
    words = [chr(97 + number) * 3 for number in range(26)]
    assert class_words("AaaAaa " + " ".join(words)) == tuple(words[:16])
    assert class_words(" ".join(f"{word}-1" for word in words) * CLASS_CHARACTERS) == tuple(words[:16])


def test_of_a_role_of_any_length_little_is_held() -> None:
    survey = Survey()
    survey.texts, survey.elements = ["words"], [1]
    for column, value in (("parents", 0), ("element_tags", "div"), ("classes", "c" * 2_000), ("roles", "r" * 2_000)):
        getattr(survey, column).append(value)
    for column, values in (("hidden", [False]), ("first", [0]), ("last", [1])):
        getattr(survey, column).extend(values)
    _, classes, role = ancestry(survey).names[-1]
    assert len(classes) == len(role) == CLASS_CHARACTERS

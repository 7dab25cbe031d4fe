"""The codes of two letters are those that the registry of language tags has."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase

import langcodes

from solander.model.language_codes import COUNTRY_CODES, TWO_LETTER_CODES


def test_they_are_those_of_the_registry_that_no_other_has_replaced() -> None:
    pairs = map("".join, product(ascii_lowercase, repeat=2))
    registered = {tag for tag in pairs if langcodes.tag_is_valid(tag) and langcodes.standardize_tag(tag) == tag}
    assert registered == TWO_LETTER_CODES


def test_a_language_with_any_of_the_countries_is_a_tag_of_the_registry() -> None:
    tags = [*(f"en-{country}" for country in COUNTRY_CODES), *(f"{language}-GB" for language in TWO_LETTER_CODES)]
    assert [tag for tag in tags if not langcodes.Language.get(tag, normalize=False).is_valid()] == []

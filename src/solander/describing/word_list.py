"""Lists of words, written as words."""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """The words of a text, for the question whether one is among them."""
    return frozenset(text.split())

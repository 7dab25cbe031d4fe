"""Lists of words, written as words."""

from __future__ import annotations

from collections.abc import Iterable


def words_of(text: str) -> frozenset[str]:
    """The words of a text, for the question whether one is among them."""
    return frozenset(text.split())


def holds_any(text: str, parts: Iterable[str]) -> bool:
    """Whether a text holds one of some parts of words, as they are written; a tenth of what a pattern of them takes."""
    for part in parts:  # noqa: SIM110 - a generator would take as long as all looks
        if part in text:
            return True
    return False

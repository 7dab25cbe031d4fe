"""How like two titles are, by their words."""

from __future__ import annotations

import re

_WORDS = re.compile(r"\w+")


def likeness(left: str, right: str) -> float:
    """How many words two titles share, from 0 to 1 (the cosine of their sets of words)."""
    if left == right:
        return 1.0
    one, two = set(_WORDS.findall(left)), set(_WORDS.findall(right))
    if not one or not two:
        return 0.0
    return float(len(one & two) / (len(one) * len(two)) ** 0.5) * 0.99

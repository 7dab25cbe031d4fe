"""Rulings: which rules a person wants to hear of, and how grave each is to be taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_NONE: Mapping[str, str] = {}


class Rulings(NamedTuple):
    """What was asked of one run, every rule by its code."""

    selected: frozenset[str] | None = None
    """The only rules that are told of; ``None`` for all. A run that tells less has not passed."""

    ignored: frozenset[str] = frozenset()
    """Rules that are not told of; errors are told whatever stands here."""

    severities: Mapping[str, str] = _NONE
    """How grave a rule's findings are to be taken, instead of as the rule says."""


NO_RULINGS = Rulings()
"""Every rule as it is."""

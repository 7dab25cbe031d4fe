"""What a bag keeps of its page: the facts by which is judged whatever else in the bag says them again.

One value for all such rules, so that ``bag-info.txt`` and the TEI header are held against the same things.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from solander.model.description import Description


class Kept(NamedTuple):
    """The description with the options of its making, the original's digest, and the object's name."""

    description: Description
    options: Mapping[str, str]
    """As ``metadata/description.json`` has them: ``uri``, ``captured-at``, ``original-name`` …"""
    sha256: str | None
    """Of the original's bytes, reckoned; ``None`` where they could not be read."""
    identifier: str | None
    """``External-Identifier``; ``None`` where there is none."""

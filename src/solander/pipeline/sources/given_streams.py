"""Standard input, where ``-`` names it."""

from __future__ import annotations

import sys
from typing import BinaryIO

from solander.errors import SourceUnreadable


def standard_input(place: str, given: BinaryIO | None = None) -> BinaryIO | None:
    """What ``-`` reads: what was given for it, or the program's own; ``None`` for a place that has a name.

    Raises:
        SourceUnreadable: there is none.
    """
    if place != "-":
        return None
    if given is not None:
        return given
    # Python has none where it was closed before the program began.
    if sys.stdin is None:
        raise SourceUnreadable("-", "standard input is closed")
    return sys.stdin.buffer

"""Whether a place that is to be written lies in a bag, which would be whole no longer.

Source: RFC 8493, 3 (a bag is complete if its payload holds nothing that no manifest lists).
"""

from __future__ import annotations

import os
from pathlib import Path

from solander.errors import UsageError


def outside_bags(place: str | Path, option: str) -> None:
    """Refuse to write into a bag, however deep, or through a link into one.

    Args:
        place: the folder or file that is to be made or added to; perhaps it is not there yet.
        option: what a person chooses another one by.

    Raises:
        UsageError: a folder above it, or itself, holds ``bagit.txt``.
    """
    target = Path(os.path.realpath(place))
    for above in (target, *target.parents):
        if os.path.lexists(above / "bagit.txt"):
            raise UsageError(f"{place}: it lies in a bag, which would be whole no longer; choose another {option}")

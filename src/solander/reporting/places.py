"""Places as CI systems know them: a file that lies in the checkout, by its path from there.

What lies in an archive file, or would lie in the bag of a page, is no such file: the place is then that of the archive
file or the page, without a line, and the rest is told apart.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from solander.model.finding import Place
from solander.model.serialised import INNER_MARK

_OF_PAGE = re.compile(r"(?P<page>.+) \((?P<inner>(?:data|metadata)(?:/[^()]*)?)\)\Z", re.DOTALL)


class Located(NamedTuple):
    """A place as a file, and what is within."""

    file: str
    line: int | None
    column: int | None
    """From 1."""
    inner: str | None
    """The path within an archive file, or in the bag that would be made of a page."""


def located(place: Place, folder: str = "") -> Located:
    """A finding's place as a file.

    Args:
        place: where the finding is.
        folder: from which paths below it are told; any other absolute path stays as it is.
    """
    path, inner = place.path, None
    if INNER_MARK in path:
        path, _, inner = path.partition(INNER_MARK)
    elif of_page := _OF_PAGE.fullmatch(path):
        path, inner = of_page["page"], of_page["inner"]
    if folder and path.startswith(f"{folder.rstrip('/')}/"):
        path = path[len(folder.rstrip("/")) + 1 :]
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    if inner is not None:
        return Located(path, None, None, inner)
    return Located(path, place.line, place.column or None if place.line else None, None)

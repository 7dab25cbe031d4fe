"""A document that a browser opens, parsed once for all who judge it; what would cost too much is not parsed.

Source: HTML Standard, 13.2 (parsing).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from solander.checking.pages.markup_costs import too_costly


class OpenedCopy(NamedTuple):
    """The tree of a copy, or why there is none."""

    markup: str
    tree: Any
    """The tree (selectolax); whoever takes words out of it is the last to look at it. ``None`` where there is none."""
    why: str | None
    """What it would cost to parse it, in a few words."""


def open_copy(content: bytes) -> OpenedCopy:
    """Parse a copy, if that costs no more than pages do."""
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser  # late: few bags have such a copy

    markup = content.decode("utf-8", "replace")
    if (costly := too_costly(markup)) is not None:
        return OpenedCopy(markup, None, costly)
    tree = LexborHTMLParser(markup.encode("utf-8", "replace"), options=LexborDocumentOptions.WO_EVENTS)
    return OpenedCopy(markup, tree, None)

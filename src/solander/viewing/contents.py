"""The list of contents: the headings of the text proper, without the numbers of notes.

Source: HTML Standard, 4.3.11 (headings) and 4.4.5 (``ol``).
"""

from __future__ import annotations

from collections.abc import Sequence

from solander.viewing.markup import escaped, in_a_line

_LEAST = 3
"""Fewer headings need no list."""
_OPEN = 12
"""A longer list is folded where it does not stand beside the text."""
_MOST = 500
_CHARACTERS = 120


def contents(headings: Sequence[tuple[int, str, str]]) -> str:
    """The list; empty where there is too little to list.

    Args:
        headings: level, anchor and words of each.
    """
    entries = [(level, anchor, words) for level, anchor, words in headings if words][:_MOST]
    if len(entries) < _LEAST:
        return ""
    levels = sorted({level for level, _, _ in entries})
    items = "".join(
        f'<li class="d{min(levels.index(level), 3)}"><a href="#{anchor}"><bdi>{escaped(in_a_line(words, _CHARACTERS))}'
        "</bdi></a></li>\n"
        for level, anchor, words in entries
    )
    opened = " open" if len(entries) <= _OPEN else ""
    return (
        f'<nav class="contents" aria-label="Contents" data-ours>\n<details{opened}><summary>Contents</summary>\n'
        f"<ul>\n{items}</ul>\n</details></nav>\n"
    )

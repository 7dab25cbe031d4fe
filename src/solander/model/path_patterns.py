"""Patterns for paths in a bag, as BagIt profiles list what is allowed.

An asterisk stands for any number of characters of one name; at a pattern's end it covers all that lies below as well,
for ``*`` alone is the specification's word for "everything". A part that is ``**`` stands for any number of folders.
``?`` and ``[…]`` are as glob(7) has them. What equals a pattern letter by letter is covered whatever signs it has.

No pattern, however it was made up, costs more than its parts times those of the path.

Source: BagIt Profiles Specification 1.4.0, Tag-Files-Allowed and Payload-Files-Allowed; glob(7).
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

PATTERN_LIMIT = 200
"""As many patterns with a wildcard one list may have; names without one are not counted."""

PARTS_LIMIT = 64
LENGTH_LIMIT = 1000
"""As many parts, and characters, one pattern with a wildcard may have."""

_WILD = re.compile(r"[*?\[]")
_DEEP = None
"""A part that stands for any number of folders."""

_Part: TypeAlias = Callable[[str], object] | None


class PathPatterns:
    """A list of paths and patterns; a path is covered if one of them covers it."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Take the list.

        Raises:
            ValueError: there are more patterns, or longer ones, than any profile needs.
        """
        self.listed = tuple(dict.fromkeys(patterns))
        self._exact = frozenset(self.listed)
        wild = [one for one in self.listed if _WILD.search(one)]
        if len(wild) > PATTERN_LIMIT:
            raise ValueError(f"more than {PATTERN_LIMIT} patterns with wildcards stand in one list")
        for one in wild:
            if len(one) > LENGTH_LIMIT or one.count("/") >= PARTS_LIMIT:
                raise ValueError(
                    f"a pattern has more than {LENGTH_LIMIT:,} characters or {PARTS_LIMIT} parts: {one[:60]!r}"
                )
        # A part that stands for no folder at all takes its slash with it: a/** covers the file a.
        self._wild = [(_WILD.split(one, maxsplit=1)[0].rstrip("/"), _parts(one)) for one in wild]

    def cover(self, path: str) -> bool:
        """Whether a file is covered."""
        return path in self._exact or any(
            path.startswith(before) and len(parts) in _reached(parts, path.split("/")) for before, parts in self._wild
        )

    def cover_within(self, folder: str) -> bool:
        """Whether some file below a folder might be covered; ``folder`` ends in a slash."""
        names = folder.rstrip("/").split("/")
        return any(one.startswith(folder) for one in self.listed) or any(
            any(state < len(parts) for state in _reached(parts, names)) for _, parts in self._wild
        )


def _parts(pattern: str) -> tuple[_Part, ...]:
    names = pattern.split("/")
    parts: list[_Part] = []
    for name in names:
        if name != "**":
            # Python's own translation never goes back over what an asterisk has taken.
            parts.append(re.compile(fnmatch.translate(re.sub(r"\*+", "*", name))).match)
        elif not parts or parts[-1] is not _DEEP:
            parts.append(_DEEP)
    if names[-1] == "*":
        parts.append(_DEEP)
    return tuple(parts)


def _reached(parts: Sequence[_Part], names: Sequence[str]) -> set[int]:
    """How many parts may have been used up when all names are: every way is followed at once, none twice."""
    states = _with_deep(parts, {0})
    for name in names:
        after = set()
        for state in states:
            if state < len(parts):
                part = parts[state]
                if part is _DEEP:
                    after.add(state)
                elif part(name):
                    after.add(state + 1)
        states = _with_deep(parts, after)
        if not states:
            break
    return states


def _with_deep(parts: Sequence[_Part], states: set[int]) -> set[int]:
    """The same states, and those that are reached where ``**`` stands for no folder."""
    more = {state + 1 for state in states if state < len(parts) and parts[state] is _DEEP}
    return states | more

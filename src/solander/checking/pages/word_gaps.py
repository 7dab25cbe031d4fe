"""Where the words of a marked text are apart: reckoned in bulk, for a page whose words differ only by such gaps.

The promise: every place between two visible characters is told as apart, perhaps apart, held by a no-break space, or
nothing of these.

Source: Unicode 16, ``White_Space``; HTML Standard, "ASCII whitespace" (less than that).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

_RARE_SPACES = "\x85\u1680\u2028\u2029\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))
_KEPT_SPACES = (
    (b"\x02", ("\u00a0".encode(),)),
    (b"\x03", ("\u3000".encode(),)),
    (b"\x04", tuple([space.encode() for space in _RARE_SPACES])),
)
"""White space that is not HTML's, all that ``str.split`` parts at, and the mark that stands for it here."""

_MARKS = b"\x01\x02\x03\x04"


class Gaps:
    """What stands between the visible characters of a marked text, by how many bytes of them precede it."""

    __slots__ = ("apart", "perhaps", "spaces")

    def __init__(self, marked: str) -> None:
        content = marked.encode()
        for mark, characters in _KEPT_SPACES:
            for character in characters:
                content = content.replace(character, mark)
        words = content.translate(None, _MARKS).split()
        apart = list(accumulate(map(len, words)))
        self.apart = set(apart[:-1])
        """Where two words are certainly apart."""
        self.perhaps = set(_before(b"\x01", content))
        """Where they may be."""
        self.spaces: dict[int, bytes] = {}
        """Where no-break spaces and the like stand: white space that HTML keeps as written."""
        for mark, _ in _KEPT_SPACES:
            if mark in content:
                for offset in _before(mark, content):
                    if apart and 0 < offset < apart[-1]:
                        self.spaces[offset] = self.spaces.get(offset, b"") + mark


def _before(mark: bytes, content: bytes) -> Iterator[int]:
    """For each mark, how many visible bytes precede it."""
    offset = 0
    *parts, _ = content.split(mark)
    for part in parts:
        offset += len(b"".join(part.translate(None, _MARKS).split()))
        yield offset

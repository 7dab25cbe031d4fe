"""The words of an original, read a second time: what a reader of the page sees, in order, and where each word stands.

The promise: no code is shared with ``reading``. The bytes are decoded by the checker, the tree is built by another
parser (``html_original``, ``xhtml_original``), and what is visible is decided by the checker alone (``page_tree``).

A page becomes a *marked text*: its visible characters, with a space where two words are certainly apart (white space,
``br``, the edge of a block), U+0001 where an inline element begins or ends (whether that parts a word is for the TEI to
say), and nothing in between where characters belong together.

Source: the design's first law; RFC 5147 (positions in plain text).
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from array import array
from bisect import bisect_right

from solander.checking.pages.decoding import REPLACEMENT
from solander.model.late_pattern import late

WHITE_SPACE = " \t\n\r\f"
"""HTML's white space; a no-break space is a character like any other."""

APART = " "
"""The mark between two words."""

PERHAPS = "\x01"
"""The mark where an inline element's edge may part two words."""

STRIDE = 256
"""How many characters of a plain text lie between two whose places are remembered."""

# XML 1.0, 2.2: what a document cannot hold, white space aside. Form feed is white space in HTML.
_FORBIDDEN = late("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_BYTES = bytes((*range(0x09), 0x0B, *range(0x0E, 0x20)))


class Original(ABC):
    """The visible words of one original, and the means to find what a pointer points to."""

    marked: str
    """The marked text."""

    written: str
    """The original as it was decoded, markup and all."""

    replaced: int
    """How many visible characters XML cannot hold: U+FFFD stands for each."""

    left_out: dict[str, int]
    """How many elements with text in them were left out, by name."""

    @abstractmethod
    def resolve(self, fragment: str) -> tuple[int, int, int] | None:
        """Find what a pointer names.

        Returns:
            Its rank in the order of the original, and between which characters (see ``place``) its words may begin:
            not before it does, nor after the end of the innermost block. ``None`` if it names nothing.
        """

    @abstractmethod
    def place(self, offset: int) -> str:
        """Where a character stands, as a fragment that points into the original.

        Args:
            offset: in visible characters, as ``visible_length`` counts them.
        """


class PlainOriginal(Original):
    """A plain text: all of it is visible, and a pointer is a range of characters."""

    def __init__(self, text: str) -> None:
        self.left_out = {}
        # RFC 5147, 4.1: however a line's end is written, it counts as one character.
        text = text.replace("\r\n", "\n")
        self.written = text
        self.marked, self.replaced = _FORBIDDEN.subn(REPLACEMENT, text)
        self._offsets: array[int] | None = None
        """How many visible characters precede every ``STRIDE``-th one; of each, it would take eight times the text."""

    def resolve(self, fragment: str) -> tuple[int, int, int] | None:
        """See ``Original.resolve``; ``char=begin,end`` as RFC 5147 has it."""
        match = re.fullmatch(r"char=([0-9]{1,10}),([0-9]{1,10})", fragment)
        if match is None:
            return None
        begin, end = int(match[1]), int(match[2])
        if not begin < end <= len(self.written):
            return None
        return begin, self._offset(begin), self._offset(end)

    def place(self, offset: int) -> str:
        """See ``Original.place``."""
        offsets = self._reckon()
        stride = max(0, bisect_right(offsets, offset) - 1)
        position, left = stride * STRIDE, offset - offsets[stride]
        for character in self.marked[position : position + STRIDE]:
            left -= not character.isspace()
            if left < 0:
                break
            position += 1
        return f"char={position},{min(position + 1, len(self.written))}"

    def _offset(self, position: int) -> int:
        stride = position // STRIDE
        return self._reckon()[stride] + len("".join(self.marked[stride * STRIDE : position].split()))

    def _reckon(self) -> array[int]:
        if self._offsets is None:
            offsets, offset, marked = array("q"), 0, self.marked
            for at in range(0, len(marked) + 1, STRIDE):
                offsets.append(offset)
                offset += len("".join(marked[at : at + STRIDE].split()))
            self._offsets = offsets
        return self._offsets


def visible_length(marked: str) -> int:
    """How many characters show: all but white space of any kind, Unicode's too, and the marks."""
    return len("".join(marked.split())) - marked.count(PERHAPS)


def joined(texts: list[str], marks: list[str]) -> tuple[str, int]:
    """Join texts and marks; ``texts`` is mended where it holds what XML cannot, and how often is told."""
    replaced = 0
    whole = "".join(texts).encode()
    if (
        len(whole.translate(None, _FORBIDDEN_BYTES)) != len(whole)
        or b"\xef\xbf\xbe" in whole
        or b"\xef\xbf\xbf" in whole
    ):
        mended = [_FORBIDDEN.subn(REPLACEMENT, text) for text in texts]
        texts[:] = [text for text, _ in mended]
        replaced = sum(count for _, count in mended)
    return "".join([part for pair in zip(marks, texts, strict=True) for part in pair]), replaced

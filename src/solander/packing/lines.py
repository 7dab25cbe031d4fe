"""Lines of tag files, whole or as they are read: LF, CR or CRLF ends one, and nothing else does.

``str.splitlines`` would also break at U+0085, U+2028 and form feeds, which are legal in names and values.

Source: RFC 8493, section 2: lines are ended by LF, CR or CRLF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LINE_END = re.compile(r"\r\n|\r|\n")

LINE_LIMIT = 1024 * 1024
"""Characters of a line that comes in pieces; what is beyond is passed over. No system has paths a hundredth as long."""


def lines_of(text: str) -> Iterator[str]:
    """The lines of a tag file without their ends; nothing after the last end is no line."""
    start = 0
    for end in LINE_END.finditer(text):
        yield text[start : end.start()]
        start = end.end()
    if start < len(text):
        yield text[start:]


class Lines:
    """The lines of a text that comes in pieces; never more than a piece and one line are held."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = pieces
        self.is_unfinished = False
        """Whether the last line had no end; known once all lines were given."""

    def batches(self) -> Iterator[list[str]]:
        """All lines in order, as many at once as end in a piece.

        A line longer than ``LINE_LIMIT`` is cut one character beyond it, so that it can be told from one that is not.
        """
        begun: list[str] = []
        begun_length = 0
        held = ""
        for fresh in self._pieces:
            piece = held + fresh
            held = ""
            if piece.endswith("\r"):
                # Perhaps half of CRLF.
                piece, held = piece[:-1], "\r"
            lines = LINE_END.split(piece) if "\r" in piece else piece.split("\n")
            if len(lines) > 1:
                begun.append(lines[0][: max(LINE_LIMIT + 1 - begun_length, 0)])
                lines[0] = "".join(begun)
                begun, begun_length = [], 0
                rest = lines.pop()
                yield lines
            else:
                rest = lines[0]
            if rest and begun_length <= LINE_LIMIT:
                begun.append(rest[: LINE_LIMIT + 1 - begun_length])
                begun_length += len(begun[-1])
        if held or begun:
            self.is_unfinished = not held
            yield ["".join(begun)]

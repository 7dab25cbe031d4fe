"""One run of text in the making: inlines that open and close, white space that collapses, words that add up.

White space is the HTML Standard's (space, tab, LF, FF, CR); a no-break space is a character like any other. A space
at the edge of a mark moves outside it, and a run neither begins nor ends with one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from solander.model.page import Inline, InlineContent
from solander.reading.dateline import only_date

WHITE_SPACE = " \t\n\r\f"
"""What collapses (HTML Standard, "ASCII whitespace")."""

_BLANK = f"{WHITE_SPACE}\xa0"

_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Parts = list[Inline | str]

BREAK = Inline("break")

# What a named tuple's own call comes to, without that call: marks come by the hundred.
_made = tuple.__new__

# What the last character was, for collapsing: nothing that wants a space after it; a word; a space not yet written.
FRESH, WORD, SPACE = 0, 1, 2


def _collapsed(data: str) -> str:
    """Each run of white space as one space. Searches for single characters beat a pattern here by ten."""
    for mark in "\n\t\r\f":
        if mark in data:
            data = data.replace(mark, " ")
    if "  " not in data:
        return data
    words = " ".join(filter(None, data.split(" ")))
    before, after = " " if data[0] == " " else "", " " if data[-1] == " " else ""
    return f"{before}{words}{after}" if words else " "


def is_blank(data: str, known: set[str]) -> bool:
    """Whether a text is white space that collapses; it is noted down, for a page indents in the same few ways."""
    if data.strip(WHITE_SPACE):
        return False
    known.add(data)
    return True


_CLOSING = frozenset(".,;:!?)]}\u00bb\u201d\u2019\u2026\u3001\u3002\uff0c\uff09")
_OPENING = frozenset("([{\u00ab\u201c\u201e\u2018\uff08")
"""Stops and brackets: what they hang on to is not apart from them, be it an image or a formula."""


class Leaf:
    """Builds the content of one leaf block after the other; marks that are open when a run ends go on in the next."""

    __slots__ = (
        "broken",
        "carried",
        "frames",
        "indent",
        "indented",
        "lent",
        "line_ends",
        "link_characters",
        "link_closed",
        "link_depth",
        "links",
        "parts",
        "pointing",
        "ran",
        "replaced",
        "source",
        "state",
        "things",
        "words",
    )

    def __init__(self) -> None:
        self.frames: list[tuple[str, Mapping[str, str] | None, Parts]] = []
        """The open marks, outermost first, each with the parts of the list *around* it."""
        self.parts: Parts = []
        self.state = FRESH
        self.line_ends = False
        """Whether a line of text set as it was written ends here, if another follows."""
        self.indent = self.indented = ""
        """White space that such a text begins with, and the pointer of the run that it begins."""
        self.source = ""
        """Where the run began; empty while there is none."""
        self.words: list[str] = []
        self.broken = False
        """Whether a line break came last, white space aside."""
        self.lent = False
        """Whether the space that is owed is ours: nothing of it stands in the source."""
        self.link_closed = False
        """Whether a link ended last, without so much as a white space behind it."""
        self.pointing = False
        """Whether a link in it, or one that is still open, leads to a place in the page."""
        self.things = 0
        self.links = 0
        self.link_characters = 0
        self.link_depth = 0
        self.carried: Parts = []
        """Anchors met since the last run ended: they stand at the head of the next."""
        self.replaced = 0
        """Characters that XML 1.0 forbids, replaced by U+FFFD so far."""
        self.ran: dict[str, int] = {}
        """Each normalisation that ran so far, by name, and how often."""

    def add_text(self, data: str, source: str) -> None:
        """Add a text node whose pointer is ``source``; white space collapses across nodes."""
        # Most text is printable: of white space it has spaces alone, and nothing that XML forbids.
        printable = data.isprintable()
        piece = data if printable and "  " not in data else _collapsed(data)
        if piece is not data:
            self.count("white-space")
        if piece[0] == " ":
            self.link_closed = self.lent = False
            if self.state == WORD:
                self.state = SPACE
            if piece == " ":
                return
            piece = piece[1:]
        self.broken = self.link_closed = False
        ends_in_space = piece[-1] == " "
        if ends_in_space:
            piece = piece[:-1]
        if not (printable or piece.isprintable()):
            piece, count = _FORBIDDEN.subn("\ufffd", piece)
            self.replaced += count
        if not self.source:
            self.source = source
        if self.state == SPACE and self.lent and piece[0] in _CLOSING:
            self.lent = False
        elif self.state == SPACE:
            if self.parts or not self.frames:
                piece = " " + piece
            else:
                self.words.append(" ")
                self._space_before_marks()
        self.parts.append(piece)
        self.words.append(piece)
        if self.link_depth:
            self.link_characters += len(piece)
        if ends_in_space:
            self.state = SPACE
            self.lent = False
        else:
            self.state = WORD

    def add_preserved(self, data: str, source: str) -> None:
        """Add a text node of preformatted text: as written, line ends as LF."""
        piece, count = _FORBIDDEN.subn("\ufffd", data.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
        self.replaced += count
        if not self.source:
            if not piece.strip(" \t\n"):
                before = self.indent if self.indented == source else ""
                self.indent, self.indented = f"{before}{piece}".rpartition("\n")[2], source
                return
            self.source = source
            if self.indent:
                if self.indented == source and piece[0] != "\n":
                    piece = f"{self.indent}{piece}"
                self.indent = ""
        elif self.line_ends and piece:
            if piece[0] != "\n" and not (self.words and self.words[-1].endswith("\n")):
                piece = f"\n{piece}"
            self.line_ends = False
        if self.state == SPACE and self.words and piece[:1] not in " \t\n":
            # What stood between, a drawing or a control, parts what comes from what was.
            piece = " " + piece
        self.parts.append(piece)
        self.words.append(piece)
        self.state = WORD

    def end_line(self) -> None:
        """End a line of text set as it was written."""
        self.line_ends = self.source != ""

    def add_break(self) -> None:
        """Add a line break; one that nothing precedes is left out."""
        if self.source:
            if self.parts and self.parts[-1] == " ":
                self.parts.pop()
                self._unsay_space()
            self.parts.append(BREAK)
            self.words.append(" ")
            self.state = FRESH
            self.broken = True

    def in_empty_line(self) -> bool:
        """Whether the line that a break would end is empty, or holds no-break spaces, which are then taken back."""
        if self.broken:
            return True
        parts = self.parts
        if len(parts) > 1 and parts[-2] is BREAK and isinstance(parts[-1], str) and not parts[-1].strip(_BLANK):
            self.words.pop()
            parts.pop()
            return True
        return False

    def add_space(self) -> None:
        """Keep what comes apart from what was, without a white space in the source; of brackets and stops it is not."""
        if self.state == WORD and not (self.words and self.words[-1][-1:] in _OPENING):
            self.state = SPACE
            self.lent = True

    def add_thing(self, thing: Inline, source: str) -> None:
        """Add an image, a gap or the like: it stands in the line and holds no words."""
        if not self.source:
            self.source = source
        if self.state == SPACE:
            self._write_space()
        self.broken = self.link_closed = False
        self.parts.append(thing)
        self.things += 1
        self.state = WORD

    def add_anchor(self, name: str) -> None:
        """Add a place that a link points to."""
        anchor = Inline("anchor", (), {"id": name})
        if self.source:
            self.parts.append(anchor)
        else:
            self.carried.append(anchor)

    def count(self, rule: str) -> None:
        """Note that a normalisation ran."""
        self.ran[rule] = self.ran.get(rule, 0) + 1

    def open(self, kind: str, attributes: Mapping[str, str] | None) -> None:
        """Open a mark; of two links side by side a reader sees two things, as of two buttons."""
        if kind == "link" and self.link_closed:
            # The space is ours: it makes a row of links no less a row of links.
            self.link_characters += 1
            self.add_space()
        self.link_closed = False
        if self.state == SPACE:
            self._write_space()
        self.frames.append((kind, attributes, self.parts))
        self.parts = []
        if kind == "link":
            self.links += 1
            self.link_depth += 1

    def close(self) -> None:
        """Close the innermost mark; one that holds nothing leaves no trace."""
        kind, attributes, outer = self.frames.pop()
        inner = self.parts
        if self.state == FRESH:
            self._unwrite_space(inner)
        if inner:
            if kind == "date" and attributes is None and len(inner) == 1 and isinstance(inner[0], str):
                when = only_date(inner[0])
                attributes = {"when": when} if when else None
            outer.append(_made(Inline, (kind, tuple(inner), attributes)))
        self.parts = outer
        self.link_closed = kind == "link" and bool(inner)
        if kind == "link":
            self.link_depth -= 1

    def take(self) -> InlineContent:
        """End the run: give its content, empty if it holds nothing, and open the same marks for the next."""
        if not self.source:
            self._restart()
            return ()
        parts = self.parts
        if self.state == FRESH:
            self._unwrite_space(parts)
        for kind, attributes, outer in reversed(self.frames):
            if parts:
                outer.append(Inline(kind, tuple(parts), attributes))
            parts = outer
            self._unwrite_space(parts)
        while parts and parts[-1] is BREAK:
            parts.pop()
        content = tuple(parts)
        if self.carried:
            content = (*self.carried, *parts)
            self.carried = []
        self._restart()
        return content

    def _restart(self) -> None:
        if self.frames:
            self.frames = [(kind, attributes, []) for kind, attributes, _ in self.frames]
        else:
            self.pointing = False
        self.parts = []
        self.state = FRESH
        self.source = ""
        self.line_ends = False
        self.words = []
        self.broken = self.link_closed = False
        self.things = self.links = self.link_characters = 0

    def _space_before_marks(self) -> None:
        """Write the owed space outside the marks that hold nothing yet."""
        for _, _, outer in reversed(self.frames):
            if outer:
                outer.append(" ")
                return

    def _write_space(self) -> None:
        """Write the space that is owed."""
        self.parts.append(" ")
        self.words.append(" ")
        self.state = FRESH

    def _unwrite_space(self, parts: Parts) -> None:
        # A space written before a mark that then held nothing is taken back and owed to what comes.
        if self.state == FRESH and parts and parts[-1] == " ":
            parts.pop()
            self._unsay_space()
            self.state = SPACE

    def _unsay_space(self) -> None:
        if self.words and self.words[-1] == " ":
            self.words.pop()

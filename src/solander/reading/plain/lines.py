"""The lines of a plain text, and the form that each shows by itself.

Positions count characters of the decoded text from 0; a line's end is one character, however it is written.

Source: RFC 5147, 4.1 (line endings); Unicode Standard Annex 11 (wide characters), in outline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from solander.model.page import TEXT_CHARACTERS, InlineContent

LONG_COLUMNS = 120
"""A line beyond it was not broken to fit anything: in such a text each line is a block of its own."""

WRAP_COLUMNS = range(50, 101)
"""How wide a column may be to which prose is broken; narrower lines are verse, an address, a list."""

SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’»)\]]*(?:\[\^?[0-9a-z*†‡]{1,3}\]|[*†‡⁰¹²³⁴-⁹]){0,4}\Z")
"""The end of a sentence, marks of notes behind it."""
BULLET = re.compile(
    r"(?:[-*+•·‣◦▪●○■□➢✓](?=[ \t])|\(?(?P<number>[0-9]{1,3})[.)](?=[ \t])|(?P<han>[0-9]{1,3})[、．]"
    r"|\(?(?P<letter>[a-z])\)(?=[ \t]))[ \t]*(?=\S)"
)
"""The mark of an item: a bullet, a number, a small letter in brackets."""

WIDE = re.compile("[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\U00020000-\U0003fffd]")  # fmt: skip  # noqa: E501
"""Characters that take two columns."""

_BULLETS = frozenset("•‣◦▪●○■□➢✓")
_ITEM_LINES = 6
_BULLET_COLUMNS = 12
"""Further in it is an ornament."""
_LINE = re.compile(r"[^\n\r]+")
_BLANK = " \t\f"
_COLUMNS = re.compile(r"\S(?: {3,}|[ ]*\t[ \t]*)\S")
_ONLY_MARKS = re.compile(r"[-=_*~#^+.•·–—\s]{3,}\Z|[*#~]\Z|--\Z")
_GRID = re.compile(r"\+(?:[-=]+\+)+\Z|\|[^|]*\|(?:[^|]*\|?)*\Z|[│┃║].*[│┃║]\Z|[┌├└┏┣┗╔╠╚╒╞╘╭╰][\u2500-\u257f]+\Z")
_GRID_BEGINS = frozenset("+|│┃║┌├└┏┣┗╔╠╚╒╞╘╭╰")


class Turn(NamedTuple):
    """What stands where a page ends and the next begins: running feet, the page's beginning, running heads."""

    content: InlineContent
    begin: int
    end: int


class Line(NamedTuple):
    """A line that holds more than white space; of one beyond ``TEXT_CHARACTERS``, a part of it."""

    text: str
    """Its words, white space collapsed."""
    begin: int
    end: int
    start: int
    """Where it begins with its indentation."""
    indent: int
    """In columns; a tab leads to the next eighth."""
    gap: bool
    """Whether an empty line or a page's end stands before it."""
    aligned: bool
    """Whether words in it are set apart by a tab or by three spaces."""
    turn: Turn | None = None
    """Where it is the last of its page: what stands behind it."""


def with_their_bullets(lines: Sequence[Line]) -> list[Line]:
    """The lines, each bullet that stands in a line of its own together with the line behind it: so pages print them."""
    alone = [line.text in _BULLETS and line.indent <= _BULLET_COLUMNS and line.turn is None for line in lines]
    places = [at for at, is_alone in enumerate(alone) if is_alone]
    items = [lines[at + 1 : after] for at, after in pairwise(places)]
    # One may part what stands above it from what stands below, and so may many: an item is one short paragraph.
    short = sum(len(item) <= _ITEM_LINES and not any(line.gap for line in item[1:]) for item in items)
    if not items or 3 * short < 2 * len(items):
        return list(lines)
    found: list[Line] = []
    for at, line in enumerate(lines):
        if at and alone[at - 1] and not alone[at] and BULLET.match(line.text) is None:
            together = f"{found[-1].text} {line.text}"
            found[-1] = found[-1]._replace(text=together, end=line.end, turn=line.turn)
        else:
            found.append(line)
    return found


def split_lines(text: str) -> list[Line]:
    """All lines that hold more than white space, Unicode's included."""
    lines: list[Line] = []
    end_before = 0
    for match in _LINE.finditer(text):
        written = match[0]
        if not written.strip():
            continue
        body = written.strip(_BLANK)
        begin = match.start() + len(written) - len(written.lstrip(_BLANK))
        between = text[end_before:begin]
        # An ideographic space stays with its word, for it is a character like any other, and is indentation too.
        ideographic = len(body) - len(body.lstrip("\u3000"))
        indent = len(written[: begin - match.start()].replace("\f", "").expandtabs(8)) + 2 * ideographic
        gap = not lines or between.count("\n") + between.count("\r") > 1 or "\f" in between
        if len(body) > TEXT_CHARACTERS:
            lines += _parts(body, begin, indent)
            end_before = match.end()
            continue
        words = collapsed(body)
        aligned = words != body and _COLUMNS.search(body) is not None
        lines.append(Line(words, begin, begin + len(body), match.start(), indent, gap, aligned))
        end_before = match.end()
    return lines


def _parts(body: str, begin: int, indent: int) -> Iterator[Line]:
    """A line that no XML tool would take in one piece, parted between words into parts of about one length.

    A word that is longer by itself stays whole. Each part stands alone, as if empty lines lay between.

    Args:
        body: the line without white space at its ends.
        begin: where it begins in the text.
        indent: how far it is set in.
    """
    at = 0
    while at < len(body):
        left = len(body) - at
        aim = at + -(-left // -(-left // TEXT_CHARACTERS))
        end = len(body)
        if aim < end:
            end = max(body.rfind(mark, at, aim) for mark in _BLANK) + 1
            end = end or min((place for mark in _BLANK if (place := body.find(mark, aim)) > 0), default=len(body))
        part = body[at:end]
        first = begin + at + len(part) - len(part.lstrip(_BLANK))
        part = part.strip(_BLANK)
        if part:
            yield Line(collapsed(part), first, first + len(part), first, indent, True, False)
        at = end


def parted_line(line: Line, end: int, text: str) -> tuple[str, Line | None]:
    """A line's words up to a position, and what stands behind it as a line of its own, if anything does.

    Args:
        line: the whole.
        end: where the first part ends, which white space follows.
        text: of which the line is.
    """
    head = collapsed(text[line.begin : end])
    rest = line.text[len(head) :].lstrip(" ")
    if not rest:
        return head, None
    behind = text[end : line.end]
    begin = end + len(behind) - len(behind.lstrip(_BLANK))
    return head, Line(rest, begin, line.end, begin, 0, True, False)


def collapsed(body: str) -> str:
    """Each run of blanks as one space. A pattern would keep every word of a line of millions by itself."""
    body = body.replace("\t", " ").replace("\f", " ")
    while "  " in body:
        body = body.replace("  ", " ")
    return body


def columns(text: str) -> int:
    """How many columns a line takes: East Asian characters take two."""
    return len(text) if text.isascii() else len(text) + len(WIDE.findall(text))


def is_wide(text: str) -> bool:
    """Whether a text is written without spaces, in East Asian characters."""
    return not text.isascii() and len(WIDE.findall(text[:400])) > 20


def has_form(line: Line) -> bool:
    """Whether a line is none of words in a row: set in columns, quoted, or of marks alone."""
    return bool(form_of(line))


def form_of(line: Line) -> str:
    """The form that a line shows by itself (``aligned``, ``marks`` or ``quoted``), empty for words in a row."""
    if line.text[0] in _GRID_BEGINS and _GRID.match(line.text):
        return "aligned"
    if _ONLY_MARKS.match(line.text):
        return "marks"
    return "quoted" if line.text[0] == ">" else "aligned" if line.aligned else ""

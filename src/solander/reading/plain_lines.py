"""The lines of a plain text, and which of them belong together.

A line that was broken to fit a column is told by arithmetic: the next word would not have fitted. Such lines are
joined; all other breaks stay as they are. Nothing is told from what the words mean.

Positions count characters of the decoded text from 0; a line's end is one character, however it is written.

Source: RFC 5147, 4.1 (line endings); Unicode Standard Annex 11 (wide characters), in outline.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from solander.model.page import TEXT_CHARACTERS, Inline, InlineContent
from solander.reading.plain_code import fences, is_code, is_fenced

LONG_COLUMNS = 120
"""A line beyond it was not broken to fit anything: in such a text each line is a block of its own."""

WRAP_COLUMNS = range(50, 101)
"""How wide a column may be to which prose is broken; narrower lines are verse, an address, a list."""

SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’»)\]]*\Z")
BULLET = re.compile(
    r"(?:[-*+•·‣◦▪●○■□➢✓](?=[ \t])|\(?(?P<number>[0-9]{1,3})[.)](?=[ \t])|(?P<han>[0-9]{1,3})[、．]"
    r"|\(?(?P<letter>[a-z])\)(?=[ \t]))[ \t]*(?=\S)"
)
"""The mark of an item: a bullet, a number, a small letter in brackets."""

_LINE = re.compile(r"[^\n\r]+")
_BLANK = " \t\f"
_WIDE = re.compile("[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\U00020000-\U0003fffd]")  # fmt: skip  # noqa: E501
_COLUMNS = re.compile(r"\S(?: {3,}|[ ]*\t[ \t]*)\S")
_ONLY_MARKS = re.compile(r"[-=_*~#^+.•·–—\s]{3,}\Z|[*#~]\Z|--\Z")
_GRID = re.compile(r"\+(?:[-=]+\+)+\Z|\|[^|]*\|(?:[^|]*\|?)*\Z")


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


class Unit(NamedTuple):
    """Lines that make one block."""

    lines: tuple[Line, ...]
    form: str
    """``line`` (one), ``joined`` (broken to fit a column), ``broken`` (the breaks are meant), ``aligned`` (set in
    columns), ``marks`` (a line of dashes or stars), ``quoted`` (each line begins with ">"), ``code``, ``address`` (a
    letter's) or ``message`` (the head of a message as it was sent)."""

    @property
    def text(self) -> str:
        """The words in one line."""
        return self.lines[0].text if len(self.lines) == 1 else " ".join(line.text for line in self.lines)

    @property
    def pointer(self) -> str:
        """Where the words stand, as a fragment."""
        first = self.lines[0]
        return f"char={first.start if self.form == 'code' else first.begin},{self.lines[-1].end}"

    @property
    def gap(self) -> bool:
        """Whether an empty line stands before it."""
        return self.lines[0].gap

    def content(self) -> InlineContent:
        """The words as inlines: where breaks are meant, or words of no spaces were broken, the breaks are kept."""
        parts: list[Inline | str] = []
        run: list[str] = []
        for line in self.lines:
            wide = bool(run) and _WIDE.match(run[-1][-1]) and _WIDE.match(line.text)
            if run and (self.form != "joined" or wide):
                parts += [" ".join(run), Inline("break")]
                run = []
            run.append(line.text)
        parts.append(" ".join(run))
        return tuple(parts)


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
        words = _collapsed(body)
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
            yield Line(_collapsed(part), first, first + len(part), first, indent, True, False)
        at = end


def _collapsed(body: str) -> str:
    """Each run of blanks as one space. A pattern would keep every word of a line of millions by itself."""
    body = body.replace("\t", " ").replace("\f", " ")
    while "  " in body:
        body = body.replace("  ", " ")
    return body


def columns(text: str) -> int:
    """How many columns a line takes: East Asian characters take two."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def is_wide(text: str) -> bool:
    """Whether a text is written without spaces, in East Asian characters."""
    return not text.isascii() and len(_WIDE.findall(text[:400])) > 20


def units_of(lines: Sequence[Line], headings: Container[int] = ()) -> list[Unit]:
    """Put together what belongs together.

    Args:
        lines: in their order.
        headings: where lines begin that are known for headings; each is a unit of its own.
    """
    blocks = list(_blocks(lines, fences(lines)))
    indent = _common_indent(lines)
    each_alone = len(blocks) == 1 or any(columns(line.text) > LONG_COLUMNS and " " in line.text for line in lines)
    each_alone = each_alone or any(is_wide(line.text) and columns(line.text) > LONG_COLUMNS for line in lines)
    column = _common_column(blocks)
    # Where empty lines part paragraphs of one long line each, lines of one length close together are verse.
    parted = each_alone and 2 * sum(len(block) == 1 for block in blocks) >= len(blocks) > 1
    begun = False
    units: list[Unit] = []
    for block in blocks:
        if (len(block) > 1 and is_fenced(block)) or is_code(block, indent):
            units.append(Unit(tuple(block), "code"))
            continue
        begun = begun or any(columns(line.text) > LONG_COLUMNS for line in block)
        for form, group in groupby(_formed(block, headings), lambda pair: pair[0]):
            part = [line for _, line in group]
            if form in ("marks", "heading"):
                units.extend(Unit((line,), "line" if form == "heading" else form) for line in part)
            elif form:
                units.append(Unit(tuple(part), form))
            elif each_alone and not (
                (len(blocks) == 1 and (_is_prose(part) or _is_verse(part))) or (parted and begun and _is_verse(part))
            ):
                units.extend(Unit((line,), "line") for line in part)
            else:
                units.extend(_paragraphs(part, column))
    return units


def _blocks(lines: Sequence[Line], fenced: Mapping[int, int]) -> Iterator[list[Line]]:
    """Lines that stand together; what is fenced stands together with its fences, whatever lies between."""
    block: list[Line] = []
    end = -1
    for at, line in enumerate(lines):
        if block and at > end and (line.gap or at in fenced or at - 1 == end):
            yield block
            block = []
        end = fenced.get(at, end) if at > end else end
        block.append(line)
    if block:
        yield block


def _common_indent(lines: Sequence[Line]) -> int:
    """Where most lines of a text begin, those set in columns aside."""
    indents = Counter(line.indent for line in lines if not line.aligned)
    return max(indents, key=lambda one: (indents[one], -one), default=0)


def _formed(block: list[Line], headings: Container[int]) -> list[tuple[str, Line]]:
    """The lines with the form that each shows by itself, empty for words in a row."""
    forms = ["heading" if line.begin in headings else _form(line) for line in block]
    for at in range(1, len(forms) - 1):
        # A rule below the names of columns is a line of the table.
        if forms[at] == "marks" and forms[at - 1] == "aligned" == forms[at + 1]:
            forms[at] = "aligned"
    begin = 0
    for form, group in groupby(list(forms)):
        count = len(list(group))
        # Two lines may have spaces below one another by chance.
        if form == "aligned" and count < 3:
            forms[begin : begin + count] = [""] * count
        begin += count
    return list(zip(forms, block, strict=True))


def has_form(line: Line) -> bool:
    """Whether a line is none of words in a row: set in columns, quoted, or of marks alone."""
    return bool(_form(line))


def _form(line: Line) -> str:
    if line.text[0] in "+|" and _GRID.match(line.text):
        return "aligned"
    if _ONLY_MARKS.match(line.text):
        return "marks"
    return "quoted" if line.text[0] == ">" else "aligned" if line.aligned else ""


def _common_column(blocks: list[list[Line]]) -> int:
    """The column to which most of the text is broken; 0 if it is broken to none."""
    widths = sorted(_column(block) for block in blocks if len(block) > 2 and _is_wrapped(block, _column(block)))
    return widths[len(widths) // 2] if widths else 0


def _width(line: Line) -> int:
    return line.indent + columns(line.text.lstrip("\u3000"))


def _column(block: Sequence[Line]) -> int:
    return max(map(_width, block))


def _is_prose(block: Sequence[Line]) -> bool:
    return len(block) > 5 and any(len(part.lines) > 2 for part in _paragraphs(block, 0) if part.form == "joined")


def _is_verse(block: Sequence[Line]) -> bool:
    """Whether lines are of about one length, and narrow."""
    widths = [columns(line.text) for line in block]
    return len(block) > 2 and max(widths) < WRAP_COLUMNS.start and min(widths) * 2 >= max(widths)


def _is_wrapped(lines: Sequence[Line], column: int) -> bool:
    """Whether each break is where the next word would not have fitted."""
    if len(lines) < 2 or column not in WRAP_COLUMNS:
        return False
    full = 0
    for line, after in pairwise(lines):
        wide = _WIDE.match(after.text)
        # No line begins with a closing bracket or a comma: then two characters more go over.
        room = 6 if wide else 1 + columns(after.text.split(" ", 1)[0])
        full += _width(line) + room > column
    if full * 20 < (len(lines) - 1) * 17:
        return False
    # Verse begins its lines with capitals; prose does so now and then.
    cased = [line.text[0].isupper() for line in lines if line.text[0].lower() != line.text[0].upper()]
    return len(cased) < 4 or sum(cased) * 5 < len(cased) * 4


def _paragraphs(block: Sequence[Line], column: int) -> Iterator[Unit]:
    """A block's paragraphs: parted by bullets, and by the indentation of a first line."""
    width = _column(block) if len(block) > 2 else column
    for part in _parted(block, max(width, column)):
        if len(part) == 1:
            yield Unit((part[0],), "line")
        else:
            # Two lines prove nothing by themselves: the column of the whole text does.
            own = _column(part) if len(part) > 3 else max(column, width)
            yield Unit(tuple(part), "joined" if _is_wrapped(part, own) else "broken")


def _parted(block: Sequence[Line], column: int) -> Iterator[list[Line]]:
    least = min(line.indent for line in block)
    indented = [line.indent > least for line in block]
    # An indented first line parts paragraphs where most lines are not indented; in verse it does not.
    by_indent = 0 < sum(indented) * 2 <= len(block) and _column(block) in WRAP_COLUMNS
    # Lines set in, one below the other, that end no sentence are a column of their own, not so many paragraphs.
    column_of = [
        by_indent
        and any(0 <= at < len(block) and indented[at] for at in (number - 1, number + 1))
        and indented[number]
        and not SENTENCE_END.search(line.text)
        for number, line in enumerate(block)
    ]
    numbers = {int(bullet["number"]) for line in block if (bullet := BULLET.match(line.text)) and bullet["number"]}
    part: list[Line] = []
    item_indent = -1
    for number, line in enumerate(block):
        is_item = (bullet := BULLET.match(line.text)) is not None and not (
            part and bullet["number"] and _is_strayed(int(bullet["number"]), part[-1], line, numbers, column)
        )
        in_column, after_column = column_of[number], number > 0 and column_of[number - 1]
        begins = is_item or (by_indent and indented[number] and item_indent < 0 and not (in_column and after_column))
        begins = begins or (after_column and not indented[number] and item_indent < 0)
        if item_indent >= 0 and not is_item and line.indent <= item_indent:
            # Below an item and not under its words: the item's only if its line was full.
            begins = not _is_wrapped([part[-1], line], column)
        if begins and part:
            yield part
            part = []
        if begins:
            item_indent = line.indent if is_item else -1
        part.append(line)
    yield part


def _is_strayed(number: int, before: Line, line: Line, numbers: set[int], column: int) -> bool:
    """Whether a number begins a line by chance: the line above is full, and no other counts up to it or on from it."""
    return number > 1 and not {number - 1, number + 1} & numbers and _is_wrapped([before, line], column)

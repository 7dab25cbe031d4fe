"""Lines set in columns -> a table, where it is plain that they are one; every mark stays in its cell.

Columns are parted by tabs, by upright bars, by the gaps of a rule at their head, or by two spaces and more that stand
below one another in every line. A line that only rules (dashes, ``|---|---|``, ``+---+---+``) is a row of one cell.
Boxes may be drawn of lines (``┌──┬──┐``).
What is set in columns and no table (code, drawings, two columns of prose) stays as it was written: words that run on
in the next line but one would stand in many places, and a pointer names one.

Source: TEI P5 4.12.0, 14.1 (tables); RFC 5147 (pointers).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from solander.model.page import Block
from solander.reading.plain.lines import SENTENCE_END, Line

CELL_CHARACTERS = 60
"""A longer cell is a column of prose."""

MOST_COLUMNS = 30

_RULE = re.compile(r"[-=+|:\s_*~]*[-=_]{2,}[-=+|:\s_*~]*\Z")
_GAPPED = re.compile(r" *(?:-{2,}|={2,})(?: +(?:-{2,}|={2,}))+ *\Z")
_COLUMN = re.compile("[-=]+")
_NUMBER = re.compile(r"[-+\u2212]?[$\u20ac\u00a3]?[0-9][0-9.,:\u2009 ]*%?\Z|[-\u2013\u2014]\Z")
_CODE = re.compile(r"[{};\\]|==|=>|->|//|\A\s*[$#>] ")
_LINE = re.compile(r"[^\r\n]+")

_RUNNING_WORDS, _RUNNING_LINES = 4, 5
"""A column of prose has so many words a line, and so many lines."""
_BOXES = str.maketrans(
    {
        **dict.fromkeys("│┃║╎┆", "|"),
        **dict.fromkeys("─━╌┄", "-"),
        "═": "=",
        **dict.fromkeys("┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫╭╮╯╰┝┠┥┨┯┷┿╂", "+"),
    }
)
"""What draws boxes, as typewriters drew them."""

Span: TypeAlias = tuple[int, int]


def under_their_rules(lines: Sequence[Line], text: str) -> list[Line]:
    """The lines, those said to be set in columns that keep to the columns of a rule above them.

    A cell that goes on in the next line, or an empty one, leaves a line with nothing that sets it apart.

    Args:
        lines: those of the text.
        text: the text.
    """
    found = list(lines)
    columns: list[Span] = []
    for at, line in enumerate(lines):
        if line.gap:
            columns = []
        if line.text[0] in "-=" and _GAPPED.match(text, line.start, line.end):
            columns = _columns(text[line.start : line.end])
            found[at] = line._replace(aligned=True)
        elif columns and _keeps_to(columns, text[line.start : line.end]):
            found[at] = line._replace(aligned=True)
        else:
            columns = []
    return found


def _columns(rule: str) -> list[Span]:
    return [match.span() for match in _COLUMN.finditer(rule)]


def _keeps_to(columns: Sequence[Span], written: str) -> bool:
    """Whether no word of a line stands in a gap between columns; in the last a line may go on."""
    gaps = [(0, columns[0][0]), *((end, begin) for (_, end), (begin, _) in pairwise(columns))]
    return "\t" not in written and all(not written[begin:end].strip() for begin, end in gaps)


def table_of(text: str, begin: int, end: int) -> Block | None:
    """Read the lines between two positions as a table; ``None`` where they are none."""
    start = max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1
    lines = [(match.start(), match[0]) for match in _LINE.finditer(text, start, end) if match[0].strip()]
    lines = [(at, written.translate(_BOXES)) for at, written in lines if at < end]
    body = [(at, written) for at, written in lines if not _RULE.match(written)]
    if len(body) < 2 or len(lines) < 3:
        return None
    if sum(_CODE.search(written) is not None for _, written in body) * 5 > len(body):
        return None
    spans = _by_bars(body) or _by_tabs(body) or _by_rule(lines, body) or _by_spaces(body)
    if spans is None or not _is_table(text, spans):
        return None
    columns = len(spans[0])
    cells = iter(spans)
    first_rule = next((at for at, (_, written) in enumerate(lines) if at and _RULE.match(written)), len(lines))
    labels = 1 if _has_labels(text, spans) else 0
    if _is_ruled(lines, first_rule):
        labels = 1
    rows: list[Block] = []
    for at, written in lines:
        left = at + len(written) - len(written.lstrip())
        right = at + len(written.rstrip())
        if _RULE.match(written):
            attributes = {"columns": str(columns)} if columns > 1 else None
            cell = Block("cell", _pointer(left, right), (_leaf(text, (left, right)),), attributes)
            rows.append(Block("row", _pointer(left, right), (cell,), {"role": "rule"}))
            continue
        role = {"role": "label"} if labels else None
        labels = max(0, labels - 1)
        row = tuple(_cell(text, span, left) for span in next(cells))
        rows.append(Block("row", _pointer(left, right), row, role))
    return Block("table", _pointer(begin, end), tuple(rows))


def with_spacing(text: str, blocks: list[Block]) -> tuple[Block, ...]:
    """What is set in columns is a table, or kept with its spaces from the beginning of its first word on."""
    for at, block in enumerate(blocks):
        if block.kind == "preformatted":
            begin, end = map(int, block.source.removeprefix("char=").split(","))
            table = None if (block.attributes or {}).get("language") else table_of(text, begin, end)
            blocks[at] = table or block._replace(content=(text[begin:end].replace("\r", "\n").replace("\f", " "),))
    return tuple(blocks)


def _is_ruled(lines: Sequence[tuple[int, str]], first_rule: int) -> bool:
    """Whether a rule stands right below the first line that is none, and words below that."""
    body = [at for at, (_, written) in enumerate(lines) if not _RULE.match(written)]
    return body[0] + 1 < len(lines) and _RULE.match(lines[body[0] + 1][1]) is not None and first_rule < body[-1]


def _by_bars(lines: Sequence[tuple[int, str]]) -> list[list[Span]] | None:
    """Cells that begin with an upright bar each; the last bar of a line is in its last cell, and no word is cut."""
    bars = {written.count("|") for _, written in lines}
    if len(bars) != 1 or bars == {0} or bars == {1}:
        return None
    rows: list[list[Span]] = []
    for at, written in lines:
        body = written.strip()
        places = [match.start() for match in re.finditer(r"\|", written)]
        closed = body.endswith("|")
        starts = places[:-1] if closed else places
        first = len(written) - len(written.lstrip())
        if not starts or starts[0] != first:
            starts = [first, *starts]
        for number, place in enumerate(starts):
            # A bar that hangs on to the word before it stays with that; one between two words parts none.
            if place > first and not written[place - 1].isspace():
                if not written[place + 1 : place + 2].isspace():
                    return None
                starts[number] = place + 1
        ends = [*starts[1:], len(written)]
        rows.append([_trimmed(written, at, begin, end) for begin, end in zip(starts, ends, strict=True)])
    return rows if len({len(row) for row in rows}) == 1 else None


def _by_tabs(lines: Sequence[tuple[int, str]]) -> list[list[Span]] | None:
    fields = {written.strip("\r\n ").count("\t") for _, written in lines}
    if len(fields) != 1 or fields == {0}:
        return None
    rows: list[list[Span]] = []
    for at, written in lines:
        row: list[Span] = []
        begin = 0
        for part in written.split("\t"):
            row.append(_trimmed(written, at, begin, begin + len(part)))
            begin += len(part) + 1
        rows.append(row)
    return rows


def _by_rule(lines: Sequence[tuple[int, str]], body: Sequence[tuple[int, str]]) -> list[list[Span]] | None:
    """Cells below the parts of a rule above or beneath the first line."""
    columns = next((_columns(written) for _, written in lines[:2] if _GAPPED.match(written)), [])
    if not columns or len(columns) > MOST_COLUMNS or not all(_keeps_to(columns, written) for _, written in body):
        return None
    ends = [end for _, end in columns[:-1]]
    return [
        [
            _trimmed(written, at, begin, end)
            for (begin, _), end in zip(columns, [*ends, max(len(written), columns[-1][1])], strict=True)
        ]
        for at, written in body
    ]


def _by_spaces(lines: Sequence[tuple[int, str]]) -> list[list[Span]] | None:
    """Cells between columns of white space that run through all lines."""
    if any("\t" in written for _, written in lines):
        return None
    width = max(len(written) for _, written in lines)
    blank = [all(at >= len(written) or written[at] == " " for _, written in lines) for at in range(width)]
    edges: list[Span] = []
    begin = -1
    for at in range(width + 1):
        gap = at == width or (blank[at] and (at + 1 >= width or blank[at + 1] or (begin < 0)))
        if not gap and begin < 0:
            begin = at
        elif gap and begin >= 0:
            edges.append((begin, at))
            begin = -1
    if not 1 < len(edges) <= MOST_COLUMNS:
        return None
    return [[_trimmed(written, at, begin, min(end, len(written))) for begin, end in edges] for at, written in lines]


def _trimmed(written: str, at: int, begin: int, end: int) -> Span:
    part = written[begin:end]
    left = begin + len(part) - len(part.lstrip())
    right = begin + len(part.rstrip())
    return (at + left, at + right) if left < right else (at + begin, at + begin)


def _is_table(text: str, rows: Sequence[Sequence[Span]]) -> bool:
    """Whether cells are short, most are filled, and each line has more than one."""
    filled = [sum(begin < end for begin, end in row) for row in rows]
    longest = max(end - begin for row in rows for begin, end in row)
    return (
        longest <= CELL_CHARACTERS
        and min(filled) >= 1
        and sum(count > 1 for count in filled) * 4 >= 3 * len(rows)
        and 2 * sum(filled) >= len(rows) * len(rows[0])
        and len(rows[0]) <= MOST_COLUMNS
        and any(character.isalnum() for row in rows for begin, end in row for character in text[begin:end])
        and sum(_is_running(text, [row[column] for row in rows]) for column in range(len(rows[0]))) < 2
    )


def _is_running(text: str, column: Sequence[Span]) -> bool:
    """Whether a column is prose that runs on from line to line: two of them are a page in columns, and no table."""
    cells = [text[begin:end] for begin, end in column if begin < end]
    if len(cells) < _RUNNING_LINES or sum(len(cell.split()) for cell in cells) < _RUNNING_WORDS * len(cells):
        return False
    goes_on = sum(
        after[0].islower() and SENTENCE_END.search(cell) is None and cell[-1] != "|" for cell, after in pairwise(cells)
    )
    return 2 * goes_on >= len(cells) - 1


def _has_labels(text: str, rows: Sequence[Sequence[Span]]) -> bool:
    """Whether the first line names what a column of figures counts."""
    for column in range(len(rows[0])):
        below = [text[begin:end].strip("| ") for begin, end in (row[column] for row in rows[1:]) if begin < end]
        begin, end = rows[0][column]
        above = text[begin:end].strip("| ")
        if len(below) > 1 and above and not _NUMBER.match(above) and all(map(_NUMBER.match, below)):
            return True
    return False


def _cell(text: str, span: Span, left: int) -> Block:
    begin, end = span
    if begin == end:
        return Block("cell", _pointer(left, left + 1))
    return Block("cell", _pointer(begin, end), (_leaf(text, span),))


def _leaf(text: str, span: Span) -> Block:
    return Block("text", _pointer(*span), (re.sub(r"[ \t\f]+", " ", text[span[0] : span[1]]),))


def _pointer(begin: int, end: int) -> str:
    return f"char={begin},{end}"

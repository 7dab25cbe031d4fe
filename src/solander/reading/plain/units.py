"""Which lines of a plain text belong together.

Lines that a column broke are joined; all other breaks stay as they are. Nothing is told from what the words mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from solander.model.page import Inline, InlineContent
from solander.reading.dividing.letters import MAIL_LINE
from solander.reading.plain.code import fences, is_code, is_fenced
from solander.reading.plain.drawings import is_drawing
from solander.reading.plain.lines import (
    BULLET,
    LONG_COLUMNS,
    SENTENCE_END,
    WIDE,
    WRAP_COLUMNS,
    Line,
    columns,
    form_of,
    is_wide,
)
from solander.reading.plain.marks import Mark, have_neighbours, mark_of
from solander.reading.plain.wrapping import column_of, common_columns, indent_of, is_verse, is_wrapped, runs_on

_TERMS = 3
_TERM_COLUMNS = 48
_TERM_WORDS = 5
_SET_IN = 2
_MEMO_LINES = 3
_LITERAL = "::"
_DIRECTIVES = (".. code-block::", ".. sourcecode::", ".. code::", ".. parsed-literal::", ".. literalinclude::")


class Unit(NamedTuple):
    """Lines that make one block."""

    lines: tuple[Line, ...]
    form: str
    """``line`` (one), ``joined`` (broken to fit a column), ``broken`` (the breaks are meant), ``aligned`` (set in
    columns), ``marks`` (a line of dashes or stars), ``quoted`` (each line begins with ">"), ``code``, ``term`` (what is
    set in below explains it), ``address`` (a letter's) or ``message`` (the head of a message as it was sent)."""

    @property
    def text(self) -> str:
        """The words in one line."""
        return self.lines[0].text if len(self.lines) == 1 else " ".join(line.text for line in self.lines)

    @property
    def pointer(self) -> str:
        """Where the words stand, as a fragment."""
        first = self.lines[0]
        return f"char={first.start if self.form in ('code', 'aligned') else first.begin},{self.end}"

    @property
    def end(self) -> int:
        """Where its words end, and what stands at a page's turn behind them."""
        turn = self.lines[-1].turn
        return self.lines[-1].end if turn is None else turn.end

    @property
    def turn(self) -> InlineContent:
        """What stands at the page's turn behind its last line, a space before it; empty for nearly all."""
        turn = self.lines[-1].turn
        return () if turn is None else (" ", *turn.content)

    @property
    def gap(self) -> bool:
        """Whether an empty line stands before it."""
        return self.lines[0].gap

    def content(self) -> InlineContent:
        """The words as inlines: where breaks are meant, or words of no spaces were broken, the breaks are kept."""
        parts: list[Inline | str] = []
        run: list[str] = []
        before: Line | None = None
        for line in self.lines:
            if before is not None:
                wide = WIDE.match(before.text[-1]) and WIDE.match(line.text)
                is_broken = self.form != "joined" or wide
                if before.turn is not None:
                    parts += [" ".join(run), " ", *before.turn.content, Inline("break") if is_broken else " "]
                    run = []
                elif is_broken:
                    parts += [" ".join(run), Inline("break")]
                    run = []
            run.append(line.text)
            before = line
        return (*parts, " ".join(run), *self.turn)

    def unturned(self) -> Unit:
        """The unit without what stands at the page's turn behind it."""
        return self._replace(lines=(*self.lines[:-1], self.lines[-1]._replace(turn=None)))

    def breaks(self) -> int:
        """How many line breaks stand in its content."""
        return sum(isinstance(part, Inline) and part.kind == "break" for part in self.content())


def units_of(lines: Sequence[Line], headings: Container[int] = (), notes: Container[int] = ()) -> list[Unit]:
    """Put together what belongs together.

    Args:
        lines: in their order.
        headings: where lines begin that are known for headings; each is a unit of its own.
        notes: where lines begin that open a note; it is one unit with the lines below it.
    """
    blocks = list(_blocks(lines, fences(lines), notes))
    indent = _common_indent(lines)
    each_alone = len(blocks) == 1 or any(columns(line.text) > LONG_COLUMNS and " " in line.text for line in lines)
    each_alone = each_alone or any(is_wide(line.text) and columns(line.text) > LONG_COLUMNS for line in lines)
    column, of_indent = common_columns(blocks)
    # Where empty lines part paragraphs of one long line each, lines of one length close together are verse.
    parted = each_alone and 2 * sum(len(block) == 1 for block in blocks) >= len(blocks) > 1
    begun = False
    terms = set() if each_alone else _terms(blocks, headings)
    units: list[Unit] = []
    literal = _literal(blocks)
    for number, block in enumerate(blocks):
        if number in literal:
            units.append(Unit(tuple(block), "code"))
            continue
        if block[0].begin in notes:
            units.append(_paragraph(block, of_indent.get(indent_of(block[1:] or block), column)))
            continue
        if block[0].begin in terms:
            units.append(Unit((block[0],), "term"))
            units.extend(_paragraphs(block[1:], of_indent.get(indent_of(block[1:]), column)))
            continue
        if not each_alone and (pairs := _explained_below(block)):
            for pair in pairs:
                units.append(Unit((pair[0],), "term"))
                units.extend(_paragraphs(pair[1:], of_indent.get(indent_of(pair[1:]), column)))
            continue
        if form := _form_of_whole(block, indent):
            units.append(Unit(tuple(block), form))
            continue
        begun = begun or any(columns(line.text) > LONG_COLUMNS for line in block)
        for form, group in groupby(_formed(block, headings), lambda pair: pair[0]):
            part = [line for _, line in group]
            if form in ("marks", "heading"):
                units.extend(Unit((line,), "line" if form == "heading" else form) for line in part)
            elif form:
                units.append(Unit(tuple(part), form))
            elif each_alone and not (
                (len(blocks) == 1 and (_is_prose(part) or is_verse(part))) or (parted and begun and is_verse(part))
            ):
                units.extend(Unit((line,), "line") for line in part)
            else:
                units.extend(_paragraphs(part, of_indent.get(indent_of(part), column)))
    return units


def _form_of_whole(block: Sequence[Line], indent: int) -> str:
    """The form of a block that is one unit as it stands; empty where it is looked into by the line."""
    if (len(block) > 1 and is_fenced(block)) or is_code(block, indent):
        return "code"
    if is_drawing(block):
        return "aligned"
    return "broken" if _is_memo_head(block) else ""


def _literal(blocks: Sequence[Sequence[Line]]) -> set[int]:
    """Which blocks are set in below a paragraph that ends with two colons: so reStructuredText has what is literal."""
    found: set[int] = set()
    indent = -1
    for number, block in enumerate(blocks):
        if 0 <= indent < min(line.indent for line in block):
            found.add(number)
            continue
        last = block[-1]
        indent = last.indent if last.text.endswith(_LITERAL) and not last.text.startswith(".. ") else -1
        if block[0].text.startswith(_DIRECTIVES):
            indent = block[0].indent  # what is said of the code stands right below, and is none
    return found


def _is_memo_head(block: Sequence[Line]) -> bool:
    """Whether lines say to whom a memorandum goes, from whom, when and about what, set in columns or not."""
    named = [match["name"].lower() for line in block if (match := MAIL_LINE.match(line.text))]
    fields = len(named) == len(block) or all(line.indent for line in block if MAIL_LINE.match(line.text) is None)
    return len(named) >= _MEMO_LINES and fields and any(line.aligned for line in block)


def _blocks(lines: Sequence[Line], fenced: Mapping[int, int], notes: Container[int]) -> Iterator[list[Line]]:
    """Lines that stand together; what is fenced stands together with its fences, whatever lies between."""
    block: list[Line] = []
    end = -1
    for at, line in enumerate(lines):
        if block and at > end and (line.gap or at in fenced or at - 1 == end or line.begin in notes):
            yield block
            block = []
        end = fenced.get(at, end) if at > end else end
        block.append(line)
    if block:
        yield block


def _terms(blocks: Sequence[Sequence[Line]], headings: Container[int]) -> set[int]:
    """Where terms begin that are explained in the lines below them, which are set in: three in a row make a list."""
    found: set[int] = set()
    run: list[int] = []
    indent = -1
    for block in blocks:
        if block[0].begin not in headings and _explains(block):
            if block[0].indent != indent:
                run, indent = [], block[0].indent
            run.append(block[0].begin)
            if len(run) >= _TERMS:
                found.update(run[-_TERMS:])
        elif any(line.indent <= indent for line in block):
            run, indent = [], -1
    return found


def _explained_below(block: Sequence[Line]) -> list[Sequence[Line]]:
    """Terms that stand close together, each with the lines that explain it; none where they are anything else.

    Verse is set in by turns, too, but what explains a term is longer than it, and mostly a sentence.
    """
    begins = [at for at, line in enumerate(block) if line.indent == block[0].indent]
    if len(begins) < _TERMS:
        return []
    pairs = [block[begin:end] for begin, end in zip(begins, [*begins[1:], len(block)], strict=True)]
    if not all(map(_explains, pairs)) or any(mark_of(pair[0].text) for pair in pairs):
        return []
    sentences = sum(SENTENCE_END.search(pair[-1].text) is not None for pair in pairs)
    longer = sum(sum(len(line.text) for line in pair[1:]) > 3 * len(pair[0].text) // 2 for pair in pairs)
    once = len({pair[0].text for pair in pairs}) == len(pairs)
    return pairs if once and 4 * sentences >= 3 * len(pairs) and 4 * longer >= 3 * len(pairs) else []


def _explains(block: Sequence[Line]) -> bool:
    """Whether a block is a short line, no sentence and no item, and what is set in below it."""
    term = block[0]
    if len(block) < 2 or any(line.indent < term.indent + _SET_IN for line in block[1:]) or any(map(form_of, block)):
        return False
    if columns(term.text) > _TERM_COLUMNS or len(term.text.split()) > _TERM_WORDS:
        return False
    return not SENTENCE_END.search(term.text) and not term.text.endswith((",", ";")) and BULLET.match(term.text) is None


def _common_indent(lines: Sequence[Line]) -> int:
    """Where most lines of a text begin, those set in columns aside."""
    indents = Counter(line.indent for line in lines if not line.aligned)
    return max(indents, key=lambda one: (indents[one], -one), default=0)


def _formed(block: list[Line], headings: Container[int]) -> list[tuple[str, Line]]:
    """The lines with the form that each shows by itself, empty for words in a row."""
    forms = ["heading" if line.begin in headings else form_of(line) for line in block]
    for at, form in enumerate(forms):
        # A rule below the names of columns is a line of the table; so is one above or below it that has its gaps.
        before, after = forms[at - 1] if at else "", forms[at + 1] if at + 1 < len(forms) else ""
        if form == "marks" and (before == "aligned" == after or (block[at].aligned and "aligned" in (before, after))):
            forms[at] = "aligned"
    begin = 0
    for form, group in groupby(list(forms)):
        count = len(list(group))
        # Two lines may have spaces below one another by chance.
        if form == "aligned" and count < 3:
            forms[begin : begin + count] = [""] * count
        begin += count
    return list(zip(forms, block, strict=True))


def _is_prose(block: Sequence[Line]) -> bool:
    return len(block) > 5 and any(len(part.lines) > 2 for part in _paragraphs(block, 0) if part.form == "joined")


def _paragraphs(block: Sequence[Line], column: int) -> Iterator[Unit]:
    """A block's paragraphs: parted by bullets, and by the indentation of a first line."""
    if len(block) == 1:
        yield Unit((block[0],), "line")
        return
    width = column_of(block) if len(block) > 2 else column
    for part in _parted(block, max(width, column)):
        yield _paragraph(part, max(column, width))


def _paragraph(part: Sequence[Line], column: int) -> Unit:
    """Lines as one paragraph, their breaks meant or not."""
    if len(part) == 1:
        return Unit((part[0],), "line")
    # Two lines prove nothing by themselves: the column of the whole text does.
    own = column_of(part) if len(part) > 3 else column
    return Unit(tuple(part), "joined" if is_wrapped(part, own) or runs_on(part) else "broken")


def _parted(block: Sequence[Line], column: int) -> Iterator[list[Line]]:
    least = min(line.indent for line in block)
    indented = [line.indent > least for line in block]
    # An indented first line parts paragraphs where most lines are not indented; in verse it does not.
    by_indent = 0 < sum(indented) * 2 <= len(block) and column_of(block) in WRAP_COLUMNS
    # Lines set in, one below the other, that end no sentence are a column of their own, not so many paragraphs.
    if _hangs(block):
        by_indent = False
    in_a_column = [
        by_indent
        and any(0 <= at < len(block) and indented[at] for at in (number - 1, number + 1))
        and indented[number]
        and not SENTENCE_END.search(line.text)
        for number, line in enumerate(block)
    ]
    marks = [mark_of(line.text) for line in block]
    beside = have_neighbours(marks)
    part: list[Line] = []
    item_indent = -1
    for number, line in enumerate(block):
        mark = marks[number]
        is_item = mark is not None and (beside[number] or not _is_strayed(mark, part[-1:], line, column))
        in_column, after_column = in_a_column[number], number > 0 and in_a_column[number - 1]
        begins = is_item or (by_indent and indented[number] and item_indent < 0 and not (in_column and after_column))
        begins = begins or (after_column and not indented[number] and item_indent < 0)
        if item_indent >= 0 and not is_item and line.indent <= item_indent:
            # Below an item and not under its words: the item's only if its line was full.
            begins = not (is_wrapped([part[-1], line], column) or runs_on([part[-1], line]))
        if begins and part:
            yield part
            part = []
        if begins:
            item_indent = line.indent if is_item else -1
        part.append(line)
    yield part


def _hangs(block: Sequence[Line]) -> bool:
    """Whether the second of two lines is set in and goes on with the first, as below a label that hangs out."""
    return len(block) == 2 and block[1].indent > block[0].indent and block[1].text[0].islower()


def _is_strayed(mark: Mark, before: Sequence[Line], line: Line, column: int) -> bool:
    """Whether a mark begins a line by chance: a weak one, or a number where the line above is full."""
    if mark.weak:
        return True
    return bool(before) and bool(mark.number) and not mark.begins and is_wrapped([before[0], line], column)

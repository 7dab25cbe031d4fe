"""Lines with their roles -> blocks: headings, lists within lists, terms, code, quotations and paragraphs.

What a language's own file tells of each line is its role here; all languages share what is made of it. Every mark
stays in the text; a line that is a command and nothing else is a block of its own, without a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from solander.model.page import TEXT_CHARACTERS, Block
from solander.reading.plain.blocks import LIST_DEPTH
from solander.reading.plain.code import language_of
from solander.reading.plain.lines import Line
from solander.reading.plain.tables import table_of
from solander.reading.plain.units import Unit

HEADING, MARK, ITEM, TERM, NAMED, CODE, TABLE, QUOTE, PROSE = (
    *("heading", "mark", "item", "term", "named", "code", "table", "quote", "prose"),
)
"""What a line is: a heading, a command alone, the first line of an item, a term, what goes on with a term (``named``),
code, a line of a table, quoted prose, prose."""

_ITEMS = (ITEM, TERM)


class Role(NamedTuple):
    """A line and what it is."""

    line: Line
    kind: str
    within: int = 0
    """In how many lists it stands; an item or a term stands in the one that it is part of."""
    level: int = 0
    """A heading's, from 1."""


class Assembled(NamedTuple):
    """What roles become."""

    blocks: tuple[Block, ...]
    joined: int
    """How many lines were joined with the one above."""


def assembled(roles: Sequence[Role], text: str) -> Assembled:
    """Blocks of lines whose roles are known, in order.

    Args:
        roles: those of all lines.
        text: of which the lines are.
    """
    shallow = [role if role.within <= LIST_DEPTH else role._replace(within=LIST_DEPTH) for role in roles]
    joined: list[int] = []
    blocks = tuple(_blocks(shallow, 0, _Told(text, joined)))
    return Assembled(blocks, sum(joined))


class _Told(NamedTuple):
    """What is the same for all blocks."""

    text: str
    joined: list[int]


def _blocks(roles: Sequence[Role], depth: int, told: _Told) -> Iterator[Block]:
    """The blocks of lines that stand in so many lists; no deeper than lists are."""
    begin = 0
    while begin < len(roles):
        role = roles[begin]
        end = begin + 1
        if role.within > depth:
            while end < len(roles) and roles[end].within > depth:
                end += 1
            yield from _lists(roles[begin:end], depth + 1, told)
        elif role.kind in (HEADING, ITEM, TERM):
            yield _leaf(role)
        else:
            while end < len(roles) and _goes_on(roles[end - 1], roles[end], depth):
                end += 1
            yield from _run([one.line for one in roles[begin:end]], role.kind, told)
        begin = end


def _goes_on(before: Role, role: Role, depth: int) -> bool:
    """Whether a line is of one block with the line above it: code and quotations go on over empty lines."""
    if role.kind != before.kind or role.within > depth or role.kind in (HEADING, ITEM, TERM):
        return False
    return not role.line.gap or role.kind in (CODE, QUOTE)


def _leaf(role: Role) -> Block:
    unit = Unit((role.line,), "line")
    if role.kind == HEADING:
        return Block("heading", unit.pointer, unit.content(), {"level": str(max(1, min(6, role.level)))})
    return Block("paragraph", unit.pointer, unit.content())


def _run(lines: Sequence[Line], kind: str, told: _Told) -> Iterator[Block]:
    """Lines of one kind that stand together."""
    begin, end = lines[0].begin, lines[-1].end
    if kind == QUOTE:
        yield Block("quote", f"char={begin},{end}", tuple(_paragraphs(lines, told)))
    elif kind == TABLE and (table := table_of(told.text, begin, end)) is not None:
        yield table
    elif kind in (CODE, TABLE):
        for part in _pieces(lines):
            begin, end = part[0].start, part[-1].end
            written = told.text[begin:end].replace("\r", "\n").replace("\f", " ")
            language = {"language": named} if (named := language_of(part[0].text)) else None
            yield Block("preformatted", f"char={begin},{end}", (written,), language)
    elif kind == MARK:
        for part in _pieces(lines):
            unit = Unit(tuple(part), "broken")
            yield Block("text", unit.pointer, unit.content())
    else:
        yield from _paragraphs([lines[0]._replace(gap=True), *lines[1:]], told)


def _pieces(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Lines in as few parts as no longer run of text than XML tools take allows."""
    first = 0
    for at, line in enumerate(lines):
        if line.end - lines[first].start > TEXT_CHARACTERS // 2 and at > first:
            yield lines[first:at]
            first = at
    yield lines[first:]


def _paragraphs(lines: Sequence[Line], told: _Told) -> Iterator[Block]:
    """Paragraphs, parted by empty lines; in a source no line's end is meant."""
    numbers: list[int] = []
    for line in lines:
        numbers.append((numbers[-1] + line.gap) if numbers else 0)
    for _, part in groupby(zip(numbers, lines, strict=True), lambda one: one[0]):
        for piece in _pieces([line for _, line in part]):
            unit = Unit(tuple(piece), "joined")
            told.joined.append(len(unit.lines) - unit.breaks() - 1)
            yield Block("paragraph", unit.pointer, unit.content())


def _lists(roles: Sequence[Role], depth: int, told: _Told) -> Iterator[Block]:
    """Lists of one depth, those of terms apart from those of items; what stands before the first item is none's."""
    begins = [at for at, role in enumerate(roles) if role.within == depth and role.kind in _ITEMS]
    if not begins:
        yield from _blocks([role._replace(within=min(role.within, depth)) for role in roles], depth, told)
        return
    if begins[0]:
        yield from _blocks(roles[: begins[0]], depth, told)
    parts = [roles[begin:end] for begin, end in zip(begins, [*begins[1:], len(roles)], strict=True)]
    for kind, group in groupby(parts, lambda part: part[0].kind):
        members = list(group)
        pointer = f"char={members[0][0].line.begin},{_end(members[-1])}"
        if kind == ITEM:
            items = tuple(_item(part, depth, told) for part in members)
            yield Block("list", pointer, items, {"rend": "plain"})
        else:
            yield Block("glossary", pointer, tuple(one for part in members for one in _explained(part, depth, told)))


def _end(roles: Sequence[Role]) -> int:
    return roles[-1].line.end


def _item(roles: Sequence[Role], depth: int, told: _Told) -> Block:
    """An item: its first line begins its first paragraph."""
    first = roles[0]._replace(kind=PROSE)
    blocks = list(_blocks([first, *roles[1:]], depth, told))
    blocks[0] = blocks[0]._replace(kind="text")
    return Block("item", f"char={roles[0].line.begin},{_end(roles)}", tuple(blocks))


def _explained(roles: Sequence[Role], depth: int, told: _Told) -> Iterator[Block]:
    """A term, on one line or several, and what explains it."""
    end = 1
    while end < len(roles) and roles[end].kind == NAMED and roles[end].within == depth:
        end += 1
    unit = Unit(tuple(role.line for role in roles[:end]), "broken" if end > 1 else "line")
    yield Block("term", unit.pointer, unit.content())
    if rest := roles[end:]:
        pointer = f"char={rest[0].line.begin},{_end(rest)}"
        yield Block("definition", pointer, tuple(_blocks(rest, depth, told)))

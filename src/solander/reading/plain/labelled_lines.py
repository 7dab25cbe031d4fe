"""Lines that each begin with a label as a list of terms: the fields of a form, and of the head of a letter."""

from __future__ import annotations

from collections.abc import Callable

from solander.model.page import Block, Inline
from solander.reading.plain.lines import Line
from solander.reading.plain.units import Unit


def as_terms(unit: Unit, goes_on: Callable[[Line], bool], label_end: Callable[[Line], int]) -> Block:
    """Each label as a term, and what stands behind it and in the lines that go on with it as its definition.

    Args:
        unit: the lines.
        goes_on: whether a line that is not the first belongs to the label above it.
        label_end: how many characters of a line are its label; 0 where it has none.
    """
    fields: list[list[Line]] = []
    for line in unit.lines:
        if fields and goes_on(line):
            fields[-1].append(line)
        else:
            fields.append([line])
    parts: list[Block] = []
    for lines in fields:
        first = lines[0]
        end = label_end(first)
        rest = first.text[end:].lstrip()
        # A label is written without white space that was collapsed, so that its words end where it does.
        middle = first.begin + end
        if end:
            parts.append(Block("term", f"char={first.begin},{middle}", (first.text[:end],)))
        content: list[Inline | str] = [rest] if rest else []
        for line in lines[1:]:
            content += [Inline("break"), line.text] if content else [line.text]
        if content:
            source = f"char={_begin(lines, rest, middle) if end else first.begin},{lines[-1].end}"
            parts.append(Block("definition", source, (Block("text", source, tuple(content)),)))
    return Block("glossary", unit.pointer, tuple(parts))


def _begin(lines: list[Line], rest: str, middle: int) -> int:
    first = lines[0]
    if not rest:
        return lines[1].begin
    # Where white space was collapsed in the line, its words begin somewhere behind the label.
    return first.end - len(rest) if len(first.text) == first.end - first.begin else middle

"""The numbers of lines, put back among the blocks that were read without them, each where it was printed.

A poem whose lines are counted is verse, line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from solander.model.page import TEXT_KINDS, Block, Division, Inline, InlineContent, leaves
from solander.reading.plain.line_numbers import LineNumber


def with_numbers(
    divisions: tuple[Division, ...], numbers: Sequence[LineNumber], blanked: str, text: str
) -> tuple[Division, ...]:
    """The blocks with the numbers of their lines.

    Args:
        divisions: as they were read.
        numbers: in their order.
        blanked: the text that was read, with blanks where the numbers stand.
        text: the text with them.
    """
    spans = [_span(leaf) for division in divisions for leaf in leaves(division.blocks)]
    held: list[list[LineNumber]] = [[] for _ in spans]
    at = 0
    for one in numbers:
        # Before its line it is of the leaf that goes on or begins there; behind it, of the one that has begun.
        edge = 1 if one.is_left else 0
        while at + 1 < len(spans) and (spans[at][1] <= one.begin if edge else spans[at + 1][0] < one.begin):
            at += 1
        if spans:
            held[at].append(one)
    verse = (_counted_from(text, numbers[0]), numbers[-1].end) if numbers[0].of_verse else (0, 0)
    put = _PutBack(list(map(tuple, held)), blanked, text, verse)
    return tuple(division._replace(blocks=tuple(map(put.block, division.blocks))) for division in divisions)


def _counted_from(text: str, first: LineNumber) -> int:
    """Where the line stands from which a poem's first number counts; empty lines and heads of parts lie between."""
    place, left = first.begin, int(first.written)
    while left and place > 0:
        before = text.rfind("\n", 0, place)
        left -= bool(text[before + 1 : place].strip())
        place = before
    return place + 1


class _PutBack:
    """What was taken out of each leaf, in the order of these."""

    def __init__(self, held: Sequence[Sequence[LineNumber]], blanked: str, text: str, verse: tuple[int, int]) -> None:
        self.held = iter(held)
        self.blanked, self.text, self.verse = blanked, text, verse

    def block(self, block: Block) -> Block:
        """The block with its numbers, and its pointer about them."""
        if block.kind in TEXT_KINDS:
            return self._leaf(block, next(self.held))
        inner = tuple(map(self.block, block.content))  # type: ignore[arg-type]
        within = [_span(leaf) for leaf in leaves(inner)]
        begin, end = _span(block)
        edges = [begin, end, *(place for span in within for place in span)]
        return block._replace(content=inner, source=f"char={min(edges)},{max(edges)}")

    def _leaf(self, leaf: Block, numbers: Sequence[LineNumber]) -> Block:
        begin, end = _span(leaf)
        is_verse = leaf.kind == "paragraph" and not leaf.attributes and self._is_verse(leaf)
        if numbers:
            first, last = min(begin, numbers[0].begin), max(end, numbers[-1].end)
            if leaf.kind == "preformatted":
                first = begin if begin <= first else first
                content: InlineContent = (self.text[first:last].replace("\r", "\n").replace("\f", " "),)
            else:
                places = [begin, *(min(max(one.begin, begin), end) for one in numbers)]
                offsets: list[int] = []
                for before, after in pairwise(places):
                    seen = sum(not sign.isspace() for sign in self.blanked[before:after])
                    offsets.append(seen + (offsets[-1] if offsets else 0))
                content = _numbered(leaf.content, list(zip(offsets, numbers, strict=True)))  # type: ignore[arg-type]
            leaf = leaf._replace(content=content, source=f"char={first},{last}")
        if is_verse:
            leaf = Block("stanza", leaf.source, (leaf._replace(kind="verse"),))
        return leaf

    def _is_verse(self, leaf: Block) -> bool:
        begin, end = _span(leaf)
        is_counted = begin < self.verse[1] and end > self.verse[0]
        return is_counted and any(isinstance(part, Inline) and part.kind == "break" for part in leaf.content)


def _numbered(content: InlineContent, numbers: Sequence[tuple[int, LineNumber]]) -> InlineContent:
    """The content of a leaf with its numbers, each at so many characters, white space left out, from the beginning."""
    parts: list[Inline | str] = []
    waiting = list(reversed(numbers))
    seen = 0
    for part in content:
        if not isinstance(part, str):
            parts.append(part)
            seen += _signs(part)
            continue
        done = 0
        for at, sign in enumerate(part):
            if sign.isspace():
                continue
            while waiting and waiting[-1][1].is_left and waiting[-1][0] <= seen:
                parts += [part[done:at], _running(waiting.pop()[1]), " "]
                done = at
            seen += 1
            while waiting and not waiting[-1][1].is_left and waiting[-1][0] <= seen:
                parts += [part[done : at + 1], " ", _running(waiting.pop()[1])]
                done = at + 1
        parts.append(part[done:])
    while waiting:
        parts += [" ", _running(waiting.pop()[1])]
    return tuple(part for part in parts if part)


def _running(number: LineNumber) -> Inline:
    return Inline("running", (number.written,), {"place": "lineNum"})


def _signs(part: Inline) -> int:
    return sum(
        _signs(inner) if isinstance(inner, Inline) else sum(not sign.isspace() for sign in inner)
        for inner in part.content
    )


def _span(block: Block) -> tuple[int, int]:
    begin, _, end = block.source.removeprefix("char=").partition(",")
    return int(begin), int(end)

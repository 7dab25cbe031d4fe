"""Several letters on one page: each stands under a heading of its own, and is opened and closed by itself.

Told by two greetings at least, each near the heading of its section. Else a page is one letter, or none.

Source: TEI P5 4.12.0, 4.2.2 (openers and closers).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from solander.model.greetings import is_greeting
from solander.model.page import LINE_KINDS, Block, plain
from solander.reading.dateline import read_dateline
from solander.reading.dividing.letters import closing_end, letters, parted_closing

_FEWEST = 2
_BELOW_HEADING = 4
"""Among so many blocks below a heading the greeting of its letter stands."""

_GREETING_CHARACTERS = 100
_GREETING_ENDS = (",", ":", "!", "，", "：", "！")


def sections(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """The letters of a page, from the heading of each to before the next; none where there are not several."""
    heads: list[int] = []
    head = len(blocks)
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            head = at
        elif 0 < at - head <= _BELOW_HEADING and _greets(block):
            heads.append(head)
            head = len(blocks)
    if len(heads) < _FEWEST:
        return []
    ends = [at for at, block in enumerate(blocks) if block.kind == "heading" and at > heads[0]] + [len(blocks)]
    return [(begin, ends[bisect_right(ends, begin)]) for begin in heads]


def each_letter(mains: Sequence[Sequence[Block]]) -> tuple[list[Sequence[Block]], list[Block]]:
    """Name what opens and closes each letter of the text proper.

    Args:
        mains: its parts, neighbours in each.

    Returns:
        The parts, in which the last block of a letter may have become several; and all their blocks, named.
    """
    blocks = [block for one in mains for block in one]
    if not sections(blocks):
        found = list(mains)
        if found and found[-1]:
            found[-1] = _parted(found[-1], [(0, len(found[-1]))])
        return found, letters([block for one in found for block in one])
    found = [_parted(one, sections(one)) for one in mains]
    named = [block for one in found for block in one]
    for begin, end in sections(named):
        named[begin:end] = letters(_dated(named[begin:end]))
    return found, named


def _parted(blocks: Sequence[Block], parts: Sequence[tuple[int, int]]) -> tuple[Block, ...]:
    """The blocks, with the last of each letter line by line where its lines close and sign it."""
    parted: list[Block] = []
    done = 0
    for begin, end in parts:
        last = begin + closing_end(blocks[begin:end]) - 1
        parted += [*blocks[done:last], *parted_closing(blocks[last])]
        done = last + 1
    return (*parted, *blocks[done:])


def _greets(block: Block) -> bool:
    if block.kind not in LINE_KINDS or not block.content:
        return False
    last = block.content[-1]
    while not isinstance(last, str) and last.content:
        last = last.content[-1]
    # Most lines end otherwise, and need not be put together.
    if not isinstance(last, str) or not last.endswith(_GREETING_ENDS):
        return False
    text = plain(block)
    return len(text) <= _GREETING_CHARACTERS and text.endswith(_GREETING_ENDS) and is_greeting(text)


def _dated(blocks: Sequence[Block]) -> list[Block]:
    """A letter with the day and the place below its heading named."""
    found = list(blocks)
    below = found[1]
    if below.kind in LINE_KINDS and (content := read_dateline(plain(below))) is not None:
        is_words = all(isinstance(part, str) for part in below.content)
        found[1] = below._replace(kind="dateline", content=content if is_words else below.content)
    return found

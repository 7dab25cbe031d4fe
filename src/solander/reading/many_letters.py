"""Several letters on one page: each stands under a heading of its own, and is opened and closed by itself.

Told by two greetings at least, each near the heading of its section. Else a page is one letter, or none.

Source: TEI P5 4.12.0, 4.2.2 (openers and closers).
"""

from __future__ import annotations

from collections.abc import Sequence

from solander.model.greetings import is_greeting
from solander.model.page import Block, plain
from solander.reading.dateline import read_dateline
from solander.reading.letters import closing_end, letters, parted_closing

_LEAVES = frozenset(("paragraph", "text"))
_FEWEST = 2
_BELOW_HEADING = 4
"""Among so many blocks below a heading the greeting of its letter stands."""

_GREETING_CHARACTERS = 100
_GREETING_ENDS = (",", ":", "!", "，", "：", "！")


def sections(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """The letters of a page, from the heading of each to before the next; none where there are not several."""
    heads = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    if len(heads) < _FEWEST:
        return []
    found = [
        (begin, end)
        for begin, end in zip(heads, [*heads[1:], len(blocks)], strict=True)
        if any(map(_greets, blocks[begin + 1 : min(end, begin + 1 + _BELOW_HEADING)]))
    ]
    return found if len(found) >= _FEWEST else []


def each_letter(blocks: Sequence[Block]) -> list[Block]:
    """Name what opens and closes each letter; as many blocks come out as went in."""
    parts = sections(blocks)
    if not parts:
        return letters(blocks)
    named = list(blocks)
    for begin, end in parts:
        named[begin:end] = letters(_dated(blocks[begin:end]))
    return named


def parted_closings(blocks: Sequence[Block], *, is_last: bool) -> tuple[Block, ...]:
    """The blocks, with the last of each letter line by line where its lines close and sign it.

    Args:
        blocks: neighbours of the text proper.
        is_last: none follow them; of a page that is one letter these alone may end it.
    """
    parts = sections(blocks) or ([(0, len(blocks))] if is_last and blocks else [])
    parted: list[Block] = []
    done = 0
    for begin, end in parts:
        last = begin + closing_end(blocks[begin:end]) - 1
        parted += [*blocks[done:last], *parted_closing(blocks[last])]
        done = last + 1
    return (*parted, *blocks[done:])


def _greets(block: Block) -> bool:
    if block.kind not in _LEAVES or not block.content:
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
    if below.kind in _LEAVES and (content := read_dateline(plain(below))) is not None:
        is_words = all(isinstance(part, str) for part in below.content)
        found[1] = below._replace(kind="dateline", content=content if is_words else below.content)
    return found

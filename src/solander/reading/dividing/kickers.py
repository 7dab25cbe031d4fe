"""The line above an entry's heading that is the entry's: its section, its hour. It is no end of what stands before.

Known by its place: it opens an element that holds the heading, too, and nothing of what precedes; and a page has it
so several times, or the element is an article or a section of its own. No word moves.

Source: TEI P5 4.12.0, 4.2.1 (``head``; a division may have several).
"""

from __future__ import annotations

from collections.abc import Sequence

from solander.model.page import Block, Division, plain

KICKER_CHARACTERS = 80
"""A longer line is a sentence."""

KICKER_LINES = 2
"""So many lines may stand above a heading."""

_LEAVES = frozenset(("paragraph", "text", "dateline"))
_ENTRIES = ("article[", "section[")
_SENTENCE_ENDS = frozenset(".!?:;,。！？：；，…")


def kicked(divisions: tuple[Division, ...]) -> tuple[Division, ...]:
    """Name the lines above the headings of entries in the text proper."""
    made: list[Division] = []
    before: Block | None = None
    for division in divisions:
        if division.zone == "main":
            kickers = _kickers(division.blocks, before)
            if kickers:
                division = division._replace(
                    blocks=tuple(
                        [
                            block._replace(kind="kicker") if at in kickers else block
                            for at, block in enumerate(division.blocks)
                        ]
                    )
                )
            before = division.blocks[-1] if division.blocks else before
        made.append(division)
    return tuple(made)


def _kickers(blocks: Sequence[Block], before: Block | None) -> set[int]:
    """Which blocks are such lines."""
    sure: set[int] = set()
    found: list[set[int]] = []
    for at, block in enumerate(blocks):
        if block.kind != "heading" or not at:
            continue
        first = at
        while first > max(0, at - KICKER_LINES) and _may_kick(blocks[first - 1]):
            first -= 1
        steps = _steps(block)
        for begin in range(first, at):
            preceding = blocks[begin - 1] if begin else before
            if preceding is None:
                continue
            entry = _shared(_steps(blocks[begin]), steps)
            # Nothing of what precedes stands in the element that the line opens.
            if entry > max(_shared(_steps(preceding), steps), 2):
                lines = set(range(begin, at))
                found.append(lines)
                if steps[entry - 1].startswith(_ENTRIES):
                    sure |= lines
                break
    return set().union(*found) if len(found) > 1 else sure


def _may_kick(block: Block) -> bool:
    if block.kind not in _LEAVES:
        return False
    line = plain(block)
    return 0 < len(line) <= KICKER_CHARACTERS and line[-1] not in _SENTENCE_ENDS


def _steps(block: Block) -> list[str]:
    return block.source.removeprefix("xpath(/").removesuffix(")").split("/")


def _shared(steps: Sequence[str], others: Sequence[str]) -> int:
    """How many steps two pointers begin with alike."""
    count = 0
    for step, other in zip(steps, others, strict=False):
        if step != other:
            break
        count += 1
    return count

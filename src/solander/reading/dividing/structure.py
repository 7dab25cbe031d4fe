"""Divisions -> divisions: in the text proper, what opens, closes and is spoken gets its name; nothing moves."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from itertools import accumulate

from solander.model.page import Block, Division
from solander.reading.dividing.many_letters import each_letter
from solander.reading.dividing.turns import turns


def structured(
    divisions: tuple[Division, ...], part: Callable[[str, str], tuple[str, str]], names: Container[str] = ()
) -> tuple[Division, ...]:
    """Name openers, closers and turns of speech.

    Args:
        divisions: a page's, in order.
        part: gives of a block's pointer and the label it begins with the pointers of the label and of the rest.
        names: pointers of blocks that are the name of who speaks, and nothing else.
    """
    mains: list[Sequence[Block]] = [division.blocks for division in divisions if division.zone == "main"]
    mains, blocks = each_letter(mains)
    edges = list(accumulate(map(len, mains), initial=0))
    spoken = iter(turns(blocks, edges, part, names))
    return tuple(
        division if division.zone != "main" else division._replace(blocks=tuple(next(spoken))) for division in divisions
    )

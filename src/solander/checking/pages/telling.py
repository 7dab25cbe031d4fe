"""How the PAG rules tell of faults: the first few one by one, the rest counted, and words quoted in part.

Source: the design's first law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from solander.checking.rules import Fault
from solander.model.finding import Place

LAW = "design, law 1"

PLACES_NAMED, WORDS_QUOTED = 5, 12
"""How many places of one fault are told one by one, and how many words a finding quotes; the rest is counted."""

_One = TypeVar("_One")


def bounded(faults: Iterable[_One], tell: Callable[[_One], Fault], rest: str) -> Iterator[Fault]:
    """Tell the first few faults one by one, and count the others at the place of the first of them."""
    more = 0
    first: Place | None = None
    for count, fault in enumerate(faults):
        if count < PLACES_NAMED:
            yield tell(fault)
        else:
            first = first or tell(fault).place
            more += 1
    if first is not None:
        yield Fault(first, rest.format(more))


def quoted(words: Sequence[str]) -> str:
    """The first of some words, as a finding quotes them."""
    begin = " ".join(words[:WORDS_QUOTED])
    return begin[:120] + (" …" if len(words) > WORDS_QUOTED or len(begin) > 120 else "")


def in_words(count: int) -> str:
    """A count of words: ``1 word``, ``2 words``."""
    return "1 word" if count == 1 else f"{count} words"

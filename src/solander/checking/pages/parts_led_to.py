"""Where the parts of an original's pictures lead, beside where those of its TEI do.

The promise: each ``area`` with an address is a ``ref`` of type ``area`` with that address, in the order of the page and
not before its block begins. Such a link has no words: which it is, its place in the order and its address alone tell.

Source: HTML Standard, 4.8.13 and 4.8.14 (``map`` and ``area``); TEI P5, att.pointing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial

from solander.checking.pages.led_to import Addresses, Led, address_shown
from solander.checking.pages.tei_words import Reference, References
from solander.checking.pages.tree import TreeOriginal

AREAS_LOOKED_AT = 50
"""Among how many of the page's next that is sought which has the address of the TEI's next."""


def compare_areas(
    page: TreeOriginal, references: References, rank_of: Callable[[str], int], addresses: Addresses
) -> list[Led]:
    """What differs, in order.

    Args:
        page: the original.
        references: of the TEI.
        rank_of: where a pointer leads, in the order of the page.
        addresses: of the page.
    """
    ours, found = page.areas, list[Led]()
    ranked = sorted(((rank_of(one.pointer), at) for at, one in enumerate(references.areas)))
    waiting = deque[tuple[int, Reference]]()
    begin = 0
    for rank, at in ranked:
        one = references.areas[at]
        near = range(begin, min(len(ours), begin + AREAS_LOOKED_AT))
        which = next((k for k in near if ours[k][0] >= rank and addresses.agree(ours[k][1], one)), -1)
        if which < 0:
            waiting.append((rank, one))
            continue
        found += _between(page, begin, which, waiting)
        begin = which + 1
    return found + _between(page, begin, len(ours), waiting)


def _between(page: TreeOriginal, begin: int, end: int, waiting: deque[tuple[int, Reference]]) -> list[Led]:
    """What stands between two that agree: of each side the first with the first of the other, if they may be one."""
    found: list[Led] = []
    for number, href in page.areas[begin:end]:
        one = waiting.popleft()[1] if waiting and waiting[0][0] <= number else None
        line, target = (one.line, address_shown(one)) if one is not None else (0, None)
        found.append(Led(partial(page.place_of, number), line, href, target))
    while waiting:
        one = waiting.popleft()[1]
        found.append(Led(partial(_fragment, one.pointer), one.line, None, address_shown(one)))
    return found


def _fragment(pointer: str) -> str:
    return pointer.partition("#")[2]

"""What is written down beside a live page: what could not be had of what it shows, and why.

Many are named, and the others counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

NAMED = 300


def noted(name: str, found: Iterable[tuple[str, str]], number: int, unasked: int = 0) -> Iterator[tuple[str, str]]:
    """Fields of one name, a line each.

    Args:
        name: of the field.
        found: addresses, each with the reason.
        number: of ``found``.
        unasked: how many more were not even looked for.
    """
    yield from ((name, f"{address} {why}") for address, why in islice(found, NAMED))
    if number > NAMED:
        yield name, f"{number - NAMED:,} more"
    if unasked:
        yield name, f"{unasked:,} more, which were not looked for"

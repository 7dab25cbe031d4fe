"""Pieces of work dealt to processes: each is done, and once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from solander.files.by_processes import can_fork, deal


def begin() -> Callable[[int], int]:
    return lambda number: number * number


@pytest.mark.parametrize("count", [2, 4])
def test_no_piece_is_done_twice_however_many_ask_at_once(count: int) -> None:
    assert can_fork()
    assert sorted(deal(20_000, begin, count)) == [number * number for number in range(20_000)]

"""Captures of one address, sorted once by their moments: the nearest to any moment is found without looking at all.

Of a picture that every page of a crawl shows there may be as many captures as there are pages, and each page asks for
its own. What is kept of a capture is its place in the table of records and its moment; of what was asked for lately
as much is kept as memory has room for.
"""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

ROOM = 1_000_000
"""So many captures are kept at hand, of 24 bytes each."""

_EACH = 16
"""For so many captures an address counts by itself."""

_EPOCH, _UNIT = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_SECOND = 1_000_000


class CapturesByMoment:
    """Places of captures in the table of records, in their order, and by their moments."""

    def __init__(self, captures: Iterable[tuple[int, datetime | None]]) -> None:
        """Sort captures: the place and the moment of each, by their places."""
        self._places, self._undated = array("q"), array("q")
        dated, moments = array("q"), array("q")
        for place, moment in captures:
            self._places.append(place)
            if moment is None:
                self._undated.append(place)
            else:
                dated.append(place)
                moments.append(_number(moment))
        order = sorted(range(len(dated)), key=moments.__getitem__)
        self._moments = array("q", map(moments.__getitem__, order))
        self._by_moment = array("q", map(dated.__getitem__, order))

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[int]:
        """In their order."""
        return iter(self._places)

    def nearest(self, moment: datetime | None) -> Iterator[int]:
        """All of them, the nearest to a moment first, of several as near the first in their order.

        What has no moment is as near as can be, and so is all to no moment.
        """
        if moment is None:
            return iter(self._places)
        wanted = _number(moment)
        undated = ((0, place) for place in self._undated)
        near = heapq.merge(undated, self._from(wanted), self._before(wanted))
        return (place for _, place in near)

    def within_second(self, begin: datetime) -> list[int]:
        """Those of the second that begins at a moment, in their order."""
        first = bisect_left(self._moments, _number(begin))
        last = bisect_left(self._moments, _number(begin) + _SECOND)
        return sorted(self._by_moment[first:last])

    def _from(self, wanted: int) -> Iterator[tuple[int, int]]:
        for at in range(bisect_left(self._moments, wanted), len(self._moments)):
            yield self._moments[at] - wanted, self._by_moment[at]

    def _before(self, wanted: int) -> Iterator[tuple[int, int]]:
        end = bisect_left(self._moments, wanted)
        while end:
            moment = self._moments[end - 1]
            begin = bisect_left(self._moments, moment)
            for at in range(begin, end):
                yield wanted - moment, self._by_moment[at]
            end = begin


class SortedLately:
    """What was sorted lately, by what it was asked for."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CapturesByMoment] = {}
        self._size = 0

    def get(
        self, asked: tuple[str, str], captures: Callable[[], Iterable[tuple[int, datetime | None]]]
    ) -> CapturesByMoment:
        """The captures that are asked for; they are looked up where they are not at hand."""
        if (found := self._kept.pop(asked, None)) is None:
            found = CapturesByMoment(captures())
            self._size += len(found) + _EACH
        # What was asked for last goes last.
        self._kept[asked] = found
        while self._size > ROOM and len(self._kept) > 1:
            self._size -= len(self._kept.pop(next(iter(self._kept)))) + _EACH
        return found


def _number(moment: datetime) -> int:
    return (moment - _EPOCH) // _UNIT

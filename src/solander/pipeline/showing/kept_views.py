"""Bags of many pages that stay open between one view and the next, as long as their files are the same.

To open one is to go through its whole file of captures; who reads one page of a crawl mostly reads another. Few are
kept, the last that were asked for, and each is handed to one asker at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeAlias

from solander.files.folder import Folder
from solander.files.named import stamp_of
from solander.model.bag_layout import STATEMENTS_NAME
from solander.model.item import INDEX_NAME
from solander.pipeline.showing.crawl_views import CrawlViews, captures_of

_Stamps: TypeAlias = tuple[tuple[int, ...] | None, ...]

BAGS_KEPT = 2
"""Each has an open file, its list of records on the disk, and at most ``ROWS_KEPT`` rows of its index in memory."""


class _Kept(NamedTuple):
    views: CrawlViews
    stack: ExitStack
    names: tuple[str, ...]
    """The files of the bag on which its views hang, and the bag itself."""
    stamps: _Stamps


class KeptViews:
    """The bags that stay open; several threads may ask."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._waiting: dict[Path, _Kept] = {}
        """Those that nobody has, the last that was given back at the end."""

    @contextmanager
    def opened(self, bag: Path) -> Iterator[CrawlViews]:
        """A bag of many pages, open for its views; after a fault it is opened anew for the next.

        Raises:
            ArchiveError: as ``CrawlViews``.
            SourceError: as ``CrawlViews``.
        """
        with self._turn:
            kept = self._waiting.pop(bag, None)
        if kept is not None and kept.stamps != _stamps(bag, kept.names):
            kept.stack.close()
            kept = None
        if kept is None:
            kept = _opened(bag)
        try:
            yield kept.views
        except BaseException:
            kept.stack.close()
            raise
        with self._turn:
            gone = [self._waiting.pop(bag)] if bag in self._waiting else []
            self._waiting[bag] = kept
            gone += [self._waiting.pop(next(iter(self._waiting))) for _ in range(len(self._waiting) - BAGS_KEPT)]
        for one in gone:
            one.stack.close()

    def close(self) -> None:
        """Keep none."""
        with self._turn:
            gone = list(self._waiting.values())
            self._waiting.clear()
        for one in gone:
            one.stack.close()


def _opened(bag: Path) -> _Kept:
    with ExitStack() as stack:
        tree = Folder(bag)
        names = ("", captures_of(bag, tree), INDEX_NAME, STATEMENTS_NAME)
        # Before they are read: what is changed meanwhile is another file.
        stamps = _stamps(bag, names)
        views = CrawlViews(bag, tree, stack)
        return _Kept(views, stack.pop_all(), names, stamps)


def _stamps(bag: Path, names: tuple[str, ...]) -> _Stamps:
    return tuple(stamp_of(bag / name) for name in names)

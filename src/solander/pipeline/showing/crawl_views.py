"""Views of the pages of a bag that holds many, made anew of its file of captures.

What the bag records of how it was made, and its index, say which page is which; whatever lies in the bag, views are
ours.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from solander.encoding.item_index import IndexUnreadable, parse_index
from solander.errors import ArchiveError
from solander.files.folder import Folder
from solander.model.bag_layout import ORIGINAL_FOLDER
from solander.model.document import Document
from solander.model.item import INDEX_NAME, Item, records_name, tei_name
from solander.pipeline.archive import recorded_in
from solander.pipeline.judgement.rederiving import imprint_of
from solander.pipeline.pages.normalising import normalise_capture
from solander.pipeline.showing.views import columns_of, page_of

ROWS_KEPT = 20_000
"""So many rows of an index are held in memory; of a longer one the rest is gone through anew."""


def captures_of(bag: Path, tree: Folder) -> str:
    """The name of a bag's file of captures.

    Raises:
        ArchiveError: there is not exactly one, or the bag cannot be read.
    """
    originals = [one.path for one in tree.entries() if one.kind == "file" and one.path.startswith(ORIGINAL_FOLDER)]
    if len(originals) != 1 or originals[0].count(".") < 1:
        raise ArchiveError(bag, f"{len(originals)} files lie in {ORIGINAL_FOLDER}")
    return originals[0]


class CrawlViews:
    """A bag of many pages that is open: it gives the views of its pages."""

    def __init__(self, bag: Path, tree: Folder, stack: ExitStack) -> None:
        """Read which records there are, once.

        Raises:
            ArchiveError: the bag does not record how it was made, or could not be read.
            SourceError: its file of captures cannot be read.
        """
        # Late: nothing else that is shown needs what reads records.
        from solander.pipeline.crawls.pages import CrawlPages

        self._bag, self._tree = bag, tree
        self._options = recorded_in(bag).options
        try:
            self._at = datetime.fromisoformat(self._options["at"])
        except (KeyError, ValueError) as error:
            raise ArchiveError(bag, f"it does not record how it was made ({error})") from error
        self._pages = CrawlPages(tree, captures_of(bag, tree), stack)
        self._coming: Generator[Item, None, None] | None = None
        # It holds the index open, and us.
        stack.callback(self._stop)
        self._rows: dict[int, Item] = {}

    def item(self, number: int) -> Item:
        """The row of a page.

        Raises:
            ArchiveError: there is none, or the index cannot be read so far.
        """
        if number in self._rows:
            return self._rows[number]
        if self._coming is None or len(self._rows) >= ROWS_KEPT:
            self._stop()
            self._coming, self._rows = self.items(), {}
        try:
            for item in self._coming:
                if len(self._rows) < ROWS_KEPT:
                    self._rows.setdefault(item.number, item)
                if item.number == number:
                    return item
        except ArchiveError:
            self._coming = None
            raise
        self._coming = None
        raise ArchiveError(self._bag, f"its index has no page {number}")

    def _stop(self) -> None:
        if self._coming is not None:
            self._coming.close()
        self._coming = None

    def items(self) -> Generator[Item, None, None]:
        """The rows of the index.

        Raises:
            ArchiveError: it cannot be read any further.
        """
        try:
            yield from parse_index(self._tree.chunks(INDEX_NAME))
        except IndexUnreadable as error:
            raise ArchiveError(self._bag / INDEX_NAME, f"line {error.line}: {error}") from error

    def view(self, item: Item, *, entry: str, side_by_side: bool = False) -> Document:
        """The view of a page; or the original, the TEI as it is read, and the TEI as it is written.

        Args:
            item: its row.
            entry: the way from the view to what is shown of the page.
            side_by_side: which of them.

        Raises:
            ArchiveError: the file of captures has no such page.
            SourceError: what is there is no page.
        """
        try:
            capture = self._pages.capture(item)
        except LookupError as error:
            raise ArchiveError(self._bag, f"its file of captures has no page {item.number}") from error
        made = normalise_capture(capture, self._at, (), imprint_of(self._options))
        if side_by_side:
            return columns_of(made, entry=entry)
        return page_of(made, tei=tei_name(item.number), record=records_name(item.number), entry=entry)


@contextmanager
def opened_views(bag: Path) -> Iterator[CrawlViews]:
    """A bag of many pages, open for its views.

    Raises:
        ArchiveError: as ``CrawlViews``.
        SourceError: as ``CrawlViews``.
    """
    with ExitStack() as stack:
        yield CrawlViews(bag, Folder(bag), stack)

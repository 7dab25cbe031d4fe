"""Views of the pages of a bag that holds many, made anew of its file of captures.

What the bag records of how it was made, and its index, say which page is which; whatever lies in the bag, views are
ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from solander.encoding.item_index import IndexUnreadable, parse_index
from solander.errors import ArchiveError
from solander.files.folder import Folder
from solander.model.document import Document
from solander.model.item import INDEX_NAME, Item, records_name, tei_name
from solander.pipeline.archive import recorded_in
from solander.pipeline.layout_names import ORIGINAL_FOLDER
from solander.pipeline.normalising import normalise_capture
from solander.pipeline.rederiving import imprint_of
from solander.pipeline.showing import columns_of, page_of


class CrawlViews:
    """A bag of many pages that is open: it gives the views of its pages."""

    def __init__(self, bag: Path, tree: Folder, stack: ExitStack) -> None:
        """Read which records there are, once.

        Raises:
            ArchiveError: the bag does not record how it was made, or could not be read.
            SourceError: its file of captures cannot be read.
        """
        # Late: nothing else that is shown needs what reads records.
        from solander.pipeline.crawl_pages import CrawlPages

        self._bag, self._tree = bag, tree
        self._options = recorded_in(bag).options
        try:
            self._at = datetime.fromisoformat(self._options["at"])
        except (KeyError, ValueError) as error:
            raise ArchiveError(bag, f"it does not record how it was made ({error})") from error
        originals = [one.path for one in tree.entries() if one.kind == "file" and one.path.startswith(ORIGINAL_FOLDER)]
        if len(originals) != 1 or originals[0].count(".") < 1:
            raise ArchiveError(bag, f"{len(originals)} files lie in {ORIGINAL_FOLDER}")
        self._pages = CrawlPages(tree, originals[0], stack)

    def item(self, number: int) -> Item:
        """The row of a page.

        Raises:
            ArchiveError: there is none, or the index cannot be read so far.
        """
        for item in self.items():
            if item.number == number:
                return item
        raise ArchiveError(self._bag, f"its index has no page {number}")

    def items(self) -> Iterator[Item]:
        """The rows of the index.

        Raises:
            ArchiveError: it cannot be read any further.
        """
        try:
            yield from parse_index(self._tree.chunks(INDEX_NAME))
        except IndexUnreadable as error:
            raise ArchiveError(self._bag / INDEX_NAME, f"line {error.line}: {error}") from error

    def view(self, item: Item, *, side_by_side: bool = False) -> Document:
        """The view of a page; or the original, the TEI as it is read, and the TEI as it is written.

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
            return columns_of(made)
        return page_of(made, tei=tei_name(item.number), record=records_name(item.number))


@contextmanager
def opened_views(bag: Path) -> Iterator[CrawlViews]:
    """A bag of many pages, open for its views.

    Raises:
        ArchiveError: as ``CrawlViews``.
        SourceError: as ``CrawlViews``.
    """
    with ExitStack() as stack:
        yield CrawlViews(bag, Folder(bag), stack)

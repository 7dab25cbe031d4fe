"""The pages of a bag that holds many, read out of its file of captures again by what the index says of them.

The file is read once for its records, and then page by page; memory does not grow with its size.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime

from solander.files.laid_open import laid_open
from solander.model.bag_layout import ORIGINAL_FOLDER
from solander.model.capture import Capture, Choice
from solander.model.item import Item
from solander.model.ports import Readable, Tree
from solander.pipeline.crawls.items import called
from solander.pipeline.pages.judging import Original

_ANY_STATUS = Choice(statuses=tuple(range(100, 600)))


class CrawlPages:
    """The pages of the file of captures, found one by one by what the bag's index says of them."""

    def __init__(self, tree: Tree, name: str, stack: ExitStack) -> None:
        """Read which records there are.

        Raises:
            SolanderError: the file cannot be read.
        """
        # Late: nothing else needs what reads records.
        from solander.capturing.record_pages import opened_records

        self._name = name.removeprefix(ORIGINAL_FOLDER)
        kind = self._name.split(".")[1]
        # A bag may stand in an archive file: what is read at many places is laid open first.
        file = stack.enter_context(laid_open(tree, name))
        readable: Readable = file
        if kind == "wacz":
            from solander.capturing.wacz import Wacz

            readable, kind = stack.enter_context(Wacz(file, self._name).records()), "warc"
        self._records = stack.enter_context(opened_records(readable, kind, self._name))
        self._records.keeps_media = False

    def original(self, item: Item) -> tuple[Original, str]:
        """What the word checker needs to know of a page, and the SHA-256 of its bytes.

        Raises:
            LookupError: it is not there.
            SolanderError: it cannot be read.
        """
        capture = self.capture(item)
        within = {"record-id": item.record, "uri": item.uri, "captured-at": item.captured}
        options = {name: value for name, value in within.items() if value}
        original = Original(capture.original, self._name, item.media_type, item.charset, options, item.uri)
        return original, capture.sha256

    def capture(self, item: Item) -> Capture:
        """A page as it was captured, its container that of its own records.

        Raises:
            LookupError: it is not there.
            SolanderError: it cannot be read.
        """
        from solander.capturing.record_pages import page_at, page_named

        index = self._records.index
        if item.record:
            held = page_named(index, _ANY_STATUS, item.record)
        else:
            try:
                moment = datetime.fromisoformat(item.captured) if item.captured else None
            except ValueError:
                raise LookupError(item.captured) from None
            held = page_at(index, _ANY_STATUS, item.uri, moment)
        if held is None:
            raise LookupError(item.record or item.uri)
        return called(self._records.capture(held), self._name)

"""The pages of bags of many pages as they are shown: a page about each, and its view, made anew when it is asked for.

Source: docs/showing.md, "What is served".
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from solander.errors import ArchiveError, SolanderError
from solander.model.catalogue import SignedLink, parted
from solander.model.item import tei_name
from solander.pipeline.showing.bag_shown import in_short, page_signposts
from solander.viewing.crawl_page import crawl_page
from solander.viewing.ways import SERVED

if TYPE_CHECKING:
    from solander.pipeline.showing.kept_views import KeptViews

VIEW, COLUMNS = "view", "side-by-side"
"""Below the address of a page."""

VIEWS_AT_ONCE = threading.BoundedSemaphore(2)
"""A file of captures is gone through for a view: two at once, whoever asks."""

PATIENCE_SECONDS = 2.0
"""So long another waits for its turn; whoever only reads what is there must not wait behind views."""


class PageGone(Exception):
    """Of a page there is no view: its bag is one file, or its records cannot be read."""


def page_about(about: dict[str, Any], *, in_folder: bool) -> tuple[bytes, tuple[SignedLink, ...]]:
    """The page about one page of a bag, and its signposts.

    Args:
        about: what the catalogue knows of it.
        in_folder: whether the bag is a folder, out of which files can be given.
    """
    number = parted(about["key"])[1] or 0
    tei = f"../../files/{tei_name(number)}"
    actions = [(VIEW, "Read the page"), (COLUMNS, "Original and TEI side by side"), (tei, "TEI")] if in_folder else []
    actions += [("../../", "The bag"), ("?format=json", "JSON")]
    links = page_signposts(about, tei=tei if in_folder else None, view=VIEW if in_folder else None)
    return crawl_page(about, ways=SERVED, actions=actions, links=links, described=in_short(about)), links


def page_view(bag: Path, number: int, *, side_by_side: bool, kept: KeptViews) -> bytes:
    """The view of a page.

    Args:
        bag: where its bag stands.
        number: the page's.
        side_by_side: whether original and TEI are set side by side.
        kept: the bags that stay open.

    Raises:
        PageGone: it cannot be made.
        ArchiveError: others are being made; it may be asked for again.
    """
    if not VIEWS_AT_ONCE.acquire(timeout=PATIENCE_SECONDS):
        raise ArchiveError(bag, "as many views are being made as are made at once; ask again in a while")
    try:
        with kept.opened(bag) as views:
            return views.view(views.item(number), entry="./", side_by_side=side_by_side).content
    except SolanderError as error:
        raise PageGone(str(error).replace(f"{bag.parent}/", "")) from error
    finally:
        VIEWS_AT_ONCE.release()

"""The pages of bags of many pages in an archive that is written as files: of each a page about it, its view, its TEI.

Views are made anew of the file of captures, which is gone through once; TEI is given where it is harmless.

Source: docs/showing.md, "As files".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from solander.errors import ArchiveError, SolanderError
from solander.files.folder import Folder
from solander.files.new_folder import NewFolder
from solander.model.bag_layout import ITEM_LIMIT_BYTES
from solander.model.catalogue import parted
from solander.model.item import Item
from solander.pipeline.showing.bag_shown import in_short, page_signposts
from solander.pipeline.showing.crawl_views import CrawlViews, opened_views
from solander.viewing.crawl_page import crawl_page
from solander.viewing.inert import is_inert
from solander.viewing.ways import WRITTEN, folder_of_key

VIEW, TEI = "view.html", "page.xml"
PART_OF_PAGE = re.compile(r"pages/[1-9][0-9]{0,11}/(?:view\.html|page\.xml)")


def write_views(new: NewFolder, name: str, bag: Path) -> tuple[list[str], str]:
    """Write what hangs on the bag alone: views and TEI of its pages; the parts, and why a view is not there.

    Args:
        new: the site.
        name: the bag's folder in it.
        bag: where the bag stands.
    """
    parts: list[str] = []
    unshown = ""
    seen: set[int] = set()
    try:
        with opened_views(bag) as views:
            for item in views.items():
                # A page of which a damaged index speaks twice is written once, and those behind it, too.
                if not item.tei or item.number < 1 or item.number in seen:
                    continue
                seen.add(item.number)
                written, why = _written(new, name, bag, views, item)
                parts += written
                unshown = unshown or why
    except SolanderError as error:
        unshown = unshown or _why(error, bag)
    return parts, unshown


def _written(new: NewFolder, name: str, bag: Path, views: CrawlViews, item: Item) -> tuple[list[str], str]:
    folder = f"pages/{item.number}"
    parts: list[str] = []
    unshown = ""
    try:
        new.write([(f"{name}/{folder}/{VIEW}", views.view(item, entry="index.html").content)])
        parts.append(f"{folder}/{VIEW}")
    except SolanderError as error:
        unshown = f"page {item.number}: {_why(error, bag)}"
    try:
        content = Folder(bag).read(item.tei, ITEM_LIMIT_BYTES)
    except ArchiveError:
        return parts, unshown
    if is_inert(item.tei, content):
        new.write([(f"{name}/{folder}/{TEI}", content)])
        parts.append(f"{folder}/{TEI}")
    return parts, unshown


def write_page(new: NewFolder, about: dict[str, Any], there: Collection[str]) -> None:
    """Write the page about one page.

    Args:
        new: the site.
        about: what the catalogue knows of it.
        there: the parts of its bag that are views and TEI files of pages.
    """
    number = parted(about["key"])[1]
    view, tei = (name if f"pages/{number}/{name}" in there else None for name in (VIEW, TEI))
    actions = [(VIEW, "Read the page", view), (TEI, "TEI", tei)]
    page = crawl_page(
        about,
        ways=WRITTEN,
        actions=[(way, words) for way, words, is_there in actions if is_there],
        links=page_signposts(about, tei=tei, view=view, bag="../../index.html"),
        described=in_short(about),
    )
    new.write([(f"bags/{folder_of_key(about['key'])}/index.html", page)])


def _why(error: SolanderError, bag: Path) -> str:
    return str(error).replace(f"{bag.parent}/", "").removeprefix(f"{bag.name}: ")

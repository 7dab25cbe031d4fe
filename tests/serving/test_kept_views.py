"""A view of a page of a crawl leads back to its entry, and its bag stays open as long as its files are the same."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

import pytest
from lxml import html
from tests.batch.made_crawls import page, write_crawl

from solander.errors import ArchiveError
from solander.model.catalogue import CATALOGUE_NAME
from solander.model.item import INDEX_NAME
from solander.pipeline import begin_archive, catalogue, write_site
from solander.pipeline.crawls import pages as crawl_pages
from solander.pipeline.shards.shard import ShardConfig, process_shard
from solander.pipeline.showing.kept_views import BAGS_KEPT, KeptViews
from solander.pipeline.showing.shown_archive import ShownArchive
from solander.pipeline.showing.shown_pages import PageGone, page_view

PAGES = 12


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    begin_archive(tmp_path / "archive")
    for name in ("one", "two", "three"):
        crawl = write_crawl(tmp_path / f"{name}.warc.gz", [page(number) for number in range(1, PAGES + 1)])
        process_shard(crawl, tmp_path / "archive", ShardConfig(at="2026-01-01T00:00:00Z"))
    return tmp_path / "archive"


@pytest.fixture
def bag(archive: Path) -> Path:
    return next(archive.glob("one-*"))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of captures that were gone through."""
    seen: list[str] = []
    begin = crawl_pages.CrawlPages.__init__

    def noted(self, tree, name, stack) -> None:
        seen.append(f"{Path(tree.name).name[:3]}")
        begin(self, tree, name, stack)

    monkeypatch.setattr(crawl_pages.CrawlPages, "__init__", noted)
    return seen


def viewed(kept: KeptViews, bag: Path, number: int = 3) -> bytes:
    return page_view(bag, number, side_by_side=False, kept=kept)


def test_a_file_of_captures_is_gone_through_once_for_many_views(bag: Path, opened: list[str]) -> None:
    kept = KeptViews()
    alone = [viewed(KeptViews(), bag, number) for number in (3, 9, 1, 3)]
    opened.clear()
    assert [viewed(kept, bag, number) for number in (3, 9, 1, 3)] == alone
    assert opened == ["one"]


def index_changed(bag: Path) -> None:
    with (bag / INDEX_NAME).open("ab") as file:
        file.write(b"")
    os.utime(bag / INDEX_NAME)


def captures_replaced(bag: Path) -> None:
    (captures,) = (bag / "data/original").iterdir()
    content = captures.read_bytes()
    captures.unlink()
    captures.write_bytes(content)


@pytest.mark.parametrize("change", [index_changed, captures_replaced])
def test_what_has_changed_is_read_anew(bag: Path, opened: list[str], change) -> None:
    kept = KeptViews()
    before = viewed(kept, bag)
    change(bag)
    assert viewed(kept, bag) == before
    assert opened == ["one", "one"]


def test_a_bag_that_went_away_is_not_shown(bag: Path) -> None:
    kept = KeptViews()
    viewed(kept, bag)
    bag.rename(bag.parent / "away")
    with pytest.raises(PageGone):
        viewed(kept, bag)


def test_no_more_bags_stay_open_than_are_bounded(archive: Path, opened: list[str]) -> None:
    kept = KeptViews()
    bags = [next(archive.glob(f"{name}-*")) for name in ("one", "two", "three")]
    for bag in (*bags, bags[2], bags[0]):
        viewed(kept, bag)
    assert BAGS_KEPT == 2
    assert opened == ["one", "two", "thr", "one"]
    assert open_in(bags[1]) == 0
    kept.close()
    assert open_in(archive) == 0


def open_in(folder: Path) -> int:
    """How many files of a folder this process has open; none are seen where the system does not tell."""
    links = Path("/proc/self/fd")
    count = 0
    for one in links.iterdir() if links.is_dir() else ():
        with contextlib.suppress(OSError):
            count += one.readlink().is_relative_to(folder)
    return count


def test_a_page_that_is_not_there_is_told_and_the_others_are_shown(bag: Path) -> None:
    kept = KeptViews()
    before = viewed(kept, bag)
    with pytest.raises(PageGone, match="no page 99"):
        viewed(kept, bag, 99)
    assert viewed(kept, bag) == before


def test_several_threads_may_ask_for_one_bag(bag: Path) -> None:
    kept = KeptViews()
    right = {number: viewed(KeptViews(), bag, number) for number in range(1, PAGES + 1)}
    wrong: list[object] = []

    def ask(first: int) -> None:
        for number in (*range(first, PAGES + 1), *range(1, first)):
            try:
                with kept.opened(bag) as views:
                    if views.view(views.item(number), entry="./").content != right[number]:
                        wrong.append(number)
            except ArchiveError as error:
                wrong.append(error)

    threads = [threading.Thread(target=ask, args=(first,)) for first in (1, 5, 9)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []


def test_a_view_leads_back_to_its_entry_served_and_written(archive: Path, bag: Path, tmp_path: Path) -> None:
    for columns in (False, True):
        content = page_view(bag, 3, side_by_side=columns, kept=KeptViews())
        assert "./" in html.fromstring(content).xpath("//a/@href")
    catalogue(archive)
    ShownArchive(archive, archive / CATALOGUE_NAME, name="A", email="a@example.org")
    write_site(archive, tmp_path / "public")
    (view,) = (tmp_path / "public/bags").glob("one-*/pages/3/view.html")
    (way,) = (way for way in html.fromstring(view.read_bytes()).xpath("//a/@href") if way == "index.html")
    assert (view.parent / way).is_file()

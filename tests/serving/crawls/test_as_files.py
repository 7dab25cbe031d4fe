"""In a site that is written as files each page of a crawl has a place, and keeps it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from tests.serving.crawls.asking import AT, BASE, PAGES, bag_of, found

from solander.pipeline import catalogue, write_site


def hits_of(folder: Path) -> Iterator[dict[str, object]]:
    for path in (folder / "search/pages").glob("*.js"):
        yield json.loads(re.search(r"solander\.page\(\d+, (.*)\);", path.read_text())[1])


def test_in_a_site_each_hit_leads_to_the_page_with_its_view(archive, tmp_path):
    made = write_site(archive, tmp_path / "public", at=AT, base=BASE)
    assert (made.bags, made.unshown_count) == (2, 0)
    hits = [*hits_of(tmp_path / "public")]
    assert len(hits) == PAGES + 2
    (hit,) = (one for one in hits if "mark0042" in str(one["text"]))
    folder = tmp_path / "public/bags" / str(hit["folder"])
    about = (folder / "index.html").read_text()
    assert hit["facts"][-1] == bag_of(archive).name
    (alone,) = (one for one in hits if "lonely" in str(one["text"]))
    assert alone["facts"][-1] == ""
    search = html.fromstring((tmp_path / "public/search.html").read_bytes()).get_element_by_id("told")
    assert (search.get("data-bags"), search.get("data-pages")) == ("2", str(PAGES + 2))
    assert 'href="view.html"' in about
    assert "mark0042" in (folder / "view.html").read_text()
    for path in (tmp_path / "public").rglob("*.html"):
        for way in html.fromstring(path.read_bytes()).xpath("//a/@href | //link/@href"):
            if not urlsplit(way).scheme and not way.startswith("#"):
                assert (path.parent / unquote(urlsplit(way).path)).resolve().is_file(), (path, way)


def test_a_site_takes_over_the_pages_that_are_as_they_were(archive, tmp_path):
    def contents(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    write_site(archive, tmp_path / "public", at=AT)
    first = contents(tmp_path / "public")
    again = write_site(archive, tmp_path / "public", at=AT)
    assert again.kept == 2
    assert contents(tmp_path / "public") == first
    write_site(archive, tmp_path / "public", at=AT, afresh=True)
    assert contents(tmp_path / "public") == first


def test_an_index_that_speaks_of_a_page_twice_or_of_none_costs_no_other_page(archive, tmp_path):
    index = bag_of(archive) / "metadata/items.csv"
    lines = index.read_bytes().splitlines(keepends=True)
    second, nothing = b"000" + lines[1], b"0," + lines[2].partition(b",")[2]
    index.write_bytes(b"".join([*lines[:3], second, nothing, *lines[3:]]))
    catalogue(archive, at=AT, afresh=True)
    assert found(archive, "", ("collection", bag_of(archive).name))[0] == PAGES
    made = write_site(archive, tmp_path / "public", at=AT)
    assert made.unshown_count == 0
    assert len([*(tmp_path / "public").rglob("pages/*/page.xml")]) == PAGES

"""A page in a bag of many pages is found and shown as a page, and not as its bag."""

from __future__ import annotations

import contextlib
import gzip
import json
import threading

import pytest
from lxml import html
from tests.batch.made_crawls import write_crawl
from tests.serving.crawls.asking import AT, BASE, PAGES, ask, bag_of, found, written

from solander.model.catalogue import CATALOGUE_NAME
from solander.model.item import tei_name
from solander.pipeline import begin_archive, catalogue, open_catalogue, write_site
from solander.pipeline.shards.shard import ShardConfig, process_shard
from solander.pipeline.showing import shown_pages
from solander.pipeline.showing.shown_archive import ShownArchive


def test_a_hit_leads_to_the_page_and_from_there_to_its_view_its_tei_and_its_bag(made, shown):
    status, _, body = ask(shown, "/search", "q=mark0042")
    (way,) = html.fromstring(body).xpath("//ol[@class='hits']/li/a/@href")
    assert b"<h1>1 page</h1>" in body
    assert way == f"bags/{bag_of(made).name}/pages/42/"
    # Pages of several crawls may be called the same.
    assert html.fromstring(body).xpath("//ol[@class='hits']/li/p[1]/bdi/text()")[-1] == bag_of(made).name
    status, headers, about = ask(shown, f"/{way}")
    assert status == "200"
    assert "Ledger 42" in about.decode()
    assert f'<{BASE}bags/{bag_of(made).name}/>; rel="collection"' in headers["Link"]
    ways = {one.text: one.get("href") for one in html.fromstring(about).xpath("//ul[@class='actions']//a")}
    status, headers, view = ask(shown, f"/{way}{ways['Read the page']}")
    assert (status, b"mark0042" in view, b"mark0041" in view) == ("200", True, False)
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert b"mark0042" in ask(shown, f"/{way}side-by-side")[2]
    tei = (bag_of(made) / tei_name(42)).read_bytes()
    assert ask(shown, f"/bags/{bag_of(made).name}/files/{tei_name(42)}")[2] == tei
    assert ways["TEI"] == f"../../files/{tei_name(42)}"
    assert ways["The bag"] == "../../"


def test_the_bag_is_found_by_what_is_said_of_it_and_leads_to_all_its_pages(made, shown):
    total, pages, keys = found(made, "Häfen")
    assert (total, pages, keys) == (1, 0, [bag_of(made).name])
    body = html.fromstring(ask(shown, f"/bags/{bag_of(made).name}/")[2])
    (way,) = body.xpath("//ul[@class='actions']//a[text()='Its pages']/@href")
    assert way == f"../../search?collection={bag_of(made).name}"
    assert found(made, "", ("collection", bag_of(made).name))[:2] == (PAGES, PAGES)
    # All bags are the bags.
    assert found(made)[:2] == (2, 0)


def test_a_page_is_found_beside_a_bag_and_both_are_counted(made, shown):
    assert found(made, "mark0003")[:2] == (2, 1)
    assert b"<h1>1 bag and 1 page</h1>" in ask(shown, "/search", "q=mark0003")[2]
    assert found(made, f"harbour.example/mole/{PAGES}")[1] == 1


def test_what_a_facet_counts_is_what_its_list_has(made):
    with contextlib.closing(open_catalogue(made / CATALOGUE_NAME)) as opened:
        tallies = opened.tallies()
    assert (tallies.bags, tallies.pages) == (2, PAGES)
    told = {(kind, value): number for kind, values in tallies.facets for value, number in values}
    assert told["collection", bag_of(made).name] == PAGES
    assert told["year", "2001"] == sum(number % 4 == 0 for number in range(1, PAGES + 1))
    assert told["audit", "never"] == 2
    for (kind, value), number in told.items():
        assert found(made, "", (kind, value))[0] == number


def test_a_page_as_json_has_its_own_description(made, shown):
    told = json.loads(ask(shown, f"/bags/{bag_of(made).name}/pages/7/", "format=json")[2])
    assert (told["title"], told["creators"], told["date"]) == ("Ledger 7", "Keeper 1", "2004-05-01")
    assert told["uri"] == "https://harbour.example/mole/7"
    assert told["identifier"].startswith("urn:uuid:")


@pytest.mark.parametrize(
    "rest", ["pages/0/", f"pages/{PAGES + 1}/", "pages/x/", "pages/7/other", "pages/07/", "pages/"]
)
def test_what_is_no_page_is_not_there(made, shown, rest):
    assert ask(shown, f"/bags/{bag_of(made).name}/{rest}")[0] == "404"


def test_an_address_without_its_slash_is_led_on(made, shown):
    status, headers, _ = ask(shown, f"/bags/{bag_of(made).name}/pages/7")
    assert (status, headers["Location"]) == ("308", f"{BASE}bags/{bag_of(made).name}/pages/7/")


def test_search_engines_are_told_of_pages(made, shown):
    assert ask(shown, "/sitemap.xml")[2].count(b"/pages/") == PAGES
    assert b"/pages/" not in ask(shown, "/feed.xml")[2]


@pytest.mark.parametrize("is_compressed", [False, True])
def test_of_a_bag_that_is_one_file_pages_are_found_and_have_no_view(tmp_path, is_compressed):
    crawl = write_crawl(tmp_path / "one.warc.gz", [written(1), written(2)])
    begin_archive(tmp_path / "archive")
    receipt = process_shard(crawl, tmp_path / "archive", ShardConfig(at="2026-01-01T00:00:00Z", form="tar"))
    if is_compressed:
        file = tmp_path / "archive" / f"{receipt.shard}.tar"
        (tmp_path / "archive" / f"{receipt.shard}.tar.gz").write_bytes(gzip.compress(file.read_bytes()))
        file.unlink()
    catalogue(tmp_path / "archive", at=AT)
    shown = ShownArchive(tmp_path / "archive", tmp_path / "archive" / CATALOGUE_NAME, name="A", email="a@example.org")
    (key,) = found(tmp_path / "archive", "mark0002")[2]
    assert b"Ledger 2" in ask(shown, f"/bags/{key}/")[2]
    assert ask(shown, f"/bags/{key}/view")[0] == "404"
    assert b"Its pages" in ask(shown, f"/bags/{key.partition('/')[0]}/")[2]
    made = write_site(tmp_path / "archive", tmp_path / "public", at=AT)
    assert (tmp_path / "public/bags" / key / "index.html").is_file()
    assert (made.bags, made.unshown_count) == (1, 1)


def test_who_asks_for_a_view_while_others_are_made_is_told_to_ask_again_and_no_other_waits(made, shown, monkeypatch):
    monkeypatch.setattr(shown_pages, "PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(shown_pages, "VIEWS_AT_ONCE", threading.BoundedSemaphore(1))
    way = f"/bags/{bag_of(made).name}/pages/7/"
    with shown_pages.VIEWS_AT_ONCE:
        status, headers, _ = ask(shown, f"{way}view")
        assert (status, headers["Retry-After"]) == ("503", "10")
        assert ask(shown, way)[0] == "200"
    assert ask(shown, f"{way}view")[0] == "200"

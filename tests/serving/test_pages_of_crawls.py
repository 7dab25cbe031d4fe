"""A page in a bag of many pages is found, shown and harvested as a page, and not as its bag."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pytest
from lxml import etree, html
from tests.batch.made_crawls import page, write_crawl

from solander.cataloguing import CatalogueWriter
from solander.cataloguing.writing import key_of
from solander.model.catalogue import CATALOGUE_NAME, Query
from solander.model.item import tei_name
from solander.pipeline import begin_archive, catalogue, open_catalogue, pack_all, shown_pages, write_site
from solander.pipeline.catalogue_entries import entries_of, pieces_of
from solander.pipeline.shards import ShardConfig, process_shard
from solander.pipeline.shown_archive import ShownArchive
from solander.serving.application import Application

AT = datetime(2026, 1, 1, tzinfo=UTC)
BASE = "https://archive.example/"
PAGES = 105


def written(number: int) -> bytes:
    """A page with a word of its own, an author and a date."""
    head = f'<meta name=author content="Keeper {number % 3}"><meta name=date content="{2001 + number % 4}-05-01">'
    return page(number).replace(b"<body>", head.encode() + b"<body>").replace(b"<p>", b"<p>mark%04d " % number, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one bag of many pages and one of one page, catalogued."""
    folder = tmp_path_factory.mktemp("crawls")
    begin_archive(folder / "archive")
    crawl = write_crawl(folder / "Häfen 2024.warc.gz", [written(number) for number in range(1, PAGES + 1)])
    process_shard(crawl, folder / "archive", ShardConfig(at="2026-01-01T00:00:00Z"))
    (folder / "alone.html").write_bytes(written(3).replace(b"mark0003", b"mark0003 lonely"))
    assert [one.error for one in pack_all([str(folder / "alone.html")], into=folder / "archive", at=AT)
            if not hasattr(one, "accession")] == []  # fmt: skip
    catalogue(folder / "archive", at=AT)
    return folder / "archive"


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(made, tmp_path / "archive"))


@pytest.fixture
def shown(made: Path) -> ShownArchive:
    return ShownArchive(made, made / CATALOGUE_NAME, name="Archive", email="a@example.org")


def bag_of(archive: Path) -> Path:
    return next(archive.glob("h-fen-2024-*"))


def ask(shown: ShownArchive, path: str, query: str = "") -> tuple[str, dict[str, str], bytes]:
    told: list[tuple[str, dict[str, str]]] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": unquote(path), "QUERY_STRING": query, "wsgi.input": io.BytesIO(),
    }  # fmt: skip
    body = b"".join(Application(shown, BASE)(environ, lambda line, headers: told.append((line[:3], dict(headers)))))
    return (*told[0], body)


def found(archive: Path, words: str = "", *facets: tuple[str, str]) -> tuple[int, int, list[str]]:
    with contextlib.closing(open_catalogue(archive / CATALOGUE_NAME)) as opened:
        answer = opened.search(Query(words=words, facets=facets))
        return answer.total, answer.pages, [hit.key for hit in answer.hits]


def asked(shown: ShownArchive, query: str) -> etree._Element:
    return etree.fromstring(shown.harvested(parse_qsl(query), f"{BASE}oai"))


# --------------------------------------------------------------------------------------------------- found and shown


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


# ------------------------------------------------------------------------------------------------------- kept in line


def test_pages_go_and_come_with_their_bag(archive, tmp_path):
    bag = bag_of(archive)
    # Copies are other files.
    assert (catalogue(archive, at=AT).read, catalogue(archive, at=AT).kept) == (2, 2)
    shutil.move(bag, tmp_path / "away")
    catalogue(archive, at=AT)
    assert found(archive, "mark0042")[0] == 0
    assert found(archive, "mark0003")[:2] == (1, 0)
    shutil.move(tmp_path / "away", bag)
    told = catalogue(archive, at=AT)
    assert (told.read, told.pages) == (1, PAGES)
    assert found(archive, "mark0042")[:2] == (1, 1)


def test_a_bag_of_which_not_all_pages_were_written_is_read_again(archive):
    piece = next(one for one in pieces_of(archive) if one.path == bag_of(archive))
    entries = [*entries_of(piece)]
    writer = CatalogueWriter.open(archive / CATALOGUE_NAME)
    writer.remove(key_of(piece.name))
    for one in entries[:30]:
        writer.put(one if one.page is not None else type(one)(**{**vars_of(one), "state": ""}))
    writer.commit(1)
    writer.close()
    assert found(archive, "mark0042")[0] == 0
    assert catalogue(archive, at=AT).pages == PAGES
    assert found(archive, "", ("collection", bag_of(archive).name))[0] == PAGES


def vars_of(entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in entry.__slots__}


def test_pages_that_a_bag_no_longer_has_are_no_longer_found(archive):
    index = bag_of(archive) / "metadata/items.csv"
    lines = index.read_bytes().splitlines(keepends=True)
    index.write_bytes(b"".join(lines[:11]))
    (bag_of(archive) / "metadata").touch()
    shutil.copystat(index, bag_of(archive) / "metadata")
    catalogue(archive, at=AT)
    assert found(archive, "", ("collection", bag_of(archive).name))[0] == 10


def test_an_index_that_cannot_be_read_to_its_end_is_told_and_the_rest_is_found(archive):
    index = bag_of(archive) / "metadata/items.csv"
    lines = index.read_bytes().splitlines(keepends=True)
    index.write_bytes(b"".join([*lines[:20], b"what is no row\r\n", *lines[20:]]))
    told = catalogue(archive, at=AT, afresh=True)
    ((name, why),) = told.damaged
    assert name == bag_of(archive).name
    assert "items.csv: line 21" in why
    assert found(archive, "", ("collection", bag_of(archive).name))[0] == 19


def test_a_page_whose_tei_is_broken_is_told_and_the_others_are_found(archive):
    (bag_of(archive) / tei_name(5)).write_bytes(b"<TEI")
    told = catalogue(archive, at=AT, afresh=True)
    assert told.damaged_count == 1
    assert "0000005.xml" in told.damaged[0][1]
    assert found(archive, "", ("finding", "damaged"))[2] == [f"{bag_of(archive).name}/pages/5"]
    assert found(archive, "mark0006")[0] == 1


# ---------------------------------------------------------------------------------------------------------- harvested


def harvested(shown: ShownArchive, query: str) -> list[etree._Element]:
    records: list[etree._Element] = []
    while True:
        answer = asked(shown, query)
        records += answer.iterfind(".//{*}record")
        token = answer.findtext(".//{*}resumptionToken")
        if not token:
            return records
        query = f"verb=ListRecords&resumptionToken={quote(token)}"


def test_harvesters_get_each_page_with_its_own_dublin_core_and_can_ask_for_one_crawl(made, shown):
    name = f"collection:{bag_of(made).name}"
    specs = [one.text for one in asked(shown, "verb=ListSets").iter("{*}setSpec")]
    assert {"collection", name} <= set(specs)
    records = harvested(shown, f"verb=ListRecords&metadataPrefix=oai_dc&set={name}")
    titles = [one.findtext(".//{http://purl.org/dc/elements/1.1/}title") for one in records]
    assert titles == [f"Ledger {number}" for number in range(1, PAGES + 1)] or len(set(titles)) == PAGES
    for one in records:
        assert name in [spec.text for spec in one.iter("{*}setSpec")]
        identifiers = [found.text for found in one.iter("{http://purl.org/dc/elements/1.1/}identifier")]
        assert one.findtext(".//{http://www.openarchives.org/OAI/2.0/}identifier") in identifiers
    assert len(harvested(shown, "verb=ListRecords&metadataPrefix=oai_dc")) == PAGES + 2


def test_harvesters_get_the_tei_of_a_page(made, shown):
    about = json.loads(ask(shown, f"/bags/{bag_of(made).name}/pages/9/", "format=json")[2])
    answer = asked(shown, f"verb=GetRecord&metadataPrefix=tei&identifier={quote(about['identifier'])}")
    assert "mark0009" in "".join(answer.find(".//{http://www.tei-c.org/ns/1.0}TEI").itertext())


def test_a_catalogue_that_is_made_again_tells_harvesters_nothing_new(archive):
    def stamps() -> list[tuple[str, str]]:
        shown = ShownArchive(archive, archive / CATALOGUE_NAME, name="A", email="a@example.org")
        records = harvested(shown, "verb=ListRecords&metadataPrefix=oai_dc")
        return [(one.findtext(".//{*}identifier"), one.findtext(".//{*}datestamp")) for one in records]

    before = stamps()
    catalogue(archive, afresh=True, at=datetime(2026, 2, 1, tzinfo=UTC))
    assert stamps() == before
    shutil.rmtree(bag_of(archive))
    catalogue(archive, at=datetime(2026, 3, 1, tzinfo=UTC))
    gone = [one for one in stamps() if one[1].startswith("2026-03")]
    assert len(gone) == PAGES + 1


# ---------------------------------------------------------------------------------------------------------- as files


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


def test_who_asks_for_a_view_while_others_are_made_is_told_to_ask_again_and_no_other_waits(made, shown, monkeypatch):
    monkeypatch.setattr(shown_pages, "PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(shown_pages, "_AT_ONCE", threading.BoundedSemaphore(1))
    way = f"/bags/{bag_of(made).name}/pages/7/"
    with shown_pages._AT_ONCE:
        status, headers, _ = ask(shown, f"{way}view")
        assert (status, headers["Retry-After"]) == ("503", "10")
        assert ask(shown, way)[0] == "200"
    assert ask(shown, f"{way}view")[0] == "200"

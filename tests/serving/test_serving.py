"""An archive that is served: read-only, strict, and closed to whoever would leave it."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from lxml import etree, html
from tests.cataloguing.false_entries import entries

from solander.model.catalogue import Query
from solander.pipeline import catalogue, write_entries
from solander.pipeline.showing import shown_archive, shown_sitemap
from solander.pipeline.showing.shown_archive import ShownArchive

ROOT = Path(__file__).parents[2]
SCRIPT = "<script>document.title='executed'</script>"


class Site:
    def __init__(self, port: int, archive: Path) -> None:
        self.port, self.archive = port, archive
        self.bag = f"/bags/{quote(next(archive.glob('2023-*')).name)}/"

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer, answer.read()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    archive = tmp_path_factory.mktemp("served") / "archive"
    shutil.copytree(ROOT / "archive", archive, ignore=shutil.ignore_patterns("*.sqlite"))
    (archive / SCRIPT.replace("/", "%")).mkdir()
    bag = next(archive.glob("2023-*"))
    (bag / "data/evil.html").write_text(SCRIPT)
    (bag / "data/out").symlink_to("/etc/passwd")
    command = [sys.executable, "-m", "solander.cli", "serve", str(archive), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert server.stdout is not None
    address = server.stdout.readline()
    try:
        yield Site(int(address.rstrip("/\n").rpartition(":")[2]), archive)
    finally:
        server.send_signal(signal.SIGTERM)
        status = server.wait(timeout=30)
        server.stdout.close()
        assert server.stderr is not None
        told = server.stderr.read()
        server.stderr.close()
        assert status == 0, told
        assert "Traceback" not in told


def test_home_search_and_a_bag_are_shown(site: Site) -> None:
    for path in ("/", "/search", "/search?q=" + quote("茶馆"), site.bag, "/search?q=ledger&year=2024", "/rules/BAG003"):
        answer, body = site.ask(path)
        assert answer.status == 200
        assert len(body) < 100_000
        assert b"<script" not in body.replace(b'<script type="application/ld+json">', b"")
        assert b" on" not in body.split(b"<body>")[1].split(b">")[0]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "<mark>茶馆</mark>" in site.ask("/search?q=" + quote("茶馆"))[1].decode()


def test_the_same_addresses_give_json(site: Site) -> None:
    assert json.loads(site.ask("/", Accept="application/json")[1])["bags"] == 3
    found = json.loads(site.ask("/search?format=json&q=" + quote("茶"))[1])
    assert (found["total"], found["hits"][0]["title"]) == (1, "河边的茶馆")
    assert json.loads(site.ask(site.bag + "?format=json")[1])["title"] == "河边的茶馆"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/json;q=0", "text/html"), ("application/json; q=0, */*", "text/html"), ("*/*", "text/html"),
        ("text/html;q=0.1, application/json", "application/json"), ("application/json, text/html", "text/html"),
        ("TEXT/HTML;q=0.2,Application/JSON;q=0.3", "application/json"), ("image/png", "text/html"), ("", "text/html"),
        ("text/html;q=0, application/json;q=0.001", "application/json"), (",;q=,q=1;;,", "text/html"),
    ],
)  # fmt: skip
def test_a_client_is_given_what_it_would_rather_have(site: Site, accept: str, media_type: str) -> None:
    for path in ("/", "/search", site.bag):
        assert site.ask(path, Accept=accept)[0].headers["Content-Type"].startswith(media_type)


def test_what_lies_in_a_bag_has_no_origin_and_is_opened_only_where_it_is_harmless(site: Site) -> None:
    for name in ("data/access/page.html", "data/original/page.html", "data/tei/page.xml", "data/evil.html"):
        answer, _ = site.ask(f"{site.bag}files/{name}")
        assert answer.status == 200
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        opened = answer.headers["Content-Disposition"] is None
        assert opened is (name in ("data/access/page.html", "data/tei/page.xml"))


def test_a_name_that_is_markup_is_characters(site: Site) -> None:
    body = site.ask("/search")[1].decode()
    assert SCRIPT[:8] not in body
    assert "&lt;script&gt;" in body


@pytest.mark.parametrize(
    "path",
    [
        *(f"/bags/{climb}" for climb in ("..", "../", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/")),
        *(f"/{climb}/etc/passwd" for climb in ("..", "%2e%2e", "..%5c..", "....//", "%252e%252e", "..;")),
        *("//etc/passwd", "/\\etc\\passwd", "/bags//etc/passwd", "/bags/%2fetc%2fpasswd", "/bags/\\..\\..\\etc"),
        *("/bags/%00", "/style.css%00.html", "/bags/.", "/bags/./", "/bags/solander.toml", "/bags/catalogue.sqlite/"),
        *(f"BAG{rest}" for rest in ("files/..", "files/../bagit.txt", "files/data/../bagit.txt")),
        *(f"BAG{rest}" for rest in ("files/%2e%2e/%2e%2e/solander.toml", "files//etc/passwd")),
        *(f"BAG{rest}" for rest in ("files/data/out", "files/", "files/data", "files/data/", "files/./x")),
        *(f"BAG{rest}" for rest in ("files/%ff%fe", "files/bagit.txt/", "files/C:/x", "side-by-side/../..")),
        *(f"BAGfiles/{rest}" for rest in ("../../solander.toml", "..%2f..%2fsolander.toml", "bagit.txt%00", "~root")),
        "/bags/.%2e/x",
        *("/rules/../solander.toml", "/rules/BAG003%0d%0aX:y", "/solander.toml", "/catalogue.sqlite", "/oai/../x"),
    ],
)  # fmt: skip
def test_no_path_leads_out(site: Site, path: str) -> None:
    answer, body = site.ask(path.replace("BAG", site.bag) if path.startswith("BAG") else path)
    assert answer.status in (400, 404), body[:200]
    assert b"root:" not in body
    assert b"organization" not in body


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/nope", "All bags"), ("/rules/XXX001", "All bags"), ("/bags/nope/", "All bags"), ("/a/b/c/", "All bags"),
        ("BAGnope", "The bag"), ("BAGfiles/data/nope.xml", "The bag"), ("BAGpages/7/view", "The bag"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_page_like_the_others_that_leads_on(site: Site, path: str, nearest: str) -> None:
    path = path.replace("BAG", site.bag)
    answer, body = site.ask(path, Accept="text/html,*/*;q=0.8")
    page = html.fromstring(body)
    assert (answer.status, answer.headers["Vary"]) == (404, "Accept")
    assert [one.text for one in page.xpath("//h1")] == ["Not Found"]
    assert page.xpath("//main/ul//a")[0].text == nearest
    ways = [*page.xpath("//main/ul//a/@href"), page.xpath("//form/@action")[0], page.xpath("//header/a/@href")[0]]
    for way in (*ways, *page.xpath("//link[@rel='stylesheet']/@href")):
        assert site.ask(urljoin(path, way))[0].status == 200, way


def test_programs_are_told_what_is_not_there_in_a_line(site: Site) -> None:
    for accept in ("*/*", "application/json"):
        answer, body = site.ask("/nope", Accept=accept)
        assert (answer.status, body) == (404, b"Not Found: there is no such page\n")


def test_what_was_not_found_is_never_markup(site: Site) -> None:
    answer, body = site.ask(f"/bags/{quote(SCRIPT.replace('/', '%'))}/{quote(SCRIPT)}", Accept="text/html")
    assert answer.status == 404
    assert SCRIPT[:8].encode() not in body


def test_a_list_of_nothing_says_what_to_do(site: Site) -> None:
    body = html.fromstring(site.ask("/search?q=zzzqqq&year=2023")[1])
    ways = {one.text: one.get("href") for one in body.xpath("//main//p/a")}
    assert ways == {"All bags": "search", "The same words everywhere": "search?q=zzzqqq"}
    body = html.fromstring(site.ask("/search?page=999")[1])
    assert {one.text: one.get("href") for one in body.xpath("//main//p/a")} == {"It begins here": "search"}


@pytest.mark.parametrize(
    "marks", ["%0d%0aX-Injected:1", "%0aX-Injected:1", "%0d%0a%0d%0aX-Injected", "%e5%98%8a%e5%98%8dX:"]
)
@pytest.mark.parametrize(
    "path", ["/{}", "/bags/{}", "/bags/{}/", "/search?q={}", "/oai?verb={}", "/rules/{}", "BAGfiles/{}"]
)
def test_no_header_is_put_in(site: Site, path: str, marks: str) -> None:
    answer, _ = site.ask(path.format(marks).replace("BAG", site.bag))
    assert answer.headers["X-Injected"] is None
    assert answer.status in (200, 400, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "CONNECT"])
def test_nothing_but_reading_is_done(site: Site, method: str) -> None:
    answer, _ = site.ask(site.bag, method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_ranges_and_what_a_client_has_already(site: Site) -> None:
    path = f"{site.bag}files/bagit.txt"
    answer, whole = site.ask(path)
    tag = answer.headers["ETag"]
    assert site.ask(path, If_None_Match=tag)[0].status == 304
    for asked, expected in (("0-4", whole[:5]), ("5-", whole[5:]), ("-3", whole[-3:]), ("2-9999", whole[2:])):
        answer, body = site.ask(path, Range=f"bytes={asked}")
        assert (answer.status, body) == (206, expected)
    assert site.ask(path, Range="bytes=9999-")[0].status == 416
    assert site.ask(path, Range="bytes=5-2")[1] == whole
    assert site.ask(path, Range="bytes=0-1", If_Range='"other"')[1] == whole
    answer, body = site.ask(path, "HEAD")
    assert (body, answer.headers["Content-Length"]) == (b"", str(len(whole)))


def test_a_bag_is_given_as_one_file_the_same_every_time(site: Site) -> None:
    bag = f"/bags/{quote(next(site.archive.glob('2024-*')).name)}/"
    _, content = site.ask(f"{bag}bag.zip")
    assert content == site.ask(f"{bag}bag.zip")[1]
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        assert any(name.endswith("/bagit.txt") for name in opened.namelist())


def test_many_read_at_once(site: Site) -> None:
    statuses: list[int] = []

    def read() -> None:
        statuses.extend(site.ask(path)[0].status for path in ("/", "/search?q=the", site.bag))

    threads = [threading.Thread(target=read) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 120


def test_no_page_is_heavy_however_much_there_is(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    shutil.copytree(next((ROOT / "archive").glob("2023-*")), archive / "bag")
    for number in range(3000):
        (archive / "bag/data" / f"{'河边的茶馆' * 10}{number}").write_bytes(b"")
    (archive / "catalogue").mkdir()
    write_entries(archive / "catalogue/c.sqlite", entries(3000, words=400))
    shown = ShownArchive(archive, archive / "catalogue/c.sqlite", name="Many", email="a@example.org")
    for words in ("", "lamp", "茶", "mark"):
        assert len(shown.search(Query(words=words), as_json=False)) < 100_000
    assert len(shown.home(as_json=False)) < 100_000
    made = catalogue(archive, to=tmp_path / "c.sqlite")
    page, _ = ShownArchive(archive, made.path, name="Many", email="a@example.org").bag("bag")
    assert len(page) < 100_000
    assert "more: see the manifests" in page.decode()


def test_a_bag_has_its_signposts_in_headers_in_the_page_and_as_a_linkset(site: Site) -> None:
    bag = f"/bags/{quote(next(site.archive.glob('2022-*')).name)}/"
    answer, body = site.ask(bag)
    page = html.fromstring(body)
    in_page = {(one.get("rel"), one.get("href")) for one in page.iter("link") if one.get("rel") != "stylesheet"}
    headers = re.findall(r'<([^>]*)>; rel="([a-z-]*)"', answer.headers["Link"])
    here = next(target.removesuffix("linkset.json") for target, relation in headers if relation == "linkset")
    assert {(relation, urljoin(here, target)) for relation, target in in_page} == {(r, t) for t, r in headers}
    answer, body = site.ask(f"{bag}linkset.json")
    assert answer.headers["Content-Type"] == "application/linkset+json"
    landing, *others = json.loads(body)["linkset"]
    told = {(relation, one["href"]) for relation, ones in landing.items() if relation != "anchor" for one in ones}
    assert told == {(r, t) for t, r in headers if r != "linkset"}
    assert {relation for relation, _ in told} >= {"cite-as", "describedby", "item", "type"}
    for one in (*landing["item"], *landing["describedby"]):
        path = one["href"].partition("/bags/")[2]
        answer, _ = site.ask(f"/bags/{path}")
        assert answer.status == 200
    assert {one["anchor"] for one in others} == {one["href"] for one in (*landing["item"], *landing["describedby"])}
    assert 'rel="collection"' in site.ask(f"{site.bag}files/data/tei/page.xml")[0].headers["Link"]


def test_the_newest_are_a_feed_and_a_page_is_described_as_data(site: Site) -> None:
    answer, body = site.ask("/feed.xml")
    assert answer.headers["Content-Type"] == "application/atom+xml"
    feed = etree.fromstring(body)
    names = [one.text for one in feed.iter("{*}id")]
    assert len(names) == len(set(names)) == 4
    assert all(name.startswith("urn:uuid:") for name in names)
    for entry in feed.iter("{*}entry"):
        assert {one.tag.partition("}")[2] for one in entry} >= {"id", "title", "updated", "link"}
    data = html.fromstring(site.ask(site.bag)[1]).xpath("//script[@type='application/ld+json']")
    assert json.loads(data[0].text)["name"] == "河边的茶馆"
    assert b"Sitemap: " in site.ask("/robots.txt")[1]


def test_many_addresses_stand_in_several_site_maps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown_sitemap, "ADDRESSES_AT_MOST", 40)
    for count, files in ((40, 1), (41, 2), (120, 3)):
        path = tmp_path / f"{count}.sqlite"
        write_entries(path, entries(count, words=3))
        shown = ShownArchive(tmp_path, path, name="Many", email="a@example.org")
        parts = [shown.sitemap_part("https://a.example/", number) for number in range(1, files + 1)]
        addresses = [one.text for part in parts for one in etree.fromstring(part).iter("{*}loc")]
        assert len(addresses) == len(set(addresses)) == count
        root = etree.fromstring(shown.sitemap("https://a.example/"))
        assert len(root) == (count if files == 1 else files)
        with pytest.raises(shown_archive.NotThere):
            shown.sitemap_part("https://a.example/", files + 1)


def test_the_columns_and_the_site_map_are_there(site: Site) -> None:
    answer, body = site.ask(f"{site.bag}side-by-side")
    assert answer.status == 200
    assert b'sandbox=""' in body
    assert len(etree.fromstring(site.ask("/sitemap.xml")[1])) == 3
    assert 'rel="describedby"' in site.ask(site.bag)[0].headers["Link"]

"""An archive in a real browser, served and as files: found in two scripts, read, printed, on a phone and by night."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.batch.made_crawls import page, write_crawl
from tests.serving.accessibility import AXE, serious_faults
from tests.serving.shown import Address, files_served, served
from tests.viewing.browser import Browser
from tests.viewing.hostile import pages
from tests.viewing.test_in_browser import NOTED

from solander.cataloguing.folding import fold, terms_of
from solander.cataloguing.static_index import part_of, pieces
from solander.pipeline import begin_archive, catalogue, pack_all, write_site
from solander.pipeline.shards.shard import ShardConfig, process_shard

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / ".cache" / "screenshots"
AT = datetime(2026, 1, 1, tzinfo=UTC)
VIEW = "files/data/access/page.html"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive's catalogue, and beside it the same as files."""
    folder = tmp_path_factory.mktemp("shown")
    catalogue(ROOT / "archive", to=folder / "c.sqlite", at=AT)
    write_site(ROOT / "archive", folder / "public", catalogue_path=folder / "c.sqlite", at=AT)
    return folder


@pytest.fixture(scope="module")
def site(made: Path) -> Iterator[str]:
    with served(ROOT / "archive", made / "c.sqlite") as address:
        yield address


@pytest.fixture(scope="module", params=["on a disk", "by a web server"])
def files(made: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "on a disk":
        yield (made / "public").as_uri()
    else:
        with files_served(made / "public") as address:
            yield address


def bag_of(pattern: str) -> str:
    return quote(next((ROOT / "archive").glob(pattern)).name)


SERVED = {
    "home": "/",
    "search-english": "/search?q=ledger",
    "search-chinese": f"/search?q={quote('茶馆')}",
    "bag": f"/bags/{bag_of('2023-*')}/",
    "view": f"/bags/{bag_of('2023-*')}/{VIEW}",
    "rule": "/rules/BAG003",
    "nothing": "/search?q=zzzqqq&year=2023",
    "behind-the-end": "/search?page=99",
}
WRITTEN = {
    "home": "/index.html",
    "search-english": "/search.html?q=ledger",
    "search-chinese": f"/search.html?q={quote('茶馆')}",
    "bag": f"/bags/{bag_of('2023-*')}/index.html",
    "view": f"/bags/{bag_of('2023-*')}/{VIEW}",
    "list": "/browse/all/index.html",
    "values": "/browse/language/index.html",
}


def settled(browser: Browser) -> None:
    """Wait for what a page's own script shows; it is asked from outside, for some pages let no script wait."""
    while "Looking …" in browser.evaluate("document.querySelector('h1')?.textContent ?? ''"):
        pass


def opened(browser: Browser, address: str, **how: object) -> None:
    browser.open(Address(address), **how)
    settled(browser)


def assert_quiet(browser: Browser, origin: str, name: str) -> None:
    assert [one for one in browser.requests() if not one.startswith(origin)] == [], name
    assert browser.complaints() == [], name


def keep(browser: Browser, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    browser.screenshot(SCREENSHOTS / f"{name}.png")


@pytest.mark.parametrize("width", [360, 1200])
def test_every_page_fits_complains_of_nothing_and_asks_nobody_else(browser: Browser, site: str, width: int) -> None:
    look_at(browser, site, SERVED, width, "served")


@pytest.mark.parametrize("width", [360, 1200])
def test_so_does_every_page_that_is_a_file(browser: Browser, files: str, width: int) -> None:
    look_at(browser, files, WRITTEN, width, "file" if files.startswith("file") else "files")


def look_at(browser: Browser, origin: str, addresses: dict[str, str], width: int, said: str) -> None:
    for name, path in addresses.items():
        opened(browser, origin + path, width=width, mobile=width == 360, dark=name == "bag")
        assert_quiet(browser, origin, name)
        assert browser.evaluate("document.documentElement.scrollWidth") <= width, name
        keep(browser, f"{said}-{name}-{width}")


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there: make test-browser installs it")
@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_nothing_keeps_people_out(browser: Browser, site: str, made: Path, dark: bool) -> None:
    with files_served(made / "public") as files:
        addresses = [site + path for name, path in SERVED.items() if name != "view"] + [
            files + path for path in WRITTEN.values()
        ]
        addresses.append(f"{files}/bags/{bag_of('2024-*')}/side-by-side.html")
        for address in addresses:
            opened(browser, address, dark=dark)
            assert serious_faults(browser) == [], address


def test_what_is_sought_is_found_marked_and_opened(browser: Browser, site: str) -> None:
    seek_and_open(browser, site, "/")


def test_so_it_is_in_files_by_a_script_of_our_own(browser: Browser, files: str) -> None:
    seek_and_open(browser, files, "/index.html")


def seek_and_open(browser: Browser, origin: str, home: str) -> None:
    for words, mark, title in (("ledger", "ledger", "The keeper's ledger"), ("茶馆", "茶馆", "河边的茶馆")):
        opened(browser, origin + home)
        browser.evaluate(f"document.querySelector('input').value = {words!r}")
        click(browser, "button")
        assert browser.evaluate("document.querySelector('.hits mark').textContent") == mark
        assert browser.evaluate("document.querySelector('input').value") == words
        click(browser, ".hits a")
        assert browser.evaluate("document.querySelector('h1').textContent") == title
        assert_quiet(browser, origin, words)
        click(browser, ".actions a")
        assert browser.evaluate("document.title") == f"{title} (kept copy)"
        assert_quiet(browser, origin, words)


def click(browser: Browser, selector: str) -> None:
    browser.events.clear()
    browser.click(selector)
    browser.wait("Page.loadEventFired")
    settled(browser)


@pytest.mark.parametrize(
    ("words", "count"),
    [("茶", 1), ("of", 2), ('"the lamp"', 1), ("KEEPER ledger", 1), ("edge", 1), ("nothing here", 0), ("...", 0)],
)
def test_files_are_searched_as_the_catalogue_is(browser: Browser, files: str, words: str, count: int) -> None:
    opened(browser, f"{files}/search.html?q={quote(words)}")
    assert browser.evaluate("document.querySelectorAll('.hits > li').length") == count
    assert_quiet(browser, files, words)


def test_many_hits_are_shown_ten_at_a_time_those_in_titles_first(browser: Browser, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    for number in range(23):
        shutil.copytree(next((ROOT / "archive").glob("2024-*")), archive / f"ledger-{number:02}")
    shutil.copytree(next((ROOT / "archive").glob("2022-*")), archive / "remarks")
    catalogue(archive, at=AT)
    site = write_site(archive, tmp_path / "public", at=AT).path
    opened(browser, f"{site.as_uri()}/search.html?q=the")
    counts = []
    while True:
        counts.append(browser.evaluate("document.querySelectorAll('.hits > li').length"))
        if browser.evaluate("document.getElementById('more').hidden"):
            break
        assert browser.evaluate("document.querySelector('h1').textContent") == f"{counts[-1]} bags, of at most 24"
        browser.click("#more")
        while browser.evaluate("document.querySelectorAll('.hits > li').length") == counts[-1]:
            pass
    assert counts == [10, 20, 24]
    assert browser.evaluate("document.querySelector('h1').textContent") == "24 bags of 24"
    opened(browser, f"{site.as_uri()}/search.html?q=reading")
    assert "Reading Room" in browser.evaluate("document.querySelector('.hits a').textContent")


def test_bags_and_pages_of_bags_are_counted_apart(browser: Browser, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    begin_archive(archive)
    crawl = write_crawl(tmp_path / "crawl.warc.gz", [page(number) for number in range(1, 4)])
    process_shard(crawl, archive, ShardConfig(at="2026-01-01T00:00:00Z"))
    shutil.copytree(next((ROOT / "archive").glob("2022-*")), archive / "remarks")
    catalogue(archive, at=AT)
    site = write_site(archive, tmp_path / "public", at=AT).path
    found = {'"Reading Room"': "1 bag", '"Ledger 2"': "1 page", '"Ledger of the light"': "3 pages", "zzzqqq": "0 bags"}
    for words, told in found.items():
        opened(browser, f"{site.as_uri()}/search.html?q={quote(words)}")
        assert browser.evaluate("document.querySelector('h1').textContent") == f"{told} of 2 bags and 3 pages"


def test_what_is_sought_is_never_markup(browser: Browser, files: str) -> None:
    for words in ("<img src=x onerror=document.title='executed'>", '"><script>document.title="executed"</script>'):
        opened(browser, f"{files}/search.html?q={quote(words)}")
        assert browser.evaluate("document.title") != "executed"
        assert browser.evaluate("document.querySelectorAll('main img, main script').length") == 0
        assert_quiet(browser, files, words)


def test_without_scripts_the_lists_lead_everywhere(browser: Browser, files: str) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(Address(f"{files}/search.html?q=ledger"))
        assert "in these lists" in browser.evaluate("document.querySelector('noscript').textContent")
        browser.events.clear()
        browser.click("main section a")
        browser.wait("Page.loadEventFired")
        assert browser.evaluate("document.querySelectorAll('.hits > li').length") == 3
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_notes_the_word_map_and_paper_by_the_server(browser: Browser, tmp_path: Path) -> None:
    archive, source = tmp_path / "archive", tmp_path / "noted.html"
    archive.mkdir()
    source.write_text(NOTED, encoding="utf-8")
    assert list(pack_all([source], into=archive, at=AT))
    (bag,) = archive.iterdir()
    catalogue(archive, at=AT)
    with served(archive, archive / "catalogue.sqlite") as site:
        opened(browser, f"{site}/bags/{quote(bag.name)}/{VIEW}")
        browser.click(".noteref")
        assert browser.evaluate("document.querySelector('.note').getBoundingClientRect().top < innerHeight")
        browser.click(".backlink")
        assert browser.evaluate("document.querySelector('.noteref').getBoundingClientRect().top >= 0")
        browser.click("svg a")
        shown = browser.evaluate("getComputedStyle(document.querySelector(':target'), '::after').content")
        assert "/html/body" in shown
        assert_quiet(browser, site, "view")
        printed = browser.pdf()
        assert printed.startswith(b"%PDF-")
        for path in ("/", f"/bags/{quote(bag.name)}/"):
            opened(browser, site + path)
            assert browser.pdf().startswith(b"%PDF-")
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        (SCREENSHOTS / "served-view.pdf").write_bytes(printed)


def test_the_columns_lead_to_one_another(browser: Browser, site: str) -> None:
    follow_the_columns(browser, site, "side-by-side")


def test_so_they_do_in_files(browser: Browser, files: str) -> None:
    follow_the_columns(browser, files, "side-by-side.html")


def follow_the_columns(browser: Browser, address: str, name: str) -> None:
    opened(browser, f"{address}/bags/{bag_of('2024-*')}/{name}", width=1500)
    browser.click("#text h2 a.to + a.to")
    assert browser.evaluate("document.querySelector(':target').closest('pre').className") == "tei"
    assert [one for one in browser.requests() if not one.startswith((address, "about:"))] == []
    assert browser.complaints() == []
    keep(browser, f"{address.partition(':')[0]}-{name.partition('.')[0]}")


def test_nothing_of_a_hostile_archive_runs_or_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    source, archive = tmp_path / "source", tmp_path / "archive"
    source.mkdir()
    made = pages()
    for name in ("all", "handlers", "links", *(name for name in made if name.startswith("title-"))):
        (source / f"{name}.html").write_text(made[name], encoding="utf-8")
    archive.mkdir()
    for path in sorted(source.iterdir()):
        assert list(pack_all([path], into=archive, at=AT))
    for bag in sorted(archive.iterdir()):
        (bag / "data/access/page.html").write_text("<script>document.title='executed'</script>")
        (bag / "metadata/dc.xml").write_bytes(
            b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>document.title="executed"'
            b"</script></html>"
        )
    shutil.move(next(archive.iterdir()), archive / "<img src=x onerror=document.title='executed'>")
    catalogue(archive, at=AT)
    site = write_site(archive, tmp_path / "public", at=AT).path
    with files_served(site) as files, served(archive, archive / "catalogue.sqlite") as address:
        keys = [quote(bag.name, safe="") for bag in archive.iterdir() if bag.is_dir()]
        shown = [f"{address}/", f"{address}/search"]
        shown += [f"{address}/bags/{key}/{rest}" for key in keys for rest in ("", VIEW, "files/metadata/dc.xml")]
        shown += [f"{files}/search.html?q={words}" for words in ("words", "script", "executed", "%22%3E%3Cscript")]
        shown += [
            f"{files}/{path.relative_to(site)}"
            for path in sorted(site.rglob("*"))
            if path.suffix in (".html", ".xml", ".txt") and "rules" not in path.parts
        ]
        for one in shown:
            opened(browser, one)
            asked = [request for request in browser.requests() if request.partition(":")[0] in ("http", "https", "ws")]
            assert [request for request in asked if not request.startswith((address, files))] == [], one
            assert browser.evaluate("document.title") != "executed", one
            assert browser.evaluate("location.href").startswith((address, files)), one
            # What a bag brings is refused aloud; pages of ours have nothing to be refused.
            # (For what is no page of HTML a browser asks the server for a picture of the site.)
            if not one.startswith(f"{address}/bags/") and "side-by-side" not in one and one.endswith(".html"):
                assert browser.complaints() == [], one


def test_the_script_folds_and_parts_words_as_the_index_does(browser: Browser, files: str) -> None:
    opened(browser, f"{files}/search.html")
    letters = st.text(st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=12)
    scripts = st.text(
        st.sampled_from("abß ςΣİıŁđØﬁÅé茶馆あアｱ가나각ㄱ字'\"-_.5Ⅷ½あ゙كَأـבְּ\u00ad\u200c\u202e\ufe0f"), max_size=12
    )

    @settings(max_examples=150)
    @given(text=letters | scripts)
    def same(text: str) -> None:
        told = browser.evaluate(
            f"(() => {{ const f = solander.fold({json.dumps(text)}), p = [...solander.pieces(f)];"
            " return [f, p, p.map(one => solander.partOf(one, 2))] })()"
        )
        folded, found, parts = told
        # Cherokee's small letters alone are folded to the great ones by Python, and to the small ones by ECMAScript.
        if not any("\u13a0" <= letter <= "\u13fd" or "\uab70" <= letter <= "\uabbf" for letter in text):
            assert folded == fold(text)
        assert set(found) <= pieces(folded)
        assert parts == [f"{part_of(piece, 2):02x}" for piece in found]

    same()
    for words in ("“keeper wrote” (1924), «茶馆»", '"keeper', "keeper* C++ ... -x", "كَتَبَ، السفن!", "（灯台）「守」"):
        told = browser.evaluate(f"solander.termsOf({json.dumps(words)})")
        assert told == [term for term in terms_of(words).all if pieces(term)], words

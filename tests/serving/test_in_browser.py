"""A served archive in a real browser: found in two scripts, read, on a phone and by night; nothing complains."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from wsgiref.simple_server import make_server

import pytest
from tests.serving.test_harvesting import Quiet
from tests.viewing.browser import Browser, find_browser

from solander.pipeline import catalogue
from solander.pipeline.shown_archive import ShownArchive
from solander.serving.application import Application

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / ".cache" / "screenshots"
pytestmark = pytest.mark.browser


class Address(str):
    """An address where the browser's helper wants a path."""

    def as_uri(self) -> str:
        return str(self)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    made = catalogue(ROOT / "archive", to=tmp_path_factory.mktemp("catalogue") / "c.sqlite")
    shown = ShownArchive(ROOT / "archive", made.path, name="Archive", email="a@example.org")
    with make_server("127.0.0.1", 0, Application(shown, "http://127.0.0.1/"), handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = find_browser()
    if program is None:
        pytest.skip("the Debian package chromium is not installed")
    made = Browser(program, tmp_path_factory.mktemp("browser"))
    yield made
    made.close()


@pytest.mark.parametrize("width", [360, 1200])
def test_every_page_fits_complains_of_nothing_and_asks_nobody_else(browser: Browser, site: str, width: int) -> None:
    bag = f"/bags/{quote(next((ROOT / 'archive').glob('2023-*')).name)}/"
    pages = {
        "home": "/",
        "search-english": "/search?q=ledger",
        "search-chinese": f"/search?q={quote('茶馆')}",
        "bag": bag,
        "view": f"{bag}files/data/access/page.html",
    }
    for name, path in pages.items():
        browser.open(Address(site + path), width=width, mobile=width == 360, dark=name == "bag")
        assert [one for one in browser.requests() if not one.startswith(site)] == [], name
        assert browser.complaints() == [], name
        assert browser.evaluate("document.documentElement.scrollWidth") <= width, name
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        browser.screenshot(SCREENSHOTS / f"served-{name}-{width}.png")
    browser.open(Address(site + pages["search-chinese"]), width=width)
    assert browser.evaluate("document.querySelector('mark').textContent") == "茶馆"
    browser.events.clear()
    browser.click(".hits a")
    browser.wait("Page.loadEventFired")
    assert browser.evaluate("document.querySelector('h1').textContent") == "河边的茶馆"

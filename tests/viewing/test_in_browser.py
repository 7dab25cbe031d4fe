"""Views in a real browser: nothing runs, nothing is asked for, nothing is wider than a phone.

Pictures of what is shown are kept in ``.cache/screenshots``, which git ignores.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.viewing.browser import Browser
from tests.viewing.hostile import pages

from solander.pipeline import view

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.browser

SCREENSHOTS = ROOT / ".cache" / "screenshots"
AT = "2026-01-01T00:00:00Z"

ARABIC = """<!DOCTYPE html><html lang="ar" dir="rtl"><title>منارة الخليج</title><main><h1>منارة الخليج</h1>
<p>كتب حارس المنارة كل مساء سطرا واحدا في دفتره: ساعة إشعال المصباح، والريح، والسفن التي مرت.</p>
<h2>ما في السطر</h2><ul><li>الساعة 5:41</li><li>ريح شمالية غربية</li></ul>
<blockquote>أضيء في الساعة 5:41، وسفينتان للفحم، وقارب البريد (Mail boat) متأخر.</blockquote></main></html>"""

WIDE = f"""<!DOCTYPE html><html lang="en"><title>Wide things</title><main><h1>Wide things</h1>
<p>{"unbroken" * 60}</p><pre>{"x = 1; " * 60}</pre><table><tr>{"".join(f"<th>column {n}</th>" for n in range(40))}</tr>
<tr>{"".join(f"<td>{n}</td>" for n in range(40))}</tr>
</table><p><a href="https://example.org/{"path/" * 80}">https://example.org/{"path/" * 80}</a></p>
<p>A <img alt="{"a very long description " * 20}" src="https://example.org/a.png"> picture.</p></main></html>"""

NOTED = (
    """<!DOCTYPE html><html lang="en"><title>Notes</title><main><h1>Notes</h1>
<p>A tin of books.<sup id="r1"><a href="#n1">1</a></sup></p>"""
    + "<p>Words between.</p>" * 60
    + """
<ol><li id="n1"><a href="#r1">^</a> The tin is shown beside the lamp.</li></ol></main>
<footer><p>A footer of the page.</p></footer></html>"""
)


OPENED = (
    "all",
    "handlers",
    "links",
    "title-00",
    "title-03",
    "place-01",
    "place-07",
    "place-12",
    "place-16",
    "place-27",
)
"""Hostile pages that are opened; of all of them the markup is looked at in ``test_view.py``."""


def viewed(tmp_path: Path, source: str | Path, *, side_by_side: bool = False) -> Path:
    """A file with the view of a page."""
    path = source if isinstance(source, Path) else tmp_path / "source.html"
    if isinstance(source, str):
        path.write_text(source, encoding="utf-8")
    made = view(path, side_by_side=side_by_side, uri="https://example.org/a", at=datetime.fromisoformat(AT))
    target = tmp_path / "view.html"
    target.write_bytes(made.content)
    return target


def assert_quiet(browser: Browser, page: Path) -> None:
    assert browser.requests() == [page.as_uri()]
    assert browser.complaints() == []
    assert browser.evaluate("document.title").endswith(("(kept copy)", "(side by side)"))


def keep(browser: Browser, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    browser.screenshot(SCREENSHOTS / f"{name}.png")


@pytest.mark.parametrize("name", ["lighthouse.html", "teahouse.html", "reading-room.txt"])
def test_a_view_is_shown_on_desks_and_phones_by_day_and_by_night(
    browser: Browser, tmp_path: Path, material: Path, name: str
) -> None:
    page = viewed(tmp_path, material / name)
    for size, width, dark in (("desk", 1400, False), ("phone", 360, False), ("night", 1000, True)):
        browser.open(page, width=width, dark=dark, mobile=size == "phone")
        assert_quiet(browser, page)
        assert browser.evaluate("document.documentElement.scrollWidth") <= width
        keep(browser, f"{Path(name).stem}-{size}")


def test_arabic_runs_from_right_to_left_and_what_we_say_does_not(browser: Browser, tmp_path: Path) -> None:
    page = viewed(tmp_path, ARABIC)
    browser.open(page, width=800)
    assert_quiet(browser, page)
    assert browser.evaluate("getComputedStyle(document.querySelector('main')).direction") == "rtl"
    assert browser.evaluate("getComputedStyle(document.querySelector('.facts')).direction") == "ltr"
    keep(browser, "arabic")


def test_nothing_is_wider_than_a_phone(browser: Browser, tmp_path: Path) -> None:
    browser.open(viewed(tmp_path, WIDE), width=360, mobile=True)
    assert browser.evaluate("document.documentElement.scrollWidth") == 360
    keep(browser, "wide-phone")


def test_a_note_is_followed_and_found_back_and_shown_where_it_is_referred_to(browser: Browser, tmp_path: Path) -> None:
    browser.open(viewed(tmp_path, NOTED))
    assert browser.evaluate("getComputedStyle(document.querySelector('.again')).display") == "none"
    place = browser.evaluate("(() => { const r = document.querySelector('.noteref').getBoundingClientRect();"
                             " return [r.x + r.width / 2, r.y + r.height / 2] })()")  # fmt: skip
    browser.point(*place)
    assert browser.evaluate("getComputedStyle(document.querySelector('.again')).display") == "block"
    keep(browser, "note")
    browser.click(".noteref")
    assert browser.evaluate("document.querySelector('.note').getBoundingClientRect().top < innerHeight")
    browser.click(".backlink")
    assert browser.evaluate("document.querySelector('.noteref').getBoundingClientRect().top >= 0")


def test_a_block_of_the_word_map_leads_to_its_words_even_if_they_are_folded(
    browser: Browser, tmp_path: Path, material: Path
) -> None:
    page = viewed(tmp_path, material / "lighthouse.html")
    browser.open(page)
    assert not browser.evaluate("document.querySelector('main > details').open")
    browser.click("svg a")
    assert browser.evaluate("document.querySelector('main > details').open")
    shown = browser.evaluate("getComputedStyle(document.querySelector(':target'), '::after').content")
    assert "/html/body" in shown
    assert browser.evaluate("document.querySelector('svg a title').textContent").startswith("Navigation, ")
    keep(browser, "word-map-led")
    assert_quiet(browser, page)


def test_a_view_is_printed(browser: Browser, tmp_path: Path, material: Path) -> None:
    browser.open(viewed(tmp_path, material / "lighthouse.html"))
    printed = browser.pdf()
    assert printed.startswith(b"%PDF-")
    assert 1 <= printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page/") <= 4
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    (SCREENSHOTS / "lighthouse.pdf").write_bytes(printed)


def test_code_that_is_wider_than_a_phone_is_scrolled_by_keys(browser: Browser, tmp_path: Path) -> None:
    code = "<p>Words before.</p><pre>x = 1</pre><pre>" + "y = 2; " * 40 + "</pre>"
    browser.open(viewed(tmp_path, f"<title>Code</title><main><h1>Code</h1>{code}</main>"), width=360)
    told = "[...document.querySelectorAll('pre')].map(one => [one.scrollWidth > one.clientWidth, one.tabIndex])"
    assert browser.evaluate(told) == [[False, -1], [True, 0]]


def test_no_column_of_a_wide_table_is_lost_on_paper(browser: Browser, tmp_path: Path) -> None:
    browser.open(viewed(tmp_path, WIDE), width=650)
    browser.ask("Emulation.setEmulatedMedia", media="print")
    right = "[...document.querySelectorAll('th, td')].map(one => one.getBoundingClientRect().right)"
    assert browser.evaluate(f"Math.max(...{right})") <= 650
    assert browser.evaluate("getComputedStyle(document.querySelector('.wide')).overflowX") == "visible"


@pytest.mark.parametrize("side_by_side", [False, True], ids=["view", "columns"])
def test_nothing_of_a_hostile_page_runs_or_is_asked_for(browser: Browser, tmp_path: Path, side_by_side: bool) -> None:
    made = pages()
    for name in OPENED:
        source = made[name]
        page = viewed(tmp_path, source, side_by_side=side_by_side)
        browser.open(page, width=1200)
        # What would send a reader on does so a moment after the page is there.
        browser.evaluate("new Promise(done => setTimeout(done, 150))")
        assert [one for one in browser.requests() if one.partition(":")[0] in ("http", "https", "ws")] == [], name
        assert browser.evaluate("document.title") != "executed", name
        assert browser.evaluate("location.href") == page.as_uri(), name
        if not side_by_side:
            assert browser.requests() == [page.as_uri()], name
            assert browser.complaints() == [], name


def test_three_columns_lead_to_one_another(browser: Browser, tmp_path: Path, material: Path) -> None:
    page = viewed(tmp_path, material / "lighthouse.html", side_by_side=True)
    browser.open(page, width=1500)
    browser.click("#text h2 a.to")
    browser.click("#text h2 a.to + a.to")
    assert browser.evaluate("document.querySelector(':target').closest('pre').className") == "tei"
    assert browser.evaluate("document.querySelector(':target').getBoundingClientRect().top < innerHeight")
    keep(browser, "side-by-side")
    assert_quiet(browser, page)

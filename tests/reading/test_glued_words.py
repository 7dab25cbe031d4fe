"""Words of class and id that are written in one name a part of a page, and change nothing of its main text."""

import pytest

from solander.model.capture import Capture
from solander.model.page import Page
from solander.reading import read_page
from solander.reading.naming.glued_words import glued_kind

TEXT = "".join(
    f"<p>{paragraph}</p>"
    for paragraph in (
        "The log of the lighthouse was kept in one hand for thirty years, and the hand grew smaller, as paper is dear.",
        "When the keeper fell ill in the winter of 1911, his daughter wrote on, and signed with his name, as he asked.",
        "Nobody ashore noticed, save for the clerk who bound the sheets, and he said nothing until he was eighty.",
    )
)
LINKS = "<p><a href=#r>Rotating lights</a></p><p><a href=#o>Oil and wicks</a></p><p><a href=#f>Fog bells</a></p>"


def page(name: str, around: str = "div") -> Page:
    beside = f"<{around}><div class={name}>{LINKS}</div></{around.split()[0]}>"
    content = f"<html><title>The log</title><body><div class=body><h1>The log</h1>{TEXT}</div>{beside}</body></html>"
    return read_page(Capture.of_bytes(content.encode(), media_type="text/html"))


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("navbox", "navigation"),
        ("mainmenu", "navigation"),
        ("breadcrumbtrail", "navigation"),
        ("sphinxsidebar", "sidebar"),
        ("rightsidebar", "sidebar"),
        ("printfooter", "footer"),
        ("relatedposts", "related"),
        ("siteheader", "banner"),
        ("searchbox", "form"),
        ("cookiebar", "dialog"),
    ],
)
def test_a_word_that_is_written_in_one_names_what_it_holds(name: str, zone: str) -> None:
    assert [one.zone for one in page(name).divisions] == ["main", zone]


@pytest.mark.parametrize("name", ["research", "platform", "commentary", "migrating", "textile", "maincontent", "x"])
def test_a_word_that_only_looks_like_one_names_nothing(name: str) -> None:
    assert glued_kind(name) == ""
    assert [one.zone for one in page(name).divisions] == ["main", "other"]


def test_what_is_nearest_speaks_and_the_main_text_stays_what_it_was() -> None:
    assert page("navbox").text() == page("x").text()
    inner = page("navbox", around="div class=sitefooter").divisions
    assert [one.zone for one in inner] == ["main", "navigation"]


def test_an_articles_own_header_is_no_banner_of_the_page() -> None:
    assert [one.zone for one in page("pageheader").divisions] == ["main", "banner"]
    assert [one.zone for one in page("pageheader", "article").divisions] == ["main", "other"]


def test_a_wrapper_of_the_page_names_nothing() -> None:
    content = (
        f"<html><title>The log</title><body><div class=navframe><h1>The log</h1>{TEXT}<hr>{LINKS}</div></body></html>"
    )
    zones = {one.zone for one in read_page(Capture.of_bytes(content.encode(), media_type="text/html")).divisions}
    assert "main" in zones
    assert "navigation" not in zones

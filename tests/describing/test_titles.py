"""Titles: the heading that the page's other words bear out, without the site's name."""

from __future__ import annotations

import pytest
from tests.describing.pages import capture_of, leaf, page_of

from solander import Capture, read_page
from solander.describing import describe
from solander.describing.titles.by_rules import without_site


def title_of(*signals: tuple[str, str, str], uri: str | None = None, **blocks: object) -> str | None:
    return describe(page_of(*signals, uri=uri, **blocks), capture_of(uri)).first("title")  # type: ignore[arg-type]


def test_a_heading_that_the_title_repeats_is_the_title() -> None:
    assert title_of(
        ("title", "", "The Harbour at Night | Coast Weekly"), ("heading", "h1", "The Harbour at Night")
    ) == ("The Harbour at Night")


def test_the_sites_name_as_a_heading_is_not_the_title() -> None:
    assert title_of(("title", "", "The Harbour at Night – Coast Weekly"), ("heading", "h1", "Coast Weekly")) == (
        "The Harbour at Night"
    )


def test_a_suffix_falls_when_the_site_is_named() -> None:
    assert (
        title_of(("title", "", "The Harbour at Night - Coast Weekly"), ("meta", "og:site_name", "Coast Weekly"))
        == "The Harbour at Night"
    )


def test_a_suffix_that_nothing_proves_stays() -> None:
    assert title_of(("title", "", "Ships - A History")) == "Ships - A History"


def test_a_second_level_heading_proves_the_title_too() -> None:
    blocks = [leaf("heading", "The Harbour at Night", level="2")]
    assert title_of(("title", "", "The Harbour at Night : Archive of 2005"), blocks=blocks) == "The Harbour at Night"


def test_a_catalogues_title_outranks_the_heading() -> None:
    assert title_of(("meta", "citation_title", "On Harbours"), ("heading", "h1", "Harbours")) == "On Harbours"


def test_a_space_lost_at_a_line_break_is_found_again() -> None:
    assert title_of(("heading", "h1", "News HarbourManagement"), ("title", "", "News Harbour Management — Coast")) == (
        "News Harbour Management"
    )


def test_without_any_title_there_is_none() -> None:
    assert title_of() is None


def test_a_hosts_label_names_the_site() -> None:
    assert title_of(("title", "", "Find a Boat | Harbour!"), uri="https://harbourboats.example/a") == "Find a Boat"


def test_nothing_is_left_of_a_title_that_is_the_site() -> None:
    assert without_site("Coast Weekly", frozenset(("coast weekly",)), frozenset()) == "Coast Weekly"


def test_a_suffix_falls_behind_any_sign_where_the_heading_lacks_it() -> None:
    for sign in ("_", " _ ", "－", " · ", " » ", "»", "-"):
        title = f"灯塔的夜晚{sign}海岸新闻网"
        assert title_of(("title", "", title), ("meta", "og:title", title), ("heading", "h2", "")) == title
        assert title_of(("title", "", title), ("heading", "h1", "灯塔的夜晚")) == "灯塔的夜晚", sign
        blocks = [leaf("heading", "灯塔的夜晚", level="2")]
        assert title_of(("title", "", title), blocks=blocks) == "灯塔的夜晚", sign


def test_an_underscore_within_a_title_stays() -> None:
    assert title_of(("title", "", "How read_page works")) == "How read_page works"


@pytest.mark.parametrize(("title", "heading", "chosen"), [("T", "T", ("T",)), ("T", "S", ()), ("-", "-", ())])
def test_one_letter_is_a_title_where_title_and_heading_agree(title: str, heading: str, chosen: tuple[str, ...]) -> None:
    page = f"<html><title>{title}</title><body><h1>{heading}</h1><p>some words that are here</p></body></html>"
    capture = Capture.of_bytes(page.encode(), media_type="text/html")
    assert describe(read_page(capture), capture).values("title") == chosen


def test_what_a_button_says_is_no_word_of_the_title_but_stays_in_the_heading() -> None:
    button = "<button>Copy the address</button>"
    text = "<p>The ferry leaves at seven, and comes back with the bread at nine, as it has for a hundred years.</p>" * 3
    capture = Capture.of_bytes(f"<!DOCTYPE html><main><h1>The Ferry {button}</h1>{text}</main>".encode())
    page = read_page(capture)
    assert describe(page, capture).first("title") == "The Ferry"
    assert page.text().startswith("The Ferry Copy the address")


def test_a_chapter_under_its_own_heading_is_the_title_and_not_the_manual_above_it() -> None:
    text = (
        "<p>The lamp is lit at dusk, and is put out when the sun stands a hand above the bay, by whoever is awake.</p>"
        * 3
    )
    head = "<title>DNS | Lamp.js v20.1.2 Documentation</title><header><h1>Lamp.js v20.1.2 documentation</h1></header>"
    capture = Capture.of_bytes(f"<!DOCTYPE html>{head}<main><h2>DNS</h2>{text}</main>".encode())
    assert describe(read_page(capture), capture).first("title") == "DNS"


def test_an_authority_names_its_site_in_a_meta_of_its_own() -> None:
    page = page_of(("meta", "sitename", "海岸市人民政府"), ("meta", "articletitle", "关于港口的通知"))
    description = describe(page, capture_of())
    assert description.values("publisher") == ("海岸市人民政府",)
    assert description.values("title") == ("关于港口的通知",)


def titled(title: str, heading: str) -> str | None:
    prose = "The lamp was lit at dusk, and the keeper wrote the hour into the book. " * 4
    page = (
        f"<!DOCTYPE html><title>{title}</title><header><h1><a href=/>Coast Weekly</a></h1></header>"
        f"<main><article><h2>{heading}</h2><p>{prose}</article></main>"
    )
    capture = Capture.of_bytes(page.encode())
    return describe(read_page(capture), capture).first("title")


def test_the_masthead_before_the_texts_own_heading_is_no_title() -> None:
    assert titled("Coast Weekly - The Harbour at Night", "The Harbour at Night") == "The Harbour at Night"


def test_a_title_that_no_masthead_opens_is_cut_as_before() -> None:
    assert titled("The Long Ships at Sea - A History", "Ships") == "The Long Ships at Sea"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("The harbour at nightComments: 12", "The harbour at night"),
        ("Гавань ночью Комментарии: 3", "Гавань ночью"),
        ("Der Hafen bei Nacht (Kommentare: 7)", "Der Hafen bei Nacht"),
        ("夜晚的港口评论（8）", "夜晚的港口"),
        ("A year in 100 comments", "A year in 100 comments"),
        ("Comments: 12", "Comments: 12"),
        ("Commentary: 1914", "Commentary: 1914"),
    ],
)
def test_the_count_of_readers_words_is_no_part_of_a_heading(heading: str, title: str) -> None:
    assert title_of(("heading", "h1", heading)) == title

"""The name of the site above the text: it is the publisher, and never the page's title."""

from __future__ import annotations

import pytest

from solander import Capture, describe, read_page
from solander.describing.titles.mastheads import leads_above
from solander.model.description import Description

PROSE = "<p>The lamp of the lighthouse was lit at dusk by the keeper, and he wrote the hour into the book.</p>" * 4


def described(title: str, body: str, uri: str = "https://quay.example/notes/2020/05/pier") -> Description:
    page = f"<!DOCTYPE html><title>{title}</title>{body}"
    capture = Capture.of_bytes(page.encode(), uri=uri)
    return describe(read_page(capture), capture)


@pytest.mark.parametrize(
    "title",
    [
        "Salt and Rope » Blog Archive » The Pier",
        "Salt and Rope » Blog Archive » The Pier ",
        "Salt and Rope: The Pier",
        "The Pier | Salt and Rope",
    ],
)
@pytest.mark.parametrize(
    "masthead", ["<h1><a href='/'>Salt and Rope</a></h1>", "<h1><a href=/notes/>Salt and Rope</a></h1>"]
)
def test_a_blogs_name_for_the_first_heading_is_not_the_title(title: str, masthead: str) -> None:
    description = described(title, f"<header>{masthead}</header><h2>The Pier</h2><p>5 May 2020</p>{PROSE}")
    assert description.values("title") == ("The Pier",)
    assert description.values("creator") == ()
    assert description.values("publisher") == ("Salt and Rope",)


def test_a_first_heading_that_ends_the_title_is_the_sites_though_it_leads_nowhere() -> None:
    body = f"<header><h1>Salt and Rope</h1></header><h2>The Pier</h2><p>5 May 2020</p>{PROSE}"
    description = described("The Pier | Salt and Rope", body)
    assert (*description.values("title"), *description.values("publisher")) == ("The Pier", "Salt and Rope")


def test_a_topic_before_its_forum_stays_the_title() -> None:
    topic = "What the harbour board said of the ferry last night"
    body = f"<header><h1>{topic}</h1><p>Ferries</p></header><main><h3>Ferries</h3>{PROSE}</main>"
    assert described(f"{topic} - Ferries - Quay Talk", body).values("title") == (topic,)


@pytest.mark.parametrize(
    ("title", "heading", "chosen"),
    [
        ("« The Pier », by Ann Lee - Quay", "The Pier", "The Pier"),
        ("The Pier by Ann Lee | Quay", "The Pier", "The Pier"),
        ("Der Steg, von Ann Lee | Quay", "Der Steg", "Der Steg"),
        # Nothing shows where the title ends.
        ("The Pier by Moonlight | Quay", "The Pier by Moonlight", "The Pier by Moonlight"),
        ("Travels by Ann Lee | Quay", "Travels by Ann Lee", "Travels by Ann Lee"),
    ],
)
def test_an_author_behind_the_heading_is_no_part_of_the_title(title: str, heading: str, chosen: str) -> None:
    assert described(title, f"<main><h2>{heading}</h2>{PROSE}</main>").values("title") == (chosen,)


@pytest.mark.parametrize(
    ("logo", "publisher"),
    [
        ("<a href='/'>The Quay</a>", ("The Quay",)),
        ("<a href='/'><img src=l.png alt='Logo The Quay'></a>", ("The Quay",)),
        ("<a href='/'>The Quay - to the first page</a>", ("The Quay",)),
        # Of these none is the host's name.
        ("<a href='/'>Home</a>", ()),
        ("<a href='/'>Harbours of the North</a>", ()),
        ("<a href='/quay'>The Quay</a>", ()),
        ("<a href='https://other.example/'>The Pier</a>", ()),
    ],
)
def test_a_link_to_the_first_page_is_the_sites_name_where_it_is_the_hosts(
    logo: str, publisher: tuple[str, ...]
) -> None:
    # A name of four letters may be part of any word: the host is longer.
    body = f"<header>{logo}</header><main><h1>The Pier</h1>{PROSE}</main>"
    assert described("The Pier", body, "https://thequay.example/pier").values("publisher") == publisher


@pytest.mark.parametrize("title", ["The Pier | Quay", "The Pier | quay.example", "Quay - The Pier"])
def test_an_end_of_the_title_is_the_sites_name_where_it_is_the_hosts(title: str) -> None:
    (publisher,) = described(title, f"<main><h1>The Pier</h1>{PROSE}</main>").values("publisher")
    assert publisher.casefold().startswith("quay")


def test_a_section_is_no_publisher_though_it_leads_above_the_page() -> None:
    body = f"<nav><a href='/notes/'>Notes</a></nav><main><h1>The Pier</h1>{PROSE}</main>"
    assert described("The Pier | Notes", body).values("publisher") == ()


def test_who_keeps_a_site_of_her_own_name_stays_its_author() -> None:
    body = f"<header><a href='/'>Ann Lee</a></header><main><h1>The Pier</h1><p>By Ann Lee</p>{PROSE}</main>"
    assert described("The Pier", body, "https://annlee.example/pier").values("creator") == ("Ann Lee",)


@pytest.mark.parametrize(
    ("target", "uri", "above"),
    [
        ("https://quay.example/", "https://www.quay.example/pier", True),
        ("https://quay.example", "https://quay.example/?p=12", True),
        ("https://quay.example/notes/", "https://quay.example/notes/2020/pier", True),
        ("https://quay.example/notes", "https://quay.example/notes/index.php?/archive/8-Pier", True),
        # The page itself, under another of its addresses.
        ("https://quay.example/pier/", "https://quay.example/pier/page/2", False),
        ("https://quay.example/pier/", "https://quay.example/pier/index.html", False),
        ("https://quay.example/", "https://quay.example/", False),
        ("https://quay.example/notes/pier/", "https://quay.example/notes/pier/piles/oak", False),
        ("https://other.example/", "https://quay.example/pier", False),
        ("https://quay.example/#top", "https://quay.example/pier", False),
        ("http://[broken", "https://quay.example/pier", False),
    ],
)
def test_what_lies_above_a_page_is_the_site_or_a_folder_with_more_below_it(target: str, uri: str, above: bool) -> None:
    assert leads_above(target, uri) == above

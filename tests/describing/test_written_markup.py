"""Tags that stand in a value as letters are not part of it; those that it is about are."""

from __future__ import annotations

import pytest

from solander import Capture, describe, read_page
from solander.describing.written_markup import without_markup


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("The <i>Drosophila</i> genome and H<sub>2</sub>O", "The Drosophila genome and H2O"),
        ("<p>The ferry is late", "The ferry is late"),
        ("<p class='lead'>The <b>ferry</b> of 5 < 6 boats</p>", "The ferry of 5 < 6 boats"),
        ("The ferry<br/>is late", "The ferry is late"),
        ("Of <span><b><i>three</i></b></span> boats", "Of three boats"),
        ("<b>: The Bring Attention To element", "<b>: The Bring Attention To element"),
        ("The <br> element and its uses", "The <br> element and its uses"),
        ("If a < b and c > d", "If a < b and c > d"),
        ("What <dc:title>x</dc:title> says", "What <dc:title>x</dc:title> says"),
        ("No tags", "No tags"),
    ],
)
def test_an_element_with_both_its_tags_leaves_its_words(value: str, clean: str) -> None:
    assert without_markup(value) == clean


def test_title_and_description_of_a_page_have_no_tags() -> None:
    written = "The &lt;i>Drosophila&lt;/i> genome"
    page = (
        f"<!doctype html><title>{written} | Journal of Flies</title><meta property=og:title content='{written}'>"
        "<meta name=description content='&lt;p>Flies, and &lt;em>what&lt;/em> they are made of.&lt;/p>'>"
        f"<h1>The <i>Drosophila</i> genome</h1><p>Flies are small.</p>"
    )
    capture = Capture.of_bytes(page.encode(), uri="https://flies.example/a")
    description = describe(read_page(capture), capture)
    assert description.values("title") == ("The Drosophila genome",)
    assert description.values("description") == ("Flies, and what they are made of.",)


@pytest.mark.parametrize(
    ("foot", "publisher"),
    [
        ("Copyright 2020 Harbour.de. All rights reserved", "Harbour.de"),
        ("© 2021 Redaktion Harbour.de. Design: Paperworks", "Redaktion Harbour.de"),
        ("© 2020 Harbour Society e.V.", "Harbour Society e.V."),
    ],
)
def test_the_holder_of_rights_ends_where_her_sentence_does(foot: str, publisher: str) -> None:
    page = f"<!doctype html><title>Flies</title><h1>Flies</h1><p>Flies are small.</p><footer><p>{foot}</p></footer>"
    capture = Capture.of_bytes(page.encode(), uri="https://flies.example/a")
    assert describe(read_page(capture), capture).values("publisher") == (publisher,)


def test_the_dash_that_parted_a_site_from_a_title_is_not_its_name() -> None:
    page = "<!doctype html><title>Flies</title><meta property=og:site_name content='Harbour Observer -'><p>Flies."
    capture = Capture.of_bytes(page.encode())
    assert describe(read_page(capture), capture).values("publisher") == ("Harbour Observer",)

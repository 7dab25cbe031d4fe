"""Licences and tags that links mark: the page's own stand, and those of pictures and of other posts do not."""

from __future__ import annotations

import pytest

from solander import Capture, describe, read_page
from solander.describing.subjects import headings_in, keywords_in
from solander.model.description import Description

BY = "https://creativecommons.org/licenses/by/4.0/"
PROSE = "<p>The lamp of the lighthouse was lit at dusk by the keeper, and he wrote the hour into the book.</p>" * 4


def described(markup: str, head: str = "") -> Description:
    page = f"<!DOCTYPE html><title>The lamp</title>{head}<article><h1>The lamp</h1>{PROSE}{markup}</article>"
    capture = Capture.of_bytes(page.encode(), uri="https://site.example/a")
    return describe(read_page(capture), capture)


def licences(markup: str) -> list[str]:
    return [one.value for one in described(markup).of("rights") if one.refinement == "license"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<figure><img src=a.jpg><figcaption>Bob Ray, <a rel=license href={BY}>CC BY</a></figcaption></figure>",
        f"<p>Photo: Bob Ray, <a rel=license href={BY}>CC BY</a></p>",
        f"<div class=photo-credit>Bob Ray, <a rel=license href={BY}>CC BY</a></div>",
        f"<p>Image by Bob Ray, <a href={BY}>CC BY</a></p>",
        f"</article><footer><p>Icons licensed under <a href={BY}>CC BY</a></p></footer>",
        f"<p>The encyclopaedia chose <a href={BY}>a licence</a> in that year.</p>",
    ],
)
def test_the_licence_of_a_picture_or_of_another_thing_is_not_the_pages(markup: str) -> None:
    assert licences(markup) == []


@pytest.mark.parametrize(
    "markup",
    [
        f"<p><a rel=license href={BY}>CC BY</a></p>",
        f"<p>This article is licensed under <a href={BY}>CC BY 4.0</a>.</p>",
        f"</article><footer>Text licensed under <a href={BY}>CC BY 4.0</a></footer>",
        f"</article><footer><p>© 2020 Bay Herald. Content is under a <a href={BY}>CC licence</a></p></footer>",
        f"<p vocab='https://schema.org/'><a rel=license property=license href={BY}>CC BY</a></p>",
        f"<p vocab='https://schema.org/'><a property=license href={BY}>CC BY</a></p>",
    ],
)
def test_the_pages_licence_is_found_with_and_without_a_mark(markup: str) -> None:
    assert licences(markup) == [BY]


def test_two_licences_that_no_mark_tells_apart_are_none() -> None:
    other = BY.replace("by", "by-sa")
    foot = f"<p>Text licensed under <a href={BY}>CC BY</a></p><p>Text licensed under <a href={other}>CC BY-SA</a></p>"
    assert licences(f"</article><footer>{foot}</footer>") == []


def test_tags_beneath_the_text_are_its_subjects() -> None:
    tags = "<p>Tagged <a href=/t/lamps rel=tag>lamps</a>, <a href=/t/piers rel='category tag'>piers</a></p>"
    description = described(tags)
    assert description.values("subject") == ("lamps", "piers")
    assert {one.evidence.detail for one in description.of("subject")} == {"a rel=tag"}


@pytest.mark.parametrize(
    "markup",
    [
        "<p><a href=/c rel='category tag'>Uncategorized</a></p>",
        "</article><aside><h2>Tags</h2><a href=/t rel=tag>boats</a> <a href=/u rel=tag>ropes</a></aside>",
        "</article><article><h2>Ropes</h2><p>How ropes are made.</p><a href=/t rel=tag>ropes</a></article>",
    ],
)
def test_tags_of_other_posts_and_clouds_are_no_subjects(markup: str) -> None:
    assert described(markup).values("subject") == ()


def test_what_the_head_says_of_subjects_stands_before_tags() -> None:
    head = "<meta name=keywords content='lamps, oil'>"
    assert described("<p><a href=/t rel=tag>boats</a></p>", head).values("subject") == ("lamps", "oil")


def test_a_list_of_keywords_is_taken_apart_and_a_heading_is_not() -> None:
    assert keywords_in("silt; estuaries, tidal; dredging") == ["silt", "estuaries, tidal", "dredging"]
    assert keywords_in("silt, estuaries") == ["silt", "estuaries"]
    assert keywords_in("\"silt\", #tides, 'mud flats', C#") == ["silt", "tides", "mud flats", "C#"]
    assert headings_in("Transport, Maritime") == ["Transport, Maritime"]
    assert headings_in("ships, piers, boats") == ["ships", "piers", "boats"]


def test_keywords_in_rdfa_are_subjects() -> None:
    markup = "<p vocab='https://schema.org/'>Filed under <span property=keywords>wetlands, birds</span></p>"
    assert described(markup).values("subject") == ("wetlands", "birds")

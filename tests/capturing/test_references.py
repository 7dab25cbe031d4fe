"""What a page shows is found however its address is written, and in no time that a page can make long."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.capturing.crawls import HOST, PNG, one_capture
from tests.false_crawls import message, record

from solander.capturing.references import references, style_references
from solander.capturing.style_sheets import addresses_in
from solander.model.normal_addresses import normal_address

WORDS = "<p>The harbour is closed in winter, and the mole is left to the gulls until the ice has gone."

MANY = ", ".join(f"/{'i' * 90}-{number}.png {number + 1}w" for number in range(400))
LONG = f"data:image/gif;base64,{'R' * 30_000}"
SHOWN = {
    '<img src="a b.png">': "/a%20b.png",
    '<img src="ä.png">': "/%C3%A4.png",
    '<img src="%C3%A4.png">': "/ä.png",
    '<img src="%c3%a4.png">': "/%C3%A4.png",
    '<img src="HTTPS://Harbour.EXAMPLE:443/x.png">': "/x.png",
    '<img src="/a/../x.png">': "/x.png",
    '<img src="\\a\\x.png">': "/a/x.png",
    '<img src="/a|b.png">': "/a%7Cb.png",
    '<img src="/x.png?a=b c">': "/x.png?a=b%20c",
    '<img src="https://harbour.example?x">': "/?x",
    '<img src="/x?a=1&copy=2">': "/x?a=1&copy=2",
    '<img src="/x?a=1&amp;section=2&#38;c=3">': "/x?a=1&section=2&c=3",
    '<img src=/a\n\talt="John\'s > mine">': "/a",
    "<img alt=John's src=/x.png><img alt=Jane's src=/y.png>": "/y.png",
    '<svg><image href="/x.png"/></svg>': "/x.png",
    '<svg><image xlink:href="/x.png"/></svg>': "/x.png",
    '<svg><use href="/x.svg#sail"/></svg>': "/x.svg",
    '<img srcset="/x.png 1x,/y.png 2x">': "/y.png",
    '<img srcset="/x,y.png 1x, /z.png 2x">': "/x,y.png",
    '<img srcset=" /x.png 100w , /y.png 200w ">': "/y.png",
    f'<img srcset="{MANY}" src="/x.png">': "/x.png",
    f'<img src="{LONG}" data-src="/x.png">': "/x.png",
    '<link rel="preload" as="image" imagesrcset="/x.png 1x">': "/x.png",
    '<img data-lazy="/x.png">': "/x.png",
    '<img data-lazy-srcset="/x.png 2x">': "/x.png",
    '<div data-bg="/x.png">': "/x.png",
    '<div data-background-image="url(/x.png)">': "/x.png",
    '<table><tr background="/x.png"><td>Tide</table>': "/x.png",
    '<iframe srcdoc="&lt;p>Low water&lt;img src=&quot;/x.png&quot;&gt;"></iframe>': "/x.png",
    '<style>p { background: image-set("x.png" 1x, url(y.png) 2x) }</style>': "/x.png",
    "<style>p { background: url(/x\\20 y.png) }</style>": "/x%20y.png",
    '<style>p { background: url("/x\\(1\\).png") }</style>': "/x(1).png",
    "<noscript><img src='/x.png'></noscript>": "/x.png",
}


@pytest.mark.parametrize("written", SHOWN, ids=range(len(SHOWN)))
def test_what_a_page_shows_is_kept_with_it_under_whatever_form_of_its_address_it_was_captured(
    tmp_path: Path, written: str
) -> None:
    page = f"<!DOCTYPE html><meta charset=utf-8><title>Ice</title>{written}{WORDS}".encode()
    picture = message(PNG, fields=b"Content-Type: image/png\r\n")
    capture = one_capture(
        tmp_path,
        record(message(page), WARC_Target_URI=f"{HOST}/"),
        record(picture, number=2, WARC_Target_URI=f"{HOST}{SHOWN[written]}"),
    )
    assert [one.content for one in capture.media] == [PNG]


@pytest.mark.parametrize(
    "written",
    [
        "<!-- <img src=/x.png> -->",
        "<!--><!-- <img src=/x.png> --!>",
        "<script>let row = '<img src=/x.png>'</script>",
        "<title><img src=/x.png></title>",
        "<textarea><img src=/x.png></textarea>",
        "<img src='JavaScript:void(0)'><img src='DATA:image/png;base64,AA'><img src='Blob:x'>",
        "<style>@namespace svg url(/x.png); /* url(/x.png) */ p::after { content: 'url(/x.png)' }</style>",
        "<img src='https://[/x.png'>",
    ],
)
def test_what_a_page_does_not_show_is_not_looked_for(written: str) -> None:
    assert references(f"{written}{WORDS}".encode(), f"{HOST}/") == []


def test_an_old_sheet_in_a_comment_is_a_sheet() -> None:
    page = b"<style><!-- p { background: url(/x.png) } --></style>"
    assert [one.uri for one in references(page, f"{HOST}/")] == [f"{HOST}/x.png"]


def test_a_sheet_names_further_sheets_in_all_their_forms() -> None:
    sheet = (
        "@import 'a.css'; @import url(b.css) layer(tide); @IMPORT url(\"c.css\") screen; p { background: url(d.png) }"
    )
    assert list(addresses_in(sheet)) == [("a.css", True), ("b.css", True), ("c.css", True), ("d.png", False)]
    assert [one.role for one in style_references(sheet.encode(), HOST)] == ["style", "style", "style", "image"]


@pytest.mark.parametrize(
    "written",
    [
        "<img " + "a" * 3_000 + ">",
        "<img a=' ",
        "<img a=",
        "<style>url(",
        '<style>url("',
        "<style>url(a",
        "<style>image-set(",
        "<style>@import ",
        "<!-- ",
        "<script ",
        "<img srcset=', ",
        "<iframe srcdoc='&lt;img ",
    ],
)
def test_what_is_looked_for_is_looked_through_once(written: str) -> None:
    # Looked through again from each of these, the page would take hours.
    page = f"{written * (3_000_000 // len(written))}{WORDS}".encode()
    assert len(references(page, HOST)) <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://harbour.example", "HTTPS://Harbour.Example:443/"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://harbour.example/a#top", "https://harbour.example/./a"),
        ("https://harbour.example/%7Ekeeper", "https://harbour.example/~keeper"),
        ("https://harbour.example/%2E%2e/a", "https://harbour.example/a"),
        ("https://harbour.example/\ta\n", "https://harbour.example/a"),
        ("cid:sail%40mole", "CID:sail@mole"),
    ],
)
def test_ways_of_writing_one_address_are_one(one: str, other: str) -> None:
    assert normal_address(one) == normal_address(other)
    assert normal_address(normal_address(one)) == normal_address(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://harbour.example/a%2Fb", "https://harbour.example/a/b"),
        ("https://harbour.example/a%3Fb", "https://harbour.example/a?b"),
        ("https://harbour.example/a%2525", "https://harbour.example/a%25"),
        ("https://harbour.example/a", "http://harbour.example/a"),
        ("https://harbour.example/a", "https://harbour.example/A"),
        ("https://harbour.example/a", "https://harbour.example/a/"),
        ("https://harbour.example:8443/", "https://harbour.example/"),
    ],
)
def test_addresses_that_are_two_stay_two(one: str, other: str) -> None:
    assert normal_address(one) != normal_address(other)


def test_an_address_that_is_none_is_compared_as_it_is() -> None:
    assert normal_address("https://[tide/#a") == "https://[tide/"

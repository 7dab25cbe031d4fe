"""The site's name behind the page's title is its publisher where the page says it a second time."""

from __future__ import annotations

import pytest

from solander import Capture, describe, read_page
from solander.model.description import Description

PROSE = "<p>The lamp of the lighthouse was lit at dusk by the keeper, and he wrote the hour into the book.</p>" * 4


def described(title: str, before: str, behind: str = "", head: str = "") -> Description:
    page = f"<!DOCTYPE html><title>{title}</title>{head}{before}<main><h1>Dredging starts</h1>{PROSE}</main>{behind}"
    capture = Capture.of_bytes(page.encode(), uri="https://site.example/a")
    return describe(read_page(capture), capture)


@pytest.mark.parametrize(
    "before",
    [
        "<header><a href='/'>Bay Herald</a></header>",
        "<header><a href='/'><img src=l.png alt='Bay Herald'></a></header>",
        "<header><div>Bay Herald</div></header>",
        "<nav><a href='/'>Bay Herald</a> <a href='/s'>Sport</a></nav>",
    ],
)
def test_what_the_masthead_says_as_well_is_the_publisher(before: str) -> None:
    (publisher,) = described("Dredging starts | Bay Herald", before).of("publisher")
    assert (publisher.value, publisher.evidence.detail) == ("Bay Herald", "title's end")
    assert described("Bay Herald - Dredging starts", before).values("publisher") == ("Bay Herald",)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>",
        "<header><a href='/sport'>Sport</a></header>",
    ],
)
def test_a_section_behind_the_title_is_no_publisher(before: str) -> None:
    assert described("Dredging starts | Sport", before).values("publisher") == ()
    assert described("Dredging starts | Home", before).values("publisher") == ()


def test_what_the_page_says_of_its_publisher_stands_before_it() -> None:
    head = "<meta property='og:site_name' content='The Bay Herald'>"
    before = "<header><a href='/'>Bay Herald</a></header>"
    assert described("Dredging starts | Bay Herald", before, head=head).values("publisher") == ("The Bay Herald",)


def test_a_person_who_signs_on_her_own_site_stays_its_author() -> None:
    before = "<header><a href='/'>Ann Lee</a></header>"
    description = described("Dredging starts | Ann Lee", before, "<p class='byline'>By Ann Lee</p>")
    assert description.values("creator") == ("Ann Lee",)

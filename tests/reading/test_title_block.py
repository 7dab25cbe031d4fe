"""A document's own head is of its text, and the masthead of a site is not."""

from __future__ import annotations

import pytest

from solander import Capture, read_page

LINE = "The ferry crosses the sound four times a day in summer, and twice in winter, unless the ice holds it. " * 2
CONTENTS = "<nav id=toc><ul><li><a href=#ice>Ice</a><li><a href=#fog>Fog</a></ul></nav>"
TEXT = f"<h1 id=ice>Ice</h1><p>{LINE}<p>{LINE}<h1 id=fog>Fog</h1><p>{LINE}"


def text_of(header: str, title: str = "The Ferry", rest: str = TEXT) -> list[str]:
    page = f"<!doctype html><html lang=en><title>{title}</title><body>{header}{CONTENTS}{rest}"
    return read_page(Capture.of_bytes(page.encode())).text().split("\n")


def test_the_head_of_a_document_before_its_contents_is_of_its_text() -> None:
    head = "<header><h1>The Ferry</h1><p class=author>Ann Lee<p class=date>4 May 2020<div>Of boats.</div></header>"
    lines = text_of(head)
    assert lines[:5] == ["The Ferry", "Ann Lee", "4 May 2020", "Of boats.", "Ice"]
    assert "Fog" in lines


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("<header><h1>Coast Weekly</h1><p>News of the coast</p></header>", "The Ferry"),
        ("<header><h1><a href=/>The Ferry</a></h1><p>News of the coast</p></header>", "The Ferry"),
        ("<header><h1>The Ferry</h1><p>News of the coast <a href=/>Home</a></p></header>", "The Ferry"),
    ],
)
def test_a_masthead_is_not(header: str, title: str) -> None:
    assert not any("coast" in line.lower() for line in text_of(header, title))


@pytest.mark.parametrize("head", ["<h1>The Ferry</h1>", "<div><h1 class=title>The Ferry</h1></div>"])
def test_the_title_above_the_contents_is_of_the_text_though_sections_are_of_its_rank(head: str) -> None:
    assert text_of(head)[:2] == ["The Ferry", "Ice"]


@pytest.mark.parametrize("head", ["<h1><a href=/>The Ferry</a></h1>", "<div><h1>Coast Weekly</h1></div>"])
def test_a_site_above_the_contents_is_not(head: str) -> None:
    assert text_of(head)[0] == "Ice"


def test_a_title_without_a_page_is_none_of_its_text() -> None:
    assert read_page(Capture.of_bytes(b"<!doctype html><title>The Ferry</title>")).text() == ""

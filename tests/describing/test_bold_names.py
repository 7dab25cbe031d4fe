"""In the box of an author the name is what is bold, and the line below it her office."""

from __future__ import annotations

import pytest

from solander import Capture, read_page
from solander.describing import describe

PROSE = (
    "<p>Wool and salt came by ship from the north in spring, and were weighed upon the quay before anybody came.</p>"
)


def creators(box: str) -> list[str]:
    page = f"<!doctype html><html><title>The Harbour</title><body>{box}<h1>The Harbour</h1>{PROSE}{PROSE}"
    capture = Capture.of_bytes(page.encode(), media_type="text/html", declared_charset="utf-8")
    return [one.value for one in describe(read_page(capture), capture).statements if one.element == "creator"]


@pytest.mark.parametrize(
    ("name", "office"), [("李安娜", "书记员"), ("Ann Lee", "Keeper of the books"), ("Анна Ли", "писарь")]
)
def test_a_name_in_bold_above_an_office_is_the_author(name: str, office: str) -> None:
    box = "<div class=post-authors><div><span>{}</span></div></div>"
    assert creators(box.format(f"<strong>{name}</strong><br>{office}")) == [name]


def test_two_names_in_bold_are_both_kept() -> None:
    found = creators("<p class=authors><b>Ann Lee</b><br><b>Tom Moss</b></p>")
    assert "Ann Lee" in " ".join(found)
    assert "Tom Moss" in " ".join(found)

"""A title that a word processor knows by its letters alone heads its page, and is its title."""

from __future__ import annotations

import pytest

from solander import Capture, read_page
from solander.describing import describe
from solander.model.page import leaves, plain

PROSE = (
    "<p>Wool and salt came by ship from the north in spring, and were weighed upon the quay before the merchants of "
    "the town were allowed to see them.</p>"
)
SECTIONS = f"{PROSE}<h1>Wares</h1>{PROSE}<h1>Dues</h1>{PROSE}"


def read(first: str, rest: str = SECTIONS, title: str = "", language: str = "en") -> tuple[list[str], str]:
    """The headings of a page, and its title."""
    page = f"<html><title>{title}</title><body lang={language}>{first}{rest}"
    capture = Capture.of_bytes(page.encode(), media_type="text/html", declared_charset="utf-8")
    read = read_page(capture)
    headings = [plain(leaf) for one in read.divisions for leaf in leaves(one.blocks) if leaf.kind == "heading"]
    return headings, next((one.value for one in describe(read, capture).statements if one.element == "title"), "")


@pytest.mark.parametrize("title", ["The Harbour Ledger", "港口账簿", "Книга гавани"])
@pytest.mark.parametrize(
    "markup",
    ["<p align=center><font size=6><b>{}</b></font></p>", "<p><strong>{}</strong></p>"],
)
def test_the_first_line_in_bold_above_sections_of_the_first_rank_is_the_title(markup: str, title: str) -> None:
    assert read(markup.format(title)) == ([title, "Wares", "Dues"], title)


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("<p>The Harbour Ledger</p>", SECTIONS),
        ("<p>The <b>Harbour Ledger</b></p>", SECTIONS),
        ("<p><b>The ledger was kept.</b></p>", SECTIONS),
        ("<p><b><a href=/>The Harbour Ledger</a></b></p>", SECTIONS),
        ("<p><b>The Harbour Ledger</b></p>", f"<h1>Wares</h1>{PROSE}{PROSE}"),
    ],
)
def test_other_lines_are_none(first: str, rest: str) -> None:
    assert "The Harbour Ledger" not in read(first, rest)[0]


def test_a_page_with_a_title_of_its_own_keeps_it() -> None:
    assert read("<p><b>To all masters</b></p>", title="The Harbour Ledger")[1] == "The Harbour Ledger"

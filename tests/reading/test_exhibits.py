"""Tables and figures that a document shows are of its text, though they stand last in their section."""

from __future__ import annotations

import pytest

from solander import Capture, read_page

WARES = (
    "<p>Wool and salt came by ship from the north in spring, and were weighed upon the quay before the merchants of "
    "the town were allowed to see them.</p>"
)
DUES = (
    "<p>Every master paid a penny a bale to the town, and a farthing to the poor, and the clerk wrote both into his "
    "book on the same evening.</p>"
)
ROWS = "<tr><td>1701</td><td>40 bales</td></tr><tr><td>1702</td><td>52 bales</td></tr>"
MENU = "<nav><ul><li><a href=/>Home</a><li><a href=/n>News</a><li><a href=/a>About us</a></ul></nav>"


def lines_of(shown: str, before: str = "", after: str = "") -> list[str]:
    page = (
        f"<!doctype html><html lang=en><title>The Harbour Ledger</title><body>{before}<article><h1>The Harbour Ledger"
        f"</h1>{DUES}<section><h2>Wares</h2>{WARES}{shown}</section><section><h2>Dues</h2>{DUES}{shown}</section>"
        f"</article>{after}"
    )
    return read_page(Capture.of_bytes(page.encode())).text().split("\n")


@pytest.mark.parametrize("around", ["", MENU])
@pytest.mark.parametrize(
    "shown",
    [
        f"<table><caption>Wares by year</caption>{ROWS}</table>",
        f"<div class=tableblock><table><thead><tr><th>Year</th><th>Wool</th></tr></thead>{ROWS}</table></div>",
        f"<figure><table>{ROWS}</table><figcaption>Table 1: Wares by year</figcaption></figure>",
    ],
)
def test_a_table_that_stands_last_in_its_section_is_of_the_text(shown: str, around: str) -> None:
    lines = lines_of(shown, around)
    assert lines.count("40 bales") == lines.count("52 bales") == 2


@pytest.mark.parametrize("caption", ["Figure 1. The quay", "Abbildung 2: Der Kai", "图1 码头", "Рис. 3. Набережная"])
def test_a_figure_that_its_caption_counts_is_of_the_text(caption: str) -> None:
    assert (
        lines_of(f"<figure><img src=q.png alt=''><figcaption>{caption}</figcaption></figure>", MENU).count(caption) == 2
    )


@pytest.mark.parametrize("said", ["", " aria-hidden=true"])
def test_a_page_that_is_nothing_but_its_text_keeps_its_figures(said: str) -> None:
    shown = f"<figure><img src=q.png alt=''><figcaption{said}>The quay in winter</figcaption></figure>"
    assert lines_of(shown).count("The quay in winter") == 2


def test_a_table_of_links_that_stands_last_stays_out() -> None:
    rows = "".join(f"<tr><td><a href=/{way}>{way}</a></td></tr>" for way in ("Ropes", "Oars", "Lamps"))
    lines = lines_of(f"<table><caption>Table 9: More</caption>{rows}</table>", MENU)
    assert "Oars" not in lines[lines.index("Dues") :]


def test_a_table_that_is_called_otherwise_stays_out() -> None:
    shown = f"<div class=related><table><caption>Table 9: More to read</caption>{ROWS}</table></div>"
    assert "40 bales" not in lines_of(shown, MENU)


def test_a_table_in_a_footer_stays_out() -> None:
    lines = lines_of("", MENU, f"<footer><table><caption>Opening hours</caption>{ROWS}</table></footer>")
    assert "40 bales" not in lines

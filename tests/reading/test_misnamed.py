"""What its name or its element calls boilerplate is text where it stands in the midst of the text."""

import pytest
from tests.reading.test_posts import SENTENCE, read, words

from solander.cli import main
from solander.model.page import Page, leaves, plain

TABLE = (
    "<h2>Methods</h2><div class=summary><div class='{0} first'>Modifier</div><div class='{0} last'>What it does</div>"
    "<div class=first>public, and nothing else than public, as all of them are</div><div class=last>{1}</div></div>"
)
GRID = f"<main><h1>Class Kettle</h1><p>{SENTENCE * 2}</p>{{}}<h2>Details</h2><p>{SENTENCE * 3}</p></main>"
QUOTED = (
    "<aside class='quote no-group' data-username=ann><div class=title>{}ann:</div><blockquote><p>a tear of a "
    "hand's length"
    "</p></blockquote></aside>"
)
POST = "<div class='topic-body post'><div class=meta>bob</div><div class=cooked>{}<p>{}</p></div></div>"
THREAD = f"<h1>How do I mend a sail?</h1><div class='topic thread'>{POST.format('', SENTENCE * 2)}{{}}</div>"


def zone_of(page: Page, words: str) -> str:
    return next(
        division.zone
        for division in page.divisions
        for leaf in leaves(division.blocks)
        if plain(leaf).startswith(words)
    )


def thread(quotation: str) -> str:
    return THREAD.format(POST.format(quotation, SENTENCE) + POST.format("", SENTENCE * 3))


def test_the_head_of_a_table_within_the_text_is_no_banner():
    page = read(GRID.format(TABLE.format("table-header", SENTENCE)))
    assert zone_of(page, "Modifier") == zone_of(page, "What it does") == "main"


def test_a_head_within_the_text_that_is_no_text_is_no_banner_either():
    page = read(GRID.format(TABLE.format("table-header", "Boils.").replace("public, and nothing else", "public")))
    assert zone_of(page, "Modifier") != "banner"


def test_what_stands_above_the_title_is_a_banner():
    head = "<div class=site-header><a href=/>The kettle museum</a> <span>since 1890</span></div>"
    assert zone_of(read(head + GRID.format("")), "The kettle museum") == "banner"


def test_a_quotation_in_an_aside_is_text_with_its_speaker():
    page = read(thread(QUOTED.format("")))
    (quote,) = [
        inner
        for division in page.divisions
        if division.zone == "main"
        for block in division.blocks
        if block.kind == "post"
        for inner in block.content
        if inner.kind == "quote"
    ]
    speaker, quoted = quote.content
    assert (plain(speaker), speaker.attributes) == ("ann:", {"role": "attribution"})
    assert quoted.kind == "quote"


@pytest.mark.parametrize(
    "aside",
    ["<aside class=quote><p>{}</p></aside>", "<aside class=pullquote><blockquote><p>{}</p></blockquote></aside>"],
)
def test_an_aside_without_a_speaker_is_beside_the_text(aside):
    said = "Never had the ledgers been so dry."
    prose = f"<p>{SENTENCE * 3}</p>"
    body = f"<main><article><h1>Ledgers</h1>{prose}{aside.format(said)}{prose}</article></main>"
    assert zone_of(read(body), "Never had") == zone_of(read(body.replace("quote", "x")), "Never had")


@pytest.mark.parametrize("portrait", ["", "<img src=a.png alt=ann width=24 height=24> "])
def test_what_is_quoted_has_its_speaker_before_it_in_the_tei(portrait, tmp_path, capsys):
    body = thread(QUOTED.format(portrait))
    assert words(read(body)).count("ann:") == 1
    page, tei = tmp_path / "page.html", tmp_path / "page.xml"
    page.write_text(f"<!doctype html><html lang=en><title>A page</title><body>{body}</body></html>", encoding="utf-8")
    assert main(["normalise", str(page), "--at", "2026-11-23T12:00:00Z"]) == 0
    made = capsys.readouterr().out
    assert made.index("<cit ") < made.index(">ann:</bibl>") < made.index("a tear of") < made.index("</cit>")
    assert ("<figure" in made) == bool(portrait)
    tei.write_text(made, encoding="utf-8")
    assert main(["validate", str(tei)]) == 0


BOX = "<div class=sidebar><p class=title>The copper</p><div>{}</div></div>"
CHAPTER = f"<div class=chapter><h1>Kettles</h1><p>{SENTENCE * 2}</p>{{}}<p>{SENTENCE * 3}</p></div>"


def test_a_box_of_prose_between_the_paragraphs_of_the_text_is_no_sidebar():
    page = read(CHAPTER.format(BOX.format(SENTENCE)))
    assert zone_of(page, "The copper") == "main"


@pytest.mark.parametrize(
    "held",
    [
        CHAPTER.format(BOX.format("Boils.")),
        CHAPTER.format(BOX.format(f"<a href=/a>{SENTENCE}</a>")),
        BOX.format(SENTENCE) + CHAPTER.format(""),
        CHAPTER.format("") + BOX.format(SENTENCE),
    ],
)
def test_a_sidebar_of_links_or_beside_the_text_is_one(held):
    assert zone_of(read(held), "The copper") == "sidebar"


def test_the_head_of_a_section_goes_with_its_section():
    rows = "".join(
        f"<section><header><h3>Part {number}</h3></header><div>spout{number}(kettle)</div><p>{SENTENCE}</p></section>"
        for number in range(3)
    )
    page = read(f"<header><h2>The museum</h2></header><main><h1>Kettles</h1><p>{SENTENCE}</p>{rows}</main>")
    assert [zone_of(page, f"Part {number}") for number in range(3)] == ["main"] * 3
    assert zone_of(page, "The museum") != "main"

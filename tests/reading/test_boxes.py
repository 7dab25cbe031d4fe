"""The title of a box in the text is the box's: it heads no section, and stands with what it titles."""

import pytest
from tests.reading.test_misnamed import zone_of
from tests.reading.test_posts import SENTENCE, read

from solander.model.page import Page, leaves, plain

PAGE = f"<main><h1>Kettles</h1><h2>Boiling</h2><p>{SENTENCE * 2}</p>{{}}<p>{SENTENCE * 3}</p></main>"
BOXES = (
    "<div class=note><h3 class=title>Mind</h3><p>{0}</p></div>",
    "<div class='admonition warning'><p class=admonition-title>Mind</p><p>{0}</p></div>",
    "<div class='alert alert-info' role=note><h4 class=alert-heading>Mind</h4><p>{0}</p></div>",
    "<div class='markdown-alert markdown-alert-note'><p class=markdown-alert-title>Mind</p><p>{0}</p></div>",
    "<div class='admonitionblock tip'><table><tr><td class=icon><div class=title>Mind</div></td>"
    "<td>{0}</td></table></div>",
    "<div class=sidebar><div class=titlepage><p class=title><b>Mind</b></p></div><p>{0}</p></div>",
    "<div class=literal-block-wrapper><div class=code-block-caption><span>Mind</span></div><pre>{0}</pre></div>",
    "<div class=example><p class=title><b>Mind</b></p><pre>{0}</pre></div>",
)


def kind_of(page: Page, words: str) -> str:
    return next(
        leaf.kind for division in page.divisions for leaf in leaves(division.blocks) if plain(leaf).strip() == words
    )


@pytest.mark.parametrize("box", BOXES)
def test_the_title_of_a_box_is_its_caption_and_stands_in_the_text(box):
    page = read(PAGE.format(box.format(SENTENCE)))
    assert (kind_of(page, "Mind"), zone_of(page, "Mind")) == ("caption", "main")


@pytest.mark.parametrize("box", ["<ul><li>One<li>{}</ul>", "<table><tr><th>Fill</th><td>{}</td></tr></table>"])
def test_a_box_in_a_list_or_a_table_has_its_title_too(box):
    page = read(PAGE.format(box.format(BOXES[1].format(SENTENCE))))
    assert kind_of(page, "Mind") == "caption"


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (f"<section id=note><h3>Mind</h3><p>{SENTENCE}</p></section>", "heading"),
        (f"<div class=section id=warning><h3>Mind</h3><p>{SENTENCE}</p></div>", "heading"),
        (f"<div class=note><h2>Mind</h2><p>{SENTENCE}</p></div>", "heading"),
        (f"<div class=note><p>{SENTENCE}</p><h3>Mind</h3><p>{SENTENCE}</p></div>", "heading"),
        (f"<div class=note-list><h3>Mind</h3><p>{SENTENCE}</p></div>", "heading"),
        (f"<div class=figure><h3>Mind</h3><p>{SENTENCE}</p></div>", "heading"),
        (f"<div class=note><p>Mind</p><p>{SENTENCE}</p></div>", "paragraph"),
        ("<div class=note><p class=title>Mind</p></div>", "paragraph"),
        (f"<div><p class=title>Mind</p><p>{SENTENCE}</p></div>", "paragraph"),
    ],
)
def test_nothing_else_becomes_a_caption(part, kind):
    assert kind_of(read(PAGE.format(part)), "Mind") == kind


def test_a_box_that_is_most_of_the_page_is_none():
    page = read(f"<div class=note><h3>Mind</h3><p>{SENTENCE * 3}</p><p>{SENTENCE * 2}</p></div>")
    assert kind_of(page, "Mind") == "heading"


def test_the_title_of_a_box_that_is_no_text_is_none():
    menu = "<div class=note><p class=title>Mind</p><a href=/a>Kettles</a> <a href=/b>Pots</a></div>"
    page = read(f"<nav>{menu}</nav>" + PAGE.format(""))
    assert zone_of(page, "Mind") != "main"
    assert kind_of(page, "Mind") == "paragraph"

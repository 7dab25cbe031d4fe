"""A line that says who posted a page, and when, opens its text."""

import pytest
from tests.reading.test_posts import SENTENCE, read

from solander.model.page import leaves, plain
from solander.reading.zoning.who_and_when import who_and_when

PAGE = (
    "<article class=post><header class=entry-header><h1>The ferry</h1><div class=entry-meta>{}</div></header><div "
    f"class=entry-content><p>{SENTENCE * 2}</p><p>{SENTENCE * 2}</p><p>{SENTENCE * 3}</p></div></article>"
)
POSTED = (
    "<span>Posted on <a href=/d><time datetime=2020-05-04>May 4, 2020</time></a></span> <span class=byline>by <a "
    "href=/a>Ann Field</a></span>"
)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Posted on May 4, 2020 by Ann Field", "byline"),
        ("Posted on May 4, 2020 May 9, 2020 by Ann Field", "byline"),
        ("By Ann Field | 5 May 2020", "byline"),
        ("by ann_lee on May 4, 2020", "byline"),
        ("Veröffentlicht am 4. Mai 2020 von Anna Feld", "byline"),
        ("Publié le 4 mai 2020 par Anne Champ", "byline"),
        ("Опубликовано 4 мая 2020", "dateline"),
        ("Posted on Monday, May 4, 2020 at 10:52", "dateline"),
        ("Posted on May 4, 2020 by Ann Field in Ferries, 12 comments", ""),
        ("Posted on May 4, 2020 by Ann Field. She never saw the sea.", ""),
        ("Ann Field", ""),
        ("The ferry was built on May 4, 2020 by a man who came from the north", ""),
        ("12 comments", ""),
    ],
)
def test_a_line_says_who_and_when_and_nothing_else(line, kind):
    assert who_and_when(line) == kind


def test_what_a_template_writes_below_a_title_is_the_byline_of_the_text():
    page = read(PAGE.format(POSTED))
    (main,) = page.divisions
    assert main.zone == "main"
    assert [(block.kind, plain(block)) for block in main.blocks[:2]] == [
        ("heading", "The ferry"),
        ("byline", "Posted on May 4, 2020 by Ann Field"),
    ]


@pytest.mark.parametrize("beside", ["Share on Mastodon", "12 comments", "Filed under: ferries, boats"])
def test_what_else_stands_there_is_no_byline(beside):
    page = read(PAGE.format(beside))
    assert all(leaf.kind != "byline" for division in page.divisions for leaf in leaves(division.blocks))


def test_a_list_stays_a_list():
    page = read(PAGE.format("<ul><li>by Ann Field / May 4, 2020</li></ul>"))
    assert any(block.kind == "list" for division in page.divisions for block in division.blocks)

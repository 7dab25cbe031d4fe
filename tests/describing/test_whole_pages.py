"""Who wrote a page, when, and what it is called, from its HTML: what templates do, class by class."""

from __future__ import annotations

import pytest

from solander import Capture, describe, read_page
from solander.model.description import Description, Evidence, Statement

PROSE = (
    "<p>The lamp of the lighthouse was lit at dusk by the keeper, and he wrote the hour into the book that lay on the "
    "table by the window, as he had done every night for twenty years and more.</p>"
)


def described(*markup: str, head: str = "", uri: str | None = None, said: tuple[Statement, ...] = ()) -> Description:
    page = f"<!DOCTYPE html><title>The Harbour at Night</title>{head}<h1>The Harbour at Night</h1>{''.join(markup)}"
    capture = Capture.of_bytes(page.encode(), uri=uri)
    return describe(read_page(capture), capture, said=said)


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='author'>Ann Lee</div>",
        "<p class='byline'>By Ann Lee</p>",
        "<div class=author><span class=name>Ann Lee</span><span class=author-badge>Lv1</span></div>",
        "<ul class='author'><li>Ann Lee</ul>",
        "<h4 class='vcard author'>by <span class='fn'>Ann Lee</span></h4>",
        "<div class='articleAuthor'>Ann Lee</div>",
        "<div class='author-box'><div class='author-name'>Ann Lee</div><div>Keeper of the lamp</div></div>",
        "<p>By</p><p>Ann Lee</p>",
        "<div>Author</div><div>Ann Lee</div>",
        "<p>4 May 2020 - Text: Ann Lee</p>",
        "<p><a href='/authors/ann-lee'>Ann Lee</a></p>",
        "<p>Ann Lee | Senior Writer | 2 July 2025</p>",
        "<div itemprop=author itemscope><span itemprop=name>Ann Lee</span> Keeper of the lamp</div>",
        "<span class=author>AL</span><span class=author>Ann Lee</span>",
        "<span class=author>Posted</span><span class=author>Ann Lee</span>",
        "<div class=author>Ann Lee Keeper of Lamps</div><a class=author>Ann Lee</a>",
        "<p>Analysis by Ann Lee, Editor-at-large</p>",
    ],
)
def test_an_author_is_read_wherever_templates_put_her(markup: str) -> None:
    assert described(markup, PROSE).values("creator") == ("Ann Lee",)


def test_what_stands_alone_beneath_the_last_paragraph_signs_nothing_by_that_alone() -> None:
    assert described(PROSE, "<p><b>Read More</b></p>").values("creator") == ()
    assert described(PROSE, "<p>Ann Lee</p>").values("creator") == ()


def test_the_card_for_those_who_share_a_link_names_the_author() -> None:
    head = "<meta name='twitter:label1' content='Verfasst von'><meta name='twitter:data1' content='Ann Lee'>"
    assert described(PROSE, head=head).values("creator") == ("Ann Lee",)
    head = "<meta name='twitter:label1' content='Lesezeit'><meta name='twitter:data1' content='Ann Lee'>"
    assert described(PROSE, head=head).values("creator") == ()


@pytest.mark.parametrize(
    "value",
    [
        "page.head.extra.author",
        "{{author}}",
        "coast.example.org",
        "© 2020 Coast Weekly",
        "Quay Street 12, 4050 Porto",
        "Written by",
        "Sat",
    ],
)
def test_what_a_template_leaves_in_an_authors_place_is_nobody(value: str) -> None:
    assert described(PROSE, head=f"<meta name=author content='{value}'>").first("creator") is None


def test_a_person_whose_site_bears_her_name_is_its_author() -> None:
    site = "<meta property='og:site_name' content='Ann Lee'>"
    assert described(PROSE, head=f"{site}<meta name=author content='Ann Lee'>").values("creator") == ("Ann Lee",)
    data = '{"@type": "Article", "author": {"@type": "Person", "name": "Ann Lee"}}'
    head = f"{site}<script type='application/ld+json'>{data}</script>"
    assert described(PROSE, head=head).values("creator") == ("Ann Lee",)


def test_a_body_writes_where_the_article_says_so_and_names_no_person() -> None:
    site = "<meta property='og:site_name' content='Coast Weekly'>"
    data = '{"@type": "Article", "author": {"@type": "Organization", "name": "Coast Weekly"}}'
    script = f"<script type='application/ld+json'>{data}</script>"
    assert described(PROSE, head=site + script).values("creator") == ("Coast Weekly",)
    assert described("<p>By Ann Lee</p>", PROSE, head=site + script).values("creator") == ("Ann Lee",)
    assert described(PROSE, head=f"{site}<meta name=author content='Coast Weekly'>").values("creator") == ()


@pytest.mark.parametrize("heading", ["Comments", "3 Kommentare", "评论", "Latest news", "Das könnte Sie interessieren"])
def test_a_day_beneath_a_heading_of_others_is_theirs(heading: str) -> None:
    markup = (
        f"{PROSE}<h3>{heading}</h3><p>Posted by anon, July 4, 2006</p><p>What a lamp that was, and what a keeper.</p>"
    )
    description = described(markup)
    assert (description.first("date"), description.first("creator")) == (None, None)


def test_a_day_in_the_masthead_gives_way_to_the_one_by_the_title() -> None:
    page = (
        "<!DOCTYPE html><title>The Harbour at Night</title><header><span class=date>26 January 2024</span></header>"
        f"<main><h1>The Harbour at Night</h1><p>Posted <time datetime=2020-05-04>4 May</time></p>{PROSE}</main>"
    )
    capture = Capture.of_bytes(page.encode())
    assert describe(read_page(capture), capture).first("date") == "2020-05-04"


def test_what_is_no_date_is_kept_as_it_is_written() -> None:
    head = "<meta name=date content='0000-00-00'><meta name=pubdate content='12/11/2004'>"
    dates = [one for one in described(PROSE, head=head).statements if one.element == "date"]
    assert {one.value for one in dates} == {"0000-00-00", "12/11/2004"}
    assert not any(one.chosen for one in dates)


def test_a_day_that_ends_the_title_and_one_that_opens_the_text_are_read() -> None:
    page = f"<!DOCTYPE html><title>Remarks, Riga, 8 December 2021</title><h1>Remarks, Riga, 8 December 2021</h1>{PROSE}"
    capture = Capture.of_bytes(page.encode())
    description = describe(read_page(capture), capture)
    assert (description.first("date"), description.first("spatial")) == ("2021-12-08", "Riga")
    opening = PROSE.replace("<p>", "<p>Wellington, 8 December 2021 -- ")
    description = described(opening)
    assert (description.first("date"), description.first("spatial")) == ("2021-12-08", "Wellington")


def test_what_a_person_says_of_rights_replaces_all_that_the_page_says() -> None:
    said = (Statement("rights", "CC0", Evidence("person", "--rights")),)
    description = described(
        PROSE, "<a rel=license href='https://creativecommons.org/licenses/by/4.0/'>CC BY</a>", said=said
    )
    assert description.values("rights") == ("CC0",)
    assert any(one.refinement == "license" and not one.chosen for one in description.statements)


def test_a_publishers_seat_is_no_place_of_the_text() -> None:
    assert described(PROSE, head="<meta name='geo.placename' content='Porto'>").first("coverage") is None
    assert described("<p>Speeches, 4 May 2020</p>", PROSE).first("coverage") is None


def test_what_cannot_be_read_leaves_a_trace() -> None:
    head = '<script type="application/ld+json">{"headline": "The Har</script>'
    (trace,) = [one for one in described(PROSE, head=head).statements if one.evidence.detail == "unreadable"]
    assert (trace.value, trace.chosen) == ('{"headline": "The Har', False)


def test_a_few_words_are_in_no_language() -> None:
    page = "<!DOCTYPE html><title>Lamp</title><p>Eight words of a lamp and a keeper stand here, no more than these.</p>"
    capture = Capture.of_bytes(page.encode())
    assert describe(read_page(capture), capture).first("language") is None
    assert described(PROSE).first("language") == "en"


def test_a_reading_above_its_characters_is_no_word_of_the_title() -> None:
    page = "<!DOCTYPE html><h1><ruby>灯台<rp>(</rp><rt>とうだい</rt><rp>)</rp></ruby>の夜</h1><p>海の灯りがともる。</p>"
    capture = Capture.of_bytes(page.encode())
    assert describe(read_page(capture), capture).first("title") == "灯台の夜"


@pytest.mark.parametrize(
    ("title", "chosen"),
    [
        ("Untitled Document", "The Lamp"),
        ("Unbenanntes Dokument", "The Lamp"),
        ("无标题文档", "The Lamp"),
        ("News", "The Lamp"),
        ("The Harbour - Express.gr", "The Harbour"),
        ("The Harbour at Night | District", "The Harbour at Night"),
        ("Lamps of the whole coast - Read it now", "Lamps of the whole coast"),
        ("Lamps &amp;#x26; Keepers", "Lamps & Keepers"),
    ],
)
def test_what_is_set_off_or_no_title_is_none(title: str, chosen: str) -> None:
    capture = Capture.of_bytes(f"<!DOCTYPE html><title>{title}</title><h2>The Lamp</h2>{PROSE}".encode())
    assert describe(read_page(capture), capture).first("title") == chosen


@pytest.mark.parametrize(
    "authors",
    [
        "Ann Leek<sup>1,2</sup>, Bob Ray<sup>3</sup> and Cy Dow<sup>1*</sup>",
        "Ann Leek<sup>a</sup>, Bob Ray<sup>a,b</sup> and Cy Dow<sup><a href=#n>†</a></sup>",
    ],
)
def test_raised_signs_of_notes_are_no_part_of_names(authors: str) -> None:
    assert described(f"<p class=authors>{authors}</p>", PROSE).values("creator") == ("Ann Leek", "Bob Ray", "Cy Dow")


def test_raised_letters_are_a_names_own() -> None:
    assert described("<p class=author>M<sup>me</sup> Claire Fontaine</p>", PROSE).values("creator") == (
        "Mme Claire Fontaine",
    )


@pytest.mark.parametrize("mark", ["class=revdate", "id=revdate"])
def test_the_day_of_a_documents_revision_is_its_day(mark: str) -> None:
    revised = f"<span id=revnumber>version 1.0,</span> <span {mark}>2021-03-14</span><br><span>first edition</span>"
    description = described(f"<div><span class=author>Ann Lee</span><br>{revised}</div>", PROSE)
    assert description.first("date") == "2021-03-14"

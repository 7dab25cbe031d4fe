"""Headings of a plain text, and its title with what stands about it: menu, banner, subtitle, byline."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, MENU, TICKETS, VERSE, ПАРОМ, kinds, shape

from solander.reading.plain.text import read_plain_text


def test_an_underlined_line_is_a_heading_and_its_line_stays():
    text = f"The Ferry\n=========\n\n{FERRY}\n\nTickets\n-------\n\n{TICKETS}\n\nDogs\n----\n{TICKETS}\n"
    reading = read_plain_text(text)
    assert reading.title == "The Ferry"
    assert [line for line in shape(reading) if "heading" in line or "text:" in line] == [
        "main heading1: The Ferry",
        "main text: =========",
        "main heading2: Tickets",
        "main text: -------",
        "main heading2: Dogs",
        "main text: ----",
    ]


def test_capitals_that_stand_alone_above_text_are_a_heading():
    text = f"Notes from the harbour\n\n{FERRY}\n\nTICKETS AND DOGS\n\n{TICKETS}\n\nЦЕНЫ НА БИЛЕТЫ\n\n{ПАРОМ}\n"
    assert [line for line in shape(read_plain_text(text)) if "heading" in line] == [
        "main heading1: Notes from the harbour",
        "main heading2: TICKETS AND DOGS",
        "main heading2: ЦЕНЫ НА БИЛЕТЫ",
    ]


@pytest.mark.parametrize("line", ["NO DOGS!", "USA", "TEL 000-123", "CLOSED ON SUNDAY.", "GATE 4", "Mole"])
def test_other_capitals_are_paragraphs(line: str):
    text = f"Notes from the harbour\n\n{FERRY}\n\n{line}\n\n{TICKETS}\n\n{FERRY}"
    assert f"main paragraph: {line}" in shape(read_plain_text(text))


def test_a_shout_among_shouts_is_no_heading():
    assert kinds(f"A letter\n\n{FERRY}\n\nCOME HOME\n\n{FERRY.upper()}\n\n{TICKETS}")[2] == "main paragraph"


def test_markdown_headings_are_headings_and_keep_their_marks():
    reading = read_plain_text(f"# The ferry\n\n{FERRY}\n\n## Tickets\n\n{TICKETS}\n")
    assert reading.title == "The ferry"
    assert [line for line in shape(reading) if "heading" in line] == [
        "main heading1: # The ferry",
        "main heading2: ## Tickets",
    ]


TITLED = [
    (f"{MENU}\nREMARKS BY AMBASSADOR ADA QUIST AT THE OPENING\n(Oslo, 8 December 2021)", None),
    (f"{MENU}\n\nAmbassador Ada Quist Opens Harbour Festival", "Ambassador Ada Quist Opens Harbour Festival"),
    ("Ada Quist Opens Harbour Festival Today", "Ada Quist Opens Harbour Festival Today"),
    ("Embassy\nSkip to main content\nMenu\nHome\nThe King\nContact\nNational Day\n2021/12/08", "National Day"),
    ("The ferry runs again - Harbour News\nHome | News | Map\nThe ferry runs again", "The ferry runs again"),
    ("Home | News | Map\nThe ferry runs again.\n\n8th of December 2021", "The ferry runs again."),
    ("Harbour Office\nHome | News | Map\nA day at\nthe harbour\n(Oslo, 8.12.2021)", "A day at the harbour"),
    ("首页 新闻 联系我们 关于我们\n大使在开幕式上的致辞\n二〇二一年十二月八日", "大使在开幕式上的致辞"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "title"), TITLED)
def test_the_title_stands_by_the_dateline_or_below_the_menu(head: str, title: str | None):
    reading = read_plain_text(f"{head}\n\n{FERRY}\n\n{TICKETS}\n")
    assert reading.title == (title or head.splitlines()[1])
    assert [(signal.origin, signal.name, signal.value) for signal in reading.signals] == [
        ("line", "title", reading.title)
    ]


@pytest.mark.parametrize("first", ["REPORT OF THE KEEPER OF BOATS", "Yearly Report Harbour Board Lantern Quay"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_first_line_that_no_menus_word_marks_is_the_title_whatever_its_capitals(first: str, gap: str):
    text = f"{first}{gap}For the year that ended in May\n\n{FERRY}"
    assert kinds(text) == ["main heading1", "main paragraph", "main paragraph"]
    assert read_plain_text(text).title == first


def test_the_numbers_that_a_terminals_browser_gives_to_links_hide_no_menu():
    text = f"   #[1]Harbour News\n\n   [2]Skip to content\n\n   [3]Home [4]News [5]Contact\n\nThe Ferry\n\n{FERRY}\n"
    assert [line.split(":")[0] for line in shape(read_plain_text(text))][1:4] == [
        *("navigation paragraph", "navigation paragraph", "main heading1"),
    ]


def test_a_first_line_in_the_form_of_a_menu_is_one_where_a_menus_word_stands_in_it():
    text = f"Embassy Consulate Culture Trade Chi Siamo\n\nFor the year that ended in May\n\n{FERRY}"
    assert kinds(text) == ["navigation paragraph", "main heading1", "main paragraph"]


def test_a_title_and_right_beneath_it_who_wrote_the_poem_are_title_and_byline():
    text = f"The Clerk of the Tides\nby Mara Venn\n\n{VERSE}\n{VERSE}"
    assert kinds(text)[:2] == ["main heading1", "main byline"]
    assert read_plain_text(text).title == "The Clerk of the Tides"


def test_by_and_the_name_below_it_are_one_byline_as_title_pages_have_them():
    text = f"THE LAMP\n\nby\n\nInes Calder\n\n{FERRY}\n"
    assert shape(read_plain_text(text))[:2] == ["main heading1: THE LAMP", "main byline: by Ines Calder"]
    assert "byline" not in " ".join(kinds(f"THE LAMP\n\nby\n\nfive in the morning\n\n{FERRY}\n"))


def test_a_couplet_whose_second_line_opens_as_bylines_do_is_verse():
    text = f"I walked alone\nBy the river side\n\n{VERSE}"
    assert kinds(text)[0] == "main paragraph"


def test_a_sites_name_above_its_menu_is_a_banner_and_the_menu_navigation():
    text = f"Embassy of Norway\nMenu\nSearch\nHome\nNational Day\n8. Dez. 2021\n\n{FERRY}\n"
    assert kinds(text) == [
        "banner paragraph",
        *["navigation paragraph"] * 3,
        "main heading1",
        "main dateline",
        "main paragraph",
    ]


def test_a_line_between_title_and_dateline_is_a_subtitle_and_does_not_part_them():
    text = f"The ferry runs again after a long winter\nHarbour news\n8 December 2021\n\n{FERRY}"
    assert kinds(text) == ["main heading1", "main subtitle", "main dateline", "main paragraph"]


def test_a_byline_right_below_the_title_may_have_its_day():
    text = f"The last mate speaks\nBy Ada Quist, 4 May 2020\n\n{FERRY}\n\n{TICKETS}\n"
    assert read_plain_text(text).title == "The last mate speaks"


def test_the_day_below_a_short_text_is_not_beneath_its_title():
    assert read_plain_text(
        "A notice to all\n\nThe ferry rests.\n\nThe mole is closed.\n\nOslo, 3 May 2020\n"
    ).title == ("A notice to all")


def test_words_in_capitals_above_a_text_without_sentences_are_its_title():
    reading = read_plain_text("FESTIVAL PROGRAMME\n\nFriday\n\n18:00   Opening\n19:30   Concert\n22:00   Dance\n")
    assert reading.title == "FESTIVAL PROGRAMME"
    assert read_plain_text("MILK\n\nEggs\n\nBread\n").title is None


def test_who_examines_is_no_author():
    assert "main byline: BY MR. LOW:" not in shape(read_plain_text(f"A hearing\n\nBY MR. LOW:\n\n{FERRY}\n"))


def test_what_says_that_news_follow_and_whom_to_ask_is_no_title():
    contact = "Contact: Ada Quist\n         +44 123 456\n         ada@quist.example"
    text = f"FOR IMMEDIATE RELEASE\n\n{contact}\n\nFERRY RUNS AGAIN\n\n{FERRY}\n\n{TICKETS}\n"
    assert read_plain_text(text).title == "FERRY RUNS AGAIN"

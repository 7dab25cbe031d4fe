"""A plain text is read as a page: what stands above, the title, the text and what stands below are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading.plain.texts import FERRY, FÄHRE, TICKETS, kinds, 渡轮

from solander import Capture, read_page
from solander.model.page import Inline, plain
from solander.reading.plain.text import read_plain_text


def test_the_seed_page_is_read_as_it_is_meant(shared: Path):
    (seed,) = (shared / "seed").glob("*.txt")
    page = read_page(Capture.of_bytes(seed.read_bytes(), media_type="text/plain"))
    zones = {division.zone: division.blocks for division in page.divisions}
    assert list(zones) == ["navigation", "main", "footer"]
    assert len(zones["navigation"]) == 1
    assert len(zones["footer"]) == 3
    title, dateline, *paragraphs = zones["main"]
    assert (title.kind, dateline.kind, {block.kind for block in paragraphs}) == ("heading", "dateline", {"paragraph"})
    assert len(paragraphs) == 14
    assert page.title == plain(title)
    marked = [part for part in dateline.content if isinstance(part, Inline)]
    assert [(part.kind, part.content) for part in marked] == [
        ("date", ("December 8, 2021",)),
        ("place", ("Los Angeles",)),
    ]
    assert marked[0].attributes == {"when": "2021-12-08"}


def test_navigation_title_dateline_paragraphs_and_footer_are_told_apart():
    text = (
        "Startseite | Fahrplan | Kontakt\nDie Fähre fährt wieder\n(Laternenbucht, 4. Mai 2021)\nVon Anna Lehmann\n\n"
        f"{FÄHRE}\n\n{FÄHRE}\n\n© 2021 Fährgesellschaft\nAlle Rechte vorbehalten\n"
    )
    assert kinds(text) == [
        "navigation paragraph",
        "main heading1",
        "main dateline",
        "main byline",
        "main paragraph",
        "main paragraph",
        "footer paragraph",
        "footer paragraph",
    ]


def test_chinese_is_read_by_the_same_rules():
    text = f"首页 新闻 渡轮 联系我们\n湾区渡轮开航四十周年致辞\n（2021年5月4日，灯笼湾）\n\n{渡轮}\n\n{渡轮}\n\n版权所有 灯笼湾渡轮公司\n电话：000-123"  # fmt: skip  # noqa: E501
    reading = read_plain_text(text)
    assert reading.title == "湾区渡轮开航四十周年致辞"
    assert kinds(text) == [
        "navigation paragraph",
        "main heading1",
        "main dateline",
        "main paragraph",
        "main paragraph",
        "footer paragraph",
        "footer paragraph",
    ]


def test_a_text_of_lines_without_empty_ones_keeps_each_line_a_block():
    text = f"Lantern Bay Ferry\nMenu\nHome\n{FERRY}\nRead more\n{TICKETS}\nContact\n© 2021 Lantern Bay Ferry\n"
    menu = ["navigation paragraph"] * 2
    assert kinds(text) == ["main heading1", *menu, *["main paragraph"] * 3, *["footer paragraph"] * 2]


@pytest.mark.parametrize("text", ["The ferry leaves at seven", FERRY, "渡轮", "1. Board.", "* * *", "-", ">"])
def test_one_line_is_one_block_and_no_title(text: str):
    reading = read_plain_text(text)
    assert len(reading.divisions) == 1
    (block,) = reading.divisions[0].blocks
    assert block.source == f"char=0,{len(text)}"
    assert (reading.title, reading.signals) == (None, ())


@pytest.mark.parametrize("text", ["", "\n \n\t\r\n", "\f\f", "\u3000\n\xa0"])
def test_what_holds_no_word_gives_no_block(text: str):
    assert read_plain_text(text).divisions == ()


@pytest.mark.parametrize(
    "first",
    [f"{FERRY}", "Dear Ann,", "Hello all", "Sehr geehrte Frau Lehmann", "尊敬的各位来宾", "By Ann Lee", "- a ticket"],
)
def test_what_is_no_title_is_not_taken_for_one(first: str):
    assert read_plain_text(f"{first}\n\n{FERRY}\n\n{TICKETS}").title is None


def test_what_stands_above_the_title_is_navigation_only_if_it_is_a_menu():
    text = f"Home | News | Map\nMay 4, 2022\n\nThe ferry\n\n{FERRY}\n"
    assert kinds(text) == ["navigation paragraph", "main dateline", "main heading1", "main paragraph"]
    assert kinds(f"Στον «Προκρούστη» κοινωνικές παροχές\n\n{FERRY}")[0] == "main heading1"


def test_a_sentence_about_copyright_is_no_footer():
    text = f"On letters\n\n{FERRY}\n\nThe copyright of a letter stays with who wrote it."
    assert "footer paragraph" not in kinds(text)


@pytest.mark.parametrize("line", ["© 2021 Lantern Bay", "Copyright Lantern Bay", "(c) 2021 A. Lee", "Tel.: 000-123",
                                  "版权所有 灯笼湾", "Все права защищены", "All rights reserved."])  # fmt: skip
def test_a_footers_line_is_one(line: str):
    assert kinds(f"On letters\n\n{FERRY}\n\n{TICKETS}\n\n{line}")[-1] == "footer paragraph"

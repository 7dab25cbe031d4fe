"""A line above the heading of an entry belongs to that entry."""

import pytest
from tests.reading.test_posts import read, words

from solander.cli import main
from solander.model.page import leaves, plain

SENTENCE = "On the {} day the ferry carried cows and pianos and, at noon, the choir of the north parish, who sang. "
"""Said of each day once: what a page says twice is a copy."""


def prose(day: object) -> str:
    return f"<p>{SENTENCE.format(day)}{SENTENCE.format(f'same {day}')}</p>"


def entries(element: str, *lines: str) -> str:
    held = "".join(
        f"<{element}><p>{line}</p><h2>Entry {number}</h2>{prose(number)}</{element}>"
        for number, line in enumerate(lines)
    )
    return f"<main><h1>A diary</h1>{prose('first')}{held}</main>"


def kickers(body: str) -> list[str]:
    return [plain(leaf) for one in read(body).divisions for leaf in leaves(one.blocks) if leaf.kind == "kicker"]


@pytest.mark.parametrize("element", ["article", "section", "div"])
def test_the_line_above_a_heading_is_its_entrys(element):
    assert kickers(entries(element, "History", "<time datetime=2021-05-03T13:10:00Z>14.10</time>")) == [
        "History",
        "14.10",
    ]


def test_one_line_in_a_division_is_none_and_in_an_article_it_is():
    assert kickers(entries("div", "History")) == []
    assert kickers(entries("article", "History")) == ["History"]


@pytest.mark.parametrize("line", ["So it ended.", "These are:", SENTENCE.strip()])
def test_a_sentence_above_a_heading_is_none(line):
    assert kickers(entries("article", line, line)) == []


def test_the_last_line_of_what_precedes_stays_there():
    ended = "".join(f"<article><h2>Entry {one}</h2>{prose(one)}<p>Ann Field</p></article>" for one in "abc")
    assert kickers(f"<main><h1>A diary</h1>{ended}</main>") == []
    flat = "".join(f"<h2>Entry {one}</h2>{prose(one)}<p>Ann Field</p>" for one in "abc")
    assert kickers(f"<main><h1>A diary</h1>{flat}</main>") == []


def test_it_is_a_head_in_the_tei_and_no_word_is_moved(tmp_path, capsys):
    body = entries("article", "History", "Food")
    assert [line for line in words(read(body)) if len(line) < 20] == [
        *("A diary", "History", "Entry 0", "Food", "Entry 1"),
    ]
    page, tei = tmp_path / "page.html", tmp_path / "page.xml"
    page.write_text(f"<!doctype html><html lang=en><title>A page</title><body>{body}</body></html>", encoding="utf-8")
    assert main(["normalise", str(page), "--at", "2026-11-23T12:00:00Z"]) == 0
    made = capsys.readouterr().out
    assert made.count('<div>\n<head type="kicker"') == 2
    tei.write_text(made, encoding="utf-8")
    assert main(["validate", str(tei)]) == 0

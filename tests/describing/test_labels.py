"""Labelled facts: what a line says of its page under a label, and only that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.describing.pages import PROSE, candidates_of, capture_of, leaf, page_of

from solander.describing import describe
from solander.describing.clues.labels import credited, facts
from solander.model.description import Description

HEADING = leaf("heading", "The Harbour at Night", level="1")


def described(*lines: str, uri: str | None = None) -> Description:
    blocks = [HEADING, *(leaf("paragraph", text, at) for at, text in enumerate((*lines, PROSE), 1))]
    return describe(page_of(blocks=blocks, uri=uri), capture_of(uri))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Author: Ann Lee", [("creator", "Ann Lee")]),
        ("Autor: Jan Kowalski | Datum: 4.5.2020", [("creator", "Jan Kowalski"), ("issued", "2020-05-04")]),
        ("作者：林晓舟 编辑：王明", [("creator", "林晓舟"), ("contributor", "王明")]),
        ("来源：海岸网 作者：林晓舟 发布时间：2021-12-08 10:00", [("creator", "林晓舟"), ("issued", "2021-12-08")]),
        ("veröffentlicht: 25.10.2007", [("issued", "2007-10-25")]),
        ("Erstellt am 22.05.2014", [("issued", "2014-05-22")]),
        ("Published on May 4, 2020", [("issued", "2020-05-04")]),
        ("Stand: 5.5.2020", [("modified", "2020-05-05")]),
        ("Title: The Harbour: a history", [("title", "The Harbour: a history")]),
        ("URL: https://example.org/a", [("identifier", "https://example.org/a")]),
        ("05.02.2020 - Redaktion: Ann Lee", [("contributor", "Ann Lee")]),
    ],
)
def test_a_label_says_what_its_value_is(line: str, found: list[tuple[str, str]]) -> None:
    assert [fact[:2] for fact in facts(line, "day-month")] == found


@pytest.mark.parametrize(
    "line",
    ["The editor: a man of means", "In a letter of that date: nothing", "He said by: that", "URL: none", "Date: today"],
)
def test_a_sentence_with_a_colon_has_no_label(line: str) -> None:
    assert facts(line) == ()


def test_labels_by_the_title_describe_the_page() -> None:
    description = described("Author: Ann Lee", "Date: 4 May 2020", "URL: https://example.org/harbour")
    assert description.values("creator") == ("Ann Lee",)
    (date,) = description.of("date")
    assert (date.value, date.evidence.detail, date.evidence.source) == (
        "2020-05-04",
        "label Date",
        "xpath(/html/body/paragraph[2])",
    )
    assert "https://example.org/harbour" in description.values("identifier")
    assert description.values("coverage") == ()


def test_a_labelled_title_is_the_title_without_its_label() -> None:
    blocks = [leaf("paragraph", "Title: The Harbour at Night"), leaf("paragraph", PROSE, 2)]
    (title,) = describe(page_of(blocks=blocks), capture_of()).of("title")
    assert (title.value, title.evidence.detail) == ("The Harbour at Night", "label Title")


def test_a_title_line_that_bears_a_label_gives_it_up() -> None:
    blocks = [leaf("heading", "Title: The Harbour at Night", level="1"), leaf("paragraph", PROSE, 2)]
    assert describe(page_of(blocks=blocks), capture_of()).first("title") == "The Harbour at Night"


def test_an_editor_is_a_contributor_and_no_author() -> None:
    for line in ("Edited by Ann Lee", "Redaktion: Ann Lee", "责任编辑：王明"):
        description = described(line)
        assert description.first("creator") is None, line
        assert description.first("contributor") in ("Ann Lee", "王明"), line


def test_an_editor_in_an_authors_mark_is_a_contributor() -> None:
    description = describe(page_of(("class", "author", "作者：林晓舟 编辑：王明")), capture_of())
    assert (description.values("creator"), description.values("contributor")) == (("林晓舟",), ("王明",))


def test_a_label_in_comments_is_not_the_pages() -> None:
    comment = leaf("paragraph", "Author: Ann Lee", 9)
    page = page_of(blocks=[HEADING, leaf("paragraph", PROSE)])
    page = page.__class__(
        **{
            **{name: getattr(page, name) for name in page.__dataclass_fields__},
            "divisions": (*page.divisions, page.divisions[0]._replace(zone="comments", blocks=(comment,))),
        }
    )
    assert candidates_of(describe(page, capture_of()), "creator") == []


@given(line=st.text(max_size=120))
def test_any_line_gives_facts_that_hold_something(line: str) -> None:
    for fact in facts(line):
        assert fact.kind
        assert fact.value.strip() == fact.value != ""
    for role, person in credited(line):
        assert role in ("creator", "contributor")
        assert person

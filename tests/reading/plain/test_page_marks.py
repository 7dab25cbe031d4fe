"""Numbers of pages in brackets among the words begin their pages, where they count on."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, pointed, wrapped
from tests.reading.sound import assert_sound

from solander.model.capture import Capture
from solander.model.page import Inline
from solander.pipeline.pages.normalising import normalise
from solander.reading.plain.text import read_plain_text


def book(*marks: str) -> str:
    return "\n\n".join(wrapped(f"{FERRY} {mark} {TICKETS}") for mark in marks) + "\n"


def pages(text: str) -> list[str]:
    assert_whole(text)
    found = [part for _, _, leaf in pointed(read_plain_text(text), text) for part in leaf.content]
    return [(part.attributes or {})["n"] for part in found if isinstance(part, Inline) and part.kind == "page"]


@pytest.mark.parametrize(
    ("marks", "numbers"),
    [
        (["[Pg 12]", "[Pg 13]", "[Pg 15]"], ["12", "13", "15"]),
        (["[Page ix]", "[Page x]", "[Page xi]"], ["ix", "x", "xi"]),
        (["[S. 1]", "[S. 2]", "[S. 3]"], ["1", "2", "3"]),
    ],
)
def test_numbers_that_count_on_begin_their_pages(marks: list[str], numbers: list[str]):
    assert pages(book(*marks)) == numbers


@pytest.mark.parametrize(
    "marks",
    [
        ["[Pg 12]", "[Pg 13]"],
        ["[p. 40]", "[p. 7]", "[p. 99]"],
        ["[12]", "[13]", "[14]"],
        ["x[Pg 1]", "x[Pg 2]", "x[Pg 3]"],
    ],
)
def test_two_numbers_references_notes_and_what_hangs_on_a_word_begin_none(marks: list[str]):
    assert pages(book(*marks)) == []


def test_the_words_are_kept_and_the_tei_has_the_pages():
    capture = Capture.of_bytes(
        book("[Pg 1]", "[Pg 2]", "[Pg 3]").encode(), media_type="text/plain", declared_charset="utf-8"
    )
    done = normalise(capture)
    tei = done.tei.content
    assert dict(done.page.normalisations)["pages-turned"] == 3
    assert tei.count(b"<pb") == 3
    assert_sound(capture, tei)

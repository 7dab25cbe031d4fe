"""Persons are known by their given names, and are authors by where they stand; what stands about them is left out."""

from __future__ import annotations

import pytest
from tests.describing.test_whole_pages import PROSE, described

from solander.describing.clues.bare_names import person_in
from solander.describing.names.given_names import is_given
from solander.describing.names.no_names import is_noise, is_role
from solander.describing.names.people import people


@pytest.mark.parametrize(
    "word", ["Ann", "JÜRGEN", "François", "Łukasz", "Jean-Pierre", "ΕΛΕΥΘΕΡΊΑ", "Андрей", "Χρήστος"]
)
def test_a_given_name_is_known_however_it_is_spelled(word: str) -> None:
    assert is_given(word)


@pytest.mark.parametrize("word", ["Bad", "Health", "Paris", "Coast", "Will", ""])
def test_a_word_of_the_language_and_a_town_are_no_given_names(word: str) -> None:
    assert not is_given(word)


@pytest.mark.parametrize("text", ["Ann Lee", "Dr. Ann Lee", "ANN LEE", "Ann von der Lee", "Ann M. Lee", "Анна Ли"])
def test_a_text_that_is_a_person_names_one(text: str) -> None:
    assert person_in(text) == text


@pytest.mark.parametrize(
    "text", ["Ann", "Bad Homburg", "Ann Lee 2020", "Ann Lee Weekly", "ann lee", "Ann says so much"]
)
def test_a_text_that_is_more_or_less_than_a_person_names_none(text: str) -> None:
    assert person_in(text) == ""


@pytest.mark.parametrize(
    "text", ["Virginia Beach", "Jordan Valley", "Orlando Sentinel", "Florence Italy", "Amber Alert"]
)
def test_a_place_or_a_paper_that_begins_with_a_given_name_is_no_person(text: str) -> None:
    assert is_given(text.split()[0])
    assert not person_in(text)


@pytest.mark.parametrize(
    "line",
    [
        "<p>Ann Lee, 4 May 2020</p>",
        "<p>4 May 2020 , Ann Lee</p>",
        "<p>Ann Lee Zuletzt geändert am 04.05.2020</p>",
        "<p>Ann Lee 04.05.2020, 05:00 Uhr</p>",
        "<aside><p>Ann Lee</p><p>24. Mai 2020 08:30 Uhr</p></aside>",
        "<p>Ann Lee</p><p>7 min read</p>",
    ],
)
def test_a_person_beside_the_day_beneath_the_title_is_the_author(line: str) -> None:
    assert described(line, PROSE).values("creator") == ("Ann Lee",)


@pytest.mark.parametrize(
    "line",
    [
        "<p>Foto: Ann Lee, 4 May 2020</p>",
        "<p>Hull, 9 June 1911</p><p>Dear Martha</p>",  # who is greeted reads it
        "<p>9. Juni 1911</p><p>Lieber Karl Brandt</p>",
        "<p>9 juin 1911</p><p>Chère Marie</p>",
        "<p>Ann Harbour, 4 May 2020</p>",  # a word of the title: whom the page is about
        "<p>4 May 2020</p><p><a href='/tags/ann-lee/'>Ann Lee</a></p>",
        "<p>7 min read</p><p>Ann Lee</p><p>Eric Fox</p>",
        "<p>4 May 2020</p><p>Ann Lee</p><p>Lee kept the lamp of the harbour for twenty years, and wrote every night "
        "what she had seen from the window of her room into a book.</p>",
        "<figure><figcaption>Ann Lee, 4 May 2020</figcaption></figure>",
    ],
)
def test_a_person_who_is_pictured_listed_or_told_of_is_no_author(line: str) -> None:
    assert described(line, PROSE).values("creator") == ()


@pytest.mark.parametrize(
    "box",
    [
        "<h3>About the author</h3><p>Ann Lee</p>",
        "<h3>Über die Autorin</h3><p>Ann Lee ist Wärterin und schreibt über den Hafen.</p>",
        "<div>Autor*in</div><div>Ann Lee (Wärterin am Hafen)</div>",
        "<p>Ein Beitrag von:</p><p>Ann Lee</p>",
        "<p>– Ann Lee</p>",
        "<p>(Ann Lee)</p>",
        "<p>Text: Ann Lee / Coast Weekly</p>",
    ],
)
def test_the_box_about_the_author_and_the_texts_signature_name_her(box: str) -> None:
    assert described(PROSE, PROSE, box).values("creator") == ("Ann Lee",)


@pytest.mark.parametrize(
    "box",
    [
        "<p>Edited by</p><p>Ann Lee</p>",
        "<p>Powered by</p><p>Ann Lee</p>",
        "<h3>About the author</h3><p>Ann Lee</p><h3>About the author</h3><p>Eric Fox</p>",
        "<p>By Ann Lee</p><p>By Eric Fox</p>",
    ],
)
def test_whoever_did_something_else_or_is_one_of_several_wrote_nothing(box: str) -> None:
    assert described(PROSE * 12, box).values("creator") == ()


def test_the_line_before_a_break_may_be_the_byline_of_the_text_beneath_it() -> None:
    assert described(f"<p><b>Von Ann Lee</b><br>{PROSE.removeprefix('<p>')}", PROSE).values("creator") == ("Ann Lee",)


def test_a_mark_in_the_titles_own_header_is_no_readers_whatever_stands_about_it() -> None:
    header = (
        "<article><header><h1>The Harbour at Night</h1><h2 class='comment'>What nobody had seen</h2>"
        "<div class='comment'><span itemprop=author>Ann Lee</span></div></header>"
    )
    assert described(header, PROSE).values("creator") == ("Ann Lee",)


def test_of_two_labels_in_a_line_each_names_its_own() -> None:
    found = described("<p>Medically reviewed by Eric Fox — Written by Ann Lee, PhD — 4 May 2020</p>", PROSE)
    assert found.values("creator") == ("Ann Lee, PhD",)
    assert "Eric Fox" in found.values("contributor")


@pytest.mark.parametrize(
    "line",
    [
        "Thread starter Thread starter ann_lee",
        "Topic starter: ann_lee",
        "Themenstarter ann_lee",
        "Автор темы ann_lee",
        "Started by ann_lee, 4 May 2020",
    ],
)
def test_who_began_a_thread_is_its_author_by_whatever_name(line: str) -> None:
    assert described(f"<p>{line}</p>", PROSE).values("creator") == ("ann_lee",)


def test_a_mark_around_several_lines_names_whom_the_first_of_them_names() -> None:
    box = "<div class=author><h4>Ann Lee</h4><div>Harbour Search</div></div>"
    assert described(box, PROSE).values("creator") == ("Ann Lee",)


def test_the_byline_stands_where_a_mark_names_no_person() -> None:
    line = "<div class=byline>Features</div><p>By Ann Lee</p>"
    assert described(line, PROSE).values("creator") == ("Ann Lee",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann LeeStaff Writer", ("Ann Lee",)),
        ("By Ann Lee ann.lee@coast.example (509) 459", ("Ann Lee",)),
        ("By Ann Lee Coast Times shipping reporter", ("Ann Lee",)),
        ("By Ann Lee.", ("Ann Lee",)),
        ("By Ann Lee, Eric Fox, and Mary May-Hill", ("Ann Lee", "Eric Fox", "Mary May-Hill")),
        ("By Ann MacDonald Writer", ("Ann MacDonald",)),
        ("By Ann M. Lee Jr.", ("Ann M. Lee Jr.",)),
    ],
)
def test_what_is_glued_to_a_name_is_no_part_of_it(line: str, names: tuple[str, ...]) -> None:
    assert people(line) == names


def test_an_office_with_its_house_and_the_words_of_a_link_name_nobody() -> None:
    assert is_role("Associate Editor, Coast Times")
    assert not is_role("Ann Lee, Coast Times")
    for words in ("Weitere Beiträge", "View all posts", "Tags Tags", "Bild: A. Lee"):
        assert is_noise(words)
    assert not is_noise("Ann Lee")


def test_what_quoted_code_claims_is_no_right_in_the_page() -> None:
    code = "<pre>/* See the file Copyright for the status of this software. */\n#include &lt;ferry.h&gt;</pre>"
    assert described(PROSE, code).values("rights") == ()
    assert described(PROSE, "<footer>Copyright 2020 Harbour Office</footer>").values("rights") != ()

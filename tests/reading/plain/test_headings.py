"""Headings that lines of a plain text tell together: parts of a book, sections, what hangs out or is centred."""

from __future__ import annotations

import textwrap

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, shape, wrapped

from solander.describing import describe
from solander.model.capture import Capture
from solander.reading import read_page
from solander.reading.plain.text import read_plain_text


def headings(text: str) -> list[str]:
    assert_whole(text)
    told = [line.removeprefix("main ") for line in shape(read_plain_text(text))]
    return [line for line in told if line.startswith(("heading", "subtitle"))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("CHAPTER I", "CHAPTER II"),
        ("Chapter 1. The Mole", "Chapter 2. The Ferry"),
        ("Chapter One", "Chapter Two"),
        ("KAPITEL 1 – DER HAFEN", "KAPITEL 2 – DIE FÄHRE"),
        ("Chapitre II", "Chapitre III"),
        ("Глава 1. Гавань", "Глава 2. Паром"),
        ("Rozdział 3", "Rozdział 4"),
        ("第一章 码头", "第二章 渡轮"),
        ("Appendix A", "Appendix B"),
    ],
)
def test_parts_of_a_book_are_headings_in_many_languages(first: str, second: str):
    text = f"The log of the ferry\n\n{first}\n\n{FERRY}\n\n{second}\n\n{TICKETS}\n"
    assert headings(text) == ["heading1: The log of the ferry", f"heading2: {first}", f"heading2: {second}"]


def test_each_part_stands_within_the_larger_one():
    text = (
        f"The ferry, a play\n\nACT I\n\nSCENE 1. The mole, at night.\n\n{FERRY}\n\nSCENE 2. The same.\n\n{TICKETS}\n\n"
        f"ACT II\n\nSCENE 1. At sea.\n\n{FERRY}\n"
    )
    assert headings(text)[1:] == [
        "heading2: ACT I",
        "heading3: SCENE 1. The mole, at night.",
        "heading3: SCENE 2. The same.",
        "heading2: ACT II",
        "heading3: SCENE 1. At sea.",
    ]


def test_what_a_part_is_called_stands_below_its_number():
    text = f"The log of the ferry\n\nCHAPTER I\n\nThe Mole\n\n{FERRY}\n\nCHAPTER II\nIn which it rains\n\n{TICKETS}\n"
    assert headings(text)[1:] == [
        *("heading2: CHAPTER I", "subtitle: The Mole"),
        *("heading2: CHAPTER II", "subtitle: In which it rains"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Chapter 5 of the log says otherwise,",
        "chapter 5",
        "Part of it was lost",
        "Article 7 was struck out by the mate",
        "Book 3 was lent to him",
    ],
)
def test_words_that_only_begin_like_a_part_are_none(line: str):
    assert headings(f"The log of the ferry\n\n{FERRY}\n\n{line}\n\n{TICKETS}\n") == ["heading1: The log of the ferry"]


def test_a_table_of_contents_names_parts_and_is_no_row_of_headings():
    contents = "Chapter 1. The Mole\nChapter 2. The Ferry\nChapter 3. The Dog"
    text = (
        f"The log of the ferry\n\n{contents}\n\nChapter 1. The Mole\n\n{FERRY}\n\nChapter 2. The Ferry\n\n{TICKETS}\n"
    )
    assert headings(text)[1:] == ["heading2: Chapter 1. The Mole", "heading2: Chapter 2. The Ferry"]


def test_sections_whose_numbers_count_on_are_headings_with_their_depth():
    text = (
        f"A report on it\n==============\n\n1. Harbour\n\n{wrapped(FERRY)}\n\n2. Boats\n\n2.1 Old boats\n\n"
        f"{wrapped(TICKETS)}\n\n2.2 New boats\n\n{wrapped(FERRY)}\n\n2.2.1 The newest\n\n{wrapped(TICKETS)}\n\n"
        f"3. Dogs\n\n{wrapped(FERRY)}\n"
    )
    assert headings(text)[1:] == [
        *("heading2: 1. Harbour", "heading2: 2. Boats", "heading3: 2.1 Old boats", "heading3: 2.2 New boats"),
        *("heading4: 2.2.1 The newest", "heading2: 3. Dogs"),
    ]


def test_a_section_may_begin_right_below_its_heading_and_its_heading_may_end_with_a_stop():
    text = f"1. The Harbour.\nIt is small.\n\n{FERRY}\n\n2. Boats and Dogs.\nNone.\n\n3. Any Others.\n\n{TICKETS}\n"
    assert headings(text) == [
        "heading2: 1. The Harbour.",
        "heading2: 2. Boats and Dogs.",
        "heading2: 3. Any Others.",
    ]


def test_where_paragraphs_are_long_lines_sections_need_no_empty_lines():
    text = f"1. Harbour\n{FERRY}\n2. Boats\n{TICKETS}\n3. Dogs\n{FERRY}\n"
    assert headings(text) == ["heading2: 1. Harbour", "heading2: 2. Boats", "heading2: 3. Dogs"]


def test_a_list_within_a_section_ends_no_count():
    steps = "1. Buy a ticket\n2. Show it\n3. Keep it"
    text = f"1. Harbour\n\n{FERRY}\n\n2. Tickets\n\n{steps}\n\n{TICKETS}\n\n3. Dogs\n\n{FERRY}\n"
    assert headings(text) == ["heading2: 1. Harbour", "heading2: 2. Tickets", "heading2: 3. Dogs"]
    assert "main list" in shape(read_plain_text(text))


@pytest.mark.parametrize(
    "lines",
    [
        ["1. Buy a ticket.", "2. Show it to the mate.", "3. Keep it."],
        ["1. buy a ticket", "2. show it", "3. keep it"],
        ["1. Buy a ticket,", "2. Show it,", "3. Keep it"],
        ["4. Boats", "9. Dogs"],
        ["1. Juli 2020", "2. Juli 2020", "3. Juli 2020"],
        ["1. The mate, who has looked at tickets for forty years\nand knows them", "2. Others"],
    ],
)
def test_other_numbered_lines_are_no_headings(lines: list[str]):
    text = "The ferry runs again\n\n" + "".join(f"{line}\n\n{FERRY}\n\n" for line in lines)
    assert headings(text) == ["heading1: The ferry runs again"]


def test_what_hangs_out_of_a_text_that_is_set_in_is_a_heading():
    body = textwrap.indent(wrapped(FERRY, 60), "       ")
    more = textwrap.indent(wrapped(TICKETS, 60), "       ")
    text = f"NAME\n       ferry - cross it\n\nUSAGE\n{body}\n\n   On Sundays\n{more}\n\nSEE ALSO\n       boat, dog\n"
    assert headings(text) == ["heading2: NAME", "heading2: USAGE", "heading3: On Sundays", "heading2: SEE ALSO"]


def test_names_that_come_back_hang_out_and_are_who_speaks():
    body = textwrap.indent(wrapped(FERRY, 60), "    ")
    turns = "\n\n".join(f"{name}\n{body}" for name in ("MATE", "DOG", "MATE", "DOG", "MATE"))
    assert headings(f"{turns}\n") == []


def test_lines_in_the_middle_of_the_column_are_headings_and_the_first_of_them_the_title():
    text = (
        f"{'The Ferry Licence':^72}\n{'Version 3, June':^72}\n\n{wrapped(FERRY)}\n\n{'Preamble':^72}\n\n"
        f"{wrapped(TICKETS)}\n\n{'Terms and Conditions':^72}\n\n{wrapped(FERRY)}\n"
    )
    assert headings(text) == ["heading1: The Ferry Licence", "heading2: Preamble", "heading2: Terms and Conditions"]
    assert read_plain_text(text).title == "The Ferry Licence"


def test_stars_and_figures_in_the_middle_are_no_headings():
    text = f"A tale\n\n{wrapped(FERRY)}\n\n{'* * *':^72}\n\n{wrapped(TICKETS)}\n\n{'- 7 -':^72}\n\n{wrapped(FERRY)}\n"
    assert headings(text) == ["heading1: A tale"]


def test_capitals_that_come_thrice_are_headings_whatever_stands_below():
    text = f"Fish soup\n\nSERVES\n\nFour.\n\nWHAT YOU NEED\n\nA fish.\n\nMETHOD 2\n\n{FERRY}\n"
    assert headings(text)[1:] == ["heading2: SERVES", "heading2: WHAT YOU NEED", "heading2: METHOD 2"]


def test_code_and_graphs_in_capitals_are_no_headings():
    text = f"A manual\n\n{FERRY}\n\nI---X---R---N\n\n{TICKETS}\n\nOLDUSR NEWUSR[:NEWUID]\n\n{FERRY}\n"
    assert headings(text) == ["heading1: A manual"]


def test_a_letter_has_no_headings_but_what_marks_them():
    address = "\n".join(f"{line:>60}" for line in ("12 Harbour Road", "Port Ellen", "1 May 2020"))
    text = f"{address}\n\nDear Tom,\n\n{wrapped(FERRY)}\n\nYours sincerely,\n\nAnn Quist\n"
    assert headings(text) == []


def test_a_number_that_begins_a_full_line_by_chance_begins_no_item():
    text = (
        "Terms of the ferry\n\n"
        "    a) The boat must carry notices that it is a ferry, and that it\n"
        "    runs under this licence and the conditions added under section\n"
        "    7. This requirement changes the requirement that stands above.\n\n"
        "    b) It must carry a dog and a mate and all the tickets of a day\n"
        "    that were sold.\n"
    )
    assert_whole(text)
    assert sum("item" in line for line in shape(read_plain_text(text))) == 2


def test_two_lines_above_the_first_section_are_the_title():
    title = "Minutes of the friends of the ferry\nheld on 12 March 2019 at the mole"
    text = f"{title}\n\n1. Harbour\n\n{FERRY}\n\n2. Dogs\n\nNone.\n"
    assert read_plain_text(text).title == "Minutes of the friends of the ferry held on 12 March 2019 at the mole"
    assert headings(text)[1:] == ["heading2: 1. Harbour", "heading2: 2. Dogs"]


def test_a_centred_title_may_stand_below_a_head_in_columns():
    head = "\n".join(
        f"{left:<40}{right:>32}" for left, right in (("Ferry Group", "A. Quist"), ("Memo 7", "Oslo"), ("Free", "May"))
    )
    text = f"{head}\n\n{'On Keeping Ferries':^72}\n\n{wrapped(FERRY)}\n\n{wrapped(TICKETS)}\n"
    assert read_plain_text(text).title == "On Keeping Ferries"


def test_numbered_questions_head_their_answers():
    text = f"Asked of the ferry\n\n1. When does it leave?\n\n{FERRY}\n\n2. May I bring a dog?\n\nYes.\n"
    assert headings(text)[1:] == ["heading2: 1. When does it leave?", "heading2: 2. May I bring a dog?"]


def test_sections_are_numbered_in_han_figures_too():
    numbers = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
    text = "关于码头的通知\n\n" + "".join(f"{number}、购票\n\n请在船上购票，不要忘记带票。\n\n" for number in numbers)
    assert headings(text)[1:] == [f"heading2: {number}、购票" for number in numbers]


@pytest.mark.parametrize("word", ["TOP", "Day", "Lektion", "Урок"])
def test_a_word_that_comes_thrice_with_numbers_that_count_on_heads_sections(word: str):
    names = ("At sea", "", "The mole")
    lines = [f"{word} {number}: {name}".rstrip(" :") for number, name in enumerate(names, 1)]
    text = "The log\n\n" + "".join(f"{line}\n\n{FERRY}\n\n" for line in lines)
    assert headings(text) == ["heading1: The log", *(f"heading2: {line}" for line in lines)]


@pytest.mark.parametrize("word", ["Page", "Figure", "Tabelle", "day"])
def test_pages_and_figures_are_counted_and_head_nothing(word: str):
    text = "The log\n\n" + "".join(f"{word} {number}\n\n{FERRY}\n\n" for number in (1, 2, 3, 4))
    assert headings(text) == ["heading1: The log"]


def test_the_head_of_a_curriculum_vitae_is_a_name():
    who = "Ada Quist\n12 Harbour Road\nada@quist.example"
    text = f"{who}\n\nWORK\n\n{wrapped(FERRY)}\n\nSCHOOL\n\n{wrapped(TICKETS)}\n\nLANGUAGES\n\nTwo.\n"
    assert read_plain_text(text).title == "Ada Quist"
    assert headings(text)[1:] == ["heading2: WORK", "heading2: SCHOOL", "heading2: LANGUAGES"]


def test_in_plain_text_a_part_of_it_does_not_name_the_whole():
    text = f"{wrapped(FERRY)}\n\n1. Work\n\n{wrapped(TICKETS)}\n\n2. School\n\nNone.\n"
    capture = Capture.of_bytes(text.encode(), uri=None, captured_at=None)
    page = read_page(capture)
    assert page.title is None
    assert not list(describe(page, capture).of("title"))


def test_roman_figures_count_sections_and_within_them_others_begin_anew():
    small = "1. Old ones\n\nNone.\n\n2. New ones\n\nOne.\n\n"
    text = f"On ferries\n\nI. Boats\n\n{FERRY}\n\n{small}II. Dogs\n\n{small}III. The end\n\n{TICKETS}\n"
    inner = ["heading3: 1. Old ones", "heading3: 2. New ones"]
    assert headings(text)[1:] == ["heading2: I. Boats", *inner, "heading2: II. Dogs", *inner, "heading2: III. The end"]


def test_a_roman_figure_alone_heads_a_part_and_its_name_stands_below():
    text = f"The log\n\nI\n\n{FERRY}\n\nII\n\nThe Mole\n\n{TICKETS}\n\nIII.\n\n{FERRY}\n"
    assert headings(text)[1:] == ["heading2: I", "heading2: II", "subtitle: The Mole", "heading2: III."]


@pytest.mark.parametrize("lines", [["I"], ["I. Newton", "V. Hugo"], ["C. Ford", "D. Hill"], ["Mix", "Civil"]])
def test_initials_and_words_of_roman_letters_count_nothing(lines: list[str]):
    text = "The log\n\n" + "".join(f"{line}\n\n{wrapped(FERRY)}\n\n" for line in lines)
    assert headings(text) == ["heading1: The log"]


def test_sections_of_sections_need_no_stop_behind_their_numbers():
    text = (
        f"On ferries\n\n1 Harbour\n\n1.1 Boats\n\n{wrapped(FERRY)}\n\n1.2 Dogs\n\n{wrapped(TICKETS)}\n\n2 The mole\n\n"
        f"{wrapped(FERRY)}\n"
    )
    assert headings(text)[1:] == [
        *("heading2: 1 Harbour", "heading3: 1.1 Boats", "heading3: 1.2 Dogs", "heading2: 2 The mole"),
    ]


def test_capitals_with_a_stop_are_headings_as_old_books_have_them():
    text = f"The log\n\nPREFACE.\n\n{FERRY}\n\nCONTENTS.\n\nNone.\n\nTHE END OF IT.\n\n{TICKETS}\n"
    assert headings(text)[1:] == ["heading2: PREFACE.", "heading2: CONTENTS.", "heading2: THE END OF IT."]


def test_lines_that_are_bold_as_a_whole_head_what_stands_below():
    text = (
        f"The log\n\n**Harbour**\n\n{FERRY}\n\n**What to bring:**\n\n**A dog.** {TICKETS}\n\n__The end__\n\n{FERRY}\n"
    )
    assert headings(text)[1:] == ["heading2: **Harbour**", "heading2: **What to bring:**", "heading2: __The end__"]


def test_headings_of_wikis_have_the_level_of_their_signs():
    text = (
        f"The log\n\n== Harbour ==\n\n{FERRY}\n\n===Boats===\n\n{TICKETS}\n\n== Dogs\n\n{FERRY}\n\n= 5 pounds\n\nNo.\n"
    )
    assert headings(text)[1:] == ["heading2: == Harbour ==", "heading3: ===Boats===", "heading2: == Dogs"]


@pytest.mark.parametrize("broken", [False, True])
def test_short_lines_alone_above_prose_and_below_a_sentence_are_headings_where_two_are(broken: bool):
    prose, more = (wrapped(FERRY), wrapped(TICKETS)) if broken else (FERRY, TICKETS)
    text = f"On ferries\n\n{prose}\n\nWhat the mate said\n\n{more}\n\nConclusion\n\n{prose}\n"
    assert headings(text)[1:] == ["heading2: What the mate said", "heading2: Conclusion"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Ada Quist", "Ben Low"],
        ["Photo: the mole", "Photo: the mate"],
        ["It was dark", "It was dark"],
        ["and so it went", "and it came"],
        ["It rained.", "It snowed."],
        ["Page 1 of 2", "Page 2 of 2"],
        ["What the mate said"],
    ],
)
def test_other_short_lines_between_paragraphs_are_none(lines: list[str]):
    text = f"On ferries\n\n{FERRY}\n\n" + "".join(f"{line}\n\n{TICKETS}\n\n" for line in lines)
    assert headings(text) == ["heading1: On ferries"]


def test_where_paragraphs_are_long_lines_short_ones_between_them_need_no_empty_lines():
    text = f"On ferries\n{FERRY}\nWhat the mate said\n{TICKETS}\nConclusion\n{FERRY}\n"
    assert headings(text)[1:] == ["heading2: What the mate said", "heading2: Conclusion"]


def test_who_is_named_with_an_office_heads_nothing():
    lines = "".join(f"{name}, Keeper of the Lamp\n\n{FERRY}\n\n" for name in ("Ada Quist", "Ben Low", "Carla de Ford"))
    assert headings(f"On ferries\n\n{FERRY}\n\n{lines}") == ["heading1: On ferries"]


def test_letters_count_sections_within_others_and_alone_they_are_initials():
    small = f"A. Old ones\n\n{FERRY}\n\nB. New ones\n\nOne.\n\n"
    inner = ["heading3: A. Old ones", "heading3: B. New ones"]
    text = f"On ferries\n\nI. Boats\n\n{small}II. Dogs\n\n{small}"
    assert headings(text)[1:] == ["heading2: I. Boats", *inner, "heading2: II. Dogs", *inner]
    assert headings(f"On ferries\n\nA. Lee\n\n{wrapped(FERRY)}\n\nB. Low\n\n{wrapped(TICKETS)}\n") == [
        "heading1: On ferries"
    ]


def test_the_count_that_comes_first_is_the_outer_one():
    small = f"1. Old ones\n\n{FERRY}\n\n2. New ones\n\nNone.\n\n"
    text = f"On ferries\n\nA. Boats\n\n{small}B. Dogs\n\n{small}"
    assert [one[:8] for one in headings(text)[1:]] == [f"heading{level}" for level in (2, 3, 3, 2, 3, 3)]

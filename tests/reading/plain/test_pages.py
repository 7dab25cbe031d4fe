"""Pages of paper in a plain text: what stands at each turn is marked, and the text goes on past it."""

from __future__ import annotations

import textwrap

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, kinds, shape, wrapped

from solander import Capture
from solander.checking.pages.every_word import check_words
from solander.checking.tei.meaning import check_tei
from solander.encoding.tei_reading import body_words
from solander.model.page import Inline, leaves
from solander.pipeline.pages.normalising import normalise
from solander.profiles import SCHEMAS
from solander.reading.plain.text import read_plain_text

WORDS = (
    "The ferry leaves the harbour at seven in the morning and comes back at nine in the evening, wind and weather "
    "permitting, as it has done since the first boat was built here, and nobody in the village can remember a winter "
    "in which it stayed on the other side for more than three nights. "
)
HEAD = "RFC 9991                    Harbour Lights                March 2019"


def pages(foot: str, head: str = "", *, feed: str = "\f\n", count: int = 4, lines: int = 24) -> str:
    """Paragraphs that run over so many pages; ``{}`` in a foot or a head is the number of the page."""
    paragraphs = [textwrap.wrap(WORDS * (1 + number % 3), 66) for number in range(40)]
    running = [line for one in paragraphs for line in (*one, "")]
    out = ["THE BOOK OF THE FERRY", ""]
    for number in range(1, count + 1):
        heading = [head.format(number), "", ""] if head and number > 1 else []
        out += [*heading, *running[(number - 1) * lines : number * lines]]
        out += ["", foot.format(number)] if foot else []
        out.append(feed if number < count else "")
    return "\n".join(out)


def turns(text: str) -> list[str]:
    """A line for each thing that stands at a turn."""
    found: list[str] = []
    for division in read_plain_text(text).divisions:
        for leaf in leaves(division.blocks):
            for part in leaf.content:
                if isinstance(part, Inline) and part.kind in ("running", "page"):
                    said = part.attributes or {}
                    found.append(f"{said.get('place', 'page')} {''.join(map(str, part.content)) or said.get('n', '?')}")
    return found


def text_of(text: str) -> str:
    """The words of the text proper."""
    page = normalise(Capture.of_bytes(text.encode(), media_type="text/plain")).page
    return " ".join(page.text().split())


FEET = {
    "word": "Keeper                   Informational                 [Page {}]",
    "word and count": "Page {} of 4",
    "German": "Seite {}",
    "Chinese": "第 {} 页",
    "Hungarian": "{}. oldal",
    "Arabic": "صفحة {}",
    "dashes": "                              - {} -",
    "braces": "{{{}}}",
    "name in brackets": "[Pg {}]",
    "bare": "                                {}",
    "bare with a stop": "                                                      {}.",
    "beside": "Harbour Press                                             {}",
}


@pytest.mark.parametrize("feed", ["\f\n", "\n"])
@pytest.mark.parametrize("foot", FEET.values(), ids=FEET)
def test_a_sentence_goes_on_past_the_foot_of_a_page_and_the_number_is_marked(foot: str, feed: str):
    text = pages(foot, feed=feed)
    written = [" ".join(foot.format(number).split()) for number in range(1, 5)]
    expected = [line for number, one in enumerate(written, 1) for line in (f"footer {one}", f"page {number + 1}")][:-1]
    assert turns(text) == expected
    assert text_of(text) == text_of(pages("", feed="\n"))
    assert_whole(text)


@pytest.mark.parametrize("feed", ["\f\n", "\n"])
def test_heads_and_feet_of_one_turn_stand_together_with_the_page_between(feed: str):
    text = pages("Keeper                                   [Page {}]", HEAD, feed=feed)
    head = " ".join(HEAD.split())
    assert turns(text)[:6] == [
        *("footer Keeper [Page 1]", "page 2", f"header {head}"),
        *("footer Keeper [Page 2]", "page 3", f"header {head}"),
    ]
    assert text_of(text) == text_of(pages("", feed="\n"))
    assert_whole(text)


def test_heads_of_left_and_right_pages_differ():
    left, right = "{}                    THE BOOK OF THE FERRY", "Chapter One                                      {}"
    text = pages("", "@{}", count=6)
    for number in range(2, 7):
        text = text.replace(f"@{number}", (right if number % 2 else left).format(number))
    assert turns(text)[:4] == ["page 2", "header 2 THE BOOK OF THE FERRY", "page 3", "header Chapter One 3"]
    assert text_of(text) == text_of(pages("", feed="\n", count=6))


def test_what_an_empty_line_parts_from_a_number_is_text_though_it_comes_back():
    pieces = [f"{number}    Songs\n\nThe Tern\n\n{wrapped(WORDS * number)} and" for number in range(2, 7)]
    text = f"Songs\n\n{wrapped(WORDS)} and\n\f" + "\n\f".join(pieces)
    assert turns(text)[:4] == ["page 2", "header 2 Songs", "page 3", "header 3 Songs"]
    assert text_of(text).count("The Tern") == 5


def test_each_chapter_may_have_a_head_of_its_own_where_pages_are_numbered():
    text = pages("                     {}", "Chapter {}", count=12)
    for number in range(2, 13):
        text = text.replace(f"Chapter {number}\n", f"Chapter {'ABC'[number // 5]}\n")
    assert [one for one in turns(text) if one.startswith("header")] == [
        f"header Chapter {letter}" for letter in "AAABBBBBCCC"
    ]


def test_a_number_beside_a_title_that_comes_back_needs_no_sentence_that_is_cut():
    page = f"{wrapped(WORDS * 4)}\n\n{wrapped(TICKETS * 3)}\n\n1 See the book of the keeper.\n"
    heads = [
        f"{n}                    THE HARBOUR" if n % 2 else f"BOATS AND MEN              {n}" for n in range(11, 18)
    ]
    text = "A book of boats\n\n" + page + "".join(f"\n{head}\n\n{page}" for head in heads)
    assert [one for one in turns(text) if not one.startswith("page")] == [
        f"header {n} THE HARBOUR" if n % 2 else f"header BOATS AND MEN {n}" for n in range(11, 18)
    ]


def test_pages_before_the_first_have_roman_numbers():
    text = pages("                     {}", count=6)
    for number, figures in enumerate(["i", "ii", "iii", "1", "2", "3"], 1):
        text = text.replace(f"                     {number}\n", f"                     {figures}\n")
    assert [one for one in turns(text) if one.startswith("page")] == [f"page {n}" for n in ("ii", "iii", "1", "2", "3")]


def test_the_head_of_the_first_page_stays_in_the_text():
    text = "Harbour Lights\n\n" + pages("[Page {}]", "Harbour Lights")
    assert shape(read_plain_text(text))[0].endswith(": Harbour Lights")
    assert turns(text).count("header Harbour Lights") == 3


def test_a_page_that_ends_with_a_sentence_ends_a_paragraph():
    text = f"{wrapped(FERRY)}\n\n[Page 1]\n\f\n{wrapped(TICKETS)}\n\n[Page 2]\n\f\n{wrapped(FERRY)}\n\n[Page 3]\n"
    assert kinds(text) == ["main paragraph"] * 3
    assert turns(text) == ["footer [Page 1]", "page 2", "footer [Page 2]", "page 3", "footer [Page 3]"]


def test_a_list_goes_on_over_the_page():
    text = "Bring:\n\n- a rope\n- a lamp\n\n[Page 1]\n\f\n- two oars\n- bread\n\n[Page 2]\n\f\n- salt\n\n[Page 3]\n"
    assert kinds(text) == ["main paragraph", "main list", *["main   item", "main     text"] * 5]
    assert_whole(text)


def test_what_is_set_in_columns_is_parted_and_the_foot_stands_between():
    rows = [
        f"north     {n}      calm\nsouth     {n}1     gale\nwest      {n}2     calm\n\n[Page {n}]\n" for n in (1, 2, 3)
    ]
    text = "The wind was told as follows.\n\n" + "\f\n".join(rows)
    assert [kind for kind in kinds(text) if "  " not in kind][:4] == [
        *("main paragraph", "main table", "main paragraph", "main table"),
    ]
    assert_whole(text)


def test_a_form_feed_alone_begins_a_page():
    text = pages("")
    assert turns(text) == ["page ?"] * 3
    assert text_of(text) == text_of(pages("", feed="\n"))


CHAPTERS = "\n\n".join(f"{number}\n\n{wrapped(FERRY * 6)}\n\n{wrapped(TICKETS * 4)}" for number in range(1, 6))
VERSIONS = "\f\n".join(f"Version 2.{number}\n\n{wrapped(FERRY * 3)}\n" for number in range(9, 1, -1))
ANSWERS = "\f\n".join(f"{wrapped(FERRY * number)}\n\nWas it so?\n" for number in range(3, 8))
LETTERS = "\f\n".join(
    f"Dear Ann,\n\n{wrapped(FERRY * number)}\n\nYour loving brother,\nTom\n" for number in range(1, 7)
)
BALLAD = "\f\n".join(
    f"The captain stood upon the deck\nand counted {number} and more.\n\nRow, brothers, row,\nthe tide is low\n"
    for number in range(1, 7)
)
CANTOS = "A song\n\n" + "\n\n".join(
    f"{number}\n\n" + "\n".join(f"the sea comes in {line} times and no one hears" for line in range(14))
    for number in range(1, 7)
)
PANELS = "\n\n".join(f"Page {number}\n\nA boat." for number in range(1, 6))


ITEMS = {
    "chapters": CHAPTERS,
    "versions": VERSIONS,
    "asks": ANSWERS,
    "panels": PANELS,
    "letters": LETTERS,
    "refrain": BALLAD,
    "cantos": CANTOS,
}


@pytest.mark.parametrize("text", ITEMS.values(), ids=ITEMS)
def test_what_only_looks_like_a_number_or_a_head_stays_text(text: str):
    assert not any(one.startswith(("header", "footer")) for one in turns(text))


def test_tei_has_running_heads_and_pages_and_they_are_no_words_of_the_text():
    text = pages("Keeper        [Page {}]", HEAD)
    capture = Capture.of_bytes(text.encode(), media_type="text/plain")
    done = normalise(capture)
    tei = done.tei.content
    assert b'<fw type="footer">Keeper [Page 1]</fw> <pb n="2"/> <fw type="header">RFC 9991' in tei
    assert not check_tei(tei, "data/tei/page.xml", SCHEMAS).findings
    assert "[Page" not in done.page.text() == body_words(tei)
    assert "[Page 3]" in done.page.text("all")
    assert dict(done.page.normalisations)["pages-turned"] == 4
    checked = check_words(
        capture.original,
        original_name=capture.original_name,
        media_type=capture.media_type,
        charset=done.page.charset.name,
        tei=tei,
        path="data/tei/page.xml",
    )
    assert (checked.findings, checked.unchecked) == ((), ())


def test_long_lines_that_go_on_with_small_letters_are_one_paragraph_though_no_column_fits_them():
    """A printed page has letters of many widths: lines of 70 to 95 characters reach to one margin."""
    words, lines, width = (WORDS * 4).split(), [""], iter([70, 92, 75, 95, 81, 88, 72, 90, 77, 94, 83, 71, 86] * 4)
    room = next(width)
    for word in words:
        if len(lines[-1]) + len(word) > room:
            lines.append("")
            room = next(width)
        lines[-1] = f"{lines[-1]} {word}".strip()
    assert shape(read_plain_text("A title\n\n" + "\n".join(lines))) == [
        "main heading1: A title",
        f"main paragraph: {' '.join(words)}",
    ]
    verse = "\n".join(line.capitalize() for line in lines)
    assert shape(read_plain_text("A title\n\n" + verse))[1].count("/") == len(lines) - 1
    code = (
        "call(one);\nif (two) { call(three, four); } else { call(five, six, seven_and_more); }\nend(eight, nine);\n" * 3
    )
    assert "/" in " ".join(shape(read_plain_text(f"A title\n\n{code}")))


MOLE = ["2. The mole", "2.1 Stones"]


def test_numbered_headings_of_printed_pages_need_no_room_about_them():
    prose = textwrap.fill(WORDS, 90)
    numbered = ["1. The ferry", f"1.1 The boats\n{prose}", f"1.2 The people who wait\n{prose}", f"1.3 Dogs\n{prose}"]
    text = "A title\n\n" + "\n".join(numbered) + f"\n\n2. The mole\n2.1 Stones\n{prose}\n"
    assert_whole(text)
    headings = [line.partition(": ")[2] for line in shape(read_plain_text(text)) if line.startswith("main heading")]
    assert headings[1:] == ["1. The ferry", "1.1 The boats", "1.2 The people who wait", "1.3 Dogs", *MOLE]


def test_numbers_within_numbers_amid_a_sentence_or_above_a_short_line_head_nothing():
    prose = textwrap.fill(WORDS, 90)
    text = f"A title\n\n1. The ferry\n\n{prose} see\n1.1 The boats\n{prose}\n1.2 Dogs\nAnd cats.\n"
    assert not [line for line in shape(read_plain_text(text)) if line.startswith("main heading") and "1." in line[16:]]


@pytest.mark.parametrize("heading", ["Appendix", "2 Boats", "What we have done"])
def test_a_short_line_that_begins_a_page_goes_on_with_nothing(heading: str):
    entry = "Reed, A. 1998. Boats and Men. Harbour University Press, London and York"
    text = f"The end\n\n{wrapped(FERRY)}\n\n{entry}\n\f{heading}\n\n{wrapped(TICKETS)}\n"
    assert f"{entry} ¦" in "\n".join(shape(read_plain_text(text))).splitlines()[2]
    assert heading in shape(read_plain_text(text))[3]

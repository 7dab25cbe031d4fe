"""What stands in short lines by the title is read, whatever mark-up and language it stands in."""

import dataclasses

import pytest
from tests.describing.pages import PROSE, capture_of, leaf, page_of

from solander.describing import describe
from solander.model.page import Block, Division, Inline


def described(*blocks, signals=(), languages=("en",)):
    title = leaf("heading", "The lamp of the harbour", level="1")
    text = [leaf("paragraph", f"{PROSE} {number}", number) for number in range(1, 6)]
    page = page_of(
        ("heading", "h1", "The lamp of the harbour"), *signals, blocks=[title, *blocks, *text], languages=languages
    )
    return describe(page, capture_of())


@pytest.mark.parametrize("around", [("link",), ("emphasis",), ("small", "link")])
def test_a_day_that_the_reader_marked_is_found_however_deep_it_stands(around):
    day = Inline("date", ("17 January 2012",), {"when": "2012-01-17"})
    for kind in around:
        day = Inline(kind, (day,), None)
    line = Block("dateline", "xpath(/html/body/p[1])", (day,), None)
    assert described(line).first("date") == "2012-01-17"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("Ann Lee and Bo Fox", ("Ann Lee", "Bo Fox")),
        ("ANN LEE", ("ANN LEE",)),
        ("Анна Ли", ("Анна Ли",)),
        ("Ann von Lee", ("Ann von Lee",)),
        ("林晓舟", ("林晓舟",)),
        # What the page writes small elsewhere is no surname; what has one word, a body's word or an office is none.
        ("Lamp Keeper", ()),
        ("Harbour", ()),
        ("Harbour News", ()),
        ("打印", ()),
        ("分享到", ()),
        ("последние материалы", ()),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_name_in_a_line_of_its_own_beside_the_day_is_the_authors(line, names, first):
    lines = [leaf("text", line, 1), leaf("text", "4 May 2020", 2)]
    assert described(*(lines if first else lines[::-1])).values("creator") == names


def test_a_line_alone_without_a_day_beside_it_names_nobody():
    assert described(leaf("text", "Ann Lee")).values("creator") == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("4 May 2020 | Ann Lee", ("Ann Lee",)),
        ("25 мая, 06:30 | Анна ЛИ", ("Анна ЛИ",)),
        ("Wed 3:59 pm by Ann Lee", ("Ann Lee",)),
        ("Stars 06.11.2023 13:30 von Ann Lee", ("Ann Lee",)),
        ("4 May 2020 | Ann Lee | Bo Fox | Cy Fox", ()),
        ("4 May 2020 | New York", ()),
        ("文/林晓舟", ("林晓舟",)),
        ("記者林曉舟／台北報導", ("林曉舟",)),
        ("2012/1/17 蔡崇梧 報導", ("蔡崇梧",)),
        ("本報綜合報導", ()),
        ("记者获悉", ()),
    ],
)
def test_a_name_in_the_line_of_the_day_or_before_a_word_for_reporting_is_the_authors(line, names):
    assert described(leaf("text", line)).values("creator") == names


def test_a_name_that_a_menu_has_as_well_is_a_section():
    page = page_of(
        ("heading", "h1", "The lamp of the harbour"),
        blocks=[
            leaf("heading", "The lamp of the harbour", level="1"),
            leaf("text", "Open Waters", 1),
            leaf("text", "4 May 2020", 2),
            leaf("paragraph", PROSE),
        ],
        foot=[leaf("text", "Open Waters", 9)],
    )
    assert describe(page, capture_of()).values("creator") == ()


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Время публикации: 4 января 2012 г., 14:55", "2012-01-04"),
        ("ΔΗΜΟΣΙΕΥΘΗΚΕ: Τρίτη 03 Ιανουαρίου 2012", "2012-01-03"),
        ("Dodano: 3 stycznia 2012, 16:07", "2012-01-03"),
        ("https://harbour.example/lamps/ 2012-01-12 08:51 from the wires of the coast", "2012-01-12"),
        ("Published on Thu, 12/01/2012", "2012-01-12"),
    ],
)
def test_the_day_is_read_under_the_words_that_languages_have_for_it(line, day):
    proof = leaf("text", "25/11/2011: the last lamp burned until noon", 9)
    assert described(leaf("text", line), proof).first("date") == day


def test_the_days_line_is_looked_for_by_the_title_in_the_text_and_not_by_its_twin_in_a_menu():
    title = "The lamp of the harbour"
    menu = Division("navigation", tuple(leaf("text", words, at) for at, words in enumerate(["News", title, "Sport"])))
    rest = [leaf("text", f"Topic {at}", 10 + at) for at in range(130)]
    own = [leaf("text", title, 200), leaf("text", "4 May 2020", 201), leaf("paragraph", PROSE)]
    page = page_of(("title", "title", title), blocks=own)
    page = dataclasses.replace(page, divisions=(menu, Division("other", tuple(rest)), *page.divisions))
    assert describe(page, capture_of()).first("date") == "2020-05-04"


def test_a_name_does_not_run_over_a_lines_end_nor_out_of_an_address():
    day = Block(
        "dateline", "xpath(/html/body/p[2])", (Inline("date", ("17 January 2012",), {"when": "2012-01-17"}),), None
    )
    lines = ("Dr. H. Weller", Inline("break"), "Hafengasse 3", Inline("break"), "Lindau")
    for kind, said in (("paragraph", None), ("text", {"role": "address"})):
        block = Block(kind, "xpath(/html/body/p[1])", lines, said)
        assert "creator" not in {one.element for one in described(block, day).statements if one.chosen}

"""What a date says to programs is what it prints for people, as far as that can be told."""

from datetime import date

import pytest

from solander.checking.pages.tei_agreement import check_pointers, date_differs_from_print, printed_day

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>{}</p></body></text></TEI>'


@pytest.mark.parametrize(
    "text",
    [
        "2021-12-08", "2021/12/8", "8 December 2021", "Wednesday, December 8th, 2021 at noon", "8. Dezember 2021",
        "8 déc. 2021",
        "8 de diciembre de 2021", "2021年12月8日", "8 декабря 2021", "8th of December, 2021",
    ],
)  # fmt: skip
def test_a_day_in_full_is_read_in_whatever_way_it_is_printed(text: str):
    assert printed_day(text) == date(2021, 12, 8)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "December 2021", "08/12/2021", "8 December", "31 June 2021", "from 1 May 2021 to 2 May 2021"],
)
def test_what_is_no_one_day_is_none(text: str):
    assert printed_day(text) is None


@pytest.mark.parametrize(
    ("when", "printed", "agrees"),
    [
        ("2021-12-08", "8 December 2021", True),
        ("2021-12-07", "8 December 2021", True),
        ("2021-12-09T01:00:00Z", "8 December 2021", True),
        ("2021-12-06", "8 December 2021", False),
        ("2012-12-08", "8 December 2021", False),
        ("2021-12", "8 December 2021", True),
        ("2020", "8 December 2021", False),
        ("2021-12-06", "08/12/2021", True),
        ("2021-12-06", "last week", True),
        ("2021-02-30", "8 December 2021", True),
        ("12:00:00", "8 December 2021", True),
    ],
)
def test_only_what_plainly_differs_is_told(when: str, printed: str, agrees: bool):
    from solander.checking.grammars.relax_ng import parse_xml

    root = parse_xml(TEI.format(f'<date when="{when}">{printed}</date>').encode()).root
    assert (list(date_differs_from_print("page.xml", root)) == []) is agrees


def test_what_is_shown_out_of_the_bag_is_in_it():
    shown = TEI.format('<graphic url="../media/a%20b.png"/><ref target="../media/c.html#d">c</ref>').encode()
    assert check_pointers(shown, "data/tei/page.xml", {"data/media/a b.png", "data/media/c.html"}) == []
    missing = check_pointers(shown, "data/tei/page.xml", {"data/media/a b.png"})
    assert [one.found for one in missing] == ["../media/c.html#d"]
    assert check_pointers(b"<", "data/tei/page.xml", ()) == []

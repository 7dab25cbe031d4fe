"""Ids, links, pointers, dates and addresses in TEI are judged by what they mean, at each rule's edges too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checking.tei_by_hand import codes, in_line, judge, tei

from solander.encoding.w3c import w3c_date, w3c_time
from solander.encoding.xml_text import escape_attribute


def test_two_ids_that_differ_only_in_white_space_are_one() -> None:
    twice = '<anchor xml:id="a"/><anchor xml:id=" a&#10;"/>'
    assert codes(in_line(twice)) == {"TEI201"}
    assert codes(in_line(twice.replace("&#10;", "&#10;b"))) == {"TEI105"}


def test_each_repetition_is_found_and_capitals_differ() -> None:
    assert [one.code for one in judge(in_line('<anchor xml:id="a"/>' * 3))] == ["TEI201"] * 2
    assert codes(in_line('<anchor xml:id="a"/><anchor xml:id="A"/>')) == set()


def test_an_id_of_another_vocabulary_counts_too() -> None:
    xeno = '<xenoData type="x"><a xmlns="urn:x" xml:id="a"/></xenoData>'
    assert codes(tei('<p>Words <anchor xml:id="a"/></p>', xeno=xeno)) == {"TEI201"}


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("#id.a", set()),
        ("#caf%C3%A9", set()),
        ("#", set()),
        ("https://example.org/#nowhere", set()),
        ("other.xml#nowhere", set()),
        ("#id.b", {"TEI202"}),
        ("#ID.a", {"TEI202"}),
        ("#caf%E9", {"TEI202"}),
    ],
)
def test_a_link_within_the_document_arrives(target: str, found: set[str]) -> None:
    anchors = '<anchor xml:id="id.a"/><anchor xml:id="café"/>'
    assert codes(in_line(f'{anchors}<ref target="{target}">there</ref>')) == found


@pytest.mark.parametrize(
    "pointer",
    [
        "../original/page.html#xpath(/html)",
        "../original/page.html#xpath(/html/body)",
        "../original/page.html#xpath(/html/frameset/frame[2])",
        "../original/page.html.gz#xpath(/html/body/div[12]/text()[1])",
        "../original/page.xhtml#xpath(/html/body/my-element[1]/*[3])",
        "../original/page.txt#char=0,0",
        "../original/page.txt#char=10,20",
        "../original/a%20page.html#xpath(/html/body)",
    ],
)
def test_a_pointer_into_the_original_is_accepted(pointer: str) -> None:
    assert codes(tei(f'<p source="{pointer}">Words.</p>')) == set()


@pytest.mark.parametrize(
    "pointer",
    [
        "",
        "../original/page.html",
        "../original/page.html#",
        "../original/#xpath(/html/body)",
        "page.html#xpath(/html/body)",
        "https://example.org/#xpath(/html/body)",
        "../original/../../page.html#xpath(/html/body)",
        "../original/100%.html#xpath(/html/body)",
        "../original/page.html#xpath(/html/head/title[1])",
        "../original/page.html#xpath(/html/body/p)",
        "../original/page.html#xpath(/html/body/p[0])",
        "../original/page.html#xpath(/html/body/p[01])",
        "../original/page.html#xpath(/html/body/P[1])",
        "../original/page.html#xpath(/html/body/p[1]",
        "../original/page.html#xpath(/html/body/p[1])x",
        "../original/page.txt#char=10",
        "../original/page.txt#char=-1,2",
        "../original/page.txt#line=1,2",
    ],
)
def test_what_is_no_pointer_into_the_original_is_found(pointer: str) -> None:
    found = codes(tei(f'<p source="{pointer}">Words.</p>'))
    assert "TEI203" in found
    # A pointer is an address too, and one that is none breaks the grammar besides.
    assert found <= {"TEI203", "TEI105"}


@pytest.mark.parametrize(
    "when",
    ["2021", "2021-12", "2021-12-08", "2020-02-29", "2000-02-29", "0001-01-01", "9999-12-31"]
    + [f"2021-12-08T23:59:59{rest}" for rest in ("", "Z", ".5Z", "+14:00", "-12:00", "+05:45")],
)
def test_a_real_date_is_accepted(when: str) -> None:
    assert codes(in_line(f'<date when="{when}">then</date>')) == set()


@pytest.mark.parametrize("when", ["2021-02-29", "1900-02-29", "2021-04-31", "0000", "0000-05", "2021-02-30T10:00:00Z"])
def test_a_day_that_the_calendar_does_not_have_is_found(when: str) -> None:
    assert codes(in_line(f'<date when="{when}">then</date>')) == {"TEI204"}
    assert codes(in_line(f'<date when=" {when} ">then</date>')) == {"TEI204"}


@pytest.mark.parametrize(
    "when",
    [
        "",
        "21",
        "12021",
        "-0044",
        "2021-13",
        "2021-1-1",
        "2021-12-32",
        "20211208",
        "08.12.2021",
        "2021-W12",
        "2021-12-08Z",
    ]
    + [
        f"2021-12-08{rest}"
        for rest in ("T10:00", "T24:00:00", "T10:00:60", "T10:00:00.", "T10:00:00z", "T10:00:00+0100")
    ]
    + [f"2021-12-08T10:00:00{rest}" for rest in ("+14:01", "+15:00", "-12:30", "-13:59", "+01:60")],
)
def test_what_is_no_date_is_found(when: str) -> None:
    found = codes(in_line(f'<date when="{when}">then</date>'))
    assert "TEI105" in found
    # A thirteenth month is no date by its form, and none of the calendar.
    assert found <= {"TEI105", "TEI204"}


@pytest.mark.parametrize("when", ["10:00", "24:00:00", "10:60:00", "23:59:60", "10:00:00Z", "1:00:00", "2021-12-08"])
def test_what_is_no_time_of_day_is_found(when: str) -> None:
    assert codes(in_line(f'<time when="{when}">then</time>')) == {"TEI105"}


def test_every_when_is_judged() -> None:
    assert codes(tei().replace("2026-11-24T10", "2026-11-31T10")) == {"TEI204"}
    bibl = '<date type="published" when="{}">then</date>'
    assert codes(tei(bibl=bibl.format("2021-02-28"))) == set()
    assert codes(tei(bibl=bibl.format("2021-02-29"))) == {"TEI204"}


@pytest.mark.parametrize("address", ["#", "a", "//example.org", "http://[::1]:80/?a=b&c", "mailto:a@b"])
def test_an_address_is_accepted(address: str) -> None:
    assert codes(in_line(f'<ref target="{escape_attribute(address)}">there</ref>')) == set()


@pytest.mark.parametrize(
    "address", ["", "mailto:", "http://[zz]/", "http://a%zz/", "a#b#c", "a b", " a", "a_b:c", "x:#a"]
)
def test_what_is_no_address_is_found_wherever_it_stands(address: str) -> None:
    for markup in ('<ref target="{}">there</ref>', '<graphic url="{}"/>', '<media url="{}" mimeType="a/b"/>'):
        found = codes(in_line(markup.format(address)))
        # The grammar may refuse it besides.
        assert {"TEI205"} <= found <= {"TEI205", "TEI105", "TEI109"}
    assert "TEI205" in codes(tei(bibl=f'<ref target="{address}">there</ref>'))


@given(
    st.from_regex(
        r"[0-9]{4}-(0[0-9]|1[0-3])-[0-3][0-9]([T ][0-2][0-9]:[0-6][0-9](:[0-6][0-9])?(Z|[+-][01][0-9]:?[0-9]{2})?)?\Z"
    )
)
def test_a_date_that_is_written_is_never_found_fault_with(written: str) -> None:
    when = w3c_date(written)
    assert when is None or codes(in_line(f'<date when="{when}">then</date>')) == set()


@given(st.from_regex(r"[0-2]?[0-9]:[0-6][0-9](:[0-6][0-9])?\Z"))
def test_a_time_that_is_written_is_never_found_fault_with(written: str) -> None:
    when = w3c_time(written)
    assert when is None or codes(in_line(f'<time when="{when}">then</time>')) == set()

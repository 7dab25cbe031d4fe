"""Tables, letters by mail and talks as plain text has them: structure where it is sure, and every word in its place."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from solander.checking.pages.every_word import check_words
from solander.checking.tei.meaning import check_tei
from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.profiles import SCHEMAS
from solander.reading import read_page

AT = datetime(2026, 1, 1, tzinfo=UTC)
TEI = "{http://www.tei-c.org/ns/1.0}"
LEAD = (
    "The ferry leaves the harbour at seven in the morning and comes back at nine in the evening, wind and weather "
    "permitting, as it has done since the first boat was built here."
)


WRAPPED = textwrap.fill(LEAD, 72)


def encoded(text: str) -> etree._Element:
    """The ``text`` of a plain text's TEI, valid and with every word where its pointer says."""
    capture = Capture.of_bytes(text.encode(), media_type="text/plain", declared_charset="utf-8")
    page = read_page(capture)
    tei = encode_tei(page, describe(page, capture), capture, at=AT).content
    assert [one for one in check_tei(tei, "page.xml", SCHEMAS).findings if one.severity == "error"] == []
    found = check_words(
        capture.original,
        original_name=capture.original_name,
        media_type="text/plain",
        charset="utf-8",
        tei=tei,
        path="-",
    )
    assert found.unchecked == ()
    assert [one for one in found.findings if one.severity == "error"] == []
    root = etree.fromstring(tei).find(f"{TEI}text")
    for element in root.iter(f"{TEI}cell", f"{TEI}label", f"{TEI}item", f"{TEI}p"):
        source = element.get("source")
        if source and len(element) == 0:
            begin, end = map(int, source.partition("#char=")[2].split(","))
            assert " ".join(text[begin:end].split()) == " ".join((element.text or text[begin:end]).split())
    return root


def rows(table: etree._Element) -> list[list[str]]:
    return [[" ".join(cell.itertext()) for cell in row] for row in table.iter(f"{TEI}row")]


SPACED = "Port        Out     Back\nLantern     7:00    21:00\nSands       8:05    19:55"
TABBED = "Port\tOut\tBack\nLantern\t7:00\t21:00\nSands\t\t19:55"
RULED = "Port        Boats\n----------  -----\nLantern         2\nSands          10"
BARRED = "| Port    | Boats |\n|---------|-------|\n| Lantern | 2     |\n| Sands   | 10    |"
GRID = "+---------+-------+\n| Port    | Boats |\n+---------+-------+\n| Lantern | 2     |\n+---------+-------+"


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        (SPACED, [["Port", "Out", "Back"], ["Lantern", "7:00", "21:00"], ["Sands", "8:05", "19:55"]]),
        (TABBED, [["Port", "Out", "Back"], ["Lantern", "7:00", "21:00"], ["Sands", "", "19:55"]]),
        (RULED, [["Port", "Boats"], ["---------- -----"], ["Lantern", "2"], ["Sands", "10"]]),
        (BARRED, [["| Port", "| Boats |"], ["|---------|-------|"], ["| Lantern", "| 2 |"], ["| Sands", "| 10 |"]]),
        (
            GRID,
            [
                ["+---------+-------+"],
                ["| Port", "| Boats |"],
                ["+---------+-------+"],
                ["| Lantern", "| 2 |"],
                ["+---------+-------+"],
            ],
        ),
    ],
    ids=["spaces", "tabs", "ruled", "bars", "grid"],
)
def test_columns_are_a_table_and_every_mark_stays(written: str, cells: list[list[str]]):
    root = encoded(f"{LEAD}\n\n{written}\n\n{LEAD}\n")
    (table,) = root.iter(f"{TEI}table")
    assert rows(table) == cells
    assert {row.get("rend") for row in table.iter(f"{TEI}row") if row[0].text[:3] in ("---", "|--", "+--")} <= {"rule"}
    labels = [row for row in table.iter(f"{TEI}row") if row.get("role") == "label"]
    assert ["Port" in "".join(row.itertext()) for row in labels] == [True]


@pytest.mark.parametrize(
    "written",
    [
        "def cross():      # over\n    boat = 1;     # one\n    return boat;  # back",
        "   /\\     /\\\n  /  \\   /  \\\n /    \\ /    \\",
        f"{LEAD[:70]}   {LEAD[70:140]}\n{LEAD[:70]}   {LEAD[70:140]}\n{LEAD[:70]}   {LEAD[70:140]}",
    ],
    ids=["code", "drawing", "two columns of prose"],
)
def test_what_is_set_in_columns_and_no_table_keeps_its_spaces(written: str):
    root = encoded(f"{LEAD}\n\n{written}\n\n{LEAD}\n")
    assert list(root.iter(f"{TEI}table")) == []


@given(
    cells=st.lists(
        st.lists(st.sampled_from(["a", "boat 7", "12", "é", "x-y"]), min_size=3, max_size=3), min_size=3, max_size=6
    )
)
def test_of_what_stands_between_tabs_every_word_is_in_its_cell(cells: list[list[str]]):
    lines = ["\t".join(["k", *row]) for row in cells]
    (table,) = encoded(f"{LEAD}\n\n" + "\n".join(lines) + f"\n\n{LEAD}\n").iter(f"{TEI}table")
    assert rows(table) == [["k", *row] for row in cells]


@given(
    cells=st.lists(
        st.lists(st.sampled_from(["", "a", "boat 7", "12", "é", "x-y"]), min_size=3, max_size=3), min_size=3, max_size=6
    ),
    mark=st.sampled_from(["\t", " | "]),
)
def test_whatever_stands_in_columns_a_row_has_the_words_of_its_line(cells: list[list[str]], mark: str):
    """Cells may be empty, so that not every such stretch is sure to be a table; of one, rows are whole lines."""
    lines = [mark.join(["k", *row]) for row in cells]
    root = encoded(f"{LEAD}\n\n" + "\n".join(lines) + f"\n\n{LEAD}\n")
    written = [line.split() for line in lines]
    for table in root.iter(f"{TEI}table"):
        told = [" ".join(row).split() for row in rows(table)]
        assert any(written[first : first + len(told)] == told for first in range(len(written)))


MAIL = (
    "From: Ann Lee <ann@a.example>\nTo: Ben <ben@b.example>,\n  Cleo <cleo@c.example>\nX-Mailer: Quill 2\n"
    f"Subject: The ferry\n\nDear Ben,\n\n{WRAPPED}\n\n> When?\n>> And where?\n>\n> From the pier.\n\nAt seven.\n\n"
    "Yours sincerely,\nAnn Lee\n-- \nAnn Lee, harbour office\nhttps://a.example\n"
)


def test_the_head_of_a_letter_by_mail_is_a_list_of_its_fields():
    root = encoded(MAIL)
    (head,) = (one for one in root.iter(f"{TEI}list") if one.get("type") == "gloss")
    assert [label.text for label in head.iter(f"{TEI}label")] == ["From:", "To:", "X-Mailer:", "Subject:"]
    assert ["".join(item.itertext()) for item in head.iter(f"{TEI}item")][
        1
    ] == "Ben <ben@b.example>,Cleo <cleo@c.example>"


def test_quotations_in_a_letter_nest_by_their_marks_and_keep_them():
    root = encoded(MAIL)
    (outer,) = (one for one in root.iter(f"{TEI}quote") if one.getparent().tag != f"{TEI}quote")
    assert ["".join(p.itertext()) for p in outer.findall(f"{TEI}p")] == ["> When?", ">", "> From the pier."]
    assert ["".join(p.itertext()) for p in outer.findall(f"{TEI}quote/{TEI}p")] == [">> And where?"]


def test_a_letter_has_its_greeting_its_closing_and_its_signature_apart():
    root = encoded(MAIL)
    assert [p.text for p in root.iter(f"{TEI}p") if p.get("rend") == "salutation"] == ["Dear Ben,"]
    (closer,) = root.iter(f"{TEI}closer")
    assert [one.text for one in closer] == ["Yours sincerely,", "Ann Lee"]
    (footer,) = (one for one in root.iter(f"{TEI}div") if one.get("type") == "footer")
    assert "harbour office" in "".join(footer.itertext())


def test_the_addresses_of_a_letter_on_paper_are_addresses_line_by_line():
    letter = f"14 Cable Street\nPort Ellery\n2nd March 1954\n\nMessrs Dunn & Hale\nQuay Lane\n\nDear Sirs,\n\n{LEAD}\n"
    root = encoded(f"{letter}\n{LEAD}\n\nYours faithfully,\nThos. Garrick\n")
    lines = [[line.text for line in one] for one in root.iter(f"{TEI}address")]
    assert lines == [["14 Cable Street", "Port Ellery"], ["Messrs Dunn & Hale", "Quay Lane"]]
    assert [one.text for one in root.iter(f"{TEI}signed")] == ["Thos. Garrick"]


def test_turns_that_stand_line_below_line_are_turns():
    talk = "Q: When does it leave?\nA: At seven, as it says.\nQ: And from where?\nA: From the pier\nby the church."
    root = encoded(f"A talk with the mate\n\n{WRAPPED}\n\n{talk}\n")
    assert [(sp[0].text, "".join(sp[1].itertext())) for sp in root.iter(f"{TEI}sp")] == [
        ("Q:", "When does it leave?"),
        ("A:", "At seven, as it says."),
        ("Q:", "And from where?"),
        ("A:", "From the pierby the church."),
    ]


def test_labels_that_are_no_talk_keep_their_lines_apart():
    root = encoded(f"{WRAPPED}\n\nPort: Lantern\nBoats: two\nHarbour master: Lee\n\n{WRAPPED}\n")
    assert list(root.iter(f"{TEI}sp")) == []
    (form,) = root.iter(f"{TEI}list")
    assert [" ".join("".join(one.itertext()).split()) for one in form] == [
        *("Port:", "Lantern", "Boats:", "two", "Harbour master:", "Lee"),
    ]


def test_a_word_that_a_hyphen_parts_is_left_as_it_is():
    root = encoded(f"{WRAPPED}\n\nIt is hand-\nsome work.\n")
    assert "hand-" in [p.text for p in root.iter(f"{TEI}p")][-1]


@pytest.mark.parametrize("prose", [LEAD, WRAPPED], ids=["on one line", "broken to a column"])
def test_lines_of_verse_keep_their_breaks_and_their_stanzas(prose: str):
    verse = "The boat is out, the night is long,\nThe sea is loud below;\nWe hum a song of wind\nAnd watch them go."
    root = encoded(f"{prose}\n\n{verse}\n\n{verse}\n\n{prose}\n")
    assert [len(p.findall(f"{TEI}lb")) for p in root.iter(f"{TEI}p")] == [0, 3, 3, 0]
    assert list(root.iter(f"{TEI}l")) == []

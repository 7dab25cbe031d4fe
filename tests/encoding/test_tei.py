"""The promises of the TEI encoder: valid, canonical, and the page's words in it."""

import re
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.reading.test_html import markup

from solander.encoding import encode_tei
from solander.encoding.w3c import uri_reference, w3c_date, w3c_time
from solander.model.capture import Capture
from solander.model.description import Description
from solander.profiles import SCHEMAS
from solander.reading import read_page

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TEI = "{http://www.tei-c.org/ns/1.0}"


def encode(html):
    capture = Capture.of_bytes(html.encode(), uri="https://example.org/a", declared_charset="utf-8")
    page = read_page(capture)
    return page, etree.fromstring(encode_tei(page, Description(), capture, at=AT).content)


def body(html):
    return encode(html)[1].find(f".//{TEI}body")


def grammar():
    return etree.RelaxNG(etree.fromstring(SCHEMAS.read("solander-tei.rng")))


def test_headings_make_nested_divisions_by_their_level():
    outer = body(
        "<main><article><h1>The ferry</h1><p>Long enough to be the text of it all, one would say.</p><h2>Fares</h2>"
        "<p>More of the text, which is long enough as well, one would say.</p></article></main>"
    )[0]
    (inner,) = outer.findall(f"{TEI}div")
    heads = [(one.find(f"{TEI}head").text, one.find(f"{TEI}head").get("n")) for one in (outer, inner)]
    assert heads == [("The ferry", "1"), ("Fares", "2")]
    assert [len(one.findall(f"{TEI}p")) for one in (outer, inner)] == [1, 1]


def test_a_table_tells_how_wide_and_how_long_it_is():
    table = encode("<table><tr><th>x<th>y<tr><td><b>h</b><td>z</table>")[1].find(f".//{TEI}table")
    assert (table.get("cols"), table.get("rows")) == ("2", "2")


def test_a_caption_below_its_table_is_the_head_above_it_in_the_text_as_well():
    page, tei = encode("<table><tr><th>Day<th>Ferry<tr><td>Monday<td>None<caption>Winter fares</caption></table>")
    table = tei.find(f".//{TEI}table")
    assert table[0].tag == f"{TEI}head"
    assert page.text("all").split() == "".join(table.itertext()).split()


@pytest.mark.parametrize(
    ("html", "holder"),
    [
        ("<ul><li><h3>Fares</h3><p>Two crowns.</p></ul>", "item"),
        ("<blockquote><h3>Fares</h3><p>Two crowns.</p></blockquote>", "quote"),
    ],
)
def test_a_heading_where_no_division_can_stand_is_a_label(html, holder):
    root = encode(html)[1]
    (label,) = [one for one in root.iter(f"{TEI}label") if one.get("rend") == "heading"]
    assert (label.text, label.get("n")) == ("Fares", "3")
    assert label.getparent().tag == f"{TEI}{holder}"


def test_terms_side_by_side_share_a_label_and_definitions_an_item():
    root = encode("<dl><dt>a<dt>b<dd>one<dd>two<dt>c</dl>")[1]
    gloss = root.find(f".//{TEI}list")
    assert [etree.QName(child).localname for child in gloss] == ["label", "item", "label", "item"]


def test_text_from_attributes_stands_in_desc_and_expan():
    root = encode('<p>See <abbr title="World">W</abbr> <img src="a.png" alt="Alt text"></p>')[1]
    assert root.find(f".//{TEI}expan").text == "World"
    assert root.find(f".//{TEI}graphic/{TEI}desc").text == "Alt text"


def test_a_date_has_when_only_if_it_is_a_real_one():
    root = encode('<p><time datetime="2021-02-30">a</time> <time datetime="2021-02-28">b</time></p>')[1]
    assert [date.get("when") for date in root.find(f".//{TEI}text").iter(f"{TEI}date")] == [None, "2021-02-28"]


def test_ruby_keeps_base_reading_and_brackets():
    root = encode("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>")[1]
    assert root.find(f".//{TEI}rb").text == "漢"
    assert [(rt.get("rend"), rt.text) for rt in root.iter(f"{TEI}rt")] == [
        ("bracket", "("),
        (None, "kan"),
        ("bracket", ")"),
    ]


def test_the_same_values_give_the_same_bytes():
    capture = Capture.of_bytes(b"<p>x</p>")
    page = read_page(capture)
    assert encode_tei(page, Description(), capture, at=AT) == encode_tei(page, Description(), capture, at=AT)


@settings(max_examples=200, deadline=None)
@given(markup)
def test_whatever_the_markup_the_tei_is_valid_and_holds_the_words(html):
    page, root = encode(html)
    schema = grammar()
    assert schema.validate(root), schema.error_log
    for attributes in root.iter(f"{TEI}desc", f"{TEI}figDesc", f"{TEI}expan"):
        attributes.text = ""
    words = re.sub(r"\s", "", "".join(root.find(f"{TEI}text").itertext()))
    assert sorted(words) == sorted(re.sub(r"\s", "", page.text("all")))
    ids = root.xpath("//@xml:id")
    assert len(ids) == len(set(ids))


@given(st.text(max_size=60))
def test_whatever_is_written_an_address_is_a_uri_reference_or_none(written):
    address = uri_reference(written)
    assert address is None or (re.fullmatch(r"[!-~]+", address) and address.count("#") <= 1)


def test_addresses_that_xml_refuses_are_mended_or_left_out():
    assert uri_reference("https://e/100%") == "https://e/100%25"
    assert uri_reference("a#b#c") == "a#b%23c"
    assert uri_reference("http://[bad/") is None
    assert uri_reference("javascript:") is None
    assert uri_reference("javascript:#top") is None
    assert uri_reference("http://a%zz/b%zz") == "http://a%25zz/b%25zz"
    assert uri_reference("http://[1:2]/") is None
    assert uri_reference("http://[::1]:80/") == "http://[::1]:80/"
    assert uri_reference("https://例え.example/ü") is not None


def test_an_address_of_millions_of_characters_is_not_held():
    address = "data:text/html," + "a" * 2_000_000
    before = sys.getrefcount(address)
    assert uri_reference(address) is None
    assert sys.getrefcount(address) == before


def test_dates_are_w3c_or_nothing():
    assert w3c_date("2021-12-08") == "2021-12-08"
    assert w3c_date("2021-12-08 10:00 +0100") == "2021-12-08T10:00:00+01:00"
    assert w3c_date("2021-12-08 10:00 -1330") is None
    assert w3c_date("2021-12-08 10:00 +1400") == "2021-12-08T10:00:00+14:00"
    assert w3c_date("2021-12-08 10:00 +1401") is None
    assert w3c_date("2021-13-41") is None
    assert w3c_date("2021-W12") is None
    assert w3c_time("10:00") == "10:00:00"
    assert w3c_time("25:00") is None


def test_bases_side_by_side_are_read_by_the_readings_that_follow_them():
    root = encode("<p><ruby><rb>明<rb>日<rt>みょう<rt>にち</ruby>、<ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby></p>")[1]
    pairs = [["".join(part.itertext()) for part in ruby] for ruby in root.iter(f"{TEI}ruby")]
    assert pairs == [["明日", "みょう", "にち"], ["漢", "kan"], ["字", "ji"]]


def test_what_a_form_shows_is_a_gap_with_its_words():
    page = (
        "<p><input value='Jane Roe' placeholder='Name'><input type=image alt='Go'><input type=hidden value=x>"
        "<select><optgroup label='South'><option label='Rome'></option><option>Oslo</option></optgroup></select></p>"
    )
    assert [gap[0].text for gap in encode(page)[1].iter(f"{TEI}gap")] == ["Jane Roe", "Go", "South", "Rome"]


def test_items_keep_their_numbers_and_their_way_of_counting():
    root = encode("<p>One.</p><ol type=a reversed><li value=7>x<li>y</ol>")[1]
    (found,) = root.iter(f"{TEI}list")
    assert found.get("rend") == "numbered lower-alpha reversed"
    assert [item.get("n") for item in found] == ["7", None]


def test_the_direction_of_a_text_is_kept():
    root = encode("<p dir=rtl>One <bdo dir=ltr>two</bdo>.</p>")[1].find(f"{TEI}text")
    assert [root.find(f".//{TEI}{name}").get("rend") for name in ("p", "seg")] == [
        "rtl",
        "bidi-override ltr",
    ]


def test_a_link_that_names_nothing_has_no_target_and_one_that_shows_nothing_leaves_its_anchor():
    page = "<p><a href='javascript:go()'>Go</a><a href=#x>y</a><a href=/z><i id=x></i></a></p>"
    root = encode(page)[1].find(f"{TEI}text")
    assert [(ref.get("target"), ref.text) for ref in root.iter(f"{TEI}ref")] == [(None, "Go"), ("#id.x", "y")]
    assert root.find(f".//{TEI}anchor") is not None


def test_equal_headings_make_divisions_side_by_side():
    (division,) = encode("<h2>A</h2><p>One.</p><h2>B</h2><p>Two.</p>")[1].find(f".//{TEI}body")
    assert [(part.tag.removeprefix(TEI), part[0].text) for part in division] == [("div", "A"), ("div", "B")]
    (division,) = encode("<h1>A</h1><p>One.</p><h2>B</h2><p>Two.</p>")[1].find(f".//{TEI}body")
    assert [part.tag.removeprefix(TEI) for part in division] == ["head", "p", "div"]

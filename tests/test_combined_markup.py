"""Markup as pages combine it: the TEI is what an editor expects, valid, and every word of the page is in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree
from tests.reading.sound import assert_sound

from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.reading import read_page

AT = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = {"t": "http://www.tei-c.org/ns/1.0"}
LEAD = (
    "<p>The harbour was dredged in 1902 by a company of forty men, who lived in barges on the north side and were paid "
    "by the yard of mud they raised; their accounts survive.</p>"
)


def text_of(body: str, head: str = "<html lang=en>") -> Any:
    """Give the TEI's ``text``; reading and checking agree on every word, and nothing is wrong with it."""
    html = f"<!DOCTYPE html>{head}<title>The harbour</title><body><main>{body}</main>"
    capture = Capture.of_bytes(html.encode(), uri="https://example.org/a/page.html", declared_charset="utf-8")
    page = read_page(capture)
    tei = encode_tei(page, describe(page, capture), capture, at=AT).content
    assert_sound(capture, tei)
    return etree.fromstring(tei).find("{*}text")


def has(text: Any, path: str) -> bool:
    return bool(text.xpath(path, namespaces=NAMES))


@pytest.mark.parametrize("name", ["ü", "参考资料", "Ünïcode_é", "x·y", "שלום"])
def test_a_link_to_an_id_in_any_script_is_no_fault(name: str):
    text = text_of(f"{LEAD}<p id='{name}'>Here.</p><p><a href='#{name}'>There</a></p>")
    assert has(text, "//t:ref[@target = concat('#', //t:anchor/@xml:id)][.='There']")


def test_words_in_the_pages_language_within_another_say_so():
    text = text_of(f"{LEAD}<p lang=fr>Le port, <span lang=en>the harbour</span>, <i lang=fr>donc</i>.</p>")
    assert has(text, "//t:p[@xml:lang='fr']/t:foreign[@xml:lang='en'][.='the harbour']")
    assert has(text, "//t:hi[not(@xml:lang)][.='donc']")


@pytest.mark.parametrize(
    ("written", "tag"),
    [("x-cant", "x-cant"), ("i-klingon", "i-klingon"), ("zh_Hans_CN", "zh-Hans-CN"), ("de-CH-1996", "de-CH-1996")]
    + [(bad, None) for bad in ("en-x", "en-us-gb", "zh-Hant-Hant", "en-a", "de-1996-1996", "x", "en-a-bb-a-cc", "é")],
)
def test_a_language_tag_is_kept_if_it_is_one(written: str, tag: str | None):
    text = text_of(f"{LEAD}<p lang='{written}'>The words.</p>")
    assert text.xpath("//t:p[.='The words.']/@xml:lang", namespaces=NAMES) == ([tag] if tag else [])


def test_an_address_is_one_though_its_line_was_broken():
    text = text_of(f"{LEAD}<p><a href='https://example.org/lo\n\tng/way'>way</a> <a href='a\nb'>b</a></p>")
    assert has(text, "//t:ref[@target='https://example.org/long/way']")
    assert has(text, "//t:ref[@target='https://example.org/a/ab']")


def test_what_leads_nowhere_is_no_reference():
    text = text_of(f"{LEAD}<p><a>Once</a> and <a name=here lang=la>hic</a>; <a href='#here'>see</a>.</p>")
    assert len(text.xpath(".//t:ref", namespaces=NAMES)) == 1
    assert has(text, "//t:anchor[@xml:id='id.here']")
    assert has(text, "//t:foreign[@xml:lang='la'][.='hic']")


@pytest.mark.parametrize(
    "thing", ["<svg id=x><text>a</text></svg>", "<math id=x><mi>a</mi></math>", "a<br id=x>b", "<svg id=x></svg>a"]
)
def test_a_drawing_a_formula_or_a_break_can_be_pointed_at(thing: str):
    text = text_of(f"{LEAD}<p>See {thing} there</p><p><a href='#x'>x</a></p>")
    assert has(text, "//t:anchor[@xml:id='id.x']")
    assert has(text, "//t:ref[@target='#id.x']")


def test_words_that_no_slot_shows_have_their_own_pointer():
    text_of(
        f"{LEAD}<div><template shadowrootmode=open><slot name=b></slot><slot name=a></slot></template>"
        "<i slot=a>A</i><i slot=b>B</i><i slot=none>N</i> <b slot=none>M</b></div>"
    )


@pytest.mark.parametrize("host", ["x-a", "span", "div"])
def test_shadow_trees_side_by_side_each_have_their_place(host: str):
    one = f"<{host}>d<template shadowrootmode=open>a<slot></slot>b</template></{host}>c <i>e</i> "
    text = text_of(f"{LEAD}<p>x {one * 40}y</p>")
    assert "".join(text.itertext()).count("adb") == 40


def test_white_space_in_a_formula_parts_words_as_it_does_in_the_page():
    text_of(f"{LEAD}<p>x<math> </math>]] y<math><mi>a</mi> </math>, z")


@pytest.mark.parametrize(
    "markup",
    [
        "<strong>a<isindex>b<dir>c</strong>d",
        "<dl><dt>a<isindex>b<dt>c</dl>d",
        "<span>a<isindex prompt=x></span><dd>b",
        "<textarea>a <isindex> b</textarea>",
    ],
)
def test_isindex_holds_nothing_open(markup: str):
    text = text_of(LEAD + markup)
    assert ("<isindex>" in "".join(text.itertext())) == ("textarea" in markup)


@pytest.mark.parametrize(
    "name", ["isindex-as-written", "isindex-as-written-1-", "selectedcontent-as-written-1-as-written-2-"]
)
def test_a_page_may_write_a_name_like_those_that_elements_are_given_for_a_while(name: str):
    text = text_of(f"{LEAD}<isindex>a<textarea>b <isindex> <{name}> c</textarea>")
    assert f"b <isindex> <{name}> c" in "".join(text.itertext())


@pytest.mark.parametrize("mark", ["[b 1]", "[nb 12]", "Anm. 3", "[注 1]", "*", "note 4"])
def test_a_reference_may_name_its_group_of_notes(mark: str):
    text = text_of(
        f"{LEAD}<p>Oak.<sup id=r1><a href='#n1'>{mark}</a></sup></p><ol><li id=n1><a href='#r1'>^</a> A letter of 1911."
    )
    assert has(text, "//t:ref[@type='noteref'][@target='#id.n1']")
    assert has(text, "//t:item/t:note[@xml:id='id.n1']/t:ref[@type='backlink']")


def test_blocks_in_a_heading_are_its_lines():
    text = text_of(
        f"<h1>A</h1>{LEAD}<h2><div>The dredger</div><span>of 1902</span></h2>{LEAD}<h2>B</h2><h2>C</h2>{LEAD}"
    )
    assert has(text, "//t:div[t:head[1]='The dredger'][t:head[2]='of 1902'][count(t:head) = 2]/t:p")
    assert has(text, "//t:div[t:head='B'][count(t:head) = 1]/following-sibling::t:div[t:head='C']")


def test_a_reading_of_a_whole_is_a_reading():
    text = text_of(
        f"{LEAD}<p lang=ja><ruby><rb>東<rb>京<rtc><rt>とう<rt>きょう</rtc><rtc lang=en>Tokyo</rtc></ruby></p>"
    )
    assert text.xpath("//t:ruby/t:rt/text()", namespaces=NAMES) == ["とう", "きょう", "Tokyo"]
    assert has(text, "//t:rt[@xml:lang='en'][.='Tokyo']")


def test_an_hour_is_a_time():
    text = text_of(f"{LEAD}<p>At <time>9:05</time>, on <time>1902-05-03</time>, <time>soon</time>.</p>")
    assert has(text, "//t:time[@when='09:05:00'][.='9:05']")
    assert has(text, "//t:date[@when='1902-05-03']")
    assert has(text, "//t:date[not(@*)][.='soon']")


def test_a_note_whose_mark_stands_in_a_line_of_its_own_is_one_note():
    text = text_of(
        f"{LEAD}<p>The basin <a href='#n1' id=r1>[1]</a>.</p><aside class=footnote id=n1><span>[<a href='#r1'>1</a>]"
        "</span><p>Since 1911, by order.</p></aside>"
    )
    note = ".//t:note[@xml:id='id.n1'][.='[1] Since 1911, by order.']"
    assert has(text, f"{note}/t:ref[@type='backlink']")
    assert has(text, ".//t:ref[@type='noteref']")


@pytest.mark.parametrize("sign", ["¶", "#", "§", "🔗", "\uf0c1", "\u200b"])
def test_the_sign_by_which_a_heading_gives_its_address_is_told_from_its_words(sign: str):
    text = text_of(
        f"<h1>Harbour</h1>{LEAD}<h2 id=rope>Ropes<a href='#rope'>{sign}</a></h2>{LEAD}"
        f"<dl><dt id=moor>moor()<a href='#moor'>{sign}</a></dt><dd>Moor a ship.</dd></dl>"
        f"<table id=t><caption>Knots<a href='#t'>{sign}</a></caption><tr><th>Bend<th>Hitch<tr><td>1<td>2</table>{LEAD}"
    )
    permalink = f"/t:seg[@rend='permalink']/t:ref[.='{sign}']"
    assert has(text, f".//t:head[@n='2'][starts-with(., 'Ropes')]{permalink}[@target='#id.rope']")
    assert has(text, f".//t:label{permalink}[@target='#id.moor']")
    assert has(text, f".//t:table/t:head{permalink}[@target='#id.t']")


def test_a_link_of_words_in_a_heading_is_no_sign():
    assert not has(text_of(f"{LEAD}<h2><a href='#x'>Notes #</a></h2><p id=x>y</p>"), ".//t:seg")


def test_an_image_that_waits_for_a_script_is_shown_once():
    text = text_of(f"{LEAD}<p>x <amp-img src=a.jpg alt=A><noscript><img src=a.jpg alt=A></noscript></amp-img> y</p>")
    assert len(text.xpath(".//t:graphic", namespaces=NAMES)) == 1


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("<caption>Cargo</caption>", "<table border=1><tr><td>a<td>b<tr><td>c<td>d</table>"),
        ("<thead><tr><th>Year<th>Tons</thead>", "<h3>Coal</h3>by sea"),
        ("<caption>Cargo</caption>", "<form><input value=v></form>"),
    ],
)
def test_a_table_that_names_itself_or_its_columns_is_one_whatever_its_cells_hold(head: str, cell: str):
    text = text_of(f"{LEAD}<table>{head}<tr><td>1902<td>{cell}<tr><td>1903<td>none</table>")
    assert has(text, ".//t:table[@cols='2'][.//t:cell[.='1902']][.//t:cell[.='none']]")


def test_a_table_around_a_page_lays_it_out_whatever_tables_it_holds():
    inner = "<table><caption>Cargo</caption><tr><th>Year<td>Tons<tr><th>1902<td>4</table>"
    text = text_of(f"<table><tr><td>Menu<td>{LEAD}{inner}<tr><td>a<td>b</table>")
    assert len(text.xpath(".//t:table", namespaces=NAMES)) == 1

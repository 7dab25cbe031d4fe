"""Odd markup that reader and checker once read differently: every word accounted for, or said to be unchecked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from solander.checking.pages.every_word import WordCheck, check_words
from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.reading import read_page

XHTML = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>{}</body></html>'
AT = datetime(2026, 1, 1, tzinfo=UTC)


def checked(markup: str, media_type: str = "text/html") -> tuple[str, WordCheck]:
    capture = Capture.of_bytes(markup.encode(), media_type=media_type)
    page = read_page(capture)
    tei = encode_tei(page, describe(page, capture), capture, at=AT).content
    found = check_words(
        capture.original,
        original_name=capture.original_name,
        media_type=media_type,
        charset=page.charset.name,
        tei=tei,
        path="data/tei/page.xml",
    )
    return page.text("all"), found


@pytest.mark.parametrize(
    "markup",
    [
        "<title>t</title><pre><svg>x\n<nobr>y",
        "<pre><svg>Smith <body>\x1c",
        "<fieldset><legend>l</legend>" * 10_000 + "deepest words",
        "<div>" * 199 + "<var>a<div>b<div>c<p>Copyright 2020<div>d<div>e",
        "<div>" * 300 + "a<ul><li>b</ul><nav>c</nav><p>d</p><footer>e</footer>f",
        "<table><tr><td>a<image src=x alt=y>b<image>c</table><table><image>d</table>",
        "<table>x<image>y</table>z<table>a<image src=b alt=c>d<tr><td>e<IMAGE>f</table>",
        "<span><feComposite>a<div>b</div>c</feComposite></span>d",
        "<x-a>a<template shadowrootmode=open>b<slot>c</slot>d</template>e<p>f</p></x-a> g",
        "<p>a<x-a><template shadowrootmode=CLOSED>[<slot name=n></slot>]</template><i slot=n>b</i>c</x-a>d <b>e</b>",
        "<div><template shadowrootmode=open><x-b>a<template shadowrootmode=open>b<slot></slot></template></x-b>"
        "<slot></slot></template>c</div>d<p solander-placed=/html>e",
        "<div><template shadowrootmode=open><slot name=a>f<p>x</p><slot></slot>g</template><i slot=a>s</i> l</div>h",
        "<div><template shadowrootmode=open><slot name=a>f<slot></slot>g</slot>t</template>l</div>h",
    ],
)
def test_every_word_of_odd_html_is_accounted_for(markup: str):
    _, found = checked(markup)
    assert [one for one in found.findings if one.severity == "error"] == []
    assert found.unchecked == ()


@pytest.mark.parametrize(
    "body",
    [
        "<br><b>\N{NO-BREAK SPACE}</b></br>\N{LATIN SMALL LETTER E WITH ACUTE}",
        "<textarea><br><foreignObject><![CDATA[cd 8]]></foreignObject></br><b>x</b></textarea>",
        "<pre><svg><p>x</p></svg>\N{NO-BREAK SPACE}<b>y</b></pre>",
    ],
)
def test_every_word_of_odd_xhtml_is_accounted_for(body: str):
    _, found = checked(XHTML.format(body), "application/xhtml+xml")
    assert [one for one in found.findings if one.severity == "error"] == []


@pytest.mark.parametrize(
    "markup",
    [
        "<title>t</title><math><sup>x<textarea><b>y",
        "<svg><script><sup>a<ul><p>b",
        "<math><desc><sup><section>x",
        "<math><annotation-xml><sup><textarea><mi/>March",
    ],
)
def test_where_the_checker_is_known_to_misparse_it_says_so_and_blames_nobody(markup: str):
    _, found = checked(markup)
    assert found.findings == ()
    assert "<sup> in a drawing" in found.unchecked[0]


@pytest.mark.parametrize(
    "markup",
    [
        "<table><td><select><table><td>x",
        "x<table>a<td>b<select>c<option>d<table>e<tr>f</table>g</select>h</table>i",
    ],
)
def test_where_parsers_differ_on_what_a_table_ends_it_is_said(markup: str):
    _, found = checked(markup)
    assert found.findings == ()
    assert "<table> begins in a <select>" in found.unchecked[0]


@pytest.mark.parametrize("markup", ["<table><td><select><option>x</select><table><td>y", "<select><table><td>x"])
def test_a_table_behind_a_select_is_checked(markup: str):
    assert checked(markup)[1].unchecked == ()


@pytest.mark.parametrize("markup", ["<svg></svg><p>a<sup>1</sup>", "<svg><desc><sup>1</sup></desc></svg><p>a"])
def test_a_sup_that_stands_where_html_puts_it_is_checked(markup: str):
    assert checked(markup)[1].unchecked == ()


@pytest.mark.parametrize("again", ["<head>", "<html>", "\n<head lang=en><head>"])
def test_a_head_that_begins_again_does_not_begin_the_body(again: str):
    words, found = checked(f"<html><head></head>{again}<title>The well</title></head><body><p>Water.")
    assert words == "Water."
    assert [one for one in found.findings if one.severity == "error"] == []


@pytest.mark.parametrize(
    "tail", ["a<p>b</p>c", "<ul><li>1<li>2</ul>z", "<script>s()</script><div>t</div>u", "<h2>v</h2>w"]
)
def test_what_nests_deeper_than_the_parser_goes_is_still_apart(tail: str):
    _, found = checked("<div>" * 600 + tail)
    assert [one for one in found.findings if one.severity == "error"] == []


def test_a_text_that_speaks_of_a_head_keeps_its_words():
    words, found = checked("<body><textarea></head><head> a")
    assert "<head>" in words
    assert [one for one in found.findings if one.severity == "error"] == []


@pytest.mark.parametrize("tag", ["textarea", "xmp", "plaintext", "iframe"])
def test_what_text_says_of_an_element_is_kept_as_it_is_written(tag: str):
    words, found = checked(f"<{tag}>a </SelectedContent> b")
    assert "</SelectedContent>" in words
    assert [one for one in found.findings if one.severity == "error"] == []


def test_what_is_written_where_an_option_would_be_shown_again_is_kept():
    words, found = checked("<select><selectedcontent><i></i>x</selectedcontent><option>y")
    assert words.split() == ["x", "y"]
    assert [one for one in found.findings if one.severity == "error"] == []


def test_a_text_that_speaks_of_an_image_is_not_compared_beside_one_in_a_table():
    words, found = checked("<table>x<image>y</table><textarea>z <image></textarea>")
    assert words.split() == ["x", "y", "z", "<image>"]
    assert found.findings == ()
    assert "<image>" in found.unchecked[0]

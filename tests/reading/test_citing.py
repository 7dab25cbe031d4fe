"""A ``cite`` is a title where nothing says otherwise: it may be a person, a reference, or introduce a quotation."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("said", ["class=fn", "class='comment-author vcard'", "class=username", "itemprop=author"])
def test_who_is_called_so_is_a_person(sound, said):
    text = sound.text(f"<p><cite {said}><a href=/b>Bob</a></cite> says:</p>")
    assert [one.text for one in text.findall(".//persName/ref")] == ["Bob"]
    assert not text.findall(".//title")


@pytest.mark.parametrize(
    "markup",
    [
        "<p>It was late.</p><cite>Jane Moss</cite>",
        "<p>It was late.</p><p>— <cite>Jane Moss</cite></p>",
        "<p>It was late.</p><p><cite><a href=/j>Jane Moss</a></cite></p>",
        "<p>It was late.</p><cite class=author>Jane Moss</cite>",
    ],
)
def test_what_closes_a_quotation_is_its_source_and_not_said_to_be_a_title(sound, markup):
    text = sound.text(f"<blockquote>{markup}</blockquote>")
    (source,) = text.findall(".//cit/bibl")
    assert "".join(source.itertext()).strip("— ") == "Jane Moss"
    assert not text.findall(".//title")


def test_a_source_in_the_last_line_of_a_paragraph_is_one(sound):
    text = sound.text("<blockquote><p>It was late.<br>— <cite>Jane Moss</cite></p></blockquote>")
    assert [one.text for one in text.findall(".//quote/p/bibl")] == ["Jane Moss"]


def test_what_introduces_a_quotation_is_no_title(sound):
    text = sound.text("<blockquote><div><cite>Hannes wrote:</cite> Is it late?</div></blockquote>")
    assert not text.findall(".//title")
    assert text.find(".//quote").text == "Hannes wrote: Is it late?"


def test_a_reference_holds_its_title(sound):
    text = sound.text("<p>(<cite class='citation book'>Adam (1894). <i>Buch</i>.</cite>)</p>")
    assert [one.text for one in text.findall(".//bibl")] == ["Adam (1894). "]
    assert not text.findall(".//title")


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Read <cite>The Ferry</cite> first.</p>",
        "<p>Read <cite class=book>The Ferry</cite> first.</p>",
        "<blockquote><p>Read <cite>The Ferry</cite></p></blockquote>",
        "<blockquote><p>Late.</p><footer>Jane Moss in <cite>The Ferry</cite></footer></blockquote>",
        "<blockquote><p>Late.</p><footer>— <cite>The Ferry</cite></footer></blockquote>",
        "<blockquote><cite>The Ferry</cite></blockquote>",
        "<p>Of all: <cite>The Ferry:</cite> a novel.</p>",
    ],
)
def test_other_cites_are_titles(sound, markup):
    assert len(sound.text(markup).findall(".//title")) == 1


@pytest.mark.parametrize(
    "markup",
    [
        "<dl><dt><cite class=citation>Adam (1894)</cite><dd>A book.</dl>",
        "<ul><li><h3><cite class=citation>Adam (1894)</cite></h3><p>A book.</ul>",
        "<address><cite class=citation>Adam (1894)</cite></address>",
        "<p><dfn><cite class=citation>Adam (1894)</cite></dfn></p>",
        "<p><cite class=citation>Adam <code>(1894)</code> <q>Buch</q> <img src=a.png></cite></p>",
        "<p><i><cite class=citation lang=de>Adam (1894)</cite></i></p>",
        "<h2 class=byline><cite class=citation>Adam (1894)</cite></h2>",
        "<blockquote><p>Late.</p><cite class=citation>Adam <cite>(1894)</cite></cite></blockquote>",
    ],
)
def test_wherever_a_reference_stands_its_words_are_kept_in_valid_tei(sound, markup):
    assert "Adam" in "".join(sound.text(markup).itertext())


def test_a_source_that_goes_on_in_a_tables_caption_is_its_words_there(sound):
    table = "<table><caption>Jane Moss<tr><td>x</table>"
    text = sound.text(f"<blockquote><p>It was late.</p><cite class=footnote>{table}</cite></blockquote>")
    (head,) = text.findall(".//table/head")
    assert "".join(head.itertext()) == "Jane Moss"
    assert head.find(".//bibl") is None

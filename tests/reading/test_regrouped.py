"""Lines that belong together by what their classes say: subtitles, captions, the points of a word processor's lists."""

from __future__ import annotations

import pytest
from tests.reading.sound import LEAD, words


@pytest.mark.parametrize("name", ["subtitle", "post-subtitle", "sub-title", "articleSubtitle", "dek", "c-standfirst x"])
def test_a_heading_that_is_called_a_subtitle_stands_below_the_title_and_heads_no_section(sound, name):
    text = sound.whole(
        f"<title>F</title><h1>The ferry</h1><h3 class='{name}'>Late again</h3>{LEAD}<h3>Its end</h3>{LEAD}"
    )
    (main,) = text.findall(".//body/div")
    assert words(main.findall("head")) == ["The ferry", "Late again"]
    assert main.findall("head")[1].get("type") == "sub"
    assert words(main.findall("div/head")) == ["Its end"]


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>The ferry</h1><h3 class=deckhand>Late again</h3>{LEAD}",
        f"<h1>The ferry</h1>{LEAD}<h3 class=subtitle>Late again</h3>{LEAD}",
        f"<h1>The ferry</h1><h2 class=subtitle>Bows</h2>{LEAD}<h2 class=subtitle>Sterns</h2>{LEAD}",
        f"<h2>The ferry</h2><h2 class=subtitle>Late again</h2>{LEAD}",
    ],
    ids=["another word", "behind a text", "the name of every section", "of the same rank"],
)
def test_other_headings_head_sections(sound, body):
    assert not sound.whole(f"<title>F</title>{body}").findall(".//head[@type='sub']")


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='wp-caption'><a href=c.jpg><img src=c.jpg alt=C></a><p class=wp-caption-text>In 1880.</p></div>",
        "<div class=thumb><div class=thumbinner><a href=f><img src=c.jpg></a> <div class=thumbcaption><div "
        "class=magnify><a href=f></a></div>In 1880.</div></div></div>",
        "<ul><li><div><div class=thumb><img src=c.jpg></div><div class=gallerytext><p>In 1880.</p></div></div></ul>",
        "<p><img src=c.jpg></p><p class=image-caption>In 1880.</p>",
    ],
)
def test_what_is_called_a_caption_behind_an_image_makes_a_figure_with_it(sound, markup):
    (figure,) = sound.text(markup).findall(".//figure")
    assert words(figure.findall("head")) == ["In 1880."]
    assert figure.find(".//graphic") is not None


def test_a_caption_of_several_paragraphs_stays_in_its_figure(sound):
    markup = "<div><img src=c.jpg><div class=photo-caption><p>In 1880.</p><p>By Ann Lee.</p></div></div>"
    (figure,) = sound.text(markup).findall(".//figure")
    assert words(figure.findall("head")) == ["In 1880.", "By Ann Lee."]


@pytest.mark.parametrize(
    "markup",
    [
        "<p class=caption>In 1880.</p>",
        "<p>Look:</p><p class=caption>In 1880.</p>",
        "<p><img src=c.jpg></p><p>In 1880.</p>",
    ],
)
def test_other_lines_are_no_captions(sound, markup):
    text = sound.text(markup)
    assert not text.findall(".//figure/head")
    assert "In 1880." in words(text.findall(".//p"))


POINTS = (
    "<p class=MsoListParagraphCxSpFirst><span style='mso-list:Ignore'>·&nbsp; </span>First</p>"
    "<p class=MsoListParagraphCxSpLast><span style='mso-list:Ignore'>·&nbsp; </span>Second</p>"
)


def test_points_of_a_word_processor_are_a_list(sound):
    text = sound.text(f"{POINTS}<p class=MsoNormal>Not a point.</p>{POINTS}")
    assert [words(one.findall("item")) for one in text.findall(".//list")] == 2 * [["· First", "· Second"]]


def test_the_title_of_a_word_processor_is_a_heading_unless_there_is_another(sound):
    title = "<p class=MsoTitle>Of the ferry</p>"
    assert words(sound.text(title).findall(".//head")) == ["Of the ferry"]
    assert words(sound.text(f"<h1>Ferries</h1>{title}").findall(".//head")) == ["Ferries"]


def test_an_answer_set_in_by_a_list_of_definitions_without_terms_is_an_item(sound):
    text = sound.text("<dl><dd>A remark.<dl><dd>An answer.</dd></dl></dd></dl>")
    assert not text.findall(".//label")
    assert [one.get("type") for one in text.findall(".//list")] == [None, None]
    assert words(text.findall(".//list//list/item")) == ["An answer."]


@pytest.mark.parametrize("line", ["&nbsp;", " &nbsp;&nbsp; ", " "])
def test_a_line_that_shows_nothing_is_an_empty_line(sound, line):
    found = words(sound.text(f"<div>The mill.<br>{line}<br>The ferry.</div>").findall(".//p"))
    assert found[1:3] == ["The mill.", "The ferry."]


def test_a_line_with_a_word_is_a_line(sound):
    text = sound.text("<div>The mill.<br>&nbsp;and<br>The ferry.</div>")
    assert len(text.findall(".//ab/lb")) == 2


@pytest.mark.parametrize(
    ("root", "body", "said"),
    [
        ("<html dir=ltr>", "<div dir=ltr><p>A</p><ul dir=ltr><li>B</li></ul></div>", []),
        ("<html>", "<div dir=LTR><p>A</p></div>", []),
        ("<html dir=rtl>", "<div dir=rtl><p>A</p></div>", []),
        ("<html dir=ltr>", "<p dir=rtl>A</p>", ["rtl"]),
        ("<html dir=rtl>", "<p dir=ltr>A</p>", ["ltr"]),
        ("<html>", "<div dir=rtl><p dir=ltr>A</p></div>", ["ltr"]),
        ("<html>", "<p>See <bdo dir=ltr>A</bdo></p>", ["bidi-override ltr"]),
        ("<html>", "<p>See <span dir=rtl>A</span> <span dir=ltr>B</span></p>", ["rtl"]),
    ],
)
def test_a_direction_is_said_where_it_differs_from_what_is_around_it(sound, root, body, said):
    rends = [one.get("rend", "") for one in sound.text(body, root).iter()]
    assert [rend for rend in rends if rend.endswith(("rtl", "ltr"))] == said

"""What readers are shown beside a machine's word: the day under its label, who posted in other languages, a title."""

from __future__ import annotations

import pytest
from tests.describing.test_posted_by import described
from tests.describing.test_whole_pages import PROSE

from solander.describing.clues.posted_by import posted_by
from solander.model.description import Description

TITLE = "The Harbour at Night"
HEADING = f"<h1>{TITLE}</h1>"


def dated(line: str, *, language: str = "fr") -> Description:
    return described(TITLE, f"<html lang={language}><main>", HEADING, f"<p>{line}</p>", PROSE * 12, "</main>")


def test_the_day_under_a_label_stands_where_the_mark_around_it_has_one_far_off():
    found = dated("<time datetime=2019-07-03T10:18:46Z>Publié le 29 juin 2019</time>")
    assert found.first("date") == "2019-06-29"
    assert "2019-07-03" in {one.value for one in found.statements if one.element == "date" and not one.chosen}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        # Another clock's.
        ("<time datetime=2019-06-30T01:18:46Z>Publié le 29 juin 2019</time>", "2019-06-30"),
        # The mark tells what its words tell.
        ("Publié le <time datetime=2019-06-29>29 juin 2019</time>", "2019-06-29"),
        # No label: nothing says what the words mean.
        ("<time datetime=2019-07-03>29 juin 2019</time>", "2019-07-03"),
    ],
)
def test_elsewhere_the_mark_stands(line: str, day: str):
    assert dated(line).first("date") == day


def test_a_day_of_change_behind_the_one_of_publication_stays_one():
    line = "Publié le 29 juin 2019, mis à jour le <time datetime=2019-07-03>3 juillet 2019</time>"
    found = dated(line)
    assert (found.first("date"), found.first("modified")) == ("2019-06-29", "2019-07-03")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Gespeichert von lampe am 24. Juli 2017 - 18:55", "lampe"),
        ("Soumis par Ann Lee le 24 juillet 2017", "Ann Lee"),
        ("Enviado por annlee el 24 julio 2017", "annlee"),
        ("Inviato da annlee il 24 luglio 2017", "annlee"),
        ("Ingediend door annlee op 24 juli 2017", "annlee"),
        ("Gespeichert am 24. Juli 2017", ""),
        ("Envoyé par email le 24 juillet 2017", ""),
    ],
)
def test_verbs_of_posting_in_other_languages_name_a_user(line: str, name: str):
    assert posted_by(line) == name


def test_a_line_of_posting_beneath_the_text_tells_the_day_as_well():
    found = described(TITLE, HEADING, PROSE * 12, "<div>Gespeichert von lampe am 24. Juli 2017 - 18:55</div>")
    assert (found.values("creator"), found.first("date")) == (("lampe",), "2017-07-24")


@pytest.mark.parametrize(
    ("language", "written", "name"),
    [
        ("de", "durch Stefan Markt", "Stefan Markt"),
        ("de", "Durch Stefan Markt", "Stefan Markt"),
        ("en", "durch Stefan Markt", "durch Stefan Markt"),
    ],
)
def test_what_programs_put_for_by_in_german_is_no_name(language: str, written: str, name: str):
    prose = PROSE if language == "en" else ("<p>Die Lampe wurde am Abend angezündet, und die Hüterin schrieb es auf.")
    page = f"<html lang={language}><main>{HEADING}<a class=author href=/s>{written}</a>"
    assert described(TITLE, page, prose * 12).values("creator") == (name,)


def test_a_line_that_goes_through_something_names_nobody():
    prose = "<p>Die Lampe wurde am Abend angezündet, und die Hüterin schrieb es auf.</p>"
    found = described(TITLE, "<html lang=de><main>", HEADING, "<p>Durch den Hafen von Norden</p>", prose * 12)
    assert found.values("creator") == ()


def banner(heading: str, *, title: str = "coast.example", text: str = "") -> Description:
    above = f"<div class=topbanner>{heading}</div>"
    page = f"<html lang=en><body>{above}<div class=article-text>{text}{PROSE * 12}</div>"
    return described(title, page, uri="https://coast.example/news/12")


def test_where_the_head_names_the_site_alone_the_heading_right_above_the_text_is_the_title():
    assert banner("<h2>The harbour at night</h2>").first("title") == "The harbour at night"
    assert banner("<h2>News</h2>").first("title") == "coast.example"
    assert banner("<h2>The harbour at night</h2>", title="A lamp in the fog").first("title") == "A lamp in the fog"
    assert banner("<h2>News of the coast</h2>", text="<h2>The lamp is lit</h2>").first("title") == "The lamp is lit"


@pytest.mark.parametrize(
    ("beneath", "day"),
    [
        ("<div class=comment-meta><div class=date>29 January 2019</div></div>", "2019-01-29"),
        # Readers' words stand in articles of their own.
        ("<div class=comments><article class=comment><p class=date>29 January 2019</p></article></div>", None),
    ],
)
def test_what_stands_in_the_titles_own_article_is_no_readers_word(beneath: str, day: str | None):
    page = f"<html lang=en><article class=HeaderComment><div><h1>{TITLE}</h1></div>{beneath}</article>{PROSE * 12}"
    assert described(TITLE, page).first("date") == day


@pytest.mark.parametrize("name", ["post-meta-time", "entry_time", "pubTime", "newstime"])
def test_the_time_of_a_post_by_class_is_its_day(name: str):
    page = f"<html lang=de><main>{HEADING}<div><a class={name} href=/d>08/08/2017</a><a href=/c>No comments</a></div>"
    found = described(TITLE, page, PROSE * 12)
    assert (found.first("date"), found.of("date")[0].evidence.detail) == ("2017-08-08", "class date")


@pytest.mark.parametrize("name", ["read-time", "timeline", "entry-timer", "opening-time"])
def test_other_times_by_class_are_none(name: str):
    page = f"<html lang=de><main>{HEADING}{PROSE * 12}<div class={name}>08/08/2017 and more</div>"
    details = {one.evidence.detail for one in described(TITLE, page).statements if one.element == "date"}
    assert "class date" not in details

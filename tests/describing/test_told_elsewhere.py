"""Days and names that stand where pages seldom put them: above the title, in an article's foot, far beneath."""

from __future__ import annotations

import pytest

from solander.describing import describe
from solander.describing.names.given_names import is_given
from solander.describing.names.no_names import tells_of_somebody
from solander.describing.names.people import people
from solander.model.capture import Capture
from solander.model.description import Description
from solander.reading import read_page

PROSE = (
    "<p>Nobody fishes from the pier in winter any more, and nobody did in the winters before the war, said the "
    "harbour master, who has kept the lamp for forty years and means to go on.</p>"
)
FILLING = "<p>Harbour</p><p>A picture of the pier</p><p>Print</p><p>Share</p>"


def described(body: str, *, title: str = "The pier", language: str = "en", site: str = "") -> Description:
    """A page with such a body."""
    head = f'<meta property="og:site_name" content="{site}">' if site else ""
    content = f"<!doctype html><html lang={language}><meta charset=utf-8><title>{title}</title>{head}{body}"
    capture = Capture.of_bytes(content.encode(), media_type="text/html")
    return describe(read_page(capture), capture)


def test_a_day_marked_some_lines_above_the_title_is_the_pages_where_nothing_else_tells_one():
    body = f"<nav><p class=date>5 March 2021</p></nav>{FILLING}<h1>The pier</h1>"
    assert described(body + PROSE * 3).values("date") == ("2021-03-05",)
    beneath = f"{body}<p>4 May 2020</p>{PROSE * 3}"
    assert described(beneath).values("date") == ("2020-05-04",)


def test_two_days_above_the_title_are_others():
    days = "<nav><p class=date>5 March 2021</p><p class=date>6 March 2021</p></nav>"
    body = f"{days}{FILLING}<h1>The pier</h1>{PROSE * 3}"
    assert described(body).values("date") == ()


def test_the_one_day_in_the_foot_of_the_titles_article_is_the_pages():
    foot = "<footer><p><time datetime=2020-06-09>June 9, 2020</time> · 6 Comments</p></footer>"
    comments = "".join(
        f"<li><article><header><p>Ann <time datetime=2020-07-{day}>July {day}, 2020</time></p></header>"
        f"<p>{'A fine pier, and a long walk. ' * 4}</p></article>"
        for day in (10, 11, 12)
    )
    thread = f"<h2>Comments</h2><ol>{comments}</ol>"
    article = f"<main><article><h1>The pier</h1>{PROSE * 30}{{}}</article></main>{thread}"
    assert described(article.format(foot)).values("date") == ("2020-06-09",)
    assert described(article.format("")).values("date") == ()


@pytest.mark.parametrize(
    "line",
    [
        "Постоянный адрес: www.harbour.example/news/14.html 18:13 28.11.2011 Версия для печати | Версия для PDA",
        "Address of this: harbour.example/14.html 6:13 pm on 28 November 2011 for the printer | for the phone",
    ],
)
def test_an_hour_before_a_day_makes_it_a_datelines(line: str):
    assert described(f"<h1>The pier</h1><p>{line}</p>{PROSE * 2}").values("date") == ("2011-11-28",)


def test_a_day_in_a_sentence_with_no_hour_is_none():
    line = "Address of the meeting of the harbour board and all of its friends is the pier, 28 November 2011 or later"
    assert described(f"<h1>The pier</h1><p>{line}</p>{PROSE * 2}").values("date") == ()


def test_a_month_beneath_the_title_gives_way_to_a_day_that_is_told_of_the_page():
    told = "<p>Der Beitrag wurde am Mittwoch, den 27. November 2019 um 15:21 Uhr veröffentlicht.</p>"
    body = f"<h1>The pier</h1><h2>Februar 2020</h2>{PROSE * 3}"
    assert described(body + told, language="de").values("date") == ("2019-11-27",)
    assert described(body, language="de").values("date") == ("2020-02",)


def test_days_one_above_the_other_at_some_distance_are_those_of_other_pages():
    items = "".join(f"<div>{day} 00:00</div><div>Keepers of the lamp</div>" for day in ("2012-06-14", "2011-01-25"))
    others = f"<div>SIMILAR TOPICS</div>{items}"
    found = described(f"<h1>The pier</h1>{PROSE * 4}{others}")
    assert found.values("date") == ()
    assert found.values("creator") == ()


def test_a_byline_whose_name_is_a_link_names_the_author_far_from_the_title_too():
    lines = "".join(f"<p>Share {number}</p>" for number in range(20))
    byline = "<div class=byline>By <a href=/a>Ann Keeper</a></div>"
    assert described(f"<h1>The pier</h1>{lines}{byline}{PROSE * 3}").values("creator") == ("Ann Keeper",)
    # In a list of other pages such a line is another's.
    plain = "<div>By <a href=/a>Ann Keeper</a></div>"
    assert described(f"<h1>The pier</h1>{lines}{PROSE * 3}{plain}").values("creator") == ()


def test_the_house_glued_behind_a_name_is_no_part_of_it():
    byline = "<p>By Ann Keeper Quayside</p>"
    assert described(f"<h1>The pier</h1>{byline}{PROSE}", site="Quayside").values("creator") == ("Ann Keeper",)
    assert described(f"<h1>The pier</h1>{byline}{PROSE}", site="The Lamp").values("creator") == ("Ann Keeper Quayside",)


@pytest.mark.parametrize("name", ["Amelie", "Arlette", "Jaromir", "Lenka", "Юлиан", "Zeynep"])
def test_rarer_given_names_are_known(name: str):
    assert is_given(name)


@pytest.mark.parametrize("word", ["Sunday", "Health", "Harbour", "China", "Related"])
def test_words_are_no_given_names(word: str):
    assert not is_given(word)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Written by Ann Keeper, MS, RD", ("Ann Keeper, MS, RD",)),
        ("By Ann Keeper, M.D., FACLM", ("Ann Keeper, M.D., FACLM",)),
        ("By Ann Keeper, PsyD and Bo Ray, LCSW", ("Ann Keeper, PsyD", "Bo Ray, LCSW")),
        # A house that has letters for a name is none.
        ("By Ann Keeper, BBC News", ("Ann Keeper",)),
        ("By Ann Keeper, Frank Ray", ("Ann Keeper", "Frank Ray")),
    ],
)
def test_degrees_belong_to_the_name_before_them(line: str, names: tuple[str, ...]):
    assert people(line) == names


@pytest.mark.parametrize(
    ("mark", "names"),
    [
        ("【聯合報╱記者陳俐君／台北報導】", ("陳俐君",)),
        ("byMobasir Hassan", ("Mobasir Hassan",)),
    ],
)
def test_a_mark_for_an_author_may_hold_more_than_a_name(mark: str, names: tuple[str, ...]):
    found = described(f"<h1>The pier</h1><div class=author>{mark}</div>{PROSE * 2}").values("creator")
    assert found == names


@pytest.mark.parametrize(
    "between", ["", "<p>28 November 2022</p>", "<p>Source: Harbour Board</p><p>28 November 2022</p>"]
)
def test_a_name_behind_a_dash_signs_the_text_though_a_day_stands_between(between: str):
    text = f"<article><h1>The pier</h1>{PROSE * 4}{between}<p>- Ann Keeper</p></article>"
    assert described(text).values("creator") == ("Ann Keeper",)


def test_a_name_behind_a_dash_far_from_the_text_signs_nothing():
    links = "".join(f"<p>Link {number}</p>" for number in range(6))
    text = f"<article><h1>The pier</h1>{PROSE * 4}{links}<p>- Ann Keeper</p></article>"
    assert described(text).values("creator") == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Quayside Blog Everything about piers. We have many tips and tricks to tell.", True),
        (
            "Source: The Harbour Board's Own Almanac of Tides Printed by Quay Press Limited Company at the Old Pier",
            True,
        ),
        ("Eidgenössisches Departement für Wirtschaft, Bildung und Forschung WBF", False),
        ("Ann Keeper of the Lamp", False),
    ],
)
def test_a_text_about_somebody_is_no_name(words: str, told: bool):
    assert tells_of_somebody(words) is told
